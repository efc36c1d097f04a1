"""The slots of a course by number, with what each answer makes of them: for going through very many points quickly."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from knowledge.conditions import Condition, Truth, settling
from knowledge.interview.answer_classes import LENGTH_FACTS
from knowledge.interview.course import Course
from knowledge.interview.slots import Slot

SETTLED: Final = -1
REFUSED: Final = -2


class SlotTable:
    """Numbers for slots, so that sets of them are compared as sets of numbers."""

    def __init__(self, course: Course) -> None:
        self.course = course
        self.slots: list[Slot] = []
        self.keys: list[frozenset[str]] = []
        """The open facts and measures of each slot."""
        self.single: list[bool] = []
        """Whether one fact or measure settles the slot, and the slot cannot refuse the applicant."""
        self._numbers: dict[Slot, int] = {}
        self._after: dict[tuple[int, str, int, frozenset[str]], int] = {}
        self._truths: dict[tuple[str, int, frozenset[str]], dict[Condition, Truth]] = {}
        self._known: dict[tuple[str, int, frozenset[str]], frozenset[str]] = {}

    def numbers(self, slots: Iterable[Slot]) -> frozenset[int]:
        """The numbers of *slots*."""
        return frozenset(self._number(slot) for slot in slots)

    def after(self, number: int, fact: str, answer: int, unsure: frozenset[str]) -> int:
        """The slot after answer class number *answer*, or SETTLED or REFUSED."""
        key = (number, fact, answer, unsure)
        if key not in self._after:
            self._after[key] = self._advance(number, self.truths(fact, answer, unsure))
        return self._after[key]

    def truths(self, fact: str, answer: int, unsure: frozenset[str]) -> dict[Condition, Truth]:
        """What the answer class settles; *unsure* includes the fact where the class is "I don't know"."""
        key = (fact, answer, unsure)
        if key not in self._truths:
            value = self.course.classes(fact)[answer].value
            self._truths[key] = dict(self.course.settlement(fact, value, unsure))
        return self._truths[key]

    def known(self, fact: str, answer: int, unsure: frozenset[str]) -> frozenset[str]:
        """The facts and measures that are settled by the answer class."""
        key = (fact, answer, unsure)
        if key not in self._known:
            self._known[key] = frozenset().union(*(leaf.keys for leaf in self.truths(*key)))
        return self._known[key]

    def unsure_after(self, fact: str, answer: int, unsure: frozenset[str]) -> frozenset[str]:
        """The lengths that the person does not know after the answer class."""
        unknown = self.course.classes(fact)[answer].value is None and fact in LENGTH_FACTS
        return unsure | {fact} if unknown else unsure

    def _number(self, slot: Slot) -> int:
        number = self._numbers.setdefault(slot, len(self.slots))
        if number == len(self.slots):
            self.slots.append(slot)
            self.keys.append(slot.keys)
            self.single.append(len(slot.keys) == 1 and not slot.decides)
        return number

    def _advance(self, number: int, truths: dict[Condition, Truth]) -> int:
        after = self.slots[number].assume(settling(truths))
        if isinstance(after, Slot):
            return self._number(after)
        return REFUSED if after.refuses else SETTLED
