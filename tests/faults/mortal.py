"""A bot that can be killed and comes back, and somebody who talks to it all the while."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import StringIO
from pathlib import Path

from bot.db.engine import Database, open_database
from bot.db.inbox import InboxRepository
from bot.db.migrate import upgrade
from bot.db.url import sqlite_url
from bot.sandbox import Person, Sandbox
from bot.sandbox.terminal.board import Board
from bot.sandbox.terminal.doing import Doing
from bot.sandbox.terminal.paint import Paint
from bot.sandbox.terminal.watching import Watching
from tests.support.source import ROOT
from tests.support.waiting import eventually

PATIENCE = 60.0
"""Seconds for one reply, restart included."""


class Mortal:
    """The bot as a process on a SQLite file."""

    def __init__(self, nursery: Process, sandbox: Sandbox, database: Database) -> None:
        self._nursery = nursery
        self._inbox = InboxRepository(database)
        self.sandbox = sandbox
        self.database = database
        self._pid = 0
        self.deaths = 0

    async def be_born(self) -> None:
        self._pid = int(await self._ask("start"))

    async def die(self, number: signal.Signals = signal.SIGKILL) -> int:
        """Kill the process; returns how it ended."""
        os.kill(self._pid, number)
        self.deaths += 1
        return int(await self._ask(f"reap {self._pid}"))

    async def done(self) -> None:
        """Until every update is stored, confirmed and handled."""

        async def nothing_is_left() -> bool:
            return not len(self.sandbox.world.updates) and not await self._inbox.unfinished()

        await eventually(nothing_is_left, seconds=PATIENCE)

    async def _ask(self, line: str) -> str:
        assert self._nursery.stdin is not None
        assert self._nursery.stdout is not None
        self._nursery.stdin.write(f"{line}\n".encode())
        return (await self._nursery.stdout.readline()).decode()


@asynccontextmanager
async def mortal_bot(folder: Path, *handlers: str) -> AsyncIterator[Mortal]:
    """A living bot with an empty database in `folder`, which is made; with the handlers that the nursery is told."""
    await asyncio.to_thread(folder.mkdir)
    url = sqlite_url(folder / "lintas.sqlite3")
    await upgrade(url)
    database = open_database(url)
    async with await Sandbox.start() as sandbox:
        environment = {
            **os.environ,
            "BOT_TOKEN": sandbox.token,
            "TELEGRAM_API_URL": sandbox.url,
            "DATABASE_URL": url.shown,
        }
        with (folder / "bot.log").open("w") as log:
            nursery = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "tests.faults.nursery",
                *handlers,
                cwd=ROOT,
                env=environment,
                stdin=PIPE,
                stdout=PIPE,
                stderr=log,
            )
        assert nursery.stdout is not None
        assert nursery.stdin is not None
        try:
            assert await nursery.stdout.readline() == b"ready\n", (folder / "bot.log").read_text()
            mortal = Mortal(nursery, sandbox, database)
            await mortal.be_born()
            yield mortal
            # One that was only just born may not listen to signals yet, and has nothing to finish.
            assert await mortal.die(signal.SIGTERM) in (0, -signal.SIGTERM), "a stop that was asked for ends well"
        finally:
            nursery.stdin.close()
            await nursery.wait()
            await database.close()


class Talker:
    """Types lines as in the terminal: numbers and labels press buttons, the rest is said."""

    def __init__(self, sandbox: Sandbox, person: Person, folder: Path) -> None:
        board, paint = Board(StringIO(), 0, 80), Paint(width=None, colour=False)
        self.person = person
        self._doing = Doing(sandbox, Watching(sandbox, person, board, paint, folder), board, paint)

    async def type(self, line: str) -> None:
        await self._doing.do(line)
