"""Time as a parameter: nothing below the entry point asks the operating system what time it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


class Clock(Protocol):
    """Whoever needs the time asks one of these."""

    def now(self) -> datetime:
        """The present moment: aware, in UTC."""
        ...


@dataclass(frozen=True)
class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass(frozen=True)
class StandingClock:
    """Always the same moment: what the bot would say on another day."""

    moment: datetime

    @classmethod
    def at_noon(cls, day: date) -> StandingClock:
        """Noon in UTC, when it is that day in most of the world, all of Indonesia included."""
        return cls(datetime.combine(day, time(12), tzinfo=UTC))

    def now(self) -> datetime:
        return self.moment


def local_day(moment: datetime, timezone: str) -> date:
    """The calendar day that `moment` falls on in `timezone` (an IANA name): deadlines are days, not moments."""
    return moment.astimezone(ZoneInfo(timezone)).date()


def is_timezone(name: str) -> bool:
    """Whether `name` is an IANA time zone."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
