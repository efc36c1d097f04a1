"""Every walk through the interview of one mobility type, and what the best possible order of questions would cost.

Walks are not listed one by one: answers that behave alike share a point, and a point is examined once. Since a point knows
all that is still open, what holds at the point holds for every walk that leads there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.answer_classes import LENGTH_FACTS, keys_settled_by
from knowledge.conditions import Constant, FactValue
from knowledge.course import Course, Point
from knowledge.slots import Outcome, Slot


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
        self._best: dict[Point, float] = {}
        self._refusal: dict[Point, float] = {}
        self._forms: dict[Slot, object] = {}
        self.paths: dict[Point, tuple[tuple[str, FactValue | None], ...]] = {course.start: ()}
        """One example of answers that lead to each point."""

    def figures(self, point: Point) -> WalkFigures:
        """Number, longest and mean of the walks from *point* on, in our order. Ends, since every answer closes a fact."""
        if point not in self._figures:
            fact = point.question
            if fact is None:
                self._figures[point] = WalkFigures(1, 0, 0.0)
            else:
                after = [(answer.weight, self.figures(self._step(point, fact, answer.value))) for answer in self.course.classes(fact)]
                self._figures[point] = WalkFigures(
                    walks=sum(figures.walks for _, figures in after),
                    longest=1 + max(figures.longest for _, figures in after),
                    mean=1 + sum(weight * figures.mean for weight, figures in after),
                )
        return self._figures[point]

    def useless(self) -> Iterator[tuple[Point, str]]:
        """Points whose question has no two answers that lead to different results."""
        for point in list(self._figures):
            fact = point.question
            if fact is not None and not any(self._tells(point, slot, fact) for slot in point.slots):
                yield point, fact

    def best(self, point: Point) -> float:
        """The least possible mean number of questions from *point* on, over every order of asking.

        Facts that no other question depends on can be left to the end without loss: an answer of theirs spares nothing, and
        a refusal found first spares them. So only the others are tried in every order.
        """
        if point not in self._best:
            alone = self._independent(point)
            core = self._without(point, alone)
            self._best[point] = self._best_of_deciding(core) + (1 - self._refused(core)) * len(alone)
        return self._best[point]

    def _best_of_deciding(self, point: Point) -> float:
        return min(
            (
                1 + sum(weight * self.best(after) for after, weight in self._next(point, fact).items())
                for fact in point.open
            ),
            default=0.0,
        )

    def _refused(self, point: Point) -> float:
        """How likely a criterion fails from *point* on; the same for every order."""
        if point not in self._refusal:
            fact = point.question
            self._refusal[point] = (
                float(point.refused)
                if fact is None
                else sum(weight * self._refused(after) for after, weight in self._next(point, fact).items())
            )
        return self._refusal[point]

    def _next(self, point: Point, fact: str) -> dict[Point, float]:
        found: dict[Point, float] = {}
        for answer in self.course.classes(fact):
            after = point.take(fact, answer.value)
            found[after] = found.get(after, 0.0) + answer.weight
        return found

    def _step(self, point: Point, fact: str, value: FactValue | None) -> Point:
        after = point.take(fact, value)
        self.paths.setdefault(after, (*self.paths[point], (fact, value)))
        return after

    def _independent(self, point: Point) -> list[str]:
        """The open facts whose answer never closes, opens or decides anything but their own slots."""
        return [fact for fact in point.open if self._next(point, fact).keys() == {self._without(point, [fact])}]

    def _without(self, point: Point, facts: list[str]) -> Point:
        if not facts:
            return point
        keys = {key for fact in facts for key in keys_settled_by(fact)}
        return self.course.point((slot for slot in point.slots if slot.keys.isdisjoint(keys)), point.unsure, point.refused)

    def _tells(self, point: Point, slot: Slot, fact: str) -> bool:
        """Whether two answers to *fact* lead to different results of *slot*, whatever else may be answered later."""
        return not slot.keys.isdisjoint(keys_settled_by(fact)) and len(self._branches(slot, fact, point.unsure)) > 1

    def _branches(self, slot: Slot, fact: str, unsure: frozenset[str]) -> dict[object, None]:
        found: dict[object, None] = {}
        for answer in self.course.classes(fact):
            given_up = unsure | {fact} if answer.value is None else unsure
            truths = dict(self.course.settlement(fact, answer.value, given_up))
            found[self._form(slot.assume(lambda leaf, t=truths: Constant(t[leaf]) if leaf in t else None))] = None
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
