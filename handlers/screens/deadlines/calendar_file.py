"""A plan as events of a calendar, and what is said when the file is sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from bot.i18n import Translator
from bot.services.deadlines.calendar_file import Event
from bot.services.deadlines.timeline import Plan
from handlers.screens.screen import bold, lines, paragraphs
from knowledge import AssessedItem, Knowledge
from knowledge.timeline import Entry, Milestone

ALARMS: Final = (14, 7, 1)
"""Days before the last working day on which a calendar rings."""
_UNFIT: Final = re.compile(r"[^\w-]+")


def calendar_events(t: Translator, knowledge: Knowledge, plan: Plan, link: str) -> list[Event]:
    """What of a plan has a day: its deadlines, and the duties that begin on a date of one's own."""
    return [*_deadlines(t, knowledge, plan, link), *_duties(t, knowledge, plan, link)]


def calendar_name(plan: Plan) -> str:
    """What the calendar is called where an app shows it."""
    return f"Lintas · {plan.name}"


def file_name(plan: Plan, ending: str) -> str:
    """`lintas-exchange-in-japan.ics`: letters of any script, digits and hyphens."""
    words = _UNFIT.sub("-", plan.name.casefold()).strip("-")
    return f"lintas-{words[:40].strip('-') or plan.code}.{ending}"


def calendar_caption(t: Translator, plan: Plan, events: int) -> str:
    """What is said below the file (HTML)."""
    _ = t.gettext
    if not events:
        return _("🗓 {name} has no dates yet, so the calendar is empty.", name=bold(plan.name))
    found = t.ngettext("🗓 {n} date of {name}", "🗓 {n} dates of {name}", events, name=bold(plan.name))
    return paragraphs(
        lines(found, _("Open the file to add them to your calendar, alarms included (Google, Apple, Outlook).")),
        _("Has something changed? Get the file again: it updates the dates you have, nothing appears twice."),
    )


def _deadlines(t: Translator, knowledge: Knowledge, plan: Plan, link: str) -> Iterator[Event]:
    for entry in plan.timeline.entries:
        item = entry.item
        if item.date is None:
            continue
        done = entry.timing == "done"
        early = item.date - item.working_date if item.working_date is not None else timedelta()
        yield Event(
            item=item.id,
            day=item.date,
            summary=f"{'✅' if done else '⏰'} {item.text}",
            description=_description(t, knowledge, plan, item, link, *_about(t, entry)),
            alarms=() if done else tuple(days + early.days for days in ALARMS),
        )


def _about(t: Translator, entry: Entry) -> list[str]:
    """What a deadline adds to its text."""
    _ = t.gettext
    item = entry.item
    said = []
    if item.working_date is not None and item.working_date != item.date:
        said.append(_("Last working day before it: {day}", day=t.long_date(item.working_date)))
    if item.required is False and item.when:
        said.append(_("Only {condition}.", condition=item.when.rstrip(".")))
    if item.missed:
        said.append(_("If it is missed: {what}", what=item.missed))
    if item.note:
        said.append(item.note)
    return said


def _duties(t: Translator, knowledge: Knowledge, plan: Plan, link: str) -> Iterator[Event]:
    deadlines = {entry.item.id for entry in plan.timeline.entries}
    for milestone in plan.timeline.milestones:
        for item in milestone.duties:
            if item.id not in deadlines:
                yield Event(
                    item=item.id,
                    day=milestone.day,
                    summary=f"📌 {item.text}",
                    description=_description(t, knowledge, plan, item, link, _from(t, knowledge, milestone)),
                    alarms=(0,),
                )


def _from(t: Translator, knowledge: Knowledge, milestone: Milestone) -> str:
    fact = t.text(knowledge.facts[milestone.fact].short)
    return t.gettext("From your date on: {fact}. The POB names no number of days for it.", fact=fact)


def _description(t: Translator, knowledge: Knowledge, plan: Plan, item: AssessedItem, link: str, *said: str) -> str:
    _ = t.gettext
    clauses = ", ".join(item.clauses)
    document = t.text(knowledge.document(item.clauses[0]).short)
    return paragraphs(
        lines(*said),
        lines(plan.name, _("Source: {document}, {clauses}", document=document, clauses=clauses)),
        _("Your application: {link}", link=link) if link else "",
    )
