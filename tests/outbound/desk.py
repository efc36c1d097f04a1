"""A worker in this process: real database, real HTTP, time that leaps over every wait."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.db.engine import Database
from bot.db.ledger_claims import ClaimRepository, Delivery
from bot.db.ledger_lease import LeaseRepository
from bot.outbound.lease import Lease
from bot.outbound.ledger import Ledger, Tell
from bot.outbound.outcome import Ending, Outcome
from bot.outbound.pacing import Pace
from bot.outbound.rendering import Call, CannotRender, Renderer
from bot.outbound.sender import Sender, courier_for
from bot.outbound.worker import POLL, Sends, Worker
from bot.sandbox import Sandbox
from tests.support.clock import TestClock

LONG = 3.5
"""Seconds that are longer than any wait for a slot."""


class LeapingTimer:
    """Whoever waits for a slot wakes up at once, and then it is as late as they wanted. Whoever rests until the next
    look, or longer, sleeps until they are woken or a test lets time pass: otherwise it would fly while Telegram
    answers."""

    def __init__(self) -> None:
        self.now = 0.0
        self._passed = asyncio.Event()

    def seconds(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds
        self._passed.set()

    async def sleep(self, seconds: float) -> None:
        until = self.now + max(0.0, seconds)
        await asyncio.sleep(0)
        if seconds != POLL and seconds < LONG:
            self.now = max(self.now, until)
        while self.now < until:
            self._passed.clear()
            await self._passed.wait()


@dataclass(frozen=True)
class Desk:
    """One worker and what it is made of."""

    worker: Worker
    ledger: Ledger
    lease: Lease
    pace: Pace
    timer: LeapingTimer


def desk_for(
    database: Database,
    sender: Sends,
    clock: TestClock,
    *,
    name: str = "test:1:worker",
    pace: Pace | None = None,
    timer: LeapingTimer | None = None,
    renderers: Mapping[str, Renderer] | None = None,
    tell: Tell | None = None,
) -> Desk:
    """A worker that has its calls made by `sender`."""
    timer = timer or LeapingTimer()
    pace = pace or Pace(25.0, timer.seconds())
    lease = Lease(LeaseRepository(database), clock, name, one_machine=False)
    ledger = Ledger(ClaimRepository(database), name, clock, tell)
    worker = Worker(ledger, lease, sender, pace=pace, timer=timer, renderers=renderers or {})
    return Desk(worker, ledger, lease, pace, timer)


@asynccontextmanager
async def desk_at(
    sandbox: Sandbox,
    database: Database,
    clock: TestClock,
    *,
    name: str = "test:1:worker",
    renderers: Mapping[str, Renderer] | None = None,
    tell: Tell | None = None,
    read_timeout: float = 20.0,
) -> AsyncIterator[Desk]:
    """A worker that speaks to the sandbox."""
    timer = LeapingTimer()
    pace = Pace(25.0, timer.seconds())
    async with courier_for(sandbox.token, sandbox.url, pace, timer, read_timeout=read_timeout) as courier:
        yield desk_for(
            database, Sender(courier), clock, name=name, pace=pace, timer=timer, renderers=renderers, tell=tell
        )


class Postbox:
    """A Telegram that takes everything, unless a test has said how a call ends."""

    def __init__(self, timer: LeapingTimer | None = None) -> None:
        self.timer = timer
        self.sent: list[tuple[int, Call]] = []
        self.slots: list[float] = []
        self.endings: dict[int, list[Outcome]] = {}
        self.before: Callable[[int, Call], Awaitable[None]] | None = None

    @property
    def chats(self) -> list[int]:
        """Who got something, in this order."""
        return [chat for chat, _ in self.sent]

    def answer(self, chat_id: int, *outcomes: Outcome) -> None:
        """How the next calls to this chat end."""
        self.endings.setdefault(chat_id, []).extend(outcomes)

    async def send(self, chat_id: int, call: Call, slot: float) -> Outcome:
        if self.timer is not None:
            await self.timer.sleep(slot - self.timer.seconds())
        if self.before is not None:
            await self.before(chat_id, call)
        self.sent.append((chat_id, call))
        self.slots.append(slot)
        coming = self.endings.get(chat_id)
        return coming.pop(0) if coming else Outcome(Ending.SENT, message_ids=(len(self.sent),))


class Saying:
    """Renders the same text for everybody, and remembers whom it was asked for."""

    def __init__(self, text: str = "Pengumuman") -> None:
        self.text = text
        self.asked: list[int] = []

    async def render(self, deliveries: Sequence[Delivery]) -> dict[int, Call | CannotRender]:
        self.asked += [delivery.person_id for delivery in deliveries]
        method = "editMessageText" if deliveries[0].targets else "sendMessage"
        return {delivery.id: Call(method, {"text": self.text}) for delivery in deliveries}


@asynccontextmanager
async def at_work(desk: Desk) -> AsyncIterator[None]:
    """The worker works; at the end it is stopped as by SIGTERM."""
    stop = asyncio.Event()
    working = asyncio.create_task(desk.worker.run(stop))
    try:
        yield
    finally:
        stop.set()
        await working
