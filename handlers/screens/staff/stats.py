"""Numbers for staff, on one screen of a phone."""

from __future__ import annotations

from datetime import datetime

from bot.i18n import Translator
from bot.services.applications.transitions import ItemStatus
from bot.services.staff.stats import Numbers, TypeCount
from handlers.callbacks import Home
from handlers.screens.people.settings import LANGUAGES
from handlers.screens.review.review import age
from handlers.screens.screen import Screen, bold, button, esc, lines, paragraphs, screen
from handlers.screens.staff.staff import moment
from handlers.screens.titles import verdict_title
from handlers.staff.callbacks import Choose, Stats
from knowledge import Knowledge
from knowledge.items import Verdict

VERDICTS: tuple[Verdict, ...] = ("eligible", "to_confirm", "undetermined", "decided_elsewhere", "not_eligible")


def stats_screen(t: Translator, knowledge: Knowledge, numbers: Numbers, *, now: datetime, timezone: str) -> Screen:
    """How many people, applications, items and questions there are."""
    _ = t.gettext
    text = paragraphs(
        lines(_("📊 <b>Numbers</b>"), moment(t, now, timezone)),
        _people(t, numbers),
        _applications(t, knowledge, numbers),
        _papers(t, numbers, now=now),
        _questions(t, numbers),
    )
    rows = [
        [button(_("⬇️ Applications as XLSX"), Choose())] if numbers.applications else [],
        [button(_("↻ Count again"), Stats()), button(_("‹ Start page"), Home())],
    ]
    return screen(text, rows)


def _people(t: Translator, numbers: Numbers) -> str:
    _ = t.gettext
    people = numbers.people
    if not people.total:
        return _("👤 Nobody has written to the bot yet.")
    spoken = " · ".join(f"{LANGUAGES.get(lang, lang)} {t.number(n)}" for lang, n in sorted(people.by_language.items()))
    return lines(
        _("👤 <b>People: {n}</b> ({spoken})", n=t.number(people.total), spoken=spoken),
        _("This week: {new} new, {active} active.", new=t.number(people.new), active=t.number(people.active)),
        t.ngettext("{n} cannot be written to.", "{n} cannot be written to.", people.unreachable)
        if people.unreachable
        else _("All of them can be written to."),
    )


def _applications(t: Translator, knowledge: Knowledge, numbers: Numbers) -> str:
    _ = t.gettext
    if not numbers.applications:
        return _("📁 No applications yet. They appear here as soon as somebody keeps a result.")
    legend = lines(*(verdict_title(t, verdict) for verdict in VERDICTS if _has(numbers, verdict)))
    return paragraphs(
        lines(
            _("📁 <b>Applications: {n}</b>", n=t.number(numbers.applications)),
            *(_type_line(t, knowledge, one) for one in numbers.types),
        ),
        f"<blockquote expandable>{legend}</blockquote>",
    )


def _type_line(t: Translator, knowledge: Knowledge, one: TypeCount) -> str:
    kind = knowledge.types.get(one.mobility_type or "")
    name = t.text(kind.name) if kind else t.gettext("Kind not known yet")
    marks = " · ".join(
        f"{verdict_title(t, verdict).split()[0]} {t.number(one.verdicts[verdict])}"
        for verdict in VERDICTS
        if verdict in one.verdicts
    )
    return f"• {esc(name)}: {bold(t.number(one.total))} ({marks})"


def _has(numbers: Numbers, verdict: Verdict) -> bool:
    return any(verdict in one.verdicts for one in numbers.types)


def _papers(t: Translator, numbers: Numbers, *, now: datetime) -> str:
    _ = t.gettext
    waiting = numbers.items.get(ItemStatus.SUBMITTED, 0)
    if waiting and numbers.waiting_since:
        queue = _(
            "🗂 <b>Waiting for review: {n}</b>, the oldest for {age}.",
            n=t.number(waiting),
            age=age(t, numbers.waiting_since, now),
        )
    else:
        queue = _("🗂 Nothing waits for review.")
    told = {
        ItemStatus.ACCEPTED: _("accepted"),
        ItemStatus.RETURNED: _("returned"),
        ItemStatus.WAIVED: _("waived"),
        ItemStatus.HAVE: _("ticked as there"),
    }
    done = [f"{word} {t.number(numbers.items[status])}" for status, word in told.items() if numbers.items.get(status)]
    return lines(queue, " · ".join(done))


def _questions(t: Translator, numbers: Numbers) -> str:
    _ = t.gettext
    if not numbers.questions and not numbers.open_questions:
        return _("💬 Every question had an answer so far.")
    return _(
        "💬 <b>Questions without an answer: {n}</b>, asked this week: {recent}.",
        n=t.number(numbers.open_questions),
        recent=t.number(numbers.questions),
    )
