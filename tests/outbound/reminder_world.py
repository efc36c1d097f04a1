"""People with applications, and a worker that looks after their deadlines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import text

from bot.db.applications import Move
from bot.db.engine import Database
from bot.outbound.reminders import Reminders
from knowledge import Knowledge
from tests.bot.people import ANI, Office
from tests.outbound.desk import Postbox, desk_for
from tests.support.clock import TestClock

GOING_ABROAD: dict[str, object] = {
    "role": "student",
    "home": "unnes",
    "host": "abroad",
    "start_date": "2027-09-01",
    "departure_date": "2027-08-20",
}
"""Selection finished by Thursday, 20 May 2027 (a holiday: the last working day is the 19th); at the host by
Tuesday, 31 August."""
SELECTION, AT_HOST = date(2027, 5, 19), date(2027, 8, 31)
MORNING = timedelta(hours=2)
"""Nine o'clock in Jakarta, in UTC."""


class World:
    """People with applications, and a worker whose clock is moved."""

    def __init__(self, database: Database, knowledge: Knowledge, clock: TestClock) -> None:
        self.office = Office(database, knowledge, clock)
        self.database, self.clock = database, clock
        self.postbox = Postbox()
        self.deaths = 0

    async def keep(self, facts: dict[str, object] | None = None, person: int = ANI) -> str:
        """The code of an application with these answers."""
        visit = await self.office.visit(person)
        self.office.interview.restart(visit)
        for fact, value in (facts or GOING_ABROAD).items():
            self.office.interview.answer(visit, fact, value)
        view = await self.office.applications.keep(visit)
        await self.office.visits.end(visit)
        return view.code

    async def work(self, *, send: bool = True) -> None:
        """A worker that has just been started looks once, sends what is due, and stops."""
        await Reminders(self.database, self.clock, "Asia/Jakarta").run()
        if send:
            self.deaths += 1
            desk = desk_for(self.database, self.postbox, self.clock, name=f"test:{self.deaths}:worker")
            await desk.worker.drain()
            await desk.lease.release()

    async def tick(self, code: str, list_name: str, item: str, status: str, *, before: str = "todo") -> None:
        """As the chat and the staff do it."""
        move = Move(list_name, item, before, status, actor_id=ANI, at=self.clock.now())
        async with self.database.transaction() as connection:
            await self.office.kept.move(connection, ANI, code, move)

    def move_to(self, day: date, after: timedelta = MORNING) -> None:
        self.clock.moment = datetime(day.year, day.month, day.day, tzinfo=UTC) + after

    async def days(self, first: date, last: date, *, after: timedelta = MORNING) -> list[tuple[date, str]]:
        """Work every morning; the days on which something was said, and what."""
        said = []
        day = first
        while day <= last:
            self.move_to(day, after)
            before = len(self.postbox.sent)
            await self.work()
            said += [(day, call.parameters["text"]) for _, call in self.postbox.sent[before:]]
            day += timedelta(days=1)
        return said

    async def rows(self, query: str) -> Sequence[Any]:
        async with self.database.connect() as connection:
            return [tuple(row) for row in await connection.execute(text(query))]
