"""Working days in Indonesia: Monday to Friday without the national public holidays."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

_SATURDAY = 5


def last_working_day(day: date) -> date:
    """The last working day that is not after *day*. Holidays that follow the moon are estimates for later years."""
    while day.weekday() >= _SATURDAY or day in _public_holidays(day.year):
        day -= timedelta(days=1)
    return day


@cache
def _public_holidays(year: int) -> frozenset[date]:
    # Imported here: the library takes longer to import than an assessment without dates takes altogether.
    from holidays import country_holidays

    return frozenset(country_holidays("ID", years=year))
