"""Answers that behave alike: for every fact the classes of values between which no condition can tell.

Thresholds are looked at from both sides, so a class stands for all its values: that is what makes it possible to walk
every combination (`proof`) and to know how many questions an order of asking costs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from knowledge.conditions import Condition, FactValue, IsWithin, Lasts
from knowledge.profile import Profile
from knowledge.rules import Rules
from knowledge.vocabulary import FactSpec

LENGTH_FACTS = {"duration_days": ("duration", "stay"), "stay_days": ("stay",)}
"""The measures that a fact settles."""

Truths = tuple[tuple[Condition, bool], ...]
_STEP = {"number": 0.01, "whole": 1}
_DONT_KNOW_ODDS = 0.05
"""How often somebody does not know, for the mean number of questions; the proofs do not use it."""


@dataclass(frozen=True, slots=True)
class AnswerClass:
    """Values that settle the same conditions in the same way; None is "I don't know". Weights of a fact add up to 1."""

    value: FactValue | None
    weight: float


def keys_settled_by(fact: str) -> tuple[str, ...]:
    """The facts and measures that an answer to *fact* settles."""
    return LENGTH_FACTS.get(fact, (fact,))


def truths(rules: Rules, leaves: Iterable[Condition], fact: str, value: FactValue) -> Truths:
    """What the answer alone settles, e.g. a programme also whether there is credit."""
    profile = Profile(rules.knowledge, {fact: value})
    return tuple((leaf, truth) for leaf in leaves if (truth := leaf.truth(profile)) is not None)


def classes(
    rules: Rules, leaves: Sequence[Condition], spec: FactSpec, values: Sequence[FactValue] | None = None
) -> tuple[AnswerClass, ...]:
    """The classes of answers to a fact as far as *leaves* tell them apart, "I don't know" last.

    *values* limits the answers, e.g. to the programmes of a mobility type.
    """
    odds: dict[Truths, float] = {}
    example: dict[Truths, FactValue] = {}
    for value in values if values is not None else sorted(set(_candidates(leaves, spec)), key=str):
        settled = truths(rules, leaves, spec.key, value)
        example.setdefault(settled, value)
        weight = spec.odds.get(value, 1.0) if isinstance(value, bool | str) else 0.0
        odds[settled] = odds.get(settled, 0.0) + weight if weight else 1.0
    total = sum(odds.values())
    known = 1 - _DONT_KNOW_ODDS
    found = [AnswerClass(example[settled], known * weight / total) for settled, weight in odds.items()]
    return (*found, AnswerClass(None, _DONT_KNOW_ODDS))


def _candidates(leaves: Sequence[Condition], spec: FactSpec) -> Iterator[FactValue]:
    if spec.range is None:
        yield from spec.values
        return
    low, high = spec.range
    step = _STEP[spec.kind]
    for threshold in (low, high, *_thresholds(leaves, spec.key)):
        for value in (threshold - step, threshold, threshold + step):
            if low <= value <= high:
                yield int(value) if spec.kind == "whole" else round(value, 2)


def _thresholds(leaves: Sequence[Condition], fact: str) -> Iterator[float]:
    for leaf in leaves:
        limits = [getattr(leaf, side, None) for side in ("at_least", "at_most", "over", "below")]
        if isinstance(leaf, IsWithin) and leaf.fact == fact:
            yield from (limit for limit in limits if limit is not None)
        elif isinstance(leaf, Lasts) and leaf.measure in keys_settled_by(fact):
            for period in limits:
                if period is not None:
                    yield from (period.shortest, period.longest)
