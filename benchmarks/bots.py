"""Bots in processes of their own, each with a sandbox in this process to talk to."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tempfile
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.db.migrate import upgrade
from bot.db.url import sqlite_url
from bot.sandbox import Sandbox

ROOT = Path(__file__).parent.parent
SETTINGS = ("BOT_TOKEN", "TELEGRAM_API_URL", "DATABASE_URL", "STAFF_IDS", "TIMEZONE", "WEBHOOK_URL")
CALM = 0.3
"""Seconds without a call after which a bot is taken to have finished."""


@dataclass(frozen=True)
class Usage:
    """Processor seconds, and MiB of resident memory now and at its highest."""

    cpu: float
    resident: float
    peak: float


@dataclass(frozen=True)
class Running:
    """A bot at work."""

    sandbox: Sandbox
    process: Process

    async def usage(self) -> Usage:
        """What the process has used so far."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(b"\n")
        return Usage(**json.loads(await self.process.stdout.readline()))

    async def calm(self) -> None:
        """Until everything that was sent to the bot is handled."""
        await self.sandbox.quiet(silence=CALM, seconds=600)


def environment(sandbox: Sandbox, data: Path) -> dict[str, str]:
    """The environment of a bot that talks to the sandbox and keeps its files in `data`."""
    ours = {"BOT_TOKEN": sandbox.token, "TELEGRAM_API_URL": sandbox.url, "LINTAS_DATA": str(data)}
    return {name: value for name, value in os.environ.items() if name not in SETTINGS} | ours


@asynccontextmanager
async def started(kind: str, sandbox: Sandbox) -> AsyncIterator[Running]:
    """A bot of this kind that is just beginning. Its tables are made, but empty, as at every start but the first."""
    with tempfile.TemporaryDirectory(prefix="lintas-bench-") as folder:
        await upgrade(sqlite_url(Path(folder) / "lintas.sqlite3"))
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "benchmarks.child", kind),
            env=environment(sandbox, Path(folder)),
            cwd=ROOT,
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
        )
        try:
            yield Running(sandbox, process)
        finally:
            await end(process)


@asynccontextmanager
async def running(kind: str) -> AsyncIterator[Running]:
    """A bot of this kind that has answered somebody already: everything is imported."""
    async with await Sandbox.start() as sandbox, started(kind, sandbox) as bot:
        person = sandbox.person("Ani")
        number = await person.say("/start")
        async with asyncio.timeout(120):
            await sandbox.world.bell.until(lambda: newest_answer(sandbox, person.id) > number)
        yield bot


def newest_answer(sandbox: Sandbox, person_id: int) -> int:
    """The id of the bot's newest message to the person; 0 if there is none."""
    messages = sandbox.world.chats[person_id].messages
    return max((message.id for message in messages.values() if message.from_bot), default=0)


async def end(process: Process) -> None:
    """End it in good order."""
    if process.returncode is None:
        process.terminate()
    await process.wait()
