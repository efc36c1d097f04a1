"""Beginning and ending visits: the only place that writes to the database while updates are handled."""

from __future__ import annotations

import logging
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.db.audit import erase_names, record
from bot.db.engine import Database
from bot.db.inbox import InboxRepository, Waiting
from bot.db.ledger import forget_person
from bot.db.people import PeopleRepository
from bot.db.review_decisions import forget_reviewer
from bot.db.staff import erase_from_staff
from bot.services.visit import Visit, first, returning

log = logging.getLogger(__name__)


class VisitStore:
    """Reads and writes what belongs to one update."""

    def __init__(
        self, database: Database, people: PeopleRepository, inbox: InboxRepository, *, clock: Clock, timezone: str
    ) -> None:
        self._database = database
        self._people = people
        self._inbox = inbox
        self._clock = clock
        self._timezone = timezone

    async def begin(self, waiting: Waiting, phone_language: str | None) -> Visit:
        """The visit of the person whose update it is."""
        now = self._clock.now()
        if waiting.person is not None:
            return returning(waiting.seq, waiting.person_id, waiting.person, now)
        role = await self._people.role(waiting.person_id)
        return first(
            waiting.seq,
            waiting.person_id,
            now=now,
            timezone=self._timezone,
            phone_language=phone_language,
            role=role,
        )

    async def read_again(self, waiting: Waiting) -> Waiting:
        """The same update, with its person and their role as they are by now."""
        return replace(waiting, person=await self._people.load(waiting.person_id))

    async def end(self, visit: Visit) -> None:
        """Write all effects of the update, and that it is done: all or nothing."""
        if visit.erased:
            await self._erase(visit)
        elif visit.writes:
            async with self._database.transaction() as connection:
                if await self._write_person(connection, visit):
                    for write in visit.writes.values():
                        await write(connection)
        else:
            async with self._database.connect() as connection:
                await self._write_person(connection, visit)

    async def dismiss(self, waiting: Waiting) -> None:
        """Take the update as done, without effects."""
        if waiting.person is None:
            await self._inbox.finish(waiting.seq)
            return
        async with self._database.connect() as connection:
            await self._people.update(connection, waiting.person_id, {}, seq=waiting.seq, now=self._clock.now())

    async def _write_person(self, connection: AsyncConnection, visit: Visit) -> bool:
        person_id = visit.person.id
        if visit.is_new:
            await self._people.insert(connection, person_id, visit.state(), seq=visit.seq, now=visit.now)
            return True
        done = await self._people.update(connection, person_id, visit.changes(), seq=visit.seq, now=visit.now)
        if not done:
            log.warning("update %d was done already; nothing is written twice", visit.seq)
        return done

    async def _erase(self, visit: Visit) -> None:
        async with self._database.transaction() as connection:
            await self._people.erase(connection, visit.person.id, up_to=visit.seq)
            await erase_from_staff(connection, visit.person.id, visit.now)
            await forget_reviewer(connection, visit.person.id)
            await forget_person(connection, visit.person.id, visit.now)
            await erase_names(connection, visit.person.id)
            await record(connection, "person erased", now=visit.now)
