"""Deadlines as a timeline: what is late, what is next, what follows if it is missed, and one's own dates beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from aiogram.filters.callback_data import CallbackData

from bot.i18n import Translator
from bot.services.deadlines.timeline import Plan
from handlers.applications.callbacks import Checklist, MyApplications, Timeline
from handlers.callbacks import Change, Result, Section, Sources
from handlers.deadlines.callbacks import CalendarFile, Deadlines, MoveDates, Sheet, Tick
from handlers.screens.items import when_line
from handlers.screens.paging import Block, page_count, page_of, page_row
from handlers.screens.screen import Row, Screen, arranged, bold, button, cited, esc, italic, lines, paragraphs, screen
from handlers.screens.titles import ICONS, list_title
from knowledge import Knowledge
from knowledge.timeline import Entry, Milestone, Replan, Timing, Validity

ROOM: Final = 1700
"""Characters of the deadlines on a page: those of a usual case stand together."""
MOST: Final = 8
ICON_OF: Final[Mapping[str, str]] = {
    "start_date": "🎓",
    "departure_date": "🛫",
    "arrival_date": "🛬",
    "return_date": "🏠",
}
"""A picture for each date of a plan."""


def timeline_screen(
    t: Translator, knowledge: Knowledge, plan: Plan, *, number: int, head: str, ways_on: Sequence[Row]
) -> Screen:
    """The deadlines of the current answers. `head` (HTML) comes first, `ways_on` are the last rows."""
    return _screen(t, knowledge, plan, number, head=head, ways_on=ways_on, to=lambda at: Timeline(page=at))


def result_timeline_screen(t: Translator, knowledge: Knowledge, plan: Plan, *, number: int) -> Screen:
    """The deadlines as one of the lists of a result."""
    ways_on: list[Row] = [*_missing_dates(t, knowledge, plan), [button(t.gettext("‹ Result"), Result())]]
    return _screen(
        t, knowledge, plan, number, head="", ways_on=ways_on, to=lambda at: Section(name="deadlines", page=at)
    )


def application_timeline_screen(t: Translator, knowledge: Knowledge, plan: Plan, *, number: int) -> Screen:
    """The deadlines of one application, whether it is open or not."""
    code, head = plan.code or "", f"📂 {bold(plan.name)}"
    ways_on: list[Row] = [
        *(_missing_dates(t, knowledge, plan) if plan.is_open else []),
        [button(t.gettext("📋 My checklist"), Checklist(code=code), style="success")],
        [button(t.gettext("📁 My applications"), MyApplications())],
    ]
    return _screen(t, knowledge, plan, number, head=head, ways_on=ways_on, to=lambda at: Deadlines(code=code, page=at))


def _missing_dates(t: Translator, knowledge: Knowledge, plan: Plan) -> list[Row]:
    """A button for each date from which a deadline could be counted."""
    facts = dict.fromkeys(one.item.from_ for one in plan.timeline.entries if one.item.date is None and one.item.from_)
    return arranged(
        button(t.gettext("📅 {fact}", fact=t.text(knowledge.facts[fact].short)), Change(fact=fact)) for fact in facts
    )


def take_along(t: Translator, code: str) -> Row:
    """The buttons for what goes into a calendar or onto paper."""
    _ = t.gettext
    return [button(_("🗓 Calendar file"), CalendarFile(code=code)), button(_("🖨 To print"), Sheet(code=code))]


def ticked_text(t: Translator, *, done: bool) -> str:
    """Said after a tick (at most 200 characters)."""
    _ = t.gettext
    return _("✅ Done. I will not remind you of it.") if done else _("Not done yet: I will remind you of it.")


def moved_text(t: Translator, days: int) -> str:
    """Said above the deadlines after all dates were moved (HTML)."""
    return t.gettext("➡️ All dates of your plan are {n} later now.", n=t.days(days))


def timing_title(t: Translator, timing: Timing) -> str:
    """The heading of a group of deadlines."""
    _ = t.gettext
    titles: dict[Timing, str] = {
        "overdue": _("❗️ Overdue"),
        "soon": _("🔥 This week"),
        "later": _("🗓 Later"),
        "undated": _("❔ Still without a date"),
        "done": _("✅ Done"),
        "behind": _("◽️ Behind you"),
    }
    return titles[timing]


def days_left(t: Translator, days: int) -> str:
    """How long there is left until the last working day."""
    _ = t.gettext
    if days < 0:
        return _("the last working day has passed: act today")
    if days == 0:
        return _("today is the last day")
    return t.ngettext("{n} day left", "{n} days left", days)


def replan_text(t: Translator, knowledge: Knowledge, found: Replan, *, kept: bool) -> str:
    """That the plan is too late as it stands, and from when on it would work (HTML). `kept`: it can be ticked."""
    _ = t.gettext
    missed = [
        _("• {what} (last day: {day})", what=esc(item.text.rstrip(".")), day=t.date(item.date))
        for item in found.late
        if item.date is not None
    ]
    earliest = _(
        "<b>The earliest that still works: {fact} {day}</b> ({n} later than planned), if you act today.",
        fact=esc(t.text(knowledge.facts[found.fact].short).lower()),
        day=t.long_date(found.day),
        n=t.days(found.days),
    )
    done = _("Done already? Tick it off below.") if kept else _("Done already? Keep this plan, and tick it off.")
    return paragraphs(
        lines(
            _("⛔️ <b>As it stands, this plan is no longer possible</b> by the POB. The day has passed for:"), *missed
        ),
        earliest,
        done + " " + _("If your dates are fixed, ask your faculty or unit for an exception at once."),
    )


def _screen(
    t: Translator,
    knowledge: Knowledge,
    plan: Plan,
    number: int,
    *,
    head: str,
    ways_on: Sequence[Row],
    to: Callable[[int], CallbackData],
) -> Screen:
    _ = t.gettext
    entries, replan = plan.timeline.entries, plan.timeline.replan
    page = page_of(_blocks(t, knowledge, plan), number, most=MOST, room=ROOM)
    title = f"{ICONS['deadlines']} {bold(list_title(t, 'deadlines'))}{page_count(t, page)}"
    warning = ""
    if replan is not None and page.number == 0:
        warning = replan_text(t, knowledge, replan, kept=plan.code is not None)
    rows: list[Row] = [
        page_row(t, page, to),
        *(_other_days(t, knowledge, replan) if replan is not None and plan.is_open else []),
        *_ticks(t, plan, [at for at in page.blocks if at < len(entries)]),
        take_along(t, plan.code) if plan.code is not None else [],
        [button(_("📖 Sources"), Sources(name="deadlines"))] if plan.code is None or plan.is_open else [],
        *ways_on,
    ]
    return screen(paragraphs(title, head, warning, page.text or _nothing(t)), rows)


def _other_days(t: Translator, knowledge: Knowledge, replan: Replan) -> list[Row]:
    _ = t.gettext
    move = MoveDates(fact=replan.fact, day=replan.day.toordinal())
    return [
        [button(_("➡️ Move all my dates by {n}", n=t.days(replan.days)), move, style="primary")],
        [button(_("✏️ {fact}", fact=t.text(knowledge.facts[replan.fact].short)), Change(fact=replan.fact))],
    ]


def _nothing(t: Translator) -> str:
    return t.gettext("The POB sets no deadline in days for your case. Start early: its steps take time all the same.")


def _blocks(t: Translator, knowledge: Knowledge, plan: Plan) -> list[Block]:
    found = [_entry(t, knowledge, plan, at) for at in range(len(plan.timeline.entries))]
    own = [
        *(_milestone(t, knowledge, one) for one in plan.timeline.milestones),
        *(_validity(t, knowledge, one) for one in plan.timeline.validities),
    ]
    return [*found, Block("\n".join(own), t.gettext("📍 Your own dates"))] if own else found


def _entry(t: Translator, knowledge: Knowledge, plan: Plan, at: int) -> Block:
    entry = plan.timeline.entries[at]
    number = f"{at + 1}. " if _can_be_ticked(plan, entry) else ""
    return Block(number + _entry_text(t, knowledge, entry), timing_title(t, entry.timing))


def _entry_text(t: Translator, knowledge: Knowledge, entry: Entry) -> str:
    _ = t.gettext
    item = entry.item
    what = f"{esc(item.text)} {cited(item.clauses)}"
    when = bold(t.long_date(item.date)) if item.date is not None else ""
    if entry.timing == "done":
        return lines(f"✅ {esc(item.text)} {cited(item.clauses)}", italic(t.date(item.date)) if item.date else "")
    if entry.timing == "behind":
        return lines(when, what)
    note = italic(item.note) if item.note else ""
    if item.date is None:
        counted_from = t.text(knowledge.facts[item.from_].short) if item.from_ else ""
        return lines(
            _("❔ No date yet. It counts from: {fact}.", fact=bold(counted_from)), what, when_line(t, item), note
        )
    missed = esc(item.missed or "")
    if entry.timing == "overdue":
        return lines(f"❗️ {when}", what, _("<b>This day has passed.</b> {what}", what=missed), when_line(t, item), note)
    return lines(
        f"📅 {when} · ⏳ {days_left(t, entry.days_left or 0)}",
        what,
        _working_day(t, entry),
        when_line(t, item),
        _("If it is missed: {what}", what=missed) if missed else "",
        note,
    )


def _working_day(t: Translator, entry: Entry) -> str:
    item = entry.item
    if item.working_date is None or item.working_date == item.date:
        return ""
    return t.gettext("That is not a working day; the last one before it is {day}.", day=t.long_date(item.working_date))


def _milestone(t: Translator, knowledge: Knowledge, milestone: Milestone) -> str:
    _ = t.gettext
    name = t.text(knowledge.facts[milestone.fact].short)
    duties = [
        _("↳ {what} The POB names no number of days for it.", what=f"{esc(item.text)} {cited(item.clauses)}")
        for item in milestone.duties
    ]
    return lines(f"{ICON_OF[milestone.fact]} {bold(t.date(milestone.day))} {esc(name)}", *duties)


def _validity(t: Translator, knowledge: Knowledge, validity: Validity) -> str:
    _ = t.gettext
    until, clauses = f"<b>{t.date(validity.until)}</b>", cited(validity.item.clauses)
    if validity.given is None:
        return _("🛂 Your passport has to be valid until {day} or longer.", day=until) + f" {clauses}"
    fact, given = esc(t.text(knowledge.facts[validity.fact].short)), t.date(validity.given)
    if validity.given >= validity.until:
        said = _("🛂 {fact}: {given}. That is long enough (needed: {day}).", fact=fact, given=given, day=until)
    else:
        said = _(
            "🛂 {fact}: {given}. <b>That is too short</b>: it takes one that is valid until {day} or longer.",
            fact=fact,
            given=given,
            day=until,
        )
    return f"{said} {clauses}"


def _can_be_ticked(plan: Plan, entry: Entry) -> bool:
    """What is done by the checklist is undone there; what is over is over."""
    if plan.code is None or entry.timing == "behind":
        return False
    return entry.timing != "done" or entry.item.id in plan.ticked


def _ticks(t: Translator, plan: Plan, shown: Sequence[int]) -> list[Row]:
    _ = t.gettext
    found = []
    for at in shown:
        entry = plan.timeline.entries[at]
        if plan.code is not None and _can_be_ticked(plan, entry):
            done = entry.timing == "done"
            label = _("↩️ {number} not done", number=at + 1) if done else _("✅ {number} done", number=at + 1)
            found.append(button(label, Tick(code=plan.code, deadline=entry.item.id, done=not done)))
    return arranged(found)
