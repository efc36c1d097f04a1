"""Turns: only so many updates are handled at the same time. Whoever waits for something slow steps aside meanwhile, so
that a crowd of slow updates does not keep the quick ones of other people waiting."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Final

TURNS: Final[ContextVar[asyncio.Semaphore | None]] = ContextVar("turns", default=None)
"""The turns of the inbox whose update is being handled; None outside of one."""


@asynccontextmanager
async def aside() -> AsyncIterator[None]:
    """Let others have the turn until the context ends; then wait for one again."""
    turns = TURNS.get()
    if turns is None:
        yield
        return
    turns.release()
    try:
        yield
    finally:
        await turns.acquire()
