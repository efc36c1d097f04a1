"""When an announcement starts, typed as people type it: `12 Jan 2027 09:00`, `besok jam 9`, `in 2 hours`."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from knowledge.answers.dates import read_date
from knowledge.workdays import last_working_day

MORNING: Final = time(9)
"""The time of a day that is given without one."""
_CLOCK: Final = re.compile(
    r"(?:\b(?:at|jam|pukul|pkl)\.?\s*)?\b(\d{1,2})[.:](\d{2})\b|\b(?:at|jam|pukul|pkl)\.?\s*(\d{1,2})\b"
)
_HOURS: Final = re.compile(r"(?:in\s+)?(\d{1,2})\s*(?:hours?|jam)(?:\s+lagi)?", re.IGNORECASE)


def read_moment(text: str, now: datetime, timezone: str) -> datetime | None:
    """The moment in UTC that a text names in a time zone; None if it names none. A day without a time is its morning,
    a time without a day is the next time the clock shows it."""
    said, zone = text.strip().lower(), ZoneInfo(timezone)
    if hours := _HOURS.fullmatch(said):
        return now + timedelta(hours=int(hours[1]))
    clock = _CLOCK.search(said)
    at = _time(clock)
    if clock is not None and at is None:
        return None
    rest = (said[: clock.start()] + " " + said[clock.end() :]).strip(" ,") if clock else said
    today = now.astimezone(zone).date()
    day = _day(rest, today) if rest else today
    if day is None or not said:
        return None
    moment = datetime.combine(day, at or MORNING, zone)
    if not rest and moment <= now:
        moment = datetime.combine(today + timedelta(days=1), at or MORNING, zone)
    return moment.astimezone(UTC)


def is_day_off(moment: datetime, timezone: str) -> bool:
    """Whether offices in Indonesia are closed on the day it is there."""
    day = moment.astimezone(ZoneInfo(timezone)).date()
    return last_working_day(day) != day


def _time(clock: re.Match[str] | None) -> time | None:
    if clock is None:
        return None
    hour, minute = int(clock[1] or clock[3]), int(clock[2] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _day(text: str, today: date) -> date | None:
    found = read_date(text, today)
    return found if isinstance(found, date) else None
