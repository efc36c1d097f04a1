"""A clock that stands still until a test moves it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta


@dataclass
class TestClock:
    """Shows `moment`."""

    __test__ = False

    moment: datetime = field(default_factory=lambda: datetime(2027, 3, 1, 3, 0, tzinfo=UTC))

    def now(self) -> datetime:
        return self.moment

    def move(self, by: timedelta) -> None:
        """Let time pass."""
        self.moment += by
