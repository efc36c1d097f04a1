"""Who may handle a person's updates now: one process at a time.

Within a process the inbox sees to it by itself. Between processes, PostgreSQL's advisory locks do: they belong to a
connection, so a process that dies lets go of everybody. Should that connection break while a person is being handled,
another process may begin too; then the one that writes second finds its update done and writes nothing.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import AsyncExitStack
from typing import Protocol

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.engine import Database

log = logging.getLogger(__name__)

# Even numbers are taken for a moment while updates are stored (bot/db/inbox.py), odd ones while they are handled.
_TAKE = text("SELECT pg_try_advisory_lock(CAST(:person AS bigint) * 2 + 1)")
_RELEASE = text("SELECT pg_advisory_unlock(CAST(:person AS bigint) * 2 + 1)")


class Claims(Protocol):
    """The right to handle people's updates."""

    shared: bool
    """Whether other processes handle the same inbox."""

    async def take(self, person_id: int) -> bool:
        """Take the person; False if another process has them."""
        ...

    async def release(self, person_id: int) -> None:
        """Let go of the person."""
        ...

    async def close(self) -> None:
        """Let go of everybody."""
        ...


class SoleProcess:
    """SQLite: nobody else is there."""

    shared = False

    async def take(self, person_id: int) -> bool:
        return True

    async def release(self, person_id: int) -> None:
        """Nothing was taken."""

    async def close(self) -> None:
        """Nothing was taken."""


class AdvisoryLocks:
    """PostgreSQL: session locks on one connection that is kept for them."""

    shared = True

    def __init__(self, database: Database) -> None:
        self._database = database
        self._stack = AsyncExitStack()
        self._connection: AsyncConnection | None = None
        self._one_at_a_time = asyncio.Lock()

    async def take(self, person_id: int) -> bool:
        async with self._one_at_a_time:
            connection = await self._connected()
            try:
                taken: bool = await connection.scalar(_TAKE, {"person": person_id})
            except DBAPIError:
                await self.close()
                raise
            return taken

    async def release(self, person_id: int) -> None:
        async with self._one_at_a_time:
            connection = await self._connected()
            try:
                await connection.execute(_RELEASE, {"person": person_id})
            except DBAPIError as error:
                log.warning("lost the connection that holds the locks: %s", error.orig)
                await self.close()

    async def close(self) -> None:
        if self._connection is not None:
            # Back in the pool it would go on holding what was not released.
            await self._connection.invalidate()
        await self._stack.aclose()
        self._connection = None
        self._stack = AsyncExitStack()

    async def _connected(self) -> AsyncConnection:
        if self._connection is None:
            self._connection = await self._stack.enter_async_context(self._database.connect())
        return self._connection


def claims_for(database: Database) -> Claims:
    """The kind of claims that the database calls for."""
    return SoleProcess() if database.dialect == "sqlite" else AdvisoryLocks(database)
