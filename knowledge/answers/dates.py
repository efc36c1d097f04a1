"""Dates as people type them: `12 Januari 2027`, `17/8/27`, `tgl 17 agustus`, `minggu depan`, `January 12, 2027`.

Days come before months, as in Indonesia. A date without a year is the next such date, today included.
"""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Final

from knowledge.answers.numbers import ONE_UNIT, UNIT_OF, spans_of, tokens_of, with_numbers
from knowledge.answers.words import numbered, word_set
from knowledge.lengths import add_months

MONTHS: Final = numbered(
    "januari january jan|februari february feb febuari pebruari|maret march mar|april apr|mei may|juni june jun|"
    "juli july jul|agustus august agu agt ags aug|september sept sep|oktober october okt oct|"
    "november nopember nov nop|desember december des dec",
    start=1,
)
_WEEKDAYS: Final = numbered(
    "senin monday mon|selasa tuesday tue|rabu wednesday wed|kamis thursday thu|jumat friday fri|"
    "sabtu saturday sat|ahad sunday sun"
)
_PHRASES: Final = (
    ("day after tomorrow", "lusa"),
    ("hari ini", "today"),
    ("hari minggu", "ahad"),
    ("from now", "lagi"),
    ("yang lalu", "lalu"),
)
_RELATIVE: Final = {
    "today": 0,
    "now": 0,
    "sekarang": 0,
    "besok": 1,
    "tomorrow": 1,
    "lusa": 2,
    "kemarin": -1,
    "yesterday": -1,
}
_AHEAD: Final = frozenset(("lagi", "in", "dalam"))
_AGO: Final = frozenset(("lalu", "ago"))
_SHIFTS: Final = {"depan": 1, "next": 1, "ini": 0, "this": 0}
_DAY_MARKS: Final = word_set("tanggal the st nd rd th")
_TALK: Final = _DAY_MARKS | word_set(
    "saya ya itu adalah is it its my on of pada dari mulai sejak from sampai until till to by berlaku valid expires "
    "kira kak min please ke - − – / ."
)
_NOUNS: Final = word_set("in dalam hari bulan tahun day date month year")
_DECIMAL: Final = re.compile(r"\d{1,2}[.,]\d{1,2}")  # more likely a score than a day and a month
_YEARS_TO_A_LEAP_DAY: Final = 8


class DateProblem(Enum):
    """Why a text names no date."""

    NOT_UNDERSTOOD = "not_understood"
    NOT_A_DAY = "not_a_day"
    DAY_MISSING = "day_missing"
    YEAR_MISSING = "year_missing"


def read_date(text: str, today: date, *, year_needed: bool = False) -> date | DateProblem:
    """The date that `text` names, seen from `today`, or why it names none.

    With `year_needed` a date without its year is refused: the next 12 January is no guess for the end of a passport.
    """
    words = _words(text)
    said = [word for word in words if word not in _TALK]
    try:
        return _relative(said, today) or _Calendar(today, year_needed).read(said, day_only=bool(_DAY_MARKS & {*words}))
    except (ValueError, OverflowError):
        return DateProblem.NOT_A_DAY


def _words(text: str) -> list[str]:
    tokens: list[str] = []
    for token in tokens_of(text):
        apart = token[0].isdigit() and not _DECIMAL.fullmatch(token)
        tokens.extend(re.split("[.,]", token) if apart else [token])
    line = f" {' '.join(tokens)} "
    for phrase, word in _PHRASES:
        line = line.replace(f" {phrase} ", f" {word} ")
    return line.split()


def _relative(said: Sequence[str], today: date) -> date | None:
    """Today, tomorrow, next week, next Monday, in two weeks; None if the words say nothing of the kind."""
    match said:
        case [word] if word in _RELATIVE:
            return today + timedelta(days=_RELATIVE[word])
        case ["minggu" | "week", "depan"] | ["next", "minggu" | "week"]:
            return today + timedelta(weeks=1)
        case [word] | [word, "depan" | "ini"] | ["next" | "this", word] if word in _WEEKDAYS:
            return today + timedelta(days=(_WEEKDAYS[word] - today.weekday() - 1) % 7 + 1)
    counted = [word for word in said if word not in _AHEAD | _AGO]
    spans = spans_of(with_numbers(counted)) if len(counted) < len(said) else None
    if spans is None or not any(word in UNIT_OF or word in ONE_UNIT for word in counted):
        return None
    sign = -1 if _AGO & {*said} else 1
    for count, unit in spans:
        if unit == "semester" or count.denominator != 1:
            return None
        today = _moved(today, sign * int(count), unit)
    return today


