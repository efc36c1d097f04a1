"""The pipeline: how many stand where, who they are, and reminding them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from aiogram.types import InlineKeyboardButton

from bot.i18n import Translator
from bot.services.applications.checklist import ChecklistItem
from bot.services.markup import cut
from bot.services.paging import Place, place
from bot.services.review.pipeline import BUCKETS, COMPLETE, REFUSED, REMINDED, UNCLEAR, Entry, Nudge, Opened, Reminding
from handlers.applications.callbacks import Checklist, Continue
from handlers.review.callbacks import OpenItem, Pipeline, PipelinePerson, RemindAll, ReviewQueue
from handlers.screens.applications.checklist import STATUS_MARKS, about, ordered, progress
from handlers.screens.paging import Block, page_of, page_row
from handlers.screens.people.privacy import minute
from handlers.screens.review.review import stage_name
from handlers.screens.screen import Row, Screen, arranged, bold, button, cited, esc, italic, lines, paragraphs, screen
from knowledge import Knowledge

SHOWN: Final = 6
"""People on a page."""
MOST_MISSING: Final = 6
"""Papers that a reminder names; the others are only counted."""
MOST_NAMED: Final = 3
"""Applications of one person that a reminder names."""


def board_screen(
    t: Translator, knowledge: Knowledge, board: Mapping[str, Mapping[str, int]], *, said: str = ""
) -> Screen:
    """All kinds of mobility that somebody has an application for."""
    _ = t.gettext
    kinds = [(kind, t.text(file.name), board[kind]) for kind, file in knowledge.types.items() if kind in board]
    blocks = [
        lines(f"{number}. {bold(name)} · {sum(counts.values())}", *_numbers(t, counts))
        for number, (_kind, name, counts) in enumerate(kinds, 1)
    ]
    text = paragraphs(
        said,
        _("📊 <b>Pipeline</b>"),
        *(blocks or [_("Nobody has kept an application yet. As soon as somebody does, they appear here.")]),
        italic(_("Press a kind of mobility, then a number, to see the people.")) if blocks else "",
    )
    rows: list[Row] = [
        [button(cut(f"{number}. {name}", after=f" ({sum(counts.values())})"), Pipeline(mobility=kind))]
        for number, (kind, name, counts) in enumerate(kinds, 1)
    ]
    return screen(text, [*rows, [button(_("‹ Queue"), ReviewQueue())]])


def kind_screen(t: Translator, knowledge: Knowledge, kind: str, counts: Mapping[str, int]) -> Screen:
    """One kind of mobility: a button for each number."""
    text = paragraphs(
        f"📊 {bold(t.text(knowledge.types[kind].name))}",
        t.ngettext("{n} application.", "{n} applications.", sum(counts.values())),
    )
    rows: list[Row] = [
        [button(f"{bucket_mark(bucket)} {bucket_name(t, bucket)}: {n}", Pipeline(mobility=kind, bucket=bucket))]
        for bucket, n in _counted(counts)
    ]
    return screen(text, [*rows, [button(t.gettext("‹ Pipeline"), Pipeline())]])


def people_screen(
    t: Translator,
    knowledge: Knowledge,
    kind: str,
    bucket: str,
    entries: Sequence[Entry],
    *,
    who: Mapping[int, str],
    page: int = 0,
    said: str = "",
) -> Screen:
    """The people behind a number. `who`: by person, a link with their name (HTML)."""
    _ = t.gettext
    shown = people_page(entries, page)
    on_page = [entries[at] for at in shown.entries]
    text = paragraphs(
        said,
        lines(
            f"{bucket_mark(bucket)} {bold(bucket_name(t, bucket))} · {len(entries)}",
            italic(t.text(knowledge.types[kind].name)),
        ),
        *(_entry(t, number, one, who.get(one.person_id, "")) for number, one in enumerate(on_page, 1)),
        "" if entries else _("Nobody is here at the moment."),
    )
    numbers = [button(str(n), PipelinePerson(code=one.view.code)) for n, one in enumerate(on_page, 1)]
    remind = bucket in REMINDED and bool(entries)
    rows: list[Row] = [
        *arranged(numbers),
        page_row(t, shown, lambda at: Pipeline(mobility=kind, bucket=bucket, page=at)),
        [button(_("🔔 Remind them all"), RemindAll(mobility=kind, bucket=bucket))] if remind else [],
        [button(_("‹ Back"), Pipeline(mobility=kind)), button(_("📊 Pipeline"), Pipeline())],
    ]
    return screen(text, rows)


def people_page(entries: Sequence[Entry], page: int) -> Place:
    """Which entries are on a page; the nearest one if it has gone."""
    return place(len(entries), page, each=SHOWN)


def person_screen(t: Translator, knowledge: Knowledge, opened: Opened, *, who: str, page: int = 0) -> Screen:
    """Somebody's checklist, to read; what was handed in can be opened. `who` (HTML) is a link with their name."""
    _ = t.gettext
    view, items = opened.view, ordered(opened.view)
    head = lines(
        f"👤 {who}", f"📁 {bold(view.name)} <code>{view.code}</code>", about(t, knowledge, view), progress(t, view)
    )
    shown = page_of([Block(_line(one), esc(_heading(t, one))) for one in items], page)
    rows: list[Row] = [
        *(
            [button(cut(f"{STATUS_MARKS[one.status]} {one.item.text}"), OpenItem(item=number))]
            for one in items[shown.blocks.start : shown.blocks.stop]
            if (number := opened.numbers.get(one.key)) is not None
        ),
        page_row(t, shown, lambda at: PipelinePerson(code=view.code, page=at)),
        [
            button(_("‹ Back"), Pipeline(mobility=view.mobility_type or "", bucket=opened.bucket)),
            button(_("📊 Pipeline"), Pipeline()),
        ],
    ]
    return screen(paragraphs(head, shown.text), rows)


