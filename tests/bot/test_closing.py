"""Closing the database: whatever was cancelled in the middle of what, no connection goes on behind the event loop."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.engine import Database, open_database
from bot.db.url import sqlite_url
from tests.support.leftovers import sqlite_threads


class Door:
    """Holds up the thread of a connection until it is opened."""

    def __init__(self) -> None:
        self.reached = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._opened = threading.Event()

    def pass_through(self) -> int:
        self._loop.call_soon_threadsafe(self.reached.set)
        assert self._opened.wait(20)
        return 1

    def open(self) -> None:
        self._opened.set()


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    made = Door()
    yield made
    made.open()


@pytest.fixture
async def database(tmp_path: Path, door: Door) -> AsyncIterator[Database]:
    opened = open_database(sqlite_url(tmp_path / "test.sqlite3"))
    yield opened
    door.open()
    await opened.close()


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[sqlite3.Connection]]:
    """Every file that is opened."""
    found: list[sqlite3.Connection] = []
    connect = sqlite3.connect

    def noted(*args: Any, **options: Any) -> sqlite3.Connection:
        found.append(connect(*args, **options))
        return found[-1]

    monkeypatch.setattr(sqlite3, "connect", noted)
    yield found
    assert not sqlite_threads(), "asking a file that another thread is using would crash"
    assert found
    for one in found:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            one.execute("SELECT 1")


async def hold(connection: AsyncConnection, door: Door) -> object:
    """A statement that takes until the door is opened."""
    raw = (await connection.get_raw_connection()).driver_connection
    assert raw is not None
    await raw.create_function("hold", 0, door.pass_through)
    return await connection.scalar(text("SELECT hold()"))


async def held(database: Database, door: Door) -> object:
    async with database.connect() as connection:
        return await hold(connection, door)


async def held_in_a_transaction(database: Database, door: Door) -> object:
    async with database.transaction() as connection:
        _ = await connection.execute(text("CREATE TABLE never (made)"))
        return await hold(connection, door)


async def cancel(task: asyncio.Task[object], times: int) -> None:
    """As often as that, each time in another place: the second time it is no longer executing but closing."""
    for _ in range(times):
        task.cancel()
        for _ in range(10):
            await asyncio.sleep(0)


@pytest.mark.parametrize("times", [0, 1, 2])
@pytest.mark.parametrize("work", [held, held_in_a_transaction])
@pytest.mark.usefixtures("files")
async def test_closing_waits_for_a_statement_that_is_under_way(
    database: Database, door: Door, work: Any, times: int
) -> None:
    task = asyncio.create_task(work(database, door))
    await door.reached.wait()
    await cancel(task, times)
    closing = asyncio.create_task(database.close())
    await asyncio.wait([closing], timeout=0.05)
    assert not closing.done(), "the thread still has a result to deliver"
    door.open()
    await closing
    assert not sqlite_threads(), "nothing of the database outlives it"
    await asyncio.wait([task])
    assert task.cancelled() or not times, "a cancellation is not turned into something else"


async def test_closing_waits_for_a_connection_whose_opening_was_given_up(
    database: Database, door: Door, files: list[sqlite3.Connection], monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = sqlite3.connect

    def slowly(*args: Any, **options: Any) -> object:
        door.pass_through()
        return connect(*args, **options)

    monkeypatch.setattr(sqlite3, "connect", slowly)
    task = asyncio.create_task(held(database, door))
    await door.reached.wait()
    await cancel(task, 1)
    assert task.cancelled()
    door.open()
    await database.close()
    assert not sqlite_threads()
    assert len(files) == 1


async def test_a_cancelled_transaction_lets_go_of_the_lock_and_keeps_nothing(database: Database, door: Door) -> None:
    task = asyncio.create_task(held_in_a_transaction(database, door))
    await door.reached.wait()
    await cancel(task, 1)
    door.open()
    await asyncio.wait([task])
    assert task.cancelled()
    async with asyncio.timeout(5), database.transaction() as connection:
        assert not await connection.scalar(text("SELECT count(*) FROM sqlite_master"))


async def test_nothing_is_opened_after_the_end(database: Database) -> None:
    async with database.connect() as connection:
        assert await connection.scalar(text("SELECT 1")) == 1
    await database.close()
    with pytest.raises(OperationalError, match="was closed"):
        async with database.connect():
            pass
    await database.close()
