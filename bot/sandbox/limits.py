"""Telegram's sending limits, off until somebody switches them on."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from bot.sandbox.clock import Clock
from bot.sandbox.errors import too_many


@dataclass
class Bucket:
    """Holds at most ``size`` permissions and gains ``rate`` of them a second."""

    size: float
    rate: float
    level: float
    seen: float

    def fill(self, now: float) -> None:
        self.level = min(self.size, self.level + (now - self.seen) * self.rate)
        self.seen = now

    def wait(self) -> float:
        """Seconds until one permission is there."""
        return 0.0 if self.level >= 1 - 1e-9 else (1 - self.level) / self.rate


@dataclass
class Limits:
    """One message a second to a chat with small bursts, 20 a minute to a group, 30 a second in all.

    Each rate is a number of messages a second; each burst is how many may come at once.
    """

    clock: Clock
    enabled: bool = False
    overall_rate: float = 30.0
    overall_burst: float = 30.0
    chat_rate: float = 1.0
    chat_burst: float = 5.0
    group_rate: float = 20 / 60
    group_burst: float = 20.0
    _buckets: dict[int, Bucket] = field(default_factory=dict)

    def spend(self, chat_id: int) -> None:
        """Count one message to ``chat_id``. Raises RefusalError 429 if it is one too many."""
        if not self.enabled:
            return
        now = self.clock.now()
        group = chat_id < 0
        buckets = [
            self._bucket(0, self.overall_burst, self.overall_rate, now),
            self._bucket(
                chat_id,
                self.group_burst if group else self.chat_burst,
                self.group_rate if group else self.chat_rate,
                now,
            ),
        ]
        wait = max(bucket.wait() for bucket in buckets)
        if wait > 0:
            raise too_many(max(1, math.ceil(wait)))
        for bucket in buckets:
            bucket.level -= 1

    def _bucket(self, key: int, size: float, rate: float, now: float) -> Bucket:
        bucket = self._buckets.setdefault(key, Bucket(size, rate, size, now))
        bucket.fill(now)
        return bucket
