"""The events of an application as they stood in its last calendar file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import Table, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.engine import Database
from bot.db.models import ApplicationRow, CalendarEventRow

EVENTS: Table = CalendarEventRow.__table__  # type: ignore[assignment]
APPLICATIONS: Table = ApplicationRow.__table__  # type: ignore[assignment]


@dataclass(frozen=True)
class StoredEvent:
    """An event that some calendar may hold."""

    item: str
    day: date
    summary: str
    digest: str
    sequence: int
    cancelled: bool
    changed_at: datetime


class CalendarRepository:
    """What was said in calendar files."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_application(self, person_id: int, code: str) -> dict[str, StoredEvent]:
        """The events of the person's application, by item."""
        columns = [column for column in EVENTS.c if column.name != "application_id"]
        query = (
            select(*columns)
            .join(APPLICATIONS, APPLICATIONS.c.id == EVENTS.c.application_id)
            .where(APPLICATIONS.c.person_id == person_id, APPLICATIONS.c.code == code)
            .order_by(EVENTS.c.day, EVENTS.c.item)
        )
        async with self._database.connect() as connection:
            rows = (await connection.execute(query)).all()
        return {row.item: StoredEvent(**row._mapping) for row in rows}

    async def replace(
        self, connection: AsyncConnection, person_id: int, code: str, events: Iterable[StoredEvent]
    ) -> None:
        """From now on these are the events of the application; nothing happens if it is gone."""
        application_id = await connection.scalar(
            select(APPLICATIONS.c.id).where(APPLICATIONS.c.person_id == person_id, APPLICATIONS.c.code == code)
        )
        if application_id is None:
            return
        await connection.execute(delete(EVENTS).where(EVENTS.c.application_id == application_id))
        rows = [{"application_id": application_id, **asdict(event)} for event in events]
        if rows:
            await connection.execute(insert(EVENTS), rows)
