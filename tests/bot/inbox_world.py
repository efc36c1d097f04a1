"""An inbox whose handler writes down what it handled, and can be stopped dead at any point."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable

import pytest

from bot.db.engine import Database
from bot.db.inbox import Arrival, InboxRepository, Waiting
from bot.db.people import PeopleRepository
from bot.inbox.claims import claims_for
from bot.inbox.inbox import Inbox
from bot.services.visits import VisitStore
from tests.support.clock import TestClock

Point = Callable[[str, Waiting], None]
"""Called at every point of handling with its name; may raise to die there."""


class Death(BaseException):
    """The process ends here; nothing in it may catch that."""


class World:
    """A process with an inbox on a database. Several may share one database."""

    def __init__(self, database: Database, *, at: Point | None = None, at_once: int = 4, pause: float = 0) -> None:
        self.database = database
        self.store = InboxRepository(database)
        self.people = PeopleRepository(database)
        self.visits = VisitStore(database, self.people, self.store, clock=TestClock(), timezone="Asia/Jakarta")
        self.claims = claims_for(database)
        self.inbox = Inbox(self.store, self._handle, self.claims, at_once=at_once)
        self.replies: list[tuple[int, int]] = []
        self.busiest = 0
        self._busy: set[int] = set()
        self._at = at or (lambda _name, _waiting: None)
        self._pause = pause

    async def die(self) -> None:
        """Wait for the death, and leave behind what a dead process leaves: its rows, but not its connections."""
        with pytest.raises(Death):
            await self.inbox.died()
        tasks = [task for task in asyncio.all_tasks() if task.get_name().startswith("inbox")]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.claims.close()

    async def _handle(self, waiting: Waiting) -> None:
        assert waiting.person_id not in self._busy, "two updates of one person at once"
        self._busy.add(waiting.person_id)
        self.busiest = max(self.busiest, len(self._busy))
        try:
            self._at("begin", waiting)
            visit = await self.visits.begin(waiting, "en")
            log = visit.memory.extra.get("log", [])
            visit.memory.extra["log"] = [*log, waiting.update_id]
            await asyncio.sleep(self._pause)
            self._at("reply", waiting)
            self.replies.append((waiting.person_id, waiting.update_id))
            self._at("write", waiting)
            await self.visits.end(visit)
            self._at("written", waiting)
        finally:
            self._busy.discard(waiting.person_id)

    async def log_of(self, person_id: int) -> list[int]:
        """The updates whose effects the person's row shows, in their order."""
        person = await self.people.load(person_id)
        log: list[int] = person.conversation.get("extra", {}).get("log", []) if person else []
        return log


def updates(*pairs: tuple[int, int]) -> list[Arrival]:
    """Updates, each as (update id, person)."""
    return [Arrival(number, person, json.dumps({"update_id": number}), TestClock().now()) for number, person in pairs]
