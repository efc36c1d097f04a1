"""The dates of a plan: of the answers as they are, or of an application, with what is ticked there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.db.applications import StoredApplication, Ticks
from bot.services.applications.transitions import ItemStatus
from bot.services.visit import Answers, Visit
from knowledge import Assessment, Knowledge
from knowledge.timeline import Timeline, timeline

DEADLINES = "deadlines"
"""The list under which deadlines are ticked, beside those of the checklist."""


@dataclass(frozen=True)
class Plan:
    """Everything about the dates of a plan."""

    code: str | None
    """Of the application; None for answers that are not kept."""
    name: str
    is_open: bool
    """Whether it is what the person's answers belong to."""
    today: date
    """The day it is where the person is."""
    facts: Answers
    assessment: Assessment
    timeline: Timeline
    ticked: frozenset[str]
    """Ids of the deadlines that were ticked by hand."""


def plan_of(
    knowledge: Knowledge, visit: Visit, facts: Answers, assessment: Assessment, stored: StoredApplication | None
) -> Plan:
    """The plan that `facts` with their `assessment` make, with the ticks of an application."""
    ticks = stored.ticks if stored is not None else {}
    return Plan(
        code=stored.code if stored is not None else None,
        name=stored.name if stored is not None else "",
        is_open=stored is None or stored.code == visit.person.application,
        today=visit.today,
        facts=facts,
        assessment=assessment,
        timeline=timeline(knowledge, facts, assessment, lang=visit.lang, today=visit.today, ticks=there(ticks)),
        ticked=frozenset(item for (name, item), status in ticks.items() if name == DEADLINES and _is_done(status)),
    )


def there(ticks: Ticks) -> dict[str, bool]:
    """Of every item that was touched (`list.id`) whether it is there."""
    return {f"{name}.{item}": _is_done(status) for (name, item), status in ticks.items()}


def _is_done(status: str) -> bool:
    return ItemStatus(status).is_done
