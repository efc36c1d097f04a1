"""The knowledge as it was read from the packs: everything by its key, with the document it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from knowledge.schema import (
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
    _rules: dict[tuple[date, ...], Rules] = field(default_factory=dict, repr=False, compare=False)

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
        in_force = tuple(max(day for day in parameter.values if day <= today) for parameter in self.parameters.values())
        if in_force not in self._rules:
            self._rules[in_force] = Rules(self, dict(zip(self.parameters, in_force, strict=True)))
        return self._rules[in_force]
