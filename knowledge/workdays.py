"""Working days in Indonesia: Monday to Friday without the national public holidays."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path

_SATURDAY = 5


def last_working_day(day: date) -> date:
    """The last working day that is not after *day*. Holidays that follow the moon are estimates for later years."""
    while day.weekday() >= _SATURDAY or day in _public_holidays(day.year):
        day -= timedelta(days=1)
    return day


@cache
def _public_holidays(year: int) -> frozenset[date]:
    return frozenset(_calendar_of_indonesia()(years=year))


@cache
def _calendar_of_indonesia() -> Callable[..., Iterable[date]]:
    """The library's class for one country, read from its file at first use: by the usual way the library reads all of
    its 250 countries, which takes longer (0.1 s, 8 MiB) than an assessment does altogether."""
    package = find_spec("holidays")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("No module named 'holidays'", name="holidays")
    found = spec_from_file_location("holidays_of_indonesia", Path(package.origin).parent / "countries" / "indonesia.py")
    if found is None or found.loader is None:
        raise ModuleNotFoundError("holidays has no calendar of Indonesia", name="holidays")
    module = module_from_spec(found)
    found.loader.exec_module(module)
    calendar: Callable[..., Iterable[date]] = module.Indonesia
    return calendar
