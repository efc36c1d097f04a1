"""The packs as they were read: everything by its key, with the document it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Packs:
    """What is written in the packs, all of them together; immutable. What follows from it stands above: `Rules`."""

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
