"""What an assessment is made of: the scope, items with their clauses, in lists, and the verdict."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from knowledge.labels import DurationCategory
from knowledge.loading.item_schema import ListName, Stage
from knowledge.loading.schema import OutsideScope

Status = Literal["met", "not_met", "unknown", "confirm", "decided_elsewhere"]
Verdict = Literal["eligible", "not_eligible", "undetermined", "to_confirm", "decided_elsewhere"]

SHOWN_LISTS: tuple[ListName, ...] = (
    "criteria",
    "conditions",
    "documents",
    "immigration",
    "deadlines",
    "fees",
    "funding",
    "obligations",
    "rights",
    "procedure",
    "contacts",
    "programme",
)
"""The lists of an assessment, in the order of the contract; `about` is only looked up."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What role, home and host decide."""

    mobility_type: str | None
    """Direction by the home institution, national or international by the other one (I2)."""
    reason: OutsideScope | None
    """Why the procedure does not cover the profile, if it does not."""
    undecided: tuple[str, ...]
    """The facts that decide type and scope and are not known yet; none once one of both is certain."""


@dataclass(frozen=True, slots=True)
class EquivalentPaper:
    """Another paper that does as well, in the asked language."""

    text: str
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AssessedItem:
    """One line of an assessment in the asked language. Fields that its list does not have are None."""

    list: ListName
    id: str
    text: str
    clauses: tuple[str, ...]
    note: str | None = None
    readings: tuple[str, ...] = ()
    status: Status | None = None
    required: bool | None = None
    when: str | None = None
    stage: Stage | None = None
    group: str | None = None
    equivalent: EquivalentPaper | None = None
    date: datetime.date | None = None
    working_date: datetime.date | None = None
    from_: str | None = None
    passed: bool | None = None
    missed: str | None = None
    settled_by: tuple[str, ...] = ()
    at: str | None = None
    amount: int | None = None
    currency: str | None = None
    year: int | None = None
    borne_by: str | None = None
    boundary: bool = False
    unit: str | None = None

    @property
    def last_day(self) -> datetime.date | None:
        """The last day on which offices work and it is still in time."""
        return self.working_date or self.date

    def as_dict(self) -> dict[str, Any]:
        """The item as the contract prints it; what is empty is left out, except date and amount where they belong."""
        shown: dict[str, Any] = {"id": self.id, "text": self.text, "clauses": list(self.clauses)}
        if self.from_ is not None:
            shown["date"] = self.date and self.date.isoformat()
            shown["working_date"] = self.working_date and self.working_date.isoformat()
            shown["from"] = self.from_
        if self.currency is not None:
            shown["amount"] = self.amount
        if self.readings:
            shown["readings"] = list(self.readings)
        if self.equivalent is not None:
            shown["equivalent"] = self.equivalent.text
            shown["equivalent_clauses"] = list(self.equivalent.clauses)
        for name in _OPTIONAL:
            value = getattr(self, name)
            if (value is not None and value is not False) or (name == "required" and value is False):
                shown[name] = value
        return shown


_OPTIONAL = (
    "note",
    "status",
    "required",
    "when",
    "stage",
    "group",
    "passed",
    "missed",
    "currency",
    "year",
    "borne_by",
    "boundary",
    "unit",
)


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the procedure says about a profile."""

    mobility_type: str | None
    outside_scope: str | None
    duration_category: DurationCategory | None
    verdict: Verdict
    missing: tuple[str, ...]
    items: dict[ListName, tuple[AssessedItem, ...]]
    outside_reason: str | None = None
    """Id of the reason why the profile is outside the scope."""
    outside_clauses: tuple[str, ...] = ()

    def __getitem__(self, name: ListName) -> tuple[AssessedItem, ...]:
        return self.items.get(name, ())

    def __iter__(self) -> Iterator[AssessedItem]:
        return (item for name in SHOWN_LISTS for item in self[name])

    def as_dict(self) -> dict[str, Any]:
        """The JSON object of contract §2."""
        lists = {name: [item.as_dict() for item in self[name]] for name in SHOWN_LISTS}
        head: dict[str, Any] = {
            "mobility_type": self.mobility_type,
            "outside_scope": self.outside_scope,
            "duration_category": self.duration_category,
            "verdict": self.verdict,
            "criteria": lists.pop("criteria"),
            "conditions": lists.pop("conditions"),
            "missing": list(self.missing),
        }
        return head | lists
