"""What a reviewer wants to see of the queue: a kind of mobility, a programme, a stage. Kept until it is cleared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal, Self, get_args

from bot.services.applications.checklist import LISTS
from bot.services.visit import Visit
from knowledge import AssessedItem, Knowledge
from knowledge.loading.item_schema import Document, Stage

FILTERS: Final = "vf"
"""Key of `memory.extra`."""
STAGES: Final[tuple[str, ...]] = ("conditions", "immigration", *get_args(Stage))
"""The stages of a document, and the two lists that have none."""

FilterKind = Literal["t", "p", "s"]
"""Kind of mobility, programme, stage; in one letter, because buttons carry it."""


@dataclass(frozen=True)
class Filters:
    """What is chosen; None: all."""

    mobility_type: str | None = None
    programme: str | None = None
    stage: str | None = None

    @classmethod
    def of(cls, visit: Visit) -> Self:
        """The reviewer's."""
        kept: dict[str, str] = visit.memory.extra.get(FILTERS, {})
        return cls(kept.get("t"), kept.get("p"), kept.get("s"))

    def keep(self, visit: Visit) -> None:
        """Make them the reviewer's."""
        chosen = {kind: value for kind, value in self.chosen.items() if value is not None}
        visit.memory.extra.pop(FILTERS, None)
        if chosen:
            visit.memory.extra[FILTERS] = chosen

    def with_(self, kind: FilterKind, value: str | None) -> Filters:
        """The same with one of them set, or open."""
        match kind:
            case "t":
                return replace(self, mobility_type=value)
            case "p":
                return replace(self, programme=value)
            case "s":
                return replace(self, stage=value)

    @property
    def chosen(self) -> Mapping[FilterKind, str | None]:
        """What is chosen, by kind."""
        return {"t": self.mobility_type, "p": self.programme, "s": self.stage}

    def __bool__(self) -> bool:
        """Whether anything is left out."""
        return any(self.chosen.values())

    def items(self, knowledge: Knowledge, today: date) -> frozenset[tuple[str, str]] | None:
        """The (list, item) that can be at the chosen stage; None: all."""
        if self.stage is None:
            return None
        rules = knowledge.rules(today)
        return frozenset(
            (rule.list, rule.item.id)
            for kind in knowledge.types
            for name in LISTS.values()
            for rule in rules.of_type(kind).lists[name]
            if self.stage == (rule.item.stage if isinstance(rule.item, Document) else name)
        )


def stage_of(line: AssessedItem) -> str:
    """The stage of a line of a checklist; its list where that has no stages."""
    return line.stage or line.list
