"""What the best possible order of questions would cost: the bound beside which ours is printed.

Every order is tried, with reductions that lose nothing. (1) Of a slot that only one fact can settle, and that cannot
refuse the applicant, only that fact matters. (2) Slots that share no fact form groups. A group that cannot refuse is
asked after those that can: it spares none of their questions, and a refusal found before spares its own. (3) Equal sets
of slots are looked at once. (4) An order is dropped as soon as it would be no better even if the answer to the most
connected fact were told for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from knowledge.interview.answer_classes import keys_settled_by
from knowledge.interview.course import Course, is_open
from knowledge.proving.slot_table import REFUSED, SETTLED, SlotTable

_ROUNDING = 1e-9
_LINKED = (frozenset({"programme", "bears_credit", "leads_to_degree"}), frozenset({"duration", "stay"}))
"""Keys that one answer may settle together."""


class _Rest(NamedTuple):
    """What is still to be settled: numbers of slots, and keys that have to be asked for anyway."""

    slots: frozenset[int]
    wanted: frozenset[str]
    unsure: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Cost:
    questions: float
    """The mean number of questions of the best order."""
    refused: float
    """How likely the walk ends with a refusal; the same for every order."""


class BestOrder:
    """The least mean number of questions of a course."""

    def __init__(self, course: Course) -> None:
        self._table = SlotTable(course)
        self._costs: dict[_Rest, _Cost] = {}
        self._group_costs: dict[_Rest, _Cost] = {}
        self._nexts: dict[tuple[_Rest, str], dict[_Rest | None, float]] = {}

    def mean(self) -> float:
        """The mean over all walks, with the weights of the answer classes."""
        return self._cost(self._start).questions

    def mean_of(self, order: Sequence[str]) -> float:
        """The mean if the first open fact of *order* is always asked."""
        costs: dict[_Rest, float] = {}

        def cost(rest: _Rest | None) -> float:
            if rest is None:
                return 0.0
            if rest not in costs:
                open_facts = frozenset(self._open(rest))
                fact = next((fact for fact in order if fact in open_facts), None)
                after = {} if fact is None else self._next(rest, fact)
                costs[rest] = sum(
                    (weight * cost(one) for one, weight in after.items()), start=0.0 if fact is None else 1.0
                )
            return costs[rest]

        return cost(self._start)

    def good_order(self, order: Sequence[str]) -> list[str]:
        """*order* improved by moving one fact at a time, as long as a move saves questions."""
        best, mean = list(order), self.mean_of(order)
        improved = True
        while improved:
            improved = False
            for fact in order:
                for place in range(len(order)):
                    tried = [one for one in best if one != fact]
                    tried.insert(place, fact)
                    if (found := self.mean_of(tried)) < mean - _ROUNDING:
                        best, mean, improved = tried, found, True
        return best

    @property
    def _start(self) -> _Rest:
        return self._rest(self._table.numbers(self._table.course.start.slots), frozenset(), frozenset())

    def _cost(self, rest: _Rest | None) -> _Cost:
        """The cost of *rest*: first the groups that can refuse, then each of the others for itself (reduction 2)."""
        if rest is None:
            return _Cost(0.0, 1.0)
        if rest not in self._costs:
            deciding, others = self._groups(rest)
            first = self._group_cost(deciding)
            afterwards = sum(self._group_cost(group).questions for group in others)
            self._costs[rest] = _Cost(first.questions + (1 - first.refused) * afterwards, first.refused)
        return self._costs[rest]

    def _group_cost(self, rest: _Rest) -> _Cost:
        if not rest.slots and not rest.wanted:
            return _Cost(0.0, 0.0)
        if rest not in self._group_costs:
            facts = list(self._open(rest))
            pivot = max(facts, key=lambda fact: self._connections(rest, fact))
            best = self._asking(rest, pivot)
            # The pivot that has to be asked anyway is spared by a refusal only.
            anyway = 1 - best.refused if not rest.wanted.isdisjoint(keys_settled_by(pivot)) else 0.0
            for fact in facts:
                if fact != pivot and 1 + anyway + self._told(rest, fact, pivot) < best.questions - _ROUNDING:
                    best = min(best, self._asking(rest, fact), key=lambda cost: cost.questions)
            self._group_costs[rest] = best
        return self._group_costs[rest]

    def _asking(self, rest: _Rest, fact: str) -> _Cost:
        after = [(weight, self._cost(one)) for one, weight in self._next(rest, fact).items()]
        return _Cost(
            1 + sum(weight * cost.questions for weight, cost in after),
            sum(weight * cost.refused for weight, cost in after),
        )

    def _told(self, rest: _Rest, fact: str, pivot: str) -> float:
        """The cost after *fact* if the answer to *pivot* were told for nothing (reduction 4)."""
        return sum(
            weight * told_weight * self._cost(told).questions
            for after, weight in self._next(rest, fact).items()
            if after is not None
            for told, told_weight in self._next(after, pivot).items()
        )

    def _next(self, rest: _Rest, fact: str) -> dict[_Rest | None, float]:
        """What is left after an answer to *fact*, with its weight; None where it refuses the applicant."""
        key = (rest, fact)
        if key not in self._nexts:
            found: dict[_Rest | None, float] = {}
            for index, answer in enumerate(self._table.course.classes(fact)):
                after = self._after(rest, fact, index)
                found[after] = found.get(after, 0.0) + answer.weight
            self._nexts[key] = found
        return self._nexts[key]

    def _after(self, rest: _Rest, fact: str, answer: int) -> _Rest | None:
        unsure = self._table.unsure_after(fact, answer, rest.unsure)
        slots = {self._table.after(slot, fact, answer, unsure) for slot in rest.slots}
        if REFUSED in slots:
            return None
        return self._rest(slots - {SETTLED}, rest.wanted - self._table.known(fact, answer, unsure), unsure)

    def _rest(self, slots: Iterable[int], wanted: frozenset[str], unsure: frozenset[str]) -> _Rest:
        """What is left, with reduction 1."""
        kept, single = set(), set(wanted)
        for slot in slots:
            if self._table.single[slot]:
                single |= self._table.keys[slot]
            else:
                kept.add(slot)
        return _Rest(frozenset(kept), frozenset(single), unsure)

    def _open(self, rest: _Rest) -> Iterator[str]:
        keys = rest.wanted.union(*(self._table.keys[slot] for slot in rest.slots))
        return (fact for fact in self._table.course.facts if is_open(fact, keys, rest.unsure))

    def _connections(self, rest: _Rest, fact: str) -> int:
        return sum(not self._table.keys[slot].isdisjoint(keys_settled_by(fact)) for slot in rest.slots)

    def _groups(self, rest: _Rest) -> tuple[_Rest, list[_Rest]]:
        """The slots and keys that hang together with a criterion, and the other groups."""
        groups: list[tuple[frozenset[int], frozenset[str]]] = []
        pieces = [(frozenset((slot,)), self._table.keys[slot]) for slot in rest.slots]
        for slots, own in pieces + [(frozenset(), frozenset((key,))) for key in rest.wanted]:
            keys = own.union(*(linked for linked in _LINKED if not own.isdisjoint(linked)))
            touching = [group for group in groups if not group[1].isdisjoint(keys)]
            groups = [group for group in groups if group[1].isdisjoint(keys)]
            groups.append(
                (slots.union(*(group[0] for group in touching)), keys.union(*(group[1] for group in touching)))
            )
        rests = [_Rest(slots, rest.wanted & keys, rest.unsure) for slots, keys in groups]
        deciding = [one for one in rests if any(self._table.slots[slot].decides for slot in one.slots)]
        united = _Rest(
            frozenset().union(*(one.slots for one in deciding)),
            frozenset().union(*(one.wanted for one in deciding)),
            rest.unsure,
        )
        return united, [one for one in rests if one not in deciding]
