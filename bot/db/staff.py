"""Staff and their roles.

Roles are changed under a lock, by somebody who is an administrator at that very moment, and never so that no
administrator is left: two administrators who remove each other at the same time must not both succeed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, Table, case, delete, func, insert, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.audit import of_person, record
from bot.db.engine import Database
from bot.db.models import PersonRow, StaffInviteRow, StaffRow

STAFF: Table = StaffRow.__table__  # type: ignore[assignment]
PEOPLE: Table = PersonRow.__table__  # type: ignore[assignment]
INVITES: Table = StaffInviteRow.__table__  # type: ignore[assignment]
ADMINISTRATOR = "administrator"
BY_SETTING = "administrator by setting"
"""What the audit log says of the administrators of STAFF_IDS."""


@dataclass(frozen=True)
class StoredMember:
    """Somebody on the staff."""

    person_id: int
    role: str
    name: str | None
    granted_by: int | None
    granted_at: datetime
    language: str | None
    """In which they are spoken to; None if they have never written to the bot."""
    seen_at: datetime | None


class StaffRepository:
    """The staff table."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def ensure_administrators(self, people: Iterable[int], now: datetime) -> None:
        """Make these people administrators, whatever they were; the log says so of those who were none."""
        wanted = sorted(set(people))
        async with self._database.connect() as connection:
            known = select(STAFF.c.person_id).where(STAFF.c.role == ADMINISTRATOR)
            missing = [one for one in wanted if one not in set(await connection.scalars(known))]
        if not missing:
            return
        upsert = (sqlite.insert if self._database.dialect == "sqlite" else postgresql.insert)(STAFF)
        rows = [{"person_id": one, "role": ADMINISTRATOR, "granted_by": None, "granted_at": now} for one in missing]
        granted = {"role": upsert.excluded.role, "granted_by": None, "granted_at": upsert.excluded.granted_at}
        async with self._database.transaction() as connection:
            await connection.execute(upsert.on_conflict_do_update(index_elements=["person_id"], set_=granted), rows)
            for one in missing:
                await record(connection, BY_SETTING, now=now, subject=of_person(one))

    async def members(self) -> list[StoredMember]:
        """Everybody on the staff: administrators first, then by name."""
        first = case((STAFF.c.role == ADMINISTRATOR, 0), else_=1)
        async with self._database.connect() as connection:
            rows = await connection.execute(
                _members().order_by(first, STAFF.c.role, func.lower(STAFF.c.name), STAFF.c.person_id)
            )
            return [StoredMember(**row._mapping) for row in rows]

    async def member(self, person_id: int) -> StoredMember | None:
        """One of them; None if the person has no role."""
        async with self._database.connect() as connection:
            row = (await connection.execute(_members().where(STAFF.c.person_id == person_id))).first()
        return None if row is None else StoredMember(**row._mapping)

    async def language_of(self, person_id: int) -> str | None:
        """The language of anybody who has written to the bot; None of others."""
        async with self._database.connect() as connection:
            language: str | None = await connection.scalar(select(PEOPLE.c.language).where(PEOPLE.c.id == person_id))
        return language

    async def lock_for(self, connection: AsyncConnection, actor_id: int) -> bool:
        """Wait for everybody else who is changing roles; then, whether `actor_id` is an administrator (still)."""
        await lock(connection)
        role = await connection.scalar(select(STAFF.c.role).where(STAFF.c.person_id == actor_id))
        return bool(role == ADMINISTRATOR)

    async def add(
        self, connection: AsyncConnection, person_id: int, role: str, *, name: str | None, by: int | None, now: datetime
    ) -> bool:
        """Give a role to somebody without one. False if they have one by now."""
        if await connection.scalar(select(STAFF.c.person_id).where(STAFF.c.person_id == person_id)) is not None:
            return False
        values = {"person_id": person_id, "role": role, "name": name, "granted_by": by, "granted_at": now}
        await connection.execute(insert(STAFF), values)
        return True

    async def set_role(self, connection: AsyncConnection, person_id: int, role: str, *, by: int, now: datetime) -> bool:
        """Give another role to somebody who has one. False if they have none by now, or are the last administrator."""
        if role != ADMINISTRATOR and not await others_administrate(connection, person_id):
            return False
        changed = await connection.execute(
            update(STAFF).where(STAFF.c.person_id == person_id).values(role=role, granted_by=by, granted_at=now)
        )
        return changed.rowcount > 0

    async def remove(self, connection: AsyncConnection, person_id: int) -> bool:
        """Take a role away. False if they have none by now, or are the last administrator."""
        if not await others_administrate(connection, person_id):
            return False
        removed = await connection.execute(delete(STAFF).where(STAFF.c.person_id == person_id))
        return removed.rowcount > 0

    async def set_name(self, connection: AsyncConnection, person_id: int, name: str) -> None:
        """Write down what a member of staff is called."""
        await connection.execute(update(STAFF).where(STAFF.c.person_id == person_id).values(name=name))


async def lock(connection: AsyncConnection) -> None:
    """Wait for everybody else who is changing roles. On SQLite, a transaction has no other beside it anyway."""
    if connection.dialect.name == "postgresql":
        await connection.execute(text("LOCK TABLE staff IN SHARE ROW EXCLUSIVE MODE"))


async def others_administrate(connection: AsyncConnection, person_id: int) -> bool:
    """Whether there is an administrator beside this person."""
    found = select(STAFF.c.person_id).where(STAFF.c.role == ADMINISTRATOR, STAFF.c.person_id != person_id).limit(1)
    return await connection.scalar(found) is not None


async def erase_from_staff(connection: AsyncConnection, person_id: int, now: datetime) -> None:
    """Erase a person from the staff and from what they gave to others. The last administrator keeps the role, or nobody
    could ever give one again; only their name goes."""
    await lock(connection)
    themselves = STAFF.c.person_id == person_id
    if await others_administrate(connection, person_id):
        await connection.execute(delete(STAFF).where(themselves))
    else:
        await connection.execute(delete(STAFF).where(themselves, STAFF.c.role != ADMINISTRATOR))
        await connection.execute(update(STAFF).where(themselves).values(name=None))
    await connection.execute(update(STAFF).where(STAFF.c.granted_by == person_id).values(granted_by=None))
    await revoke_invites_of(connection, person_id, now)
    await connection.execute(update(INVITES).where(INVITES.c.created_by == person_id).values(created_by=None))
    used = update(INVITES).where(INVITES.c.used_by == person_id)
    await connection.execute(used.values(used_by=None, used_name=None))


async def revoke_invites_of(connection: AsyncConnection, person_id: int, now: datetime) -> None:
    """Whoever may no longer invite has not invited those who have not come yet."""
    open_ones = (INVITES.c.created_by == person_id, INVITES.c.used_at.is_(None), INVITES.c.revoked_at.is_(None))
    await connection.execute(update(INVITES).where(*open_ones).values(revoked_at=now))


def _members() -> Select[tuple[StoredMember]]:
    return select(STAFF, PEOPLE.c.language, PEOPLE.c.seen_at).select_from(
        STAFF.outerjoin(PEOPLE, PEOPLE.c.id == STAFF.c.person_id)
    )
