"""The audit log: lines are appended and read; the database refuses everything else but the erasure of names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.engine import Database
from bot.db.models import AuditRow, StaffRow

AUDIT: Table = AuditRow.__table__  # type: ignore[assignment]
STAFF: Table = StaffRow.__table__  # type: ignore[assignment]


@dataclass(frozen=True)
class AuditLine:
    """One line of the log."""

    id: int
    at: datetime
    actor_id: int | None
    """None: the bot itself, or somebody whose data was erased."""
    actor_name: str | None
    """As far as they are on the staff today."""
    action: str
    subject: str | None
    details: dict[str, Any]


def of_person(person_id: int) -> str:
    """The subject of a line that is about a person. Nowhere else in a line may a person be named: this is what goes
    when their data is erased."""
    return f"person {person_id}"


async def record(
    connection: AsyncConnection,
    action: str,
    *,
    now: datetime,
    actor_id: int | None = None,
    subject: str | None = None,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Append a line to the audit log."""
    await connection.execute(
        insert(AUDIT),
        {"at": now, "actor_id": actor_id, "action": action, "subject": subject, "details": dict(details or {})},
    )


async def erase_names(connection: AsyncConnection, person_id: int) -> None:
    """Take a person out of the log. The lines stay, with the day and what was done."""
    await connection.execute(update(AUDIT).where(AUDIT.c.actor_id == person_id).values(actor_id=None))
    about = AUDIT.c.subject == of_person(person_id)
    await connection.execute(update(AUDIT).where(about).values(subject=None, details={}))


class AuditRepository:
    """Reads the log."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_person(self, person_id: int) -> list[dict[str, Any]]:
        """The lines about a person, and those of what they did themselves, oldest first; without other people."""
        about = AUDIT.c.subject == of_person(person_id)
        columns = (AUDIT.c.at, AUDIT.c.actor_id, AUDIT.c.action, AUDIT.c.subject, AUDIT.c.details)
        query = select(*columns).where(or_(AUDIT.c.actor_id == person_id, about)).order_by(AUDIT.c.id)
        async with self._database.connect() as connection:
            rows = (await connection.execute(query)).all()
        return [
            {
                "at": row.at,
                "by": _who(row.actor_id, person_id),
                "action": row.action,
                "about": "you" if row.subject == of_person(person_id) else _unnamed(row.subject),
                "details": row.details,
            }
            for row in rows
        ]

    async def page(self, *, after: int, most: int) -> list[AuditLine]:
        """The `most` lines that follow line number `after`, oldest first."""
        found = (
            select(AUDIT, STAFF.c.name.label("actor_name"))
            .select_from(AUDIT.outerjoin(STAFF, STAFF.c.person_id == AUDIT.c.actor_id))
            .where(AUDIT.c.id > after)
            .order_by(AUDIT.c.id)
            .limit(most)
        )
        async with self._database.connect() as connection:
            return [AuditLine(**row._mapping) for row in await connection.execute(found)]


def _who(actor_id: int | None, person_id: int) -> str:
    """Who wrote a line, as the person may read it."""
    if actor_id is None:
        return "the bot, or somebody whose data is erased"
    return "you" if actor_id == person_id else "a member of staff"


def _unnamed(subject: str | None) -> str | None:
    """The subject of a line as somebody else may read it."""
    return "a person" if subject is not None and subject.startswith(of_person(0)[:-1]) else subject
