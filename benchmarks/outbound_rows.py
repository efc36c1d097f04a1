"""People and an announcement to all of them, and what claiming and recording cost."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from time import perf_counter

from sqlalchemy import insert, select

from benchmarks.figures import Figure
from bot.clock import SystemClock
from bot.db import ledger, ledger_batches
from bot.db.engine import Database, open_database
from bot.db.ledger import Outgoing
from bot.db.ledger_claims import ClaimRepository
from bot.db.ledger_lease import LeaseRepository
from bot.db.migrate import upgrade
from bot.db.models import PersonRow
from bot.db.people import PEOPLE
from bot.db.url import DatabaseUrl, sqlite_url
from bot.outbound.ledger import Ledger
from bot.outbound.outcome import Ending, Outcome

SLICE = 10_000
ROWS = 2_000
"""Rows over which claiming and recording are measured."""
GROUP = 5
"""Rows claimed at a time, as at the default rate."""


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Database]:
    """The database of a bot that keeps its files in `folder`."""
    url = sqlite_url(folder / "lintas.sqlite3")
    await upgrade(url)
    database = open_database(url)
    try:
        yield database
    finally:
        await database.close()


async def add_people(database: Database, count: int) -> None:
    """People who have written once."""
    now = SystemClock().now()
    for begin in range(1, count + 1, SLICE):
        rows = [
            {
                "id": number,
                "language": "id",
                "language_chosen": False,
                "timezone": "Asia/Jakarta",
                "answers": {},
                "goal": "all",
                "conversation": {},
                "preferences": {},
                "applied_seq": 0,
                "reachable": True,
                "created_at": now,
                "seen_at": now,
            }
            for number in range(begin, min(begin + SLICE, count + 1))
        ]
        async with database.transaction() as connection:
            await connection.execute(insert(PersonRow), rows)


async def announce(folder: Path, count: int) -> None:
    """The same message to the first `count` people, ready to be sent."""
    now = SystemClock().now()
    async with opened(folder) as database:
        for begin in range(1, count + 1, SLICE):
            messages = [
                Outgoing(f"to {number}", number, "reminder", "sendMessage", {"text": "Pengumuman"})
                for number in range(begin, min(begin + SLICE, count + 1))
            ]
            async with database.transaction() as connection:
                await ledger.put(connection, messages, now)


async def cost_of_rows(name: str, url: DatabaseUrl, count: int, *, at_most: float) -> list[Figure]:
    """Seconds to enqueue an announcement, and milliseconds of claiming and recording for each row."""
    await upgrade(url)
    database = open_database(url)
    clock = SystemClock()
    try:
        await add_people(database, count)
        began = perf_counter()
        async with database.transaction() as connection:
            batch = await ledger_batches.open_batch(
                connection, announcement_id=1, purpose="send", kind="announcement", author_id=None, now=clock.now()
            )
            everybody = select(PEOPLE.c.id.label("person_id"))
            added = await ledger_batches.fill(connection, batch, everybody, now=clock.now())
        enqueued = perf_counter() - began
        assert added == count
        await LeaseRepository(database).take("bench:1:x", clock.now())
        claims = Ledger(ClaimRepository(database), "bench:1:x", clock)
        claiming = recording = 0.0
        for _ in range(ROWS // GROUP):
            began = perf_counter()
            claimed = await claims.claim(GROUP, range(1_000_000, 1_000_025))
            claiming += perf_counter() - began
            assert claimed
            began = perf_counter()
            await claims.record([(one, Outcome(Ending.SENT, message_ids=(1,))) for one in claimed])
            recording += perf_counter() - began
    finally:
        await database.close()
    return [
        Figure(f"{name}: enqueue {count:,}", enqueued, "s", at_most),
        Figure(f"{name}: claim, per row ({GROUP} at a time)", claiming / ROWS * 1000, "ms"),
        Figure(f"{name}: record, per row", recording / ROWS * 1000, "ms"),
    ]
