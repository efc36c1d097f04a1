"""The worker put together: python-telegram-bot's application with its job queue; ledger, pace and sender are ours."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, JobQueue

from bot.clock import Clock
from bot.config import Settings
from bot.db.engine import DATABASE_TROUBLE, Database
from bot.db.ledger_claims import ClaimRepository, Present
from bot.db.ledger_lease import LeaseRepository
from bot.errors import ConfigError
from bot.outbound.lease import Lease, name_of_this_worker
from bot.outbound.ledger import Ledger
from bot.outbound.notices import Notices
from bot.outbound.outcome import Ending, Outcome, TokenRefused
from bot.outbound.pacing import Pace
from bot.outbound.parts import Job, Surroundings, jobs, renderers
from bot.outbound.rendering import Call
from bot.outbound.sender import Courier, Sender, courier_for
from bot.outbound.timer import SystemTimer, Timer
from bot.outbound.trouble import Trouble
from bot.outbound.worker import Worker

log = logging.getLogger(__name__)

FIRST = 1.0
"""Seconds until the jobs run for the first time: by then the lease is taken, if it is free."""


async def serve(
    settings: Settings,
    database: Database,
    clock: Clock,
    stop: asyncio.Event,
    *,
    started: Callable[[Worker], None] = lambda _worker: None,
    present: Present | None = None,
) -> None:
    """Send what is due until `stop` is set. `started` is handed the worker once it works; with `present` only these
    chats are written to.

    Raises:
        ConfigError: the token is refused.
    """
    timer = SystemTimer()
    pace = Pace(settings.broadcast_rate, timer.seconds())
    courier = courier_for(settings.token().reveal(), settings.telegram_api_url, pace, timer)
    async with _application(courier, timer, stop) as application:
        if application is None:
            return
        sender = Sender(courier)
        around = Surroundings(database, clock, settings.timezone, _call_now(sender, pace, timer))
        lease = Lease(LeaseRepository(database), clock, name_of_this_worker(), one_machine=database.dialect == "sqlite")
        ledger = Ledger(ClaimRepository(database, present), lease.name, clock, Notices(database, clock).paused)
        worker = Worker(ledger, lease, sender, pace=pace, timer=timer, renderers=renderers(around))
        for job in jobs(around):
            _repeat(application.job_queue, job, worker)
        started(worker)
        try:
            await worker.run(stop)
        except TokenRefused as error:
            raise _wrong_token(error) from error


@asynccontextmanager
async def _application(
    courier: Courier, timer: Timer, stop: asyncio.Event
) -> AsyncIterator[Application[Any, Any, Any, Any, Any, Any] | None]:
    """The library's application: connections and the job queue; None if `stop` was set before Telegram was there."""
    application = Application.builder().bot(courier).updater(None).build()
    if not await _greeted(application, timer, stop):
        yield None
        return
    await application.start()
    try:
        yield application
    finally:
        await application.stop()
        await application.shutdown()


async def _greeted(application: Application[Any, Any, Any, Any, Any, Any], timer: Timer, stop: asyncio.Event) -> bool:
    """Connect, however long it takes. False if `stop` was set meanwhile."""
    trouble = Trouble(log, "Telegram")
    while not stop.is_set():
        try:
            await application.initialize()
        except InvalidToken as error:
            raise _wrong_token(error) from error
        except TelegramError as error:
            await timer.sleep(trouble.again(error))
        else:
            trouble.over()
            return True
    return False


def _repeat(queue: JobQueue[Any] | None, job: Job, worker: Worker) -> None:
    if queue is None:
        raise RuntimeError("python-telegram-bot was installed without its job queue")

    async def run(_context: object) -> None:
        if not worker.is_sending:
            return
        try:
            await job.run()
        except DATABASE_TROUBLE as error:
            log.warning("%s: the database is away (%s)", job.name, getattr(error, "orig", None) or error)
        except Exception:
            # One job that fails must not end the others, nor the sending.
            log.exception("%s failed", job.name)
        worker.wake()

    # Without these a run that is late by a second is left out.
    late = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
    queue.run_repeating(run, interval=job.every, first=FIRST, name=job.name, job_kwargs=late)


def _call_now(sender: Sender, pace: Pace, timer: Timer) -> Callable[[int, Call], Any]:
    async def call(chat_id: int, what: Call) -> Outcome:
        """Make a call at the pace of the bot. While there is a pause it is not made."""
        while wait := max(0.0, pace.busy(timer.seconds()).get(chat_id, 0.0) - timer.seconds()):
            await timer.sleep(wait)
        if pace.paused_for(timer.seconds()):
            return Outcome(Ending.HELD)
        return await sender.send(chat_id, what, pace.reserve(timer.seconds(), chat_id, what.weight))

    return call


def _wrong_token(error: Exception) -> ConfigError:
    return ConfigError(
        "BOT_TOKEN", f"Telegram refuses it ({error})", "Copy it again from @BotFather, or ask there for a new one"
    )
