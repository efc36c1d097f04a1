"""What the interview service returns: where a person stands, and the answers given so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.services.visit import Json
from knowledge import FactSpec
from knowledge.answers import spell
from knowledge.date_order import WrongOrder
from knowledge.interview import Goal, Phase, Position
from knowledge.interview.questions import Question


class Missing:
    """No answer yet; None would be "I don't know"."""

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "MISSING"


MISSING: Final = Missing()


@dataclass(frozen=True)
class Step:
    """Where a person stands in the interview."""

    question: Question | None
    """What to ask now; None when nothing is left to ask for this goal."""
    current: Json | Missing
    """The answer that the question has already, when it is asked again."""
    is_repeat: bool
    """The question has been answered and is asked again."""
    can_go_back: bool
    remaining: int
    """About how many questions are left in this phase, this one included."""
    answered: int
    phase: Phase
    goal: Goal
    set_aside: tuple[str, ...]
    """Facts whose answers stopped mattering by the last change."""
    position: Position
    wrong_order: tuple[WrongOrder, ...] = ()
    """Where the answer just given stands the wrong way round to other dates."""


@dataclass(frozen=True)
class Answered:
    """An answer in the list of answers."""

    fact: str
    spec: FactSpec
    value: Json
    in_force: bool
    """False if it does not matter with the other answers as they are."""

    def label(self, lang: str) -> str:
        """The answer in words; empty for "I don't know"."""
        return "" if self.value is None else spell(self.spec, self.value, lang)
