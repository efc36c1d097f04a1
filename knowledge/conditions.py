"""The closed vocabulary of conditions, evaluated with three values: true, false and unknown (None).

An absent fact makes a condition unknown, never false. From this one evaluation come the verdict, the missing facts,
the next question and the explanation (design §3.2).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from knowledge.lengths import Length, Period

Truth = bool | None
FactValue = str | bool | int | float


class FactSource(Protocol):
    """What a condition may ask: a fact, a date or a length that is known, or None; and the truth of its parts."""

    def value(self, key: str) -> FactValue | None: ...

    def day(self, key: str) -> date | None: ...

    def length(self, measure: str) -> Length | None: ...

    def truth(self, condition: Condition) -> Truth: ...


class Condition(Protocol):
    """A statement about a profile. `keys` are the facts and measures it reads; conditions are hashable values."""

    @property
    def keys(self) -> frozenset[str]: ...

    def truth(self, facts: FactSource) -> Truth: ...

    def assume(self, settled: Callable[[Condition], Settled]) -> Condition:
        """This condition with every leaf replaced by what *settled* says of it, simplified."""
        ...


Settled = Condition | None
"""What is known of a leaf: the condition that replaces it, or None where nothing is known yet."""


@dataclass(frozen=True, slots=True)
class Constant:
    """A condition that is settled: true, false, or unknown for good (the person does not know)."""

    settled: Truth

    @property
    def keys(self) -> frozenset[str]:
        return frozenset()

    def truth(self, facts: FactSource) -> Truth:
        return self.settled

    def assume(self, settled: Callable[[Condition], Settled]) -> Condition:
        return self


ALWAYS, NEVER, NOT_KNOWN = Constant(True), Constant(False), Constant(None)


class _Leaf:
    __slots__ = ()

    def assume(self: Condition, settled: Callable[[Condition], Settled]) -> Condition:
        replacement = settled(self)
        return self if replacement is None else replacement


@dataclass(frozen=True, slots=True)
class IsOneOf(_Leaf):
    """The fact has one of these values."""

    fact: str
    values: frozenset[FactValue]

    @property
    def keys(self) -> frozenset[str]:
        return frozenset((self.fact,))

    def truth(self, facts: FactSource) -> Truth:
        value = facts.value(self.fact)
        return None if value is None else value in self.values


@dataclass(frozen=True, slots=True)
class IsWithin(_Leaf):
    """The number lies within the limits; a limit that is None is open."""

    fact: str
    at_least: float | None = None
    at_most: float | None = None
    over: float | None = None
    below: float | None = None

    @property
    def keys(self) -> frozenset[str]:
        return frozenset((self.fact,))

    def truth(self, facts: FactSource) -> Truth:
        value = facts.value(self.fact)
        if value is None or isinstance(value, str):
            return None
        return not (
            (self.at_least is not None and value < self.at_least)
            or (self.at_most is not None and value > self.at_most)
            or (self.over is not None and value <= self.over)
            or (self.below is not None and value >= self.below)
        )


@dataclass(frozen=True, slots=True)
class Lasts(_Leaf):
    """The stay or the programme lasts as long as the periods say; months are calendar months."""

    measure: str
    at_least: Period | None = None
    at_most: Period | None = None
    over: Period | None = None
    below: Period | None = None

    @property
    def keys(self) -> frozenset[str]:
        return frozenset((self.measure,))

    def truth(self, facts: FactSource) -> Truth:
        length = facts.length(self.measure)
        if length is None:
            return None
        return not (
            (self.at_least is not None and not length.is_at_least(self.at_least))
            or (self.at_most is not None and length.is_over(self.at_most))
            or (self.over is not None and not length.is_over(self.over))
            or (self.below is not None and length.is_at_least(self.below))
        )


@dataclass(frozen=True, slots=True)
class Covers(_Leaf):
    """The date lies at least the period after the anchor date; the exact day passes (I39)."""

    fact: str
    anchor: str
    period: Period

    @property
    def keys(self) -> frozenset[str]:
        return frozenset((self.fact, self.anchor))

    def truth(self, facts: FactSource) -> Truth:
        day, anchor = facts.day(self.fact), facts.day(self.anchor)
        if day is None or anchor is None:
            return None
        return day >= self.period.after(anchor)


@dataclass(frozen=True, slots=True)
class AllOf:
    """True if every part is true, false if one is false, else unknown."""

    parts: tuple[Condition, ...]

    @property
    def keys(self) -> frozenset[str]:
        return frozenset().union(*(part.keys for part in self.parts))

    def truth(self, facts: FactSource) -> Truth:
        result: Truth = True
        for part in self.parts:
            truth = facts.truth(part)
            if truth is False:
                return False
            if truth is None:
                result = None
        return result

    def assume(self, settled: Callable[[Condition], Settled]) -> Condition:
        return all_of(part.assume(settled) for part in self.parts)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """True if one part is true, false if every part is false, else unknown."""

    parts: tuple[Condition, ...]

    @property
    def keys(self) -> frozenset[str]:
        return frozenset().union(*(part.keys for part in self.parts))

    def truth(self, facts: FactSource) -> Truth:
        result: Truth = False
        for part in self.parts:
            truth = facts.truth(part)
            if truth is True:
                return True
            if truth is None:
                result = None
        return result

    def assume(self, settled: Callable[[Condition], Settled]) -> Condition:
        return any_of(part.assume(settled) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite; unknown stays unknown."""

    part: Condition

    @property
    def keys(self) -> frozenset[str]:
        return self.part.keys

    def truth(self, facts: FactSource) -> Truth:
        truth = facts.truth(self.part)
        return None if truth is None else not truth

    def assume(self, settled: Callable[[Condition], Settled]) -> Condition:
        return negated(self.part.assume(settled))


@dataclass(frozen=True, slots=True)
class Unless:
    """True until the part is known to be true: for what holds for everybody but a few who are named."""

    part: Condition

    @property
    def keys(self) -> frozenset[str]:
        return self.part.keys

    def truth(self, facts: FactSource) -> Truth:
        return facts.truth(self.part) is not True

    def assume(self, settled: Callable[[Condition], Settled]) -> Condition:
        part = self.part.assume(settled)
        return Constant(part.settled is not True) if isinstance(part, Constant) else Unless(part)


def settling(truths: Mapping[Condition, Truth]) -> Callable[[Condition], Settled]:
    """What to pass to `assume` where the truth of these leaves is known."""
    return lambda leaf: Constant(truths[leaf]) if leaf in truths else None


def all_of(parts: Iterable[Condition]) -> Condition:
    """The simplest condition that is true when all *parts* are."""
    return _joined(parts, stop=NEVER, neutral=ALWAYS, make=AllOf)


def any_of(parts: Iterable[Condition]) -> Condition:
    """The simplest condition that is true when one of *parts* is."""
    return _joined(parts, stop=ALWAYS, neutral=NEVER, make=AnyOf)


def negated(part: Condition) -> Condition:
    """The opposite of *part*."""
    if isinstance(part, Constant):
        return part if part.settled is None else Constant(not part.settled)
    return Not(part)


def _joined(
    parts: Iterable[Condition], *, stop: Constant, neutral: Constant, make: type[AllOf] | type[AnyOf]
) -> Condition:
    kept: dict[Condition, None] = {}
    for part in parts:
        if part == stop:
            return stop
        if part != neutral:
            kept.update(dict.fromkeys(part.parts if isinstance(part, make) else (part,)))
    if not kept:
        return neutral
    return next(iter(kept)) if len(kept) == 1 else make(tuple(kept))
