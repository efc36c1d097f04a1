"""People: one row holds all that an update needs to know and to change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import Insert, Row, Table, Update, bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.engine import Database
from bot.db.models import InboxRow, PersonRow, StaffRow

PEOPLE: Table = PersonRow.__table__  # type: ignore[assignment]
STAFF: Table = StaffRow.__table__  # type: ignore[assignment]
INBOX: Table = InboxRow.__table__  # type: ignore[assignment]

STATE: Final = (
    "language",
    "language_chosen",
    "timezone",
    "answers",
    "goal",
    "application",
    "conversation",
    "reachable",
    "preferences",
    "name",
    "username",
)
"""The columns that an update may change."""

PERSON_COLUMNS: Final = (*(PEOPLE.c[name] for name in STATE), PEOPLE.c.applied_seq, PEOPLE.c.created_at)


@dataclass(frozen=True)
class StoredPerson:
    """A person's row as it was read."""

    language: str
    language_chosen: bool
    timezone: str
    answers: dict[str, Any]
    goal: str
    application: str | None
    conversation: dict[str, Any]
    reachable: bool
    preferences: dict[str, Any]
    name: str | None
    username: str | None
    applied_seq: int
    created_at: datetime
    role: str | None


def person_of(row: Row[Any]) -> StoredPerson | None:
    """The person of a row that holds `PERSON_COLUMNS` and `role`; None where the outer join found nobody."""
    if row.applied_seq is None:
        return None
    return StoredPerson(
        **{name: getattr(row, name) for name in STATE},
        applied_seq=row.applied_seq,
        created_at=row.created_at,
        role=row.role,
    )


class PeopleRepository:
    """The people table. Writing takes the connection of whoever knows what belongs into one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def load(self, person_id: int) -> StoredPerson | None:
        """The person, or None if they never wrote or were erased."""
        found = (
            select(STAFF.c.role, *PERSON_COLUMNS)
            .select_from(PEOPLE.outerjoin(STAFF, STAFF.c.person_id == PEOPLE.c.id))
            .where(PEOPLE.c.id == person_id)
        )
        async with self._database.connect() as connection:
            row = (await connection.execute(found)).first()
        return None if row is None else person_of(row)

    async def role(self, person_id: int) -> str | None:
        """The person's role, if they have one."""
        async with self._database.connect() as connection:
            role: str | None = await connection.scalar(select(STAFF.c.role).where(STAFF.c.person_id == person_id))
        return role

    async def insert(
        self, connection: AsyncConnection, person_id: int, state: Mapping[str, Any], *, seq: int, now: datetime
    ) -> None:
        """First contact."""
        await connection.execute(
            _insert(), {"id": person_id, **state, "applied_seq": seq, "created_at": now, "seen_at": now}
        )

    async def update(
        self, connection: AsyncConnection, person_id: int, changes: Mapping[str, Any], *, seq: int, now: datetime
    ) -> bool:
        """Write what changed, and that update `seq` is done. False if it was done before: then nothing is written."""
        values = {f"new_{name}": value for name, value in changes.items()}
        result = await connection.execute(
            _update(frozenset(changes)), {**values, "of_id": person_id, "new_seq": seq, "new_seen": now}
        )
        return result.rowcount > 0

    async def erase(self, connection: AsyncConnection, person_id: int, *, up_to: int) -> None:
        """Delete the person and all that hangs on them. Of their updates up to number `up_to` only the numbers stay, so
        that one that Telegram brings again is recognised."""
        await connection.execute(delete(PEOPLE).where(PEOPLE.c.id == person_id))
        await connection.execute(
            update(INBOX).where(INBOX.c.person_id == person_id, INBOX.c.seq <= up_to).values(payload=None, person_id=0)
        )


@cache
def _insert() -> Insert:
    return insert(PEOPLE)


@cache
def _update(changed: frozenset[str]) -> Update:
    """One statement for each combination of changed columns; building it costs more than executing it."""
    return (
        update(PEOPLE)
        .where(PEOPLE.c.id == bindparam("of_id"), PEOPLE.c.applied_seq < bindparam("new_seq"))
        .values(
            {name: bindparam(f"new_{name}") for name in sorted(changed)}
            | {"applied_seq": bindparam("new_seq"), "seen_at": bindparam("new_seen")}
        )
    )
