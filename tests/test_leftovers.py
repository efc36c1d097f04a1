"""The look for what a test leaves behind sees it, and waits for what is about to end."""

from __future__ import annotations

import asyncio
from pathlib import Path

import aiosqlite

from tests.support.leftovers import left_on_the_loop, left_without_a_loop, sqlite_threads


async def forgotten_work(end: asyncio.Event) -> None:
    await end.wait()


async def test_a_task_that_goes_on_is_named() -> None:
    end = asyncio.Event()
    task = asyncio.create_task(forgotten_work(end))
    (found,) = await left_on_the_loop((), patience=0)
    assert "forgotten_work" in found
    end.set()
    assert await left_on_the_loop(()) == []
    assert task.done()


async def test_an_open_connection_is_named(tmp_path: Path) -> None:
    async with aiosqlite.connect(tmp_path / "test.sqlite3"):
        (found,) = await left_on_the_loop((), patience=0)
        assert "SQLite" in found
        assert left_without_a_loop((), patience=0) == [found]
        assert await left_on_the_loop(sqlite_threads(), patience=0) == []
    assert await left_on_the_loop(()) == left_without_a_loop(()) == []
