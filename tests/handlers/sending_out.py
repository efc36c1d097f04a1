"""The worker's part of an announcement, one step at a time, beside the bot in the same process."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from bot.config import Settings
from bot.db.engine import Database, open_database
from bot.outbound.outcome import Outcome
from bot.outbound.pacing import Pace
from bot.outbound.parts import Job, Surroundings, jobs, renderers
from bot.outbound.rendering import Call
from bot.outbound.sender import Sender, courier_for
from bot.sandbox import Sandbox
from tests.outbound.desk import Desk, LeapingTimer, desk_for
from tests.support.clock import TestClock


@dataclass(frozen=True)
class Dispatch:
    """A worker that does what it is told and then rests."""

    desk: Desk
    jobs: Sequence[Job]
    clock: TestClock
    database: Database

    async def start(self) -> None:
        """Start what is due, as the worker does from time to time."""
        await self._job("announcements that are due")

    async def send(self) -> None:
        """Send all that can be sent now."""
        await self.desk.worker.drain()

    async def show(self) -> None:
        """Bring the messages to the authors up to date."""
        await self._job("how far announcements are")

    async def work(self, *, seconds: float = 4) -> None:
        """All of it, and time passes."""
        await self.start()
        await self.send()
        self.pass_time(seconds)
        await self.send()
        await self.show()

    def pass_time(self, seconds: float) -> None:
        self.desk.timer.advance(seconds)
        self.clock.move(timedelta(seconds=seconds))

    async def _job(self, name: str) -> None:
        await next(job for job in self.jobs if job.name == name).run()


@asynccontextmanager
async def dispatch_at(settings: Settings, sandbox: Sandbox, clock: TestClock) -> AsyncIterator[Dispatch]:
    """A worker on the bot's database and the same Bot API server."""
    database = open_database(settings.database)
    timer = LeapingTimer()
    pace = Pace(25.0, timer.seconds())
    async with courier_for(sandbox.token, sandbox.url, pace, timer) as courier:
        sender = Sender(courier)

        async def call(chat_id: int, what: Call) -> Outcome:
            return await sender.send(chat_id, what, timer.seconds())

        around = Surroundings(database, clock, settings.timezone, call)
        desk = desk_for(database, sender, clock, pace=pace, timer=timer, renderers=renderers(around))
        yield Dispatch(desk, jobs(around), clock, database)
    await database.close()
