"""The course of an interview: where the answers so far have led, and what is still open.

A `Point` knows only what is still open. Points are shared and remember where their answers lead, so a walk costs little
after the first time; two sets of answers that leave the same open are the same point.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from knowledge.conditions import AllOf, AnyOf, Condition, Constant, FactValue, Not, Truth, Unless, settling
from knowledge.interview.answer_classes import LENGTH_FACTS, AnswerClass, classes, keys_settled_by, truths
from knowledge.interview.slots import Slot
from knowledge.rules import Rules

_MOST_SETTLEMENTS: Final = 4096
Settlement = tuple[tuple[Condition, Truth], ...]
"""What an answer settles: conditions with their truth, None for what the person does not know."""


@dataclass(frozen=True, eq=False)
class Point:
    """A place in the course; there is one object for each set of open slots."""

    course: Course
    slots: frozenset[Slot]
    unsure: frozenset[str]
    """The lengths that the person does not know."""
    refused: bool
    """A criterion is not met: nothing more is asked."""
    _next: dict[tuple[str, Settlement], Point] = field(default_factory=dict, repr=False)

    @cached_property
    def open(self) -> tuple[str, ...]:
        """The facts that can still change the result, in the order of asking."""
        return tuple(fact for fact in self.course.facts if is_open(fact, self._keys, self.unsure))

    @cached_property
    def question(self) -> str | None:
        """The fact to ask next: the first open one in the order that was found to need the fewest questions."""
        return next(iter(self.open), None)

    @cached_property
    def about_left(self) -> int:
        """About how many questions are left, this one included: as many as usually stay open after its answer."""
        if self.question is None:
            return 0
        taken = [
            (answer.weight, self.take(self.question, answer.value)) for answer in self.course.classes(self.question)
        ]
        going_on = [(weight, after) for weight, after in taken if not after.refused]
        total = sum(weight for weight, _ in going_on)
        return 1 + round(sum(weight * len(after.open) for weight, after in going_on) / total) if total else 1

    def settles(self, fact: str) -> bool:
        """Whether an answer to *fact* would settle something that is open, be it its turn or not."""
        return not self._keys.isdisjoint(keys_settled_by(fact)) and fact not in self.unsure

    @cached_property
    def _keys(self) -> frozenset[str]:
        return frozenset().union(*(slot.keys for slot in self.slots))

    def take(self, fact: str, value: FactValue | None) -> Point:
        """The point after *fact* was answered with *value*, or with "I don't know" (None)."""
        settlement = self.course.settlement(fact, value, self.unsure)
        key = (fact, settlement)
        if key not in self._next:
            unsure = self.unsure | {fact} if value is None and fact in LENGTH_FACTS else self.unsure
            self._next[key] = self._after(dict(settlement), unsure)
        return self._next[key]

    def _after(self, settlement: Mapping[Condition, Truth], unsure: frozenset[str]) -> Point:
        slots, refused = set(), False
        for slot in self.slots:
            after = slot.assume(settling(settlement))
            if isinstance(after, Slot):
                slots.add(after)
            else:
                refused = refused or after.refuses
        return self.course.point(slots, unsure, refused)


class Course:
    """All points of the interview about one mobility type, for the lists that are asked for."""

    def __init__(self, rules: Rules, slots: Iterable[Slot], facts: Sequence[str], programmes: Sequence[str]) -> None:
        self.facts = tuple(facts)
        """The facts that are asked before the result, in the order of asking (`best_order`)."""
        self._rules = rules
        self._programmes = tuple(programmes)
        self._points: dict[tuple[frozenset[Slot], frozenset[str], bool], Point] = {}
        self._classes: dict[str, tuple[AnswerClass, ...]] = {}
        self._settlements: dict[tuple[str, FactValue | None, frozenset[str]], Settlement] = {}
        slots = tuple(slots)
        self._leaves = tuple(dict.fromkeys(leaf for slot in slots for part in slot.conditions for leaf in leaves(part)))
        self.start = self._start(slots)

    def point(self, slots: Iterable[Slot], unsure: frozenset[str], refused: bool) -> Point:
        """The one point with these open slots; once somebody is refused nothing is open any more."""
        key = (frozenset(), frozenset(), True) if refused else (frozenset(slots), unsure, False)
        if key not in self._points:
            self._points[key] = Point(self, *key)
        return self._points[key]

    def classes(self, fact: str) -> tuple[AnswerClass, ...]:
        """The classes of answers to *fact* in this course."""
        if fact not in self._classes:
            values = self._programmes if fact == "programme" else None
            self._classes[fact] = classes(self._rules, self._leaves, self._rules.knowledge.facts[fact], values)
        return self._classes[fact]

    def settlement(self, fact: str, value: FactValue | None, unsure: frozenset[str]) -> Settlement:
        """What the answer settles here."""
        key = (fact, value, unsure)
        if key not in self._settlements:
            if len(self._settlements) >= _MOST_SETTLEMENTS:  # people may type numbers without end
                self._settlements.clear()
            self._settlements[key] = (
                tuple((leaf, None) for leaf in self._leaves if leaf.keys <= _given_up(fact, unsure))
                if value is None
                else truths(self._rules, self._leaves, fact, value)
            )
        return self._settlements[key]

    def _start(self, slots: Iterable[Slot]) -> Point:
        """The point before any answer. What only dates or possession tell is left to the questions after the result."""
        asked = {*self.facts, *(measure for fact in self.facts for measure in keys_settled_by(fact))}
        later = {leaf: None for leaf in self._leaves if not leaf.keys <= asked}
        return Point(self, frozenset(slots), frozenset(), False)._after(later, frozenset())


def is_open(fact: str, keys: frozenset[str], unsure: frozenset[str]) -> bool:
    """Whether *fact* is one to ask while *keys* are open. Of two lengths the more general is asked first."""
    if fact in unsure:
        return False
    if fact == "duration_days":
        return "duration" in keys or ("stay" in keys and "stay_days" in unsure)
    if fact == "stay_days":
        return "stay" in keys and "duration" not in keys
    return fact in keys


def leaves(condition: Condition) -> Iterator[Condition]:
    """The smallest parts of a condition."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves(part)
        case Not(part) | Unless(part):
            yield from leaves(part)
        case Constant():
            pass
        case _:
            yield condition


def _given_up(fact: str, unsure: frozenset[str]) -> frozenset[str]:
    """The keys that will stay unknown when the person does not know *fact*; a stay may still be told in another way."""
    if fact == "duration_days":
        return frozenset({"duration", "stay"} if "stay_days" in unsure else {"duration"})
    if fact == "stay_days":
        return frozenset({"stay"} if "duration_days" in unsure else set())
    return frozenset((fact,))
