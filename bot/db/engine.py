"""Connections: one engine for single statements, and transactions where several statements belong together.

A single statement is atomic by itself, so it runs without BEGIN and COMMIT: on SQLite each of these would be one more
trip to the connection's thread, and these trips are most of what a statement costs.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

from sqlalchemy import URL, event
from sqlalchemy.exc import DBAPIError, InvalidRequestError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.db.sqlite import SqliteConnections, keep_private
from bot.db.url import DatabaseUrl, Dialect

PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=15000")
POOL = 5
"""Connections kept. SQLite has one writer at a time anyway, and PostgreSQL serves few busy connections best."""

DATABASE_TROUBLE: Final = (DBAPIError, NoConnectionFree, InvalidRequestError, OSError, TimeoutError)
"""What a statement raises when the database is away, busy for too long, or was lost on the way: it may work later."""


class Database:
    """An opened database; `close` it at the end."""

    def __init__(self, url: DatabaseUrl, engine: AsyncEngine, files: SqliteConnections) -> None:
        self.url = url
        self._engine = engine
        self._files = files
        self._in_transactions = (
            engine if self.dialect == "sqlite" else engine.execution_options(isolation_level="READ COMMITTED")
        )

    @property
    def dialect(self) -> Dialect:
        """Which of the two databases it is."""
        return self.url.dialect

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[AsyncConnection]:
        """A connection on which every statement is committed as it is executed."""
        async with self._engine.connect() as connection:
            yield connection

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """A transaction: everything or nothing. On SQLite it takes the write lock at once, so that what is read in it
        still holds when it writes. Never wait for the network in it."""
        if self.dialect == "postgresql":
            async with self._in_transactions.begin() as connection:
                yield connection
            return
        async with self._engine.connect() as connection:
            await connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                await _roll_back(connection)
                raise
            await connection.exec_driver_sql("COMMIT")

    async def close(self) -> None:
        """Close every connection. On SQLite also those in use, after what they are executing: no result comes later,
        when the event loop may be gone."""
        try:
            await self._engine.dispose()
        finally:
            await self._files.close()


def open_database(url: DatabaseUrl) -> Database:
    """Prepare the engine; nothing is connected yet. A SQLite file that is there is made private first."""
    files = SqliteConnections()
    if url.path is not None:
        keep_private(url.path)
        return Database(url, _sqlite_engine(url, files), files)
    engine = create_async_engine(
        url.url,
        isolation_level="AUTOCOMMIT",
        pool_size=POOL,
        max_overflow=0,
        pool_pre_ping=True,
        pool_timeout=60,
        hide_parameters=True,
    )
    return Database(url, engine, files)


def _sqlite_engine(url: DatabaseUrl, files: SqliteConnections) -> AsyncEngine:
    engine = create_async_engine(
        URL.create("sqlite+aiosqlite", database=str(url.path)),
        connect_args={"async_creator_fn": files.open},
        isolation_level="AUTOCOMMIT",
        skip_autocommit_rollback=True,
        pool_size=POOL,
        max_overflow=0,
        pool_timeout=60,
        hide_parameters=True,
    )
    event.listen(engine.sync_engine, "connect", _configure)
    event.listen(engine.sync_engine, "checkin", _forget_open_transaction)
    return engine


def _configure(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _forget_open_transaction(connection: Any, record: Any) -> None:
    """A transaction that could not be rolled back must not go back into the pool: it would hold the write lock."""
    if connection is not None and not connection.driver_connection.is_fit:
        record.invalidate()


async def _roll_back(connection: AsyncConnection) -> None:
    if connection.invalidated:
        # A statement was cancelled: the connection is closed, and asking it for more would hide the cancellation.
        return
    try:
        await connection.exec_driver_sql("ROLLBACK")
    except DBAPIError:
        await connection.invalidate()
