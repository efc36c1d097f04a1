"""What the worker does beside sending: who makes the messages of batches, and what it looks after from time to time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.clock import Clock
from bot.db.engine import Database
from bot.outbound import reminders
from bot.outbound.outcome import Outcome
from bot.outbound.reminders import Reminders
from bot.outbound.rendering import Call, Renderer

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


def renderers(_around: Surroundings) -> dict[str, Renderer]:
    """Who makes the messages of each kind of batch."""
    return {}


def jobs(around: Surroundings) -> list[Job]:
    """What is done from time to time."""
    return [Job("reminders", reminders.EVERY, Reminders(around.database, around.clock, around.timezone).run)]
