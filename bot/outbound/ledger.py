"""The ledger as the sending worker uses it, and what it guarantees.

A delivery is one row. It goes

    queued ─▶ sending ─▶ sent | blocked | refused | unknown        (or back to queued, to be tried later)
    queued ─▶ dropped                                              (expired, withdrawn, stopped)

1. **Nobody is lost.** A row is `queued` until a worker claims it, and leaves `sending` only by a recorded outcome or by
   a take-over. Both are single transactions, so at every moment a row is in exactly one state, and whatever a worker
   was doing when it died, its rows are queued, final, or `sending` under its name. Every outcome leads to a final state
   or back to the queue (`outcome.settled`); nothing else writes these columns.
2. **Only what was in the air can be doubled.** A row is claimed right before its call; at most `AT_ONCE` of them
   (bot/outbound/worker.py) are claimed and not recorded at a time, and these are the rows in `sending`. A message can
   go out twice only if its row is claimed twice, and a row that was claimed is queued again only by an outcome that
   says that it was not sent, or may have been, or by a take-over.
3. **What may be doubled is marked.** A take-over, and an outcome that leaves it open whether the message arrived, set
   `maybe_twice` in the statement that queues the row again. Whoever does not want such messages sent again says so
   (`on_unknown = leave`): then the row ends as `unknown`.
4. **One worker sends.** Claims check and renew the lease in their transaction. Who takes the lease takes over, in the
   same transaction, every row that is `sending` under another name. Should the one that was thought dead live on, what
   it records no longer fits (`state = sending and claimed_by = its name`), so it changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field

from bot.clock import Clock
from bot.db.ledger_claims import ClaimRepository, Delivery
from bot.outbound.outcome import Ending, Outcome, settled

PAUSE_AFTER = 3
"""Messages of one batch that Telegram refuses because of what they are, one after the other."""

Tell = Callable[[int, str], Awaitable[None]]
"""Tells the author of a batch (its number) that it is paused, and what Telegram said."""


@dataclass
class Ledger:
    """Claims deliveries in the name of one worker, and records what became of them."""

    rows: ClaimRepository
    worker: str
    clock: Clock
    tell: Tell | None = None
    _refused_in_a_row: Counter[int] = field(default_factory=Counter)

    async def claim(self, limit: int, busy: Collection[int]) -> list[Delivery] | None:
        """Up to `limit` deliveries to be made now; None if the lease was lost."""
        return await self.rows.claim(self.worker, self.clock.now(), limit, busy=busy)

    async def is_waiting(self) -> bool:
        """Whether anything is due."""
        return await self.rows.is_waiting(self.clock.now())

    async def tidy(self) -> None:
        """Drop what has expired, finish the batches that are done."""
        await self.rows.tidy(self.clock.now())

    async def record(self, ended: Sequence[tuple[Delivery, Outcome]]) -> None:
        """Write down how calls ended, all or nothing."""
        now = self.clock.now()
        changes = [settled(delivery, outcome, now) for delivery, outcome in ended]
        gone = {delivery.person_id for delivery, outcome in ended if outcome.ending is Ending.BLOCKED}
        streaks = self._refused_in_a_row.copy()
        paused = _mistaken(streaks, ended)
        await self.rows.record(self.worker, changes, now, gone=gone, paused=paused)
        self._refused_in_a_row = streaks
        if self.tell is not None:
            for batch_id, reason in paused.items():
                await self.tell(batch_id, reason)


def _mistaken(streaks: Counter[int], ended: Sequence[tuple[Delivery, Outcome]]) -> dict[int, str]:
    """Batches whose messages were refused too often in a row, with Telegram's words; `streaks` is counted on."""
    paused: dict[int, str] = {}
    for delivery, outcome in ended:
        if delivery.batch_id is None:
            continue
        if outcome.ending is Ending.SENT:
            del streaks[delivery.batch_id]
        elif outcome.ending is Ending.MESSAGE:
            streaks[delivery.batch_id] += 1
            if streaks[delivery.batch_id] >= PAUSE_AFTER:
                paused[delivery.batch_id] = outcome.text
                del streaks[delivery.batch_id]
    return paused
