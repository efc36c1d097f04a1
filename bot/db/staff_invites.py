"""Links that make somebody a member of staff, once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Table, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.engine import Database
from bot.db.models import StaffInviteRow

INVITES: Table = StaffInviteRow.__table__  # type: ignore[assignment]


@dataclass(frozen=True)
class StoredInvite:
    """An invitation as it was read."""

    id: int
    token_hash: str
    role: str
    created_by: int | None
    created_at: datetime
    expires_at: datetime
    used_by: int | None
    used_name: str | None
    used_at: datetime | None
    revoked_at: datetime | None

    def is_open(self, now: datetime) -> bool:
        """Whether somebody can still come by it."""
        return self.used_at is None and self.revoked_at is None and now < self.expires_at


class StaffInviteRepository:
    """The invitations."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def newest(self, most: int) -> list[StoredInvite]:
        """The last invitations, newest first."""
        async with self._database.connect() as connection:
            rows = await connection.execute(select(INVITES).order_by(INVITES.c.id.desc()).limit(most))
            return [StoredInvite(**row._mapping) for row in rows]

    async def with_hash(self, token_hash: str) -> StoredInvite | None:
        """The invitation whose token has this hash."""
        async with self._database.connect() as connection:
            row = (await connection.execute(select(INVITES).where(INVITES.c.token_hash == token_hash))).first()
        return None if row is None else StoredInvite(**row._mapping)

    async def insert(
        self, connection: AsyncConnection, token_hash: str, role: str, *, by: int, now: datetime, until: datetime
    ) -> None:
        """Write a new invitation down."""
        values = {"token_hash": token_hash, "role": role, "created_by": by, "created_at": now, "expires_at": until}
        await connection.execute(insert(INVITES), values)

    async def use(self, connection: AsyncConnection, token_hash: str, person_id: int, name: str, now: datetime) -> bool:
        """Take the invitation. False if it is no longer open: somebody else was first, or it was revoked."""
        taken = await connection.execute(
            update(INVITES)
            .where(INVITES.c.token_hash == token_hash, INVITES.c.expires_at > now, *_UNTOUCHED)
            .values(used_by=person_id, used_name=name, used_at=now)
        )
        return taken.rowcount > 0

    async def revoke(self, connection: AsyncConnection, token_hash: str, now: datetime) -> bool:
        """Close an invitation. False if there was nothing to close."""
        closed = await connection.execute(
            update(INVITES).where(INVITES.c.token_hash == token_hash, *_UNTOUCHED).values(revoked_at=now)
        )
        return closed.rowcount > 0


_UNTOUCHED = (INVITES.c.used_at.is_(None), INVITES.c.revoked_at.is_(None))
