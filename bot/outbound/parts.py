"""What the worker does beside sending: who makes the messages of batches, and what it looks after from time to time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.clock import Clock
from bot.db.audiences import AudienceRepository
from bot.db.engine import Database
from bot.db.pipeline import PipelineRepository
from bot.outbound import announcements, progress, reminders
from bot.outbound.announcements import AnnouncementRenderer, AnnouncementStarter
from bot.outbound.knowing import engine
from bot.outbound.outcome import Outcome
from bot.outbound.progress import Progress
from bot.outbound.reminders import Reminders
from bot.outbound.rendering import Call, Renderer
from bot.services.announcements.audience_sweep import AudienceSweep
from bot.services.announcements.start import KIND, AnnouncementStart
from bot.services.announcements.values import AnnouncementValues

CallNow = Callable[[int, Call], Awaitable[Outcome]]
"""Makes a call to a chat (its id) at once, at the pace of the bot but outside the ledger: for what may be lost and can
be done twice, as showing progress in a message that is edited."""


@dataclass(frozen=True)
class Surroundings:
    """What renderers and jobs are made of."""

    database: Database
    clock: Clock
    timezone: str
    """IANA name of the office's time zone."""
    call: CallNow


@dataclass(frozen=True)
class Job:
    """Something that the sending worker does again and again, one run at a time. It may raise what a database raises
    when it is away: then the next run makes up for it."""

    name: str
    every: float
    """Seconds."""
    run: Callable[[], Awaitable[None]]


def renderers(around: Surroundings) -> dict[str, Renderer]:
    """Who makes the messages of each kind of batch."""
    values = AnnouncementValues(engine)
    return {KIND: AnnouncementRenderer(around.database, around.clock, values)}


def jobs(around: Surroundings) -> list[Job]:
    """What is done from time to time."""
    database, clock = around.database, around.clock
    sweep = AudienceSweep(engine, PipelineRepository(database))
    start = AnnouncementStart(database, AudienceRepository(database), sweep)
    starter = AnnouncementStarter(database, clock, start)
    return [
        Job("reminders", reminders.EVERY, Reminders(database, clock, around.timezone).run),
        Job("announcements that are due", announcements.EVERY, starter.start_due),
        Job("who joins an audience", announcements.JOINING_EVERY, starter.let_join),
        Job("how far announcements are", progress.EVERY, Progress(database, clock, around.call).run),
    ]
