"""Every walk through the interview of one mobility type.

Walks are not listed one by one: answers that behave alike share a point, and a point is examined once. Since a point
knows all that is still open, what holds at the point holds for every walk that leads there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.conditions import FactValue, settling
from knowledge.interview.answer_classes import LENGTH_FACTS, keys_settled_by
from knowledge.interview.course import Course, Point
from knowledge.interview.slots import Outcome, Slot


@dataclass(frozen=True)
class WalkFigures:
    """What the walks from a point cost, in questions."""

    walks: int
    """Combinations of answer classes."""
    longest: int
    mean: float


class Walks:
    """Examines every point that the course can reach."""

    def __init__(self, course: Course) -> None:
        self.course = course
        self._figures: dict[Point, WalkFigures] = {}
        self._forms: dict[Slot, object] = {}
        self.paths: dict[Point, tuple[tuple[str, FactValue | None], ...]] = {course.start: ()}
        """One example of answers that lead to each point."""

    def figures(self, point: Point) -> WalkFigures:
        """Number, longest and mean of the walks from *point* on, in our order."""
        if point not in self._figures:
            fact = point.question
            if fact is None:
                self._figures[point] = WalkFigures(1, 0, 0.0)
            else:
                after = [
                    (answer.weight, self.figures(self._step(point, fact, answer.value)))
                    for answer in self.course.classes(fact)
                ]
                self._figures[point] = WalkFigures(
                    walks=sum(figures.walks for _, figures in after),
                    longest=1 + max(figures.longest for _, figures in after),
                    mean=1 + sum(weight * figures.mean for weight, figures in after),
                )
        return self._figures[point]

    @property
    def points(self) -> int:
        """How many different points the walks pass."""
        return len(self._figures)

    def useless(self) -> Iterator[tuple[Point, str]]:
        """Points whose question has no two answers that lead to different results."""
        for point in list(self._figures):
            fact = point.question
            if fact is not None and not any(self._tells(point, slot, fact) for slot in point.slots):
                yield point, fact

    def _step(self, point: Point, fact: str, value: FactValue | None) -> Point:
        after = point.take(fact, value)
        self.paths.setdefault(after, (*self.paths[point], (fact, value)))
        return after

    def _tells(self, point: Point, slot: Slot, fact: str) -> bool:
        """Whether two answers to *fact* lead to different results of *slot*, whatever else may be answered later."""
        return not slot.keys.isdisjoint(keys_settled_by(fact)) and len(self._branches(slot, fact, point.unsure)) > 1

    def _branches(self, slot: Slot, fact: str, unsure: frozenset[str]) -> dict[object, None]:
        found: dict[object, None] = {}
        for answer in self.course.classes(fact):
            given_up = unsure | {fact} if answer.value is None else unsure
            truths = dict(self.course.settlement(fact, answer.value, given_up))
            found[self._form(slot.assume(settling(truths)))] = None
        return found

    def _form(self, slot: Slot | Outcome) -> object:
        """What *slot* says as a function of the answers still to come; equal for equal functions."""
        if isinstance(slot, Outcome):
            return slot
        if slot not in self._forms:
            keys = slot.keys
            fact = next(fact for fact in self.course.facts if not keys.isdisjoint(keys_settled_by(fact)))
            branches = tuple(self._branches(slot, fact, frozenset(LENGTH_FACTS)))
            self._forms[slot] = branches[0] if len(branches) == 1 else (fact, branches)
        return self._forms[slot]
