"""The hours in which nobody is written to, where they are: from nine in the evening until seven."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

EVENING: Final = time(21)
MORNING: Final = time(7)


def is_night(moment: datetime, timezone: str) -> bool:
    """Whether nobody in this time zone is written to."""
    at = moment.astimezone(ZoneInfo(timezone)).time()
    return at >= EVENING or at < MORNING


def night_begins(day: date, timezone: str) -> datetime:
    """The moment on this day from which on nobody in this time zone is written to, in UTC."""
    return datetime.combine(day, EVENING, ZoneInfo(timezone)).astimezone(UTC)


def waking(moment: datetime, timezone: str) -> datetime:
    """The moment itself, or where it is night the end of that night, in the zone of the moment."""
    if not is_night(moment, timezone):
        return moment
    local = moment.astimezone(ZoneInfo(timezone))
    day = local.date() + timedelta(days=1) if local.time() >= EVENING else local.date()
    return datetime.combine(day, MORNING, ZoneInfo(timezone)).astimezone(moment.tzinfo)
