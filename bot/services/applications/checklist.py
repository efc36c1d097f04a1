"""A checklist: the items of an assessment that somebody can tick, with the status each has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bot.db.applications import StoredApplication, Ticks
from bot.db.selections import StoredResult
from bot.services.applications.transitions import APPLICANT_SETS, SETTLED_BY_STAFF, ItemStatus
from bot.services.deadlines.timeline import there
from bot.services.visit import Answers, Visit
from knowledge import AssessedItem, Assessment
from knowledge.loading.item_schema import ListName
from knowledge.timeline import next_deadline, settled

__all__ = [
    "APPLICANT_SETS",
    "LISTS",
    "SETTLED_BY_STAFF",
    "ApplicationView",
    "ChecklistItem",
    "ItemStatus",
    "application_values",
    "application_view",
    "key_of",
]

LISTS: Final[dict[str, ListName]] = {"c": "conditions", "d": "documents", "i": "immigration"}
"""The lists of which items can be ticked, by the letter that stands for them in a button."""


@dataclass(frozen=True)
class ChecklistItem:
    """One line of a checklist."""

    key: str
    """Letter of the list, colon, id of the item: what a button carries."""
    item: AssessedItem
    status: ItemStatus
    from_answers: bool
    """A condition that is met by the answers and was not ticked by hand."""

    @property
    def list_name(self) -> ListName:
        """The list it stands in."""
        return self.item.list

    @property
    def is_paper(self) -> bool:
        """Whether it is something to hand in, so that files can go with it."""
        return self.item.list == "documents"

    @property
    def is_settled(self) -> bool:
        """Whether staff has settled it, so that the applicant cannot change it."""
        return self.status in SETTLED_BY_STAFF

    @property
    def counts(self) -> bool:
        """Whether it counts in the progress: what is only needed "if …" counts once it is ticked."""
        return self.item.required is not False or self.status.is_done


@dataclass(frozen=True)
class ApplicationView:
    """An application with its checklist as the knowledge has it today."""

    code: str
    name: str
    mobility_type: str | None
    programme: str | None
    verdict: str
    answers: Answers
    assessment: Assessment
    items: tuple[ChecklistItem, ...]
    is_open: bool
    created_at: datetime
    updated_at: datetime
    told: dict[str, Any] | None = None
    """The checklist as its owner last heard of it (see `bot.services.applications.news`)."""
    kept: frozenset[str] = frozenset()
    """Keys of all items that were ever moved, those that are not on the list at present included."""
    there: frozenset[str] = frozenset()
    """Items (`list.id`) that are there, and deadlines that were ticked."""
    results: tuple[StoredResult, ...] = ()
    """What came out in selections that were announced, the newest first."""

    @property
    def next_deadline(self) -> AssessedItem | None:
        """The first deadline ahead that is not done."""
        return next_deadline(self.assessment, self.there)

    @property
    def total(self) -> int:
        """How many items count."""
        return sum(item.counts for item in self.items)

    @property
    def done(self) -> int:
        """How many of them are done."""
        return sum(item.counts and item.status.is_done for item in self.items)

    def item(self, key: str) -> ChecklistItem | None:
        """The item with this key; None if the checklist has none (any more)."""
        return next((item for item in self.items if item.key == key), None)


def key_of(list_name: str, item: str) -> str:
    """The key of an item: letter of its list, colon, id."""
    return f"{list_name[0]}:{item}"


def application_view(stored: StoredApplication, assessment: Assessment, *, is_open: bool) -> ApplicationView:
    """The application as it is shown. Type, programme and verdict are those of today's knowledge."""
    items = tuple(_items(assessment, stored.ticks))
    return ApplicationView(
        code=stored.code,
        name=stored.name,
        mobility_type=assessment.mobility_type,
        programme=stored.answers.get("programme"),
        verdict=assessment.verdict,
        answers=stored.answers,
        assessment=assessment,
        items=items,
        is_open=is_open,
        created_at=stored.created_at,
        updated_at=stored.updated_at,
        told=stored.told,
        kept=frozenset(key_of(name, item) for name, item in stored.ticks if name in LISTS.values()),
        there=frozenset(settled(assessment, there(stored.ticks))),
    )


def application_values(assessment: Assessment, visit: Visit) -> dict[str, Any]:
    """The columns of an application that follow from the person's answers."""
    return {
        "answers": visit.person.answers,
        "mobility_type": assessment.mobility_type,
        "programme": visit.person.answers.get("programme"),
        "verdict": assessment.verdict,
        "updated_at": visit.now,
    }


def _items(assessment: Assessment, ticks: Ticks) -> Iterator[ChecklistItem]:
    for name in LISTS.values():
        for item in assessment[name]:
            ticked = ticks.get((name, item.id))
            met = ticked is None and item.status == "met"
            status = ItemStatus.HAVE if met else ItemStatus(ticked or ItemStatus.TODO)
            yield ChecklistItem(key_of(name, item.id), item, status, from_answers=met)
