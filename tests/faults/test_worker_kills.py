"""kill -9 of the worker at every step of a send: nobody is lost, and only what was in the air may arrive twice.

`make faults` kills two hundred times, `make test` ten times; WORKER_KILLS says how often, FAULT_SEED repeats a run.
"""

from __future__ import annotations

import asyncio
import os
import random
import sys
from asyncio.subprocess import PIPE, Process
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.db.engine import Database, open_database
from bot.db.url import DatabaseUrl
from bot.outbound.worker import AT_ONCE
from bot.sandbox import Sandbox
from tests.bot.conftest import Databases, databases, dialect
from tests.faults.worker_nursery import IN_THE_AIR, STEPS
from tests.outbound.rows import message, put
from tests.support.source import ROOT
from tests.support.waiting import eventually

__all__ = ["databases", "dialect"]

pytestmark = pytest.mark.faults

KILLS = int(os.environ.get("WORKER_KILLS", "10"))
SEED = int(os.environ.get("FAULT_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
EACH = 12
"""Messages for each kill."""
DEEPEST = 12
"""How often a worker comes to a step at most before it dies there."""
PATIENCE = 60.0


class Nursery:
    """Workers that die at a step."""

    def __init__(self, process: Process, log: Path) -> None:
        self._process = process
        self._log = log

    async def start(self, *words: object) -> int:
        return int(await self._ask(" ".join(map(str, ("start", *(words or ("never", 0)))))))

    async def reap(self, pid: int) -> int:
        """How it ended, once it has."""
        return int(await self._ask(f"reap {pid}"))

    async def _ask(self, line: str) -> str:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{line}\n".encode())
        async with asyncio.timeout(PATIENCE):
            answer = await self._process.stdout.readline()
        assert answer, "the nursery has died"
        return answer.decode()


@asynccontextmanager
async def nursery_at(
    sandbox: Sandbox, url: DatabaseUrl, log: Path, module: str = "tests.faults.worker_nursery"
) -> AsyncIterator[Nursery]:
    address = url.shown if url.dialect == "sqlite" else url.url
    environment = {
        **os.environ,
        "BOT_TOKEN": sandbox.token,
        "TELEGRAM_API_URL": sandbox.url,
        "DATABASE_URL": address,
        "BROADCAST_RATE": "500",
    }
    with log.open("w") as file:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", module),
            cwd=ROOT,
            env=environment,
            stdin=PIPE,
            stdout=PIPE,
            stderr=file,
        )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        assert await process.stdout.readline() == b"ready\n", "see the log of the nursery"
        yield Nursery(process, log)
    finally:
        process.stdin.close()
        await process.wait()


async def rows(database: Database, query: str) -> list[tuple[Any, ...]]:
    async with database.connect() as connection:
        return [tuple(row) for row in await connection.execute(text(query))]


async def let_the_lease_run_out(database: Database) -> None:
    """As if the time had passed that others wait for a worker that says nothing more."""
    async with database.connect() as connection:
        long_ago = (
            datetime(2020, 1, 1, tzinfo=UTC) if database.dialect == "postgresql" else "2020-01-01 00:00:00.000000"
        )
        await connection.execute(text("UPDATE sender SET until = :then"), {"then": long_ago})


async def test_nobody_is_lost_and_only_what_was_in_the_air_comes_twice(
    databases: Databases, dialect: str, tmp_path: Path
) -> None:
    chance, kills = random.Random(SEED), max(1, KILLS // 2)
    steps = [*STEPS, IN_THE_AIR] * (kills // (len(STEPS) + 1) + 1)
    chance.shuffle(steps)
    database = open_database(await databases.migrated(dialect))
    in_the_air: set[str] = set()
    async with await Sandbox.start() as sandbox, nursery_at(sandbox, database.url, tmp_path / "log") as nursery:
        for step in steps[:kills]:
            await queue_some(database, sandbox, chance)
            pid = await nursery.start(step, chance.randint(1, 2 if "lease" in step or "tid" in step else DEEPEST))
            # A step may not be reached as often as was wished for: then there is nothing more to do.
            ended = asyncio.create_task(nursery.reap(pid))
            await until_dead_or_idle(database, ended)
            if not ended.done():
                os.kill(pid, 9)
            assert await ended == -9
            now = {key for (key,) in await rows(database, "SELECT key FROM deliveries WHERE state = 'sending'")}
            assert len(now) <= AT_ONCE
            in_the_air |= now
            await let_the_lease_run_out(database)
        pid = await nursery.start()
        await eventually(lambda: nothing_is_left(database), seconds=PATIENCE)
        os.kill(pid, 15)
        # One that was only just born may not listen to signals yet, and has nothing to finish.
        assert await nursery.reap(pid) in (0, -15)
        arrived = Counter(str(call.params["text"]) for call in sandbox.calls.of("sendMessage", ok=True))
    found = await rows(database, "SELECT key, state, maybe_twice, on_unknown FROM deliveries")
    await database.close()
    problems = [row for row in found for problem in [verdict(row, arrived[row[0]], in_the_air)] if problem]
    assert not problems, f"FAULT_SEED={SEED} {problems}"
    assert len(found) == kills * EACH


def verdict(row: tuple[Any, ...], arrived: int, in_the_air: set[str]) -> str:
    """What is wrong with a delivery, seeing how often it arrived; nothing if it is as was promised."""
    key, state, maybe_twice, on_unknown = row
    if state not in ("sent", "unknown"):
        return "not final"
    if state == "sent" and not arrived:
        return "lost"
    if state == "unknown" and on_unknown == "again":
        return "given up against the author's wish"
    if on_unknown == "leave" and arrived > 1:
        return "sent again against the author's wish"
    if (arrived > 1 or state == "unknown" or maybe_twice) and key not in in_the_air:
        return "doubled, given up or marked without having been in the air"
    return "doubled and not marked" if arrived > 1 and not maybe_twice else ""


async def queue_some(database: Database, sandbox: Sandbox, chance: random.Random) -> None:
    count = (await rows(database, "SELECT count(*) FROM deliveries"))[0][0]
    for number in range(count, count + EACH):
        person = sandbox.person(f"person {number}")
        await person.start()
        choice = chance.choice(["again", "again", "leave"])
        one = message(person.id, f"m{number}", parameters={"text": f"m{number}"}, on_unknown=choice)
        await put(database, one, now=datetime.now(UTC))


async def nothing_is_left(database: Database) -> bool:
    left = await rows(database, "SELECT count(*) FROM deliveries WHERE state IN ('queued', 'sending')")
    return bool(left == [(0,)])


async def until_dead_or_idle(database: Database, ended: asyncio.Task[int]) -> None:
    async def is_over() -> bool:
        return ended.done() or await nothing_is_left(database)

    await eventually(is_over, seconds=PATIENCE)
    # It may have sent the last one and die of it.
    await asyncio.wait([ended], timeout=0.1)
