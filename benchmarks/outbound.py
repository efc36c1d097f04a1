"""The worker with an announcement to many: rate, 429, memory, and what the ledger costs, beside a plain loop."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from time import perf_counter

from benchmarks.bots import ROOT, Running, end, environment
from benchmarks.figures import Figure
from benchmarks.outbound_rows import add_people, announce, cost_of_rows, opened
from bot.db.url import parse_database_url, sqlite_url
from bot.sandbox import Sandbox
from bot.sandbox.state import Chat, User

MANY = 100_000
SENT = 1_000
"""Messages over which the rate is measured, with Telegram's limits on."""
RATE = 25.0
"""Messages a second, as set by default."""
FAST = 1_000.0
WATCHED = 6_000
"""Messages after which memory is looked at, without limits, of `MANY` that are queued."""


def measure() -> Iterator[Figure]:
    """Seconds, MiB, and messages a second."""
    yield from asyncio.run(_measure())


async def _measure() -> list[Figure]:
    return [*await _rates(), *await _memory(), *await _ledgers()]


async def _rates() -> list[Figure]:
    figures = []
    for name, kind in (("ours", "worker"), ("plain loop, stock limiter", "plain")):
        async with _populated() as (sandbox, folder):
            sandbox.world.limits.enabled = True
            await announce(folder, SENT)
            async with _started(kind, sandbox, folder, RATE) as running:
                await _until(sandbox, SENT)
                used = await running.usage()
            times = [record.time for record in sandbox.calls.of("sendMessage", ok=True)]
            refused = len(sandbox.calls.of("sendMessage", ok=False))
        reached = (len(times) - 1) / (times[-1] - times[0])
        ours = kind == "worker"
        figures += [
            Figure(
                f"{name}: rate reached : rate allowed ({RATE:.0f}/s)", reached / RATE, "", 0.97 if ours else None, True
            ),
            Figure(f"{name}: 429 seen in {SENT:,}", refused, "", 0 if ours else None),
            Figure(f"{name}: most within one second", _most_in_a_second(times), ""),
            Figure(f"{name}: processor per message", used.cpu / SENT * 1000, "ms"),
            Figure(f"{name}: memory, {SENT:,} recipients", used.peak, "MiB"),
        ]
    return figures


async def _memory() -> list[Figure]:
    async with _populated() as (sandbox, folder):
        await announce(folder, MANY)
        async with _started("worker", sandbox, folder, FAST) as running:
            began = perf_counter()
            await _until(sandbox, WATCHED // 6)
            early = (await running.usage()).resident
            await _until(sandbox, WATCHED)
            late = await running.usage()
            seconds = perf_counter() - began
    return [
        Figure(f"{MANY:,} queued: memory after {WATCHED // 6:,}", early, "MiB"),
        Figure(f"{MANY:,} queued: memory at its highest after {WATCHED:,}", late.peak, "MiB", 130),
        Figure("without limits, messages a second (server included)", WATCHED / seconds, "/s"),
    ]


async def _ledgers() -> list[Figure]:
    figures = []
    with tempfile.TemporaryDirectory(prefix="lintas-bench-") as folder:
        url = sqlite_url(Path(folder) / "lintas.sqlite3")
        figures += await cost_of_rows("SQLite", url, MANY, at_most=10)
    from tests.support.postgres import postgres_server

    with postgres_server() as server:
        url = parse_database_url(server.address(await server.new_database()))
        figures += await cost_of_rows("PostgreSQL", url, MANY, at_most=5)
    return figures


@asynccontextmanager
async def _populated() -> AsyncIterator[tuple[Sandbox, Path]]:
    """A sandbox and a database with the same people, who have all started the bot."""
    with tempfile.TemporaryDirectory(prefix="lintas-bench-") as name:
        folder = Path(name)
        async with opened(folder) as database:
            await add_people(database, MANY)
        async with await Sandbox.start() as sandbox:
            for number in range(1, MANY + 1):
                user = User(number, f"person {number}", "", "id")
                sandbox.world.users[number] = user
                sandbox.world.chats[number] = Chat(number, "private", user=user, started=True)
            yield sandbox, folder


@asynccontextmanager
async def _started(kind: str, sandbox: Sandbox, folder: Path, rate: float) -> AsyncIterator[Running]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.child", kind),
        env=environment(sandbox, folder) | {"BROADCAST_RATE": f"{rate}", "PEOPLE": f"{SENT}"},
        cwd=ROOT,
        stdin=PIPE,
        stdout=PIPE,
        stderr=None if os.environ.get("BENCH_LOG") else DEVNULL,
    )
    try:
        yield Running(sandbox, process)
    finally:
        await end(process)


async def _until(sandbox: Sandbox, count: int) -> None:
    async with asyncio.timeout(600):
        await sandbox.world.bell.until(lambda: sandbox.calls.total > count)


def _most_in_a_second(times: list[float]) -> int:
    most, begin = 0, 0
    for end_, moment in enumerate(times):
        while moment - times[begin] >= 1:
            begin += 1
        most = max(most, end_ - begin + 1)
    return most
