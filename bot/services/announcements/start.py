"""From a confirmed announcement to rows in the ledger."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from bot.db import ledger_batches
from bot.db.announcements import AnnouncementRepository, StoredAnnouncement
from bot.db.audience import from_json
from bot.db.audiences import AudienceRepository
from bot.db.engine import Database
from bot.db.selections import SelectionRepository
from bot.services.announcements.audience_sweep import AudienceSweep

KIND: Final = "announcement"
"""Kind of the batches of announcements, by which the worker finds their renderer."""


class AnnouncementStart:
    """Opens the batch of an announcement and fills it."""

    def __init__(self, database: Database, audiences: AudienceRepository, sweep: AudienceSweep) -> None:
        self._database = database
        self._rows = AnnouncementRepository(database)
        self._audiences = audiences
        self._selections = SelectionRepository(database)
        self._sweep = sweep

    async def start(self, announcement: StoredAnnouncement, now: datetime) -> int | None:
        """Start a scheduled announcement: all of its recipients are in the ledger, or it has not started. Returns how
        many they are; None if it is not scheduled any more."""
        audience = await self._sweep.worked_out(from_json(announcement.audience), now)
        async with self._database.transaction() as connection:
            begun = {"state": "started", "started_at": now, "updated_at": now}
            if not await self._rows.update(connection, announcement.code, begun, states=("scheduled",)):
                return None
            batch = await ledger_batches.open_batch(
                connection,
                announcement_id=announcement.id,
                purpose="send",
                kind=KIND,
                author_id=announcement.author_id,
                now=now,
                on_unknown="leave" if announcement.on_unknown == "leave" else "again",
                open_until=announcement.joins_until,
            )
            if announcement.round_id is not None:
                await self._selections.mark_announced(connection, announcement.round_id, now)
                recipients = self._selections.recipients(announcement.round_id)
            else:
                recipients = self._audiences.people(audience, category=announcement.category)
            return await ledger_batches.fill(connection, batch, recipients, now=now)

    async def let_join(self, announcement: StoredAnnouncement, batch_id: int, now: datetime) -> int:
        """Add who is in the audience now and was not before; how many they are."""
        if announcement.round_id is not None:
            # Everybody with a result was there at the start.
            return 0
        audience = await self._sweep.worked_out(from_json(announcement.audience), now)
        recipients = self._audiences.people(audience, category=announcement.category)
        async with self._database.transaction() as connection:
            return await ledger_batches.fill(connection, batch_id, recipients, now=now)
