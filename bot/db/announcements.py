"""Announcements as they are kept. What became of them stands in the ledger."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Table, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.applications import APPLICATIONS, Ticks, ticks_of
from bot.db.audience import RESULTS
from bot.db.engine import Database
from bot.db.ledger import BATCHES
from bot.db.models import AnnouncementRow, RoundRow
from bot.db.people import PEOPLE

ANNOUNCEMENTS: Table = AnnouncementRow.__table__  # type: ignore[assignment]
ROUNDS: Table = RoundRow.__table__  # type: ignore[assignment]


@dataclass(frozen=True)
class StoredAnnouncement:
    """A row of `announcements`."""

    id: int
    code: str
    author_id: int
    category: str
    state: str
    content: dict[str, Any]
    audience: dict[str, Any]
    on_unknown: str
    due: datetime | None
    joins_until: datetime | None
    round_id: int | None
    approver_id: int | None
    version: int
    progress: dict[str, Any] | None
    created_at: datetime
    updated_at: datetime
    started_at: datetime | None


@dataclass(frozen=True)
class Recipient:
    """What is known of somebody to whom an announcement goes."""

    person_id: int
    language: str
    timezone: str
    name: str | None
    code: str | None = None
    """Their application: the one that is meant, or the one that changed last."""
    mobility_type: str | None = None
    programme: str | None = None
    answers: dict[str, Any] | None = None
    result: str | None = None
    note: str | None = None
    ticks: Ticks = field(default_factory=dict)
    """What they have ticked in that application."""


class AnnouncementRepository:
    """The announcements table."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, code: str) -> StoredAnnouncement | None:
        """The announcement with this code."""
        found = await self._fetch(ANNOUNCEMENTS.c.code == code)
        return found[0] if found else None

    async def draft_of(self, author_id: int) -> StoredAnnouncement | None:
        """The draft that somebody worked on last."""
        found = await self._fetch((ANNOUNCEMENTS.c.author_id == author_id) & (ANNOUNCEMENTS.c.state == "draft"))
        return max(found, key=lambda one: one.updated_at, default=None)

    async def due(self, now: datetime) -> list[StoredAnnouncement]:
        """Those that are to start now, the one that waits longest first."""
        when = func.coalesce(ANNOUNCEMENTS.c.due, ANNOUNCEMENTS.c.updated_at)
        found = await self._fetch((ANNOUNCEMENTS.c.state == "scheduled") & (when <= now))
        return sorted(found, key=lambda one: one.due or one.updated_at)

    async def joinable(self, now: datetime) -> list[tuple[StoredAnnouncement, int]]:
        """Started ones that people may still join, each with the batch that is running."""
        query = (
            select(ANNOUNCEMENTS, BATCHES.c.id.label("batch_id"))
            .join(BATCHES, BATCHES.c.announcement_id == ANNOUNCEMENTS.c.id)
            .where(ANNOUNCEMENTS.c.state == "started", ANNOUNCEMENTS.c.joins_until > now)
            .where(BATCHES.c.purpose == "send", BATCHES.c.state == "running")
        )
        async with self._database.connect() as connection:
            return [(_stored(row), row.batch_id) for row in await connection.execute(query)]

    async def of_batches(self, batches: Collection[int]) -> dict[int, StoredAnnouncement]:
        """The announcement of each batch."""
        query = (
            select(ANNOUNCEMENTS, BATCHES.c.id.label("batch_id"))
            .join(BATCHES, BATCHES.c.announcement_id == ANNOUNCEMENTS.c.id)
            .where(BATCHES.c.id.in_(sorted(batches)))
        )
        async with self._database.connect() as connection:
            return {row.batch_id: _stored(row) for row in await connection.execute(query)}

    async def recipients(self, people: Collection[int], *, round_id: int | None = None) -> list[Recipient]:
        """What is known of these people: a line for each of their applications, the one that changed last first; for
        the results of a round, only the applications that it speaks of."""
        query = select(
            PEOPLE.c.id.label("person_id"),
            *(PEOPLE.c[name] for name in ("language", "timezone", "name")),
            *(APPLICATIONS.c[name] for name in ("code", "mobility_type", "programme", "answers")),
            *(RESULTS.c[name] for name in ("result", "note")),
        ).where(PEOPLE.c.id.in_(sorted(people)))
        owned = PEOPLE.outerjoin(APPLICATIONS, APPLICATIONS.c.person_id == PEOPLE.c.id)
        of_round = (RESULTS.c.application_id == APPLICATIONS.c.id) & (RESULTS.c.round_id == (round_id or 0))
        query = query.select_from(owned.join(RESULTS, of_round, isouter=round_id is None))
        async with self._database.connect() as connection:
            rows = (await connection.execute(query.order_by(APPLICATIONS.c.updated_at.desc()))).all()
            ticks = await ticks_of(connection, APPLICATIONS.c.person_id.in_(sorted(people)))
        return [Recipient(**row._mapping, ticks=ticks.get(row.code, {})) for row in rows]

    async def insert(self, connection: AsyncConnection, values: Mapping[str, Any]) -> None:
        """Keep a new draft."""
        await connection.execute(insert(ANNOUNCEMENTS), dict(values))

    async def update(
        self, connection: AsyncConnection, code: str, values: Mapping[str, Any], *, states: Sequence[str]
    ) -> bool:
        """Change columns of an announcement that is in one of the states. False if it is not (any more)."""
        result = await connection.execute(
            update(ANNOUNCEMENTS)
            .where(ANNOUNCEMENTS.c.code == code, ANNOUNCEMENTS.c.state.in_(states))
            .values(**values)
        )
        return result.rowcount > 0

    async def _fetch(self, where: Any) -> list[StoredAnnouncement]:
        async with self._database.connect() as connection:
            rows = await connection.execute(select(ANNOUNCEMENTS).where(where).order_by(ANNOUNCEMENTS.c.id.desc()))
            return [_stored(row) for row in rows]


def _stored(row: Row[Any]) -> StoredAnnouncement:
    return StoredAnnouncement(**{name: getattr(row, name) for name in StoredAnnouncement.__dataclass_fields__})
