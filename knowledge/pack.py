"""The knowledge as it was read from the packs: everything by its key, with the document it comes from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from knowledge.loading.schema import (
    Boundary,
    Clause,
    CommonFile,
    MobilityTypeFile,
    Office,
    OutsideScope,
    PackHead,
    Parameter,
    Portal,
    Programme,
    Source,
)
from knowledge.vocabulary import FactSpec

if TYPE_CHECKING:
    from knowledge.rules import Rules


class KnowledgeError(Exception):
    """A question the knowledge cannot answer, such as one about a day before the procedure was in force."""


@dataclass(frozen=True)
class Knowledge:
    """The packs together. Built by `knowledge.load()`; immutable."""

    packs: Mapping[str, PackHead]
    clauses: Mapping[str, Clause]
    facts: Mapping[str, FactSpec]
    programmes: Mapping[str, Programme]
    types: Mapping[str, MobilityTypeFile]
    common: Mapping[str, CommonFile]
    """By pack id."""
    parameters: Mapping[str, Parameter]
    boundaries: Mapping[str, Boundary]
    offices: Mapping[str, Office]
    portals: Mapping[str, Portal]
    order: Mapping[str, tuple[str, ...]]
    """For each mobility type the facts in the order of asking (order.yaml, found by `python -m knowledge order`)."""
    clause_packs: Mapping[str, str]
    """The pack id of each clause."""
    _rules: dict[int, Rules] = field(default_factory=dict, repr=False, compare=False)
    """By the number of days of change that have come."""

    @property
    def outside_scope(self) -> tuple[OutsideScope, ...]:
        """Why a profile is not covered, in the order in which the reasons are tried."""
        return tuple(reason for file in self.common.values() for reason in file.outside_scope)

    @property
    def main(self) -> PackHead:
        """The pack whose procedure classifies and assesses: the first."""
        return next(iter(self.packs.values()))

    def document(self, clause_id: str) -> Source:
        """The document in which the clause stands."""
        return self.packs[self.clause_packs[clause_id]].document

    def rules(self, today: date) -> Rules:
        """The rules with the amounts in force on *today*. Raises KnowledgeError before the first of them."""
        from knowledge.rules import Rules

        if today < self.main.document.in_force:
            raise KnowledgeError(
                f"today: {today} is before the procedure was in force ({self.main.document.in_force}); give a later day"
            )
        changes = bisect_right(self._change_days, today)
        if changes not in self._rules:
            in_force = {
                key: max(day for day in parameter.values if day <= today) for key, parameter in self.parameters.items()
            }
            self._rules[changes] = Rules(self, in_force)
        return self._rules[changes]

    @cached_property
    def _change_days(self) -> list[date]:
        """The days on which an amount changes."""
        return sorted({day for parameter in self.parameters.values() for day in parameter.values})
