"""What is known of an applicant, with the defaults of contract §1 in force."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cached_property

from knowledge.conditions import Condition, FactValue, Truth
from knowledge.lengths import Length
from knowledge.loading.packs import Packs

FOLLOWS_START = ("arrival_date", "departure_date")
"""Dates that are the start of the programme unless they are given."""


class Profile:
    """The facts as given, and those that follow from them. A fact that is given always wins over a default."""

    def __init__(self, knowledge: Packs, given: Mapping[str, FactValue]) -> None:
        self.given = given
        self._programmes = knowledge.programmes
        self._truths: dict[int, Truth] = {}
        self._seen: list[Condition] = []
        """Keeps the conditions alive, so that no other gets the identity of one that is remembered."""

    def value(self, key: str) -> FactValue | None:
        """A fact, or what the programme settles (I17), or None."""
        value = self.given.get(key)
        if value is None and key in ("bears_credit", "leads_to_degree"):
            programme = self._programmes.get(str(self.given.get("programme")))
            return getattr(programme, key) if programme else None
        return value

    def day(self, key: str) -> date | None:
        """A date as given or by default: arrival and departure follow the start, the return follows the length."""
        written = self.given.get(key)
        if isinstance(written, str):
            return date.fromisoformat(written)
        if key in FOLLOWS_START:
            return self.day("start_date")
        return self._return_by_default if key == "return_date" else None

    def truth(self, condition: Condition) -> Truth:
        """The truth of a condition, worked out once; it is remembered by the condition's identity."""
        key = id(condition)
        try:
            return self._truths[key]
        except KeyError:
            self._seen.append(condition)
            truth = self._truths[key] = condition.truth(self)
            return truth

    def length(self, measure: str) -> Length | None:
        """`duration` of the programme, or `stay` in the host country (I33); first and last day counted."""
        return self._duration if measure == "duration" else self._stay

    def known(self, key: str) -> bool:
        """Whether the fact, date or measure is known, given or by default."""
        if key in ("stay", "duration"):
            return self.length(key) is not None
        return self.value(key) is not None or self.day(key) is not None

    @cached_property
    def _duration(self) -> Length | None:
        days = self._number("duration_days")
        return Length(days, self.day("start_date")) if days is not None else None

    @cached_property
    def _stay(self) -> Length | None:
        arrival = self.day("arrival_date")
        days = self._number("stay_days")
        if days is None:
            days = self._days_between(arrival, self.day("return_date"))
        if days is None:
            days = self._number("duration_days")
        return Length(days, arrival) if days is not None else None

    @cached_property
    def _return_by_default(self) -> date | None:
        """arrival + stay_days − 1, else start + duration_days − 1."""
        for first, days in (("arrival_date", "stay_days"), ("start_date", "duration_days")):
            day, count = self.day(first), self._number(days)
            if day is not None and count is not None:
                return day + timedelta(days=count - 1)
        return None

    def _number(self, key: str) -> int | None:
        value = self.given.get(key)
        return int(value) if isinstance(value, int | float) else None

    @staticmethod
    def _days_between(first: date | None, last: date | None) -> int | None:
        """Days from *first* to *last*, both counted; None where one is unknown or they stand the wrong way round."""
        if first is None or last is None or last < first:
            return None
        return (last - first).days + 1
