"""Staff roles and the audit log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Table, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.engine import Database
from bot.db.models import AuditRow, StaffRow

STAFF: Table = StaffRow.__table__  # type: ignore[assignment]
AUDIT: Table = AuditRow.__table__  # type: ignore[assignment]
ADMINISTRATOR = "administrator"


class StaffRepository:
    """The staff and audit tables."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def ensure_administrators(self, people: Iterable[int], now: datetime) -> None:
        """Make these people administrators, unless they have a role already."""
        async with self._database.connect() as connection:
            known = set(await connection.scalars(select(STAFF.c.person_id)))
        missing = sorted(set(people) - known)
        if not missing:
            return
        upsert = (sqlite.insert if self._database.dialect == "sqlite" else postgresql.insert)(STAFF)
        async with self._database.transaction() as connection:
            await connection.execute(
                upsert.on_conflict_do_nothing(),
                [{"person_id": one, "role": ADMINISTRATOR, "granted_by": None, "granted_at": now} for one in missing],
            )


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
