"""Writes down how calls ended: at once, and all that ended while the last transaction was under way in the next."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence

from bot.db.engine import DATABASE_TROUBLE
from bot.db.ledger_claims import Delivery
from bot.outbound.lease import Lease
from bot.outbound.ledger import Ledger
from bot.outbound.outcome import Ending, Outcome
from bot.outbound.timer import Timer
from bot.outbound.trouble import Trouble

Ended = tuple[Delivery, Outcome]


class Recorder:
    """What is claimed and not recorded yet. While the database is away, it waits and tries again."""

    def __init__(self, ledger: Ledger, lease: Lease, timer: Timer, trouble: Trouble) -> None:
        self._ledger = ledger
        self._lease = lease
        self._timer = timer
        self._trouble = trouble
        self._open: set[int] = set()
        self._ended: list[Ended] = []
        self._news = asyncio.Event()
        self._recorded = asyncio.Event()
        self._wanted: Callable[[], None] | None = None

    def __len__(self) -> int:
        """How many deliveries are claimed and not recorded."""
        return len(self._open)

    def expect(self, deliveries: Iterable[Delivery]) -> None:
        """These are claimed."""
        self._open.update(delivery.id for delivery in deliveries)

    def note(self, delivery: Delivery, outcome: Outcome) -> None:
        """This is how one of them ended."""
        self._ended.append((delivery, outcome))
        self._news.set()

    def tell(self, wanted: Callable[[], None]) -> None:
        """Call this once when something was recorded next."""
        self._wanted = wanted

    async def all_recorded(self) -> None:
        """Until nothing is open."""
        while self._open:
            self._recorded.clear()
            await self._recorded.wait()

    async def run(self) -> None:
        """For ever."""
        while True:
            await self._news.wait()
            self._news.clear()
            while self._ended:
                ended = self._ended[:]
                try:
                    await self._write(ended)
                except DATABASE_TROUBLE as error:
                    await self._timer.sleep(self._trouble.again(error))
                    continue
                del self._ended[: len(ended)]
                self._open.difference_update(delivery.id for delivery, _ in ended)
                self._recorded.set()
                if self._wanted is not None:
                    wanted, self._wanted = self._wanted, None
                    wanted()

    async def _write(self, ended: Sequence[Ended]) -> None:
        await self._ledger.record(ended)
        pauses = [outcome.retry_after for _, outcome in ended if outcome.ending is Ending.FLOOD]
        if pauses:
            await self._lease.pause(max(pauses))
