"""kill -9 of the worker at every step of a reminder, and days on which nobody works: each reminder arrives once."""

from __future__ import annotations

import asyncio
import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.db.applications import APPLICATIONS
from bot.db.engine import Database, open_database
from bot.sandbox import Sandbox
from knowledge import load
from tests.bot.conftest import Databases, databases, dialect
from tests.bot.people import Office
from tests.faults.reminder_nursery import STEPS
from tests.faults.test_worker_kills import PATIENCE, Nursery, let_the_lease_run_out, nursery_at, rows
from tests.outbound.reminder_world import GOING_ABROAD, SELECTION
from tests.support.clock import TestClock
from tests.support.waiting import eventually

__all__ = ["databases", "dialect"]

pytestmark = pytest.mark.faults

KILLED_AT = {30: "looks", 14: "writes", 7: "has written", 3: "has looked", 1: "claims"}
"""At the reminder of so many days before the last working day, the worker dies at this step."""


async def nothing_is_due(database: Database, moment: datetime) -> bool:
    """Whether nobody is to be looked at any more, and nothing is to be sent."""
    async with database.connect() as connection:
        waiting = select(func.count()).select_from(APPLICATIONS).where(APPLICATIONS.c.remind_at <= moment)
        looked = await connection.scalar(waiting) == 0
    left = await rows(database, "SELECT count(*) FROM deliveries WHERE state IN ('queued', 'sending')")
    return looked and left == [(0,)]


async def work(nursery: Nursery, database: Database, day: date, step: str = "never") -> None:
    """A worker at nine in the morning in Jakarta, until it is dead or has nothing to do."""
    moment = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
    pid = await nursery.start(moment.isoformat(), step)
    ended = asyncio.create_task(nursery.reap(pid))

    async def is_over() -> bool:
        return ended.done() or await nothing_is_due(database, moment)

    await eventually(is_over, seconds=PATIENCE)
    if step != "never":
        assert await asyncio.wait_for(ended, PATIENCE) == -9, f"it did not come to {step!r}"
        await let_the_lease_run_out(database)
        return
    os.kill(pid, 15)
    # One that has nothing to do may be stopped before it listens to signals.
    assert await ended in (0, -15)


async def test_each_reminder_arrives_once_though_the_worker_dies_at_each(
    databases: Databases, dialect: str, tmp_path: Path
) -> None:
    database = open_database(await databases.migrated(dialect))
    async with (
        await Sandbox.start() as sandbox,
        nursery_at(sandbox, database.url, tmp_path / "log", "tests.faults.reminder_nursery") as nursery,
    ):
        ani = sandbox.person("Ani", language="en")
        await ani.start()
        office = Office(database, load(), TestClock())
        await office.tell(GOING_ABROAD, ani.id)
        visit = await office.visit(ani.id)
        await office.applications.keep(visit)
        await office.visits.end(visit)
        for days, step in KILLED_AT.items():
            day = SELECTION - timedelta(days=days)
            assert step in STEPS
            await work(nursery, database, day, step)
            await work(nursery, database, day)
        # Nobody works until two days before the end: fourteen to three days before are dropped, and said once.
        last_day = date(2027, 8, 31)
        await work(nursery, database, last_day - timedelta(days=30), "has recorded")
        await work(nursery, database, last_day - timedelta(days=2))
        await work(nursery, database, last_day - timedelta(days=1))
        said = [str(call.params["text"]) for call in sandbox.calls.of("sendMessage", ok=True)]
    await database.close()
    left = ["30 days left", "14 days left", "7 days left", "3 days left", "Tomorrow is the last day"]
    expected = [*left, "30 days left", "2 days left", "Tomorrow is the last day"]
    assert [next(words for words in expected if words in text) for text in said] == expected
