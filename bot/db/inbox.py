"""Updates of Telegram at rest: stored before they are confirmed, read one at a time with their person, pruned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Row, Table, bindparam, delete, func, or_, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.db.engine import Database
from bot.db.models import InboxRow, PersonRow, StaffRow
from bot.db.people import PERSON_COLUMNS, StoredPerson, person_of

INBOX: Table = InboxRow.__table__  # type: ignore[assignment]
PEOPLE: Table = PersonRow.__table__  # type: ignore[assignment]
STAFF: Table = StaffRow.__table__  # type: ignore[assignment]


@dataclass(frozen=True)
class Arrival:
    """An update to be stored. `payload` is its JSON text as Telegram sent it."""

    update_id: int
    person_id: int
    payload: str
    received_at: datetime


@dataclass(frozen=True)
class Waiting:
    """An update to be handled, with its person as the last update left them (None: not met before)."""

    seq: int
    update_id: int
    person_id: int
    payload: str
    person: StoredPerson | None


_INSERTS = {
    "sqlite": sqlite.insert(INBOX).on_conflict_do_nothing(index_elements=["update_id"]),
    "postgresql": postgresql.insert(INBOX).on_conflict_do_nothing(index_elements=["update_id"]),
}
_APPLIED = select(PEOPLE.c.applied_seq).where(PEOPLE.c.id == INBOX.c.person_id).scalar_subquery()
_FINISHED = or_(INBOX.c.payload.is_(None), INBOX.c.seq <= _APPLIED)
_UNFINISHED = (INBOX.c.payload.is_not(None), INBOX.c.seq > func.coalesce(PEOPLE.c.applied_seq, 0))
_WITH_PERSON = INBOX.outerjoin(PEOPLE, PEOPLE.c.id == INBOX.c.person_id)
_NEXT = (
    select(INBOX.c.seq, INBOX.c.update_id, INBOX.c.payload, STAFF.c.role, *PERSON_COLUMNS)
    .select_from(_WITH_PERSON.outerjoin(STAFF, STAFF.c.person_id == INBOX.c.person_id))
    .where(INBOX.c.person_id == bindparam("of_person"), *_UNFINISHED)
    .order_by(INBOX.c.seq)
    .limit(1)
)
_UNFINISHED_PEOPLE = (
    select(INBOX.c.person_id, func.count().label("waiting"))
    .select_from(_WITH_PERSON)
    .where(*_UNFINISHED)
    .group_by(INBOX.c.person_id)
    .order_by(func.min(INBOX.c.seq))
)
_EMPTY = update(INBOX).where(INBOX.c.seq == bindparam("one")).values(payload=None)
_TURNS = text(
    "SELECT pg_advisory_xact_lock(person * 2) FROM (SELECT DISTINCT unnest(:people) AS person ORDER BY 1) AS turns"
).bindparams(bindparam("people", type_=postgresql.ARRAY(BigInteger)))


class InboxRepository:
    """The inbox table."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._insert = _INSERTS[database.dialect]

    async def add(self, arrivals: Sequence[Arrival]) -> None:
        """Store updates; one that is there already (Telegram delivers again what it saw no answer to) is left alone."""
        rows = [vars(arrival) for arrival in arrivals]
        if self._database.dialect == "sqlite" and len(rows) == 1:
            async with self._database.connect() as connection:
                await connection.execute(self._insert, rows[0])
            return
        async with self._database.transaction() as connection:
            if self._database.dialect == "postgresql":
                # Numbers are given before the commit. Without taking turns, one person's earlier number could be
                # committed after the later one was handled, and would be taken for finished.
                await connection.execute(_TURNS, {"people": sorted({row["person_id"] for row in rows})})
            await connection.execute(self._insert, rows)

    async def next(self, person_id: int) -> Waiting | None:
        """The person's oldest update that is not finished, and the person, in one statement."""
        async with self._database.connect() as connection:
            row = (await connection.execute(_NEXT, {"of_person": person_id})).first()
        return None if row is None else _waiting(row, person_id)

    async def unfinished(self) -> dict[int, int]:
        """How many updates wait, by person; whose first came first stands first."""
        async with self._database.connect() as connection:
            return {row.person_id: row.waiting for row in await connection.execute(_UNFINISHED_PEOPLE)}

    async def finish(self, seq: int) -> None:
        """Finish an update that leaves no trace in a person's row. It still remembers its `update_id`."""
        async with self._database.connect() as connection:
            await connection.execute(_EMPTY, {"one": seq})

    async def content_of(self, person_id: int) -> list[tuple[datetime, str]]:
        """When each update of the person was received and what it holds, as far as it is still kept."""
        found = (
            select(INBOX.c.received_at, INBOX.c.payload)
            .where(INBOX.c.person_id == person_id, INBOX.c.payload.is_not(None))
            .order_by(INBOX.c.seq)
        )
        async with self._database.connect() as connection:
            return [(row.received_at, row.payload) for row in await connection.execute(found)]

    async def newest(self) -> int:
        """The highest number given so far among what is stored; 0 if nothing is."""
        async with self._database.connect() as connection:
            return await connection.scalar(select(func.max(INBOX.c.seq))) or 0

    async def forget_finished(self, up_to: int) -> None:
        """Delete what is finished, up to a number. Only what Telegram knows to be confirmed may go: anything else can
        come again, and must then be recognised."""
        async with self._database.connect() as connection:
            await connection.execute(delete(INBOX).where(INBOX.c.seq <= up_to, _FINISHED))

    async def empty_finished(self) -> None:
        """Remove the content of what is finished, keeping the numbers by which a repetition is recognised."""
        async with self._database.connect() as connection:
            await connection.execute(
                update(INBOX).where(INBOX.c.payload.is_not(None), INBOX.c.seq <= _APPLIED).values(payload=None)
            )

    async def forget_before(self, moment: datetime) -> None:
        """Delete what was finished and received before `moment`, after which Telegram repeats nothing."""
        async with self._database.connect() as connection:
            await connection.execute(delete(INBOX).where(INBOX.c.payload.is_(None), INBOX.c.received_at < moment))


def _waiting(row: Row[Any], person_id: int) -> Waiting:
    return Waiting(
        seq=row.seq, update_id=row.update_id, person_id=person_id, payload=row.payload, person=person_of(row)
    )
