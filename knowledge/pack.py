"""The knowledge: what was read from the packs, and the rules that it gives for a day."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from knowledge.loading.packs import Packs
from knowledge.rules import Rules


class KnowledgeError(Exception):
    """A question the knowledge cannot answer, such as one about a day before the procedure was in force."""


@dataclass(frozen=True)
class Knowledge(Packs):
    """The packs together, with their rules. Built by `knowledge.load()`; immutable."""

    _rules: dict[int, Rules] = field(default_factory=dict, repr=False, compare=False)
    """By the number of days of change that have come."""

    def rules(self, today: date) -> Rules:
        """The rules with the amounts in force on *today*. Raises KnowledgeError before the first of them."""
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
