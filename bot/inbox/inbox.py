"""The inbox at work: stores what arrives, and hands it out in order, one update of a person at a time."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence

from bot.db.engine import DATABASE_TROUBLE
from bot.db.inbox import Arrival, InboxRepository, Waiting
from bot.inbox.claims import Claims
from bot.services.turns import TURNS

log = logging.getLogger(__name__)

Handle = Callable[[Waiting], Awaitable[None]]
"""Handles one update to its end. It must write the effects and that the update is done; it may raise only when the
database cannot be written to."""

AT_ONCE = 16
"""People whose updates are handled at the same time. More would only wait for the same database and processor."""
ASIDE = 256
"""People who may wait beside them for something slow (`bot.services.turns`), their updates begun."""
PATIENCE = 20.0
"""Seconds that a stop waits for what is being handled."""
SWEEP = 30.0
SWEEP_SHARED = 2.0
"""Seconds between two looks for what was left behind, by us or by other processes."""
RETRIES = (0.2, 1.0, 5.0)
"""Seconds to wait before an update that could not be written is tried again."""


class Inbox:
    """In memory are only the people who have something waiting; what waits is in the database."""

    def __init__(self, store: InboxRepository, handle: Handle, claims: Claims, *, at_once: int = AT_ONCE) -> None:
        self._store = store
        self._handle = handle
        self._claims = claims
        self._at_once = at_once
        self._turns = asyncio.Semaphore(at_once)
        self._waiting: Counter[int] = Counter()
        self._ready: asyncio.Queue[int] = asyncio.Queue()
        self._busy: set[int] = set()
        self._tasks: list[asyncio.Task[None]] = []
        self._sweeper: asyncio.Task[None] | None = None
        self._calm = asyncio.Event()
        self._calm.set()
        self._stopping = False
        self.handled = 0
        """Updates that were handled since the start."""

    async def start(self) -> None:
        """Begin to work, with what was left unfinished before."""
        self._expect(await self._store.unfinished())
        self._tasks = [asyncio.create_task(self._work(), name=f"inbox {n}") for n in range(self._at_once + ASIDE)]
        self._sweeper = asyncio.create_task(self._sweep(), name="inbox sweep")

    async def accept(self, arrivals: Sequence[Arrival]) -> None:
        """Store updates. When this returns they may be confirmed: they will be handled, whatever happens."""
        if not arrivals:
            return
        await self._store.add(arrivals)
        self._expect(Counter(arrival.person_id for arrival in arrivals))

    async def settled(self) -> None:
        """Wait until everything that was stored by this process has been handled."""
        await self._calm.wait()

    async def died(self) -> None:
        """Wait until one of the workers ends before `stop`, which must not happen; raises what ended it."""
        done, _ = await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
        await asyncio.gather(*done)

    async def stop(self) -> None:
        """Finish what is being handled, leave the rest in the database."""
        self._stopping = True
        if self._sweeper is not None:
            self._sweeper.cancel()
            await asyncio.gather(self._sweeper, return_exceptions=True)
        working = [task for task in self._tasks if not task.done()]
        for _ in working:
            self._ready.put_nowait(_NOBODY)
        if working:
            _done, late = await asyncio.wait(working, timeout=PATIENCE)
            for task in late:
                task.cancel()
            await asyncio.gather(*working, return_exceptions=True)
        await self._claims.close()

    def _expect(self, people: dict[int, int] | Counter[int]) -> None:
        for person_id, count in people.items():
            if not self._waiting[person_id] and person_id not in self._busy:
                self._ready.put_nowait(person_id)
            self._waiting[person_id] += count
        if people:
            self._calm.clear()

    async def _work(self) -> None:
        TURNS.set(self._turns)
        while not self._stopping:
            person_id = await self._ready.get()
            if person_id == _NOBODY or self._stopping:
                return
            self._busy.add(person_id)
            try:
                async with self._turns:
                    if self._stopping:
                        return
                    await self._serve(person_id)
            finally:
                self._busy.discard(person_id)
            self._go_on_or_rest(person_id)

    def _go_on_or_rest(self, person_id: int) -> None:
        """Whoever has more waiting queues up again behind the others."""
        if self._waiting[person_id] > 0:
            self._ready.put_nowait(person_id)
        else:
            del self._waiting[person_id]
            if not self._waiting and not self._busy:
                self._calm.set()

    async def _serve(self, person_id: int) -> None:
        """Handle the person's next update, if it is ours to handle."""
        for pause in (*RETRIES, None):
            try:
                await self._serve_once(person_id)
            except DATABASE_TROUBLE as error:
                log.error("an update of person %d could not be handled: %s", person_id, _cause(error))
                if pause is None:
                    # It stays in the database, and the sweep will find it.
                    self._waiting[person_id] = 0
                    return
                await asyncio.sleep(pause)
            else:
                return

    async def _serve_once(self, person_id: int) -> None:
        if not self._claims.shared:
            await self._handle_next(person_id)
            return
        expected = self._waiting[person_id]
        if not await self._claims.take(person_id):
            # Whoever has the person looks for more before they leave.
            self._waiting[person_id] -= expected
            return
        try:
            await self._handle_next(person_id)
        finally:
            await self._claims.release(person_id)
        if self._waiting[person_id] <= 0:
            # Another process may have stored something while we had the person, and gone away.
            left = await self._store.unfinished()
            self._waiting[person_id] += left.get(person_id, 0)

    async def _handle_next(self, person_id: int) -> None:
        expected = self._waiting[person_id]
        waiting = await self._store.next(person_id)
        if waiting is None:
            self._waiting[person_id] -= expected
            return
        await self._handle(waiting)
        self.handled += 1
        self._waiting[person_id] -= 1

    async def _sweep(self) -> None:
        """Look for what was left: by a process that died, or by us while the database was away."""
        while not self._stopping:
            await asyncio.sleep(SWEEP_SHARED if self._claims.shared else SWEEP)
            try:
                left = await self._store.unfinished()
            except DATABASE_TROUBLE as error:
                log.warning("cannot look into the inbox: %s", _cause(error))
                continue
            self._expect(
                {one: count for one, count in left.items() if not self._waiting[one] and one not in self._busy}
            )


_NOBODY = -(2**63)
"""No person: wakes a worker that is to end."""


def _cause(error: BaseException) -> object:
    return getattr(error, "orig", None) or error
