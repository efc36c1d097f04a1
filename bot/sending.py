"""The worker in the process of the bot: with `run`, `chat` and `sandbox` one process is enough.

python-telegram-bot takes a moment to import, and the first update should not wait for it. So it is imported beside the
work, when there is something to send or when the bot has been up for a while.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from typing import TYPE_CHECKING

from bot.app import App
from bot.db.engine import DATABASE_TROUBLE
from bot.db.ledger_claims import ClaimRepository, Present
from bot.errors import ConfigError

if TYPE_CHECKING:
    from bot.outbound.worker import Worker

QUIET_START = 3.0
"""Seconds after which the worker begins although nobody has asked for it: reminders may be due."""

AGAIN = 5.0
"""Seconds after which a worker that failed for a reason nobody has thought of begins again."""

log = logging.getLogger(__name__)


class Sending:
    """The worker of this process, perhaps not begun yet."""

    def __init__(self, app: App, present: Present | None) -> None:
        self._app = app
        self._present = present
        self._wanted = asyncio.Event()
        self._begun = asyncio.Event()
        self._worker: Worker | None = None

    def wake(self) -> None:
        """There is something to send."""
        self._wanted.set()
        if self._worker is not None:
            self._worker.wake()

    async def settled(self) -> None:
        """Until everything that is due now was sent; at once if nothing was ever put into the outbox."""
        if self._wanted.is_set():
            await self._begun.wait()
        if self._worker is not None:
            await self._worker.settled()

    async def run(self, stop: asyncio.Event) -> None:
        """Send until `stop` is set."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._wanted.wait(), QUIET_START)
        try:
            await self._run_on(stop)
        finally:
            # Whoever waits for it waits in vain.
            self._worker = None
            self._begun.set()

    async def _run_on(self, stop: asyncio.Event) -> None:
        process = await asyncio.to_thread(import_module, "bot.outbound.process")
        app = self._app
        while not stop.is_set():
            try:
                await process.serve(
                    app.settings, app.database, app.clock, stop, started=self._begin, present=self._present
                )
            except ConfigError as error:
                # Whoever takes updates finds out as well, and says what to do.
                log.error("nothing is sent any more: %s", error)
                return
            except Exception:
                log.exception("the worker failed and begins again")
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), AGAIN)

    def _begin(self, worker: Worker) -> None:
        self._worker = worker
        self._begun.set()


@asynccontextmanager
async def sending(app: App, *, present: Present | None = None) -> AsyncIterator[Sending]:
    """A worker as long as the context lasts; at its end what is in the air arrives and is recorded. With `present` only
    these chats are written to now."""
    stop, worker = asyncio.Event(), Sending(app, present)
    app.outbox.wakes(worker.wake)
    with suppress(*DATABASE_TROUBLE):
        if await ClaimRepository(app.database).is_waiting(app.clock.now()):
            worker.wake()
    task = asyncio.create_task(worker.run(stop), name="worker")
    try:
        yield worker
    finally:
        stop.set()
        worker.wake()
        await task
