"""Time is given to the sandbox, so that tests can let it pass without waiting."""

from __future__ import annotations

import asyncio
import time
from typing import Protocol

from bot.sandbox.bell import Bell


class Clock(Protocol):
    """Seconds since 1970 and a way to wait for some of them."""

    def now(self) -> float: ...

    async def sleep(self, seconds: float) -> None: ...


class WallClock:
    """The time of this machine."""

    def now(self) -> float:
        return time.time()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class ManualClock:
    """Time that stands still until somebody moves it on."""

    def __init__(self, now: float = 1_800_000_000.0) -> None:
        self._now = now
        self._sleepers: list[tuple[float, asyncio.Future[None]]] = []
        self._bell = Bell()

    def now(self) -> float:
        return self._now

    async def sleep(self, seconds: float) -> None:
        if seconds <= 0:
            return
        alarm: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._sleepers.append((self._now + seconds, alarm))
        self._bell.ring()
        await alarm

    async def asleep(self) -> None:
        """Until somebody sleeps, so that letting time pass has an effect."""
        await self._bell.until(lambda: any(not alarm.done() for _, alarm in self._sleepers))

    def advance(self, seconds: float) -> None:
        """Let ``seconds`` pass; those who slept that long wake up."""
        self._now += seconds
        due = [alarm for when, alarm in self._sleepers if when <= self._now]
        self._sleepers = [entry for entry in self._sleepers if entry[0] > self._now]
        for alarm in due:
            if not alarm.done():
                alarm.set_result(None)