def remind_screen(t: Translator, kind: str, bucket: str, reminding: Reminding, *, now: datetime) -> Screen:
    """Asks once before people are reminded."""
    _ = t.gettext
    count = len(reminding.nudges)
    here = Pipeline(mobility=kind, bucket=bucket)
    if not count:
        text = paragraphs(_("🔔 <b>There is nobody to remind.</b>"), _left_out(t, reminding))
        return screen(text, [[button(_("‹ Back"), here)]])
    text = paragraphs(
        t.ngettext("🔔 <b>Remind {n} person?</b>", "🔔 <b>Remind {n} people?</b>", count),
        _("Everybody gets one message in their own language that names what they still miss."),
        _left_out(t, reminding),
    )
    yes = t.ngettext("🔔 Yes, remind {n} person", "🔔 Yes, remind {n} people", count)
    confirm = button(yes, RemindAll(mobility=kind, bucket=bucket, asked=minute(now)), style="primary")
    return screen(text, [[confirm], [button(_("‹ No, back"), here)]])


def reminded_text(t: Translator, count: int) -> str:
    """Said above the people who are reminded."""
    if not count:
        return t.gettext("🔔 Everybody here has been reminded today, or does not want to be.")
    return t.ngettext("🔔 {n} person is reminded.", "🔔 {n} people are reminded.", count)


def gone_text(t: Translator) -> str:
    """Said above the numbers where somebody's application was to be opened."""
    return t.gettext("This application is gone: its owner has removed it.")


def nudge_screen(t: Translator, nudge: Nudge) -> Screen:
    """The reminder itself, in the language of whoever gets it."""
    _ = t.gettext
    text = paragraphs(
        _("🔔 <b>A reminder from the mobility office</b>"),
        *(_missing(t, entry) for entry in nudge.entries[:MOST_NAMED]),
        _("Something unclear, or something you cannot get? Say so at the item, or write to /human."),
    )
    return screen(text, [[_way_on(entry)] for entry in nudge.entries[:MOST_NAMED]])


def _way_on(entry: Entry) -> InlineKeyboardButton:
    """To the questions where some are open, else to the checklist."""
    name = entry.view.name
    if entry.bucket == UNCLEAR:
        return button(cut(f"📝 {name}"), Continue(code=entry.view.code))
    return button(cut(f"📋 {name}"), Checklist(code=entry.view.code))


def bucket_name(t: Translator, bucket: str) -> str:
    """Where an application can stand, in words."""
    _ = t.gettext
    named = {UNCLEAR: _("Questions still open"), REFUSED: _("Requirement not met"), COMPLETE: _("Everything there")}
    return named.get(bucket) or stage_name(t, bucket)


def bucket_mark(bucket: str) -> str:
    """A picture beside the name."""
    return {UNCLEAR: "❔", REFUSED: "❌", COMPLETE: "🎉"}.get(bucket, "📄")


def _counted(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return [(bucket, counts[bucket]) for bucket in BUCKETS if counts.get(bucket)]


def _numbers(t: Translator, counts: Mapping[str, int]) -> list[str]:
    return [f"{bucket_mark(bucket)} {esc(bucket_name(t, bucket))}: <b>{n}</b>" for bucket, n in _counted(counts)]


def _entry(t: Translator, number: int, one: Entry, who: str) -> str:
    waits = t.ngettext("📨 {n} waits for the staff", "📨 {n} wait for the staff", one.waiting) if one.waiting else ""
    missing = t.ngettext("{n} missing", "{n} missing", len(one.missing)) if one.missing else ""
    return lines(
        f"{number}. {who} · {esc(one.view.name)}",
        f"   {progress(t, one.view)}",
        " · ".join(part for part in (missing, waits) if part),
    )


def _left_out(t: Translator, reminding: Reminding) -> str:
    told = [
        (
            reminding.today,
            t.ngettext("{n} was reminded today already", "{n} were reminded today already", reminding.today),
        ),
        (reminding.muted, t.ngettext("{n} has turned reminders off", "{n} have turned reminders off", reminding.muted)),
        (
            reminding.unreachable,
            t.ngettext("{n} has blocked the bot", "{n} have blocked the bot", reminding.unreachable),
        ),
        (
            reminding.later,
            t.gettext("for {n} of them it is night: they hear of it at 7 in the morning", n=reminding.later),
        ),
    ]
    return "\n".join(f"• {line}" for count, line in told if count)


def _line(one: ChecklistItem) -> str:
    return f"{STATUS_MARKS[one.status]} {esc(one.item.text)} {cited(one.item.clauses)}"


def _heading(t: Translator, one: ChecklistItem) -> str:
    return stage_name(t, one.item.stage or one.item.list)


def _missing(t: Translator, entry: Entry) -> str:
    _ = t.gettext
    name = bold(entry.view.name)
    if entry.bucket == UNCLEAR:
        return _("Some questions of {name} are still open. With the answers your checklist is complete.", name=name)
    named = [f"• {esc(text)}" for text in entry.missing[:MOST_MISSING]]
    more = len(entry.missing) - len(named)
    return lines(
        _("{name} still needs ({stage}):", name=name, stage=esc(bucket_name(t, entry.bucket))),
        *named,
        t.ngettext("… and {n} more", "… and {n} more", more) if more else "",
    )
