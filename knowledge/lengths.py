"""Lengths of time as the POB counts them: days, weeks and calendar months.

Both the first and the last day of a stay are counted. A stay from A to R lasts exactly N months if R is the day before
A + N months (contract §2, fine print; interpretation I28, I32).
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import cache


class LengthUnit(Enum):
    """The unit in which a period of the POB is printed."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Period:
    """A period as printed, e.g. three months. Months stay months: they are never turned into 30 days."""

    count: int
    unit: LengthUnit

    def after(self, day: date) -> date:
        """The day this period after *day*; a missing day of the month becomes that month's last day."""
        return self._shift(day, self.count)

    def before(self, day: date) -> date:
        """The day this period before *day* (31 May − 3 months = 28 or 29 February)."""
        return self._shift(day, -self.count)

    def _shift(self, day: date, count: int) -> date:
        if self.unit is LengthUnit.MONTHS:
            return add_months(day, count)
        return day + timedelta(days=count * (7 if self.unit is LengthUnit.WEEKS else 1))

    @property
    def shortest(self) -> int:
        """The fewest days this period can have in any calendar (3 months: 89)."""
        return _extreme_days(self)[0]

    @property
    def longest(self) -> int:
        """The most days this period can have in any calendar (3 months: 92)."""
        return _extreme_days(self)[1]


@cache
def _extreme_days(period: Period) -> tuple[int, int]:
    """Shortest and longest form of *period* over every first-of-month start in a four-year cycle."""
    starts = [date(year, month, 1) for year in range(2024, 2028) for month in range(1, 13)]
    days = [(period.after(start) - start).days for start in starts]
    return min(days), max(days)


@dataclass(frozen=True, slots=True)
class Length:
    """How long something lasts, with its first day where that is known: only then can calendar months be told."""

    days: int
    first_day: date | None = None

    def is_over(self, period: Period) -> bool:
        """Longer than *period*. From a bare number of days: longer than the period in every calendar."""
        if self.first_day is None:
            return self.days > period.longest
        return self.first_day + timedelta(days=self.days) > period.after(self.first_day)

    def is_at_least(self, period: Period) -> bool:
        """As long as *period* or longer. From a bare number of days the stricter reading: it may be that long."""
        if self.first_day is None:
            return self.days >= period.shortest
        return self.first_day + timedelta(days=self.days) >= period.after(self.first_day)


def add_months(day: date, count: int) -> date:
    """*day* moved by *count* calendar months, same day number or the last day of the month.

    Raises OverflowError if the result lies outside the years 1–9999.
    """
    month_index = day.year * 12 + day.month - 1 + count
    year, month = divmod(month_index, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError("date value out of range")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
