"""Announcements that are confirmed or sent: lists, corrections, the message that shows how far one is."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import and_, exists, false, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.announcements import ANNOUNCEMENTS, StoredAnnouncement
from bot.db.engine import Database
from bot.db.ledger import BATCHES, DELIVERIES
from bot.db.people import PEOPLE

LATELY: Final = timedelta(minutes=1)
"""For so long after its end a batch is looked at again, in case it was opened and finished between two looks."""
AT_ONCE: Final = 500
"""People that are read with one statement."""


@dataclass(frozen=True)
class Reader:
    """Whoever is shown how far an announcement is."""

    language: str
    timezone: str


@dataclass(frozen=True)
class Known:
    """What a list of recipients says of one."""

    name: str | None
    username: str | None


class SentRepository:
    """What is asked about announcements after they were confirmed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def page(self, reader_id: int, *, skip: int, most: int) -> tuple[list[StoredAnnouncement], int]:
        """Announcements that somebody of the staff sees, the one that changed last first, and how many they are:
        all but discarded ones and the drafts of others."""
        own = (ANNOUNCEMENTS.c.state == "draft") & (ANNOUNCEMENTS.c.author_id == reader_id)
        seen = or_(own, ANNOUNCEMENTS.c.state.in_(("approval", "scheduled", "started")))
        query = select(ANNOUNCEMENTS).where(seen).order_by(ANNOUNCEMENTS.c.updated_at.desc(), ANNOUNCEMENTS.c.id.desc())
        async with self._database.connect() as connection:
            count = await connection.scalar(select(func.count()).select_from(ANNOUNCEMENTS).where(seen))
            rows = (await connection.execute(query.offset(skip).limit(most))).all()
        return [_stored(row) for row in rows], int(count or 0)

    async def to_show(self, now: datetime) -> list[StoredAnnouncement]:
        """Started ones whose author has not seen the end, be it because it has not come."""
        ended = func.coalesce(ANNOUNCEMENTS.c.progress["ended"].as_boolean(), false())
        moving = exists().where(
            BATCHES.c.announcement_id == ANNOUNCEMENTS.c.id,
            or_(BATCHES.c.state.in_(("running", "paused")), BATCHES.c.finished_at > now - LATELY),
        )
        query = select(ANNOUNCEMENTS).where(ANNOUNCEMENTS.c.state == "started", or_(~ended, moving))
        async with self._database.connect() as connection:
            return [_stored(row) for row in await connection.execute(query.order_by(ANNOUNCEMENTS.c.id))]

    async def reader(self, person_id: int) -> Reader | None:
        """How to speak to an author; None if they are gone or cannot be reached."""
        query = select(PEOPLE.c.language, PEOPLE.c.timezone).where(PEOPLE.c.id == person_id, PEOPLE.c.reachable)
        async with self._database.connect() as connection:
            row = (await connection.execute(query)).first()
        return None if row is None else Reader(row.language, row.timezone)

    async def remember(self, announcement_id: int, progress: Mapping[str, Any]) -> None:
        """Keep where the message is that shows how far it is, and what it says."""
        async with self._database.connect() as connection:
            await connection.execute(
                update(ANNOUNCEMENTS).where(ANNOUNCEMENTS.c.id == announcement_id).values(progress=dict(progress))
            )

    async def known(self, people: Collection[int]) -> dict[int, Known]:
        """Names of people."""
        wanted, found = sorted(set(people)), dict[int, Known]()
        async with self._database.connect() as connection:
            for begin in range(0, len(wanted), AT_ONCE):
                query = select(PEOPLE.c.id, PEOPLE.c.name, PEOPLE.c.username)
                some = await connection.execute(query.where(PEOPLE.c.id.in_(wanted[begin : begin + AT_ONCE])))
                found |= {row.id: Known(row.name, row.username) for row in some}
        return found

    async def correct(
        self, connection: AsyncConnection, announcement: StoredAnnouncement, content: Mapping[str, Any], now: datetime
    ) -> bool:
        """Replace what it says by the next version. False if somebody else did meanwhile."""
        same = and_(ANNOUNCEMENTS.c.id == announcement.id, ANNOUNCEMENTS.c.version == announcement.version)
        result = await connection.execute(
            update(ANNOUNCEMENTS)
            .where(same, ANNOUNCEMENTS.c.state == "started")
            .values(content=dict(content), version=announcement.version + 1, updated_at=now)
        )
        return result.rowcount > 0

    async def is_still(self, connection: AsyncConnection, batches: Sequence[int]) -> bool:
        """Whether none of these batches is running and nothing of them is in the air."""
        running = select(1).where(BATCHES.c.id.in_(batches), BATCHES.c.state == "running").exists()
        in_the_air = select(1).where(DELIVERIES.c.batch_id.in_(batches), DELIVERIES.c.state == "sending").exists()
        row = (await connection.execute(select(running, in_the_air))).one()
        return not any(row)


def _stored(row: Any) -> StoredAnnouncement:
    return StoredAnnouncement(**{name: getattr(row, name) for name in StoredAnnouncement.__dataclass_fields__})
