"""Dates that stand the wrong way round, such as a departure after the programme has begun.

Such an answer is kept: people do arrive late. But it is a slip more often, and everything is counted from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from knowledge.pack import Knowledge
from knowledge.vocabulary import FactValue


@dataclass(frozen=True, slots=True)
class WrongOrder:
    """A date that lies after one which it should not lie after (`not_after` of its fact)."""

    fact: str
    day: date
    other: str
    other_day: date


def wrong_orders(knowledge: Knowledge, facts: Mapping[str, FactValue]) -> tuple[WrongOrder, ...]:
    """The dates of *facts* that stand the wrong way round, in the order of the vocabulary. Only dates that were given
    count: a default follows the other date anyway. The same day is in order."""
    return tuple(_found(knowledge, facts))


def _found(knowledge: Knowledge, facts: Mapping[str, FactValue]) -> Iterator[WrongOrder]:
    days = {
        fact: date.fromisoformat(value)
        for fact, value in facts.items()
        if isinstance(value, str) and knowledge.facts[fact].kind == "date"
    }
    for fact, spec in knowledge.facts.items():
        for other in spec.not_after:
            if fact in days and other in days and days[fact] > days[other]:
                yield WrongOrder(fact, days[fact], other, days[other])
