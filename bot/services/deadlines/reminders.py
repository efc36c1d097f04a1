"""When somebody is reminded of a deadline. Pure: moments and days in, moments and days out.

A deadline is told of 30, 14, 7, 3 and 1 days before its last working day, at nine in the morning where the person is,
never at night, in one message a day. A moment that went by while nobody worked is made up for once, with what is
still useful: the step that is nearest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

STEPS: Final = (30, 14, 7, 3, 1)
"""Days before the last working day."""
MORNING: Final = time(9)
"""When somebody is told, where they are."""
WEEK: Final = 7
"""Days of "a week before"."""
SNOOZES: Final[Mapping[str, int]] = {"1": 1, "3": 3}
"""How many days something is put off, by what the button carries."""
UNTIL_A_WEEK_BEFORE: Final = "w"


@dataclass(frozen=True)
class Hold:
    """A person wants to hear of a deadline later, or (`until` is None) never."""

    until: datetime | None


@dataclass(frozen=True)
class Due:
    """A deadline that somebody is to be told of."""

    code: str
    """Of the application."""
    name: str
    """Of the application."""
    item: str
    last_day: date
    """The last working day on which it is in time."""
    days_left: int


def morning_of(day: date, timezone: str) -> datetime:
    """The moment at which somebody in this time zone is told something on this day, in UTC."""
    return datetime.combine(day, MORNING, ZoneInfo(timezone)).astimezone(UTC)


def next_morning(moment: datetime, timezone: str) -> datetime:
    """The first morning after a moment."""
    day = moment.astimezone(ZoneInfo(timezone)).date()
    this_one = morning_of(day, timezone)
    return this_one if this_one > moment else morning_of(day + timedelta(days=1), timezone)


def moments(last_day: date, timezone: str, hold: Hold | None = None) -> Iterator[datetime]:
    """When somebody is told of a deadline; what they put off begins when it was put off to."""
    if hold is not None and hold.until is None:
        return
    not_before = hold.until if hold is not None else None
    for step in STEPS:
        moment = morning_of(last_day - timedelta(days=step), timezone)
        if not_before is None or moment > not_before:
            yield moment
    if not_before is not None:
        yield not_before


def is_due(last_day: date, timezone: str, *, after: datetime, now: datetime, hold: Hold | None = None) -> bool:
    """Whether a moment to tell of it came after `after` and is there now, and it is still in time for the person."""
    today = now.astimezone(ZoneInfo(timezone)).date()
    return today <= last_day and any(after < moment <= now for moment in moments(last_day, timezone, hold))


def next_look(deadlines: Iterable[tuple[date, Hold | None]], timezone: str, now: datetime) -> datetime | None:
    """The next moment at which one of these is to be told of; None if there is none any more."""
    coming = (moment for last_day, hold in deadlines for moment in moments(last_day, timezone, hold) if moment > now)
    return min(coming, default=None)


def put_off(last_day: date, today: date, how: str) -> date | None:
    """The day to which a deadline is put off; None where that is of no use: today, or too late."""
    week_before, later = last_day - timedelta(days=WEEK), today + timedelta(days=SNOOZES.get(how, 0))
    day = week_before if how == UNTIL_A_WEEK_BEFORE else later
    return day if today < day <= last_day else None


def reminder_key(person_id: int, day: date) -> str:
    """The key of the one message on this day of the person."""
    return f"reminder:{person_id}:{day.isoformat()}"
