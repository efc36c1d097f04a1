"""Durations, as opposed to moments: a clock of the wall may jump or, in a test, stand still; a pause must not."""

from __future__ import annotations

import asyncio
import time
from typing import Protocol


class Timer(Protocol):
    """Seconds that pass, and a way to wait for some of them."""

    def seconds(self) -> float:
        """Seconds since some moment in the past; never less than before."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        ...


class SystemTimer:
    """The timer of the machine."""

    def seconds(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(max(0.0, seconds))
