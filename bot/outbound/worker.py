"""The worker: takes the lease, claims what is due, has it sent at the allowed pace, records what became of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Final, Protocol

from bot.db.engine import DATABASE_TROUBLE
from bot.db.ledger_claims import Delivery
from bot.outbound.lease import Lease
from bot.outbound.ledger import Ledger
from bot.outbound.outcome import Ending, Outcome, TokenRefused
from bot.outbound.pacing import Pace
from bot.outbound.recorder import Recorder
from bot.outbound.rendering import Call, CannotRender, Renderer, render_all
from bot.outbound.timer import Timer
from bot.outbound.trouble import Trouble

log = logging.getLogger(__name__)

AT_ONCE: Final = 32
"""Deliveries that are claimed and not recorded yet, at most: what a sudden death can double."""
HORIZON: Final = 0.2
"""Seconds of sending that are claimed ahead of their slots. What comes in meanwhile waits no longer than that, however
much of lower priority there is."""
POLL: Final = 1.0
"""Seconds between two looks for something to do; other processes give no sign."""
STEP: Final = 0.02
"""Seconds to wait for what will be over in a moment."""
PATIENCE: Final = 30.0
"""Seconds that a stop waits for what is in the air."""
FAILURES: Final = 3
"""Failures of Telegram (5xx) in a row that are taken for its being away altogether."""


class Sends(Protocol):
    """Makes one call and says how it went."""

    async def send(self, chat_id: int, call: Call, slot: float) -> Outcome:
        """Make the call at its slot."""
        ...


class Worker:
    """One worker; several may run, on one database or one machine."""

    def __init__(
        self,
        ledger: Ledger,
        lease: Lease,
        sender: Sends,
        *,
        pace: Pace,
        timer: Timer,
        renderers: Mapping[str, Renderer],
    ) -> None:
        self._ledger = ledger
        self._lease = lease
        self._sender = sender
        self._pace = pace
        self._timer = timer
        self._renderers = renderers
        self._calls: set[asyncio.Task[None]] = set()
        self._woken = asyncio.Event()
        self._rested = asyncio.Event()
        self._tidy_at = timer.seconds()
        self._database = Trouble(log, "the database")
        self._telegram = Trouble(log, "Telegram")
        self._recorder = Recorder(ledger, lease, timer, self._database)
        self._refused: TokenRefused | None = None
        self._asked = False
        self._answering = False
        self._goes_on = False

    @property
    def is_sending(self) -> bool:
        """Whether this is the one that sends."""
        return self._lease.is_held

    def wake(self) -> None:
        """There may be something to do."""
        self._woken.set()

    async def settled(self) -> None:
        """Until all that is due now was sent and recorded, or another worker is to do it, or nothing can be sent."""
        self._ask()
        self.wake()
        await self._rested.wait()

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop` is set; then let what is in the air arrive, record it, and let go of the lease.

        Raises:
            TokenRefused: Telegram does not know the token (any more).
        """
        await self._work(stop.is_set, stop)
        if self._lease.is_held:
            with suppress(*DATABASE_TROUBLE):
                await self._lease.release()

    async def drain(self) -> None:
        """Send all that is due now and return when it is recorded: one look of a worker that need not wait for more.

        Raises:
            TokenRefused: as `run`.
        """
        self._ask()
        await self._work(self._rested.is_set, asyncio.Event())

    async def _work(self, is_over: Callable[[], bool], stop: asyncio.Event) -> None:
        recording = asyncio.create_task(self._recorder.run(), name="worker records")
        recording.add_done_callback(lambda _task: self.wake())
        try:
            while not is_over() and self._refused is None and not recording.done():
                pause = await self._turn_safely()
                if not is_over():
                    await self._rest(pause, stop)
        finally:
            await self._finish(recording)
        if recording.done() and not recording.cancelled():
            # It records for ever, so this is a mistake of ours; without it nothing may be sent.
            recording.result()
        if self._refused is not None:
            raise self._refused

    async def _turn_safely(self) -> float:
        # Before looking: whoever wakes us from now on may have done so after the look.
        self._woken.clear()
        self._answering, self._asked = self._answering or self._asked, False
        try:
            pause = await self._turn()
        except DATABASE_TROUBLE as error:
            self._answer()
            return self._database.again(error)
        self._database.over()
        return pause

    async def _turn(self) -> float:
        """One round; returns the seconds until the next one makes sense."""
        if not await self._may_send():
            self._answer()
            return POLL
        now = self._timer.seconds()
        if pause := self._pace.paused_for(now):
            return min(pause, self._nothing_to_do())
        if now >= self._tidy_at:
            await self._ledger.tidy()
            self._tidy_at = now + POLL
        if len(self._recorder) >= AT_ONCE:
            return self._until_recorded()
        room = min(self._pace.room(now, HORIZON), AT_ONCE - len(self._recorder))
        if room <= 0:
            return HORIZON / 2
        if not self._goes_on and not await self._ledger.is_waiting():
            return self._nothing_to_do()
        busy = self._pace.busy(now)
        claimed = await self._ledger.claim(room, busy)
        self._goes_on = bool(claimed)
        if claimed:
            await self._begin(claimed)
            return 0.0
        if claimed is None:
            self._lease.is_held = False
            return 0.0
        if busy and await self._ledger.is_waiting():
            return max(STEP, min(busy.values()) - now)
        return self._nothing_to_do()

    def _nothing_to_do(self) -> float:
        if len(self._recorder):
            return self._until_recorded()
        self._answer()
        return POLL

    def _ask(self) -> None:
        """Somebody wants to know when all is sent: a look that has begun already does not count."""
        self._rested.clear()
        self._asked = True

    def _answer(self) -> None:
        if self._answering:
            self._answering = False
            self._rested.set()

    def _until_recorded(self) -> float:
        self._recorder.tell(self.wake)
        return POLL

    async def _may_send(self) -> bool:
        if self._lease.is_held and await self._lease.keep():
            return True
        taken = await self._lease.take()
        if taken is None:
            return False
        log.info("this worker sends")
        if taken.paused_until is not None:
            seconds = (taken.paused_until - self._ledger.clock.now()).total_seconds()
            self._pace.pause(self._timer.seconds(), max(0.0, seconds))
        return True

    async def _begin(self, deliveries: Sequence[Delivery]) -> None:
        self._recorder.expect(deliveries)
        try:
            calls = await render_all(deliveries, self._renderers)
        except DATABASE_TROUBLE:
            for delivery in deliveries:
                self._recorder.note(delivery, Outcome(Ending.HELD))
            raise
        now = self._timer.seconds()
        is_paused = bool(self._pace.paused_for(now))
        for delivery in deliveries:
            call = calls[delivery.id]
            if is_paused:
                # It began just now; a delivery must not be in the air for as long as it lasts.
                self._recorder.note(delivery, Outcome(Ending.HELD))
                continue
            if isinstance(call, CannotRender):
                ending = Ending.MESSAGE if call.is_mistake else Ending.RECIPIENT
                self._recorder.note(delivery, Outcome(ending, text=call.reason))
                continue
            slot = self._pace.reserve(now, delivery.chat_id, call.weight)
            task = asyncio.create_task(self._deliver(delivery, call, slot), name=f"delivery {delivery.id}")
            self._calls.add(task)
            task.add_done_callback(self._calls.discard)

    async def _deliver(self, delivery: Delivery, call: Call, slot: float) -> None:
        try:
            outcome = await self._sender.send(delivery.chat_id, call, slot)
        except TokenRefused as error:
            self._refused = error
            outcome = Outcome(Ending.HELD)
        except Exception:
            # A mistake of ours, which must not leave the delivery in the air for ever.
            log.exception("delivery %d failed in an unknown way", delivery.id)
            outcome = Outcome(Ending.UNKNOWN, text="a mistake of the bot")
        self._learn(outcome)
        self._recorder.note(delivery, outcome)

    def _learn(self, outcome: Outcome) -> None:
        """Whether Telegram is there at all."""
        if outcome.ending in (Ending.AWAY, Ending.FAILED):
            if self._pace.paused_for(self._timer.seconds()):
                # Called before the pause that the first of them caused.
                return
            patience = FAILURES if outcome.ending is Ending.FAILED else 0
            if pause := self._telegram.again(outcome.text, patience=patience):
                self._pace.pause(self._timer.seconds(), pause)
        elif outcome.ending not in (Ending.HELD, Ending.UNKNOWN):
            self._telegram.over()

    async def _rest(self, seconds: float, stop: asyncio.Event) -> None:
        """Until so much time has passed, something may be to do, or it is time to stop."""
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        waits = [asyncio.ensure_future(one) for one in (self._timer.sleep(seconds), self._woken.wait(), stop.wait())]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
            await asyncio.gather(*waits, return_exceptions=True)

    async def _finish(self, recording: asyncio.Task[None]) -> None:
        """Let what is in the air arrive, and record it; what does not in time is found by whoever sends next."""
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while self._calls:
                    await asyncio.wait(self._calls)
                if not recording.done():
                    await self._recorder.all_recorded()
        left = (*self._calls, recording)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        self._rested.set()