def _moved(day: date, count: int, unit: str) -> date:
    if unit in ("month", "year"):
        return add_months(day, count * (12 if unit == "year" else 1))
    return day + timedelta(days=count * (7 if unit == "week" else 1))


@dataclass(slots=True)
class _Calendar:
    """Reads a day, a month and a year in any usual order."""

    today: date
    year_needed: bool

    def read(self, said: Sequence[str], *, day_only: bool) -> date | DateProblem:
        """The date; with `day_only` a single number is a day of the month (`tgl 17`)."""
        rest, year, month = self._qualified(said)
        shape = "".join("m" if word in MONTHS else "n" if word.isdigit() else "?" for word in rest)
        match shape, rest:
            case "nnn" | "nmn", [first, middle, last]:
                return self._date(last, middle, first) if len(first) > 2 else self._date(first, middle, last)
            case "mnn", [name, number, last]:
                return self._date(number, name, last)
            case "nn" | "nm", [number, name] if _is_short(number) and (name in MONTHS or _is_short(name)):
                return self._date(number, name, year)
            case "mn", [name, number] if _is_short(number):
                return self._date(number, name, year)
            case "n", [number] if _is_short(number) and (month is not None or day_only):
                return self._in_month(int(number), month)
        return DateProblem.NOT_UNDERSTOOD if "?" in shape or not said else DateProblem.DAY_MISSING

    def _qualified(self, said: Sequence[str]) -> tuple[list[str], str | None, date | None]:
        """The words without weekdays and nouns, and the year and month that `next year`, `bulan depan` point to."""
        year: str | None = None
        month: date | None = None
        rest: list[str] = []
        for at, word in enumerate(said):
            unit = UNIT_OF.get(word)
            beside = [said[at - 1]] if at else []
            beside += said[at + 1 : at + 2]
            shift = next((_SHIFTS[near] for near in beside if near in _SHIFTS), None)
            if unit == "year" and shift is not None:
                year = str(self.today.year + shift)
            elif unit == "month" and shift is not None:
                month = add_months(self.today.replace(day=1), shift)
            elif word not in _NOUNS | _SHIFTS.keys() | _WEEKDAYS.keys() | {"minggu"}:
                rest.append(word)
        return rest, year, month

    def _date(self, day: str, month: str, year: str | None) -> date | DateProblem:
        """The date of these parts, the next such one if the year is not said; ValueError if there is none."""
        number = MONTHS.get(month) or int(month)
        if year is None:
            return DateProblem.YEAR_MISSING if self.year_needed else self._next(number, int(day))
        if len(year) not in (2, 4) or not _is_short(day):
            return DateProblem.NOT_UNDERSTOOD
        return date(int(year) + (2000 if len(year) == 2 else 0), number, int(day))

    def _next(self, month: int, day: int) -> date:
        for year in range(self.today.year, self.today.year + _YEARS_TO_A_LEAP_DAY + 1):
            if (month, day) == (2, 29) and not isleap(year):
                continue
            found = date(year, month, day)
            if found >= self.today:
                return found
        raise ValueError("no such day in the calendar")

    def _in_month(self, day: int, month: date | None) -> date | DateProblem:
        """The day of `month`, else of the first month from today on that has it and in which it is not over."""
        if self.year_needed:
            return DateProblem.YEAR_MISSING
        if month is not None:
            return month.replace(day=day)
        starts = (add_months(self.today.replace(day=1), ahead) for ahead in range(3))
        days = (
            start + timedelta(days=day - 1) for start in starts if 1 <= day <= monthrange(start.year, start.month)[1]
        )
        return next((found for found in days if found >= self.today), DateProblem.NOT_A_DAY)


def _is_short(number: str) -> bool:
    """Whether the digits can be a day or a month."""
    return number.isdigit() and len(number) <= 2
