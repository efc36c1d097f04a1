"""What was handed in for the items of a checklist: files (Telegram's ids of them), statements, and the moves.

Every question names the person, so a code or a number in a button opens nothing that belongs to somebody else. What
staff sees of an item is read by `bot.db.review`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.applications import APPLICATIONS, MOVES, STATEMENTS, SUBMISSIONS, Move
from bot.db.engine import Database
from bot.db.models import WaitingFileRow

WAITING: Table = WaitingFileRow.__table__  # type: ignore[assignment]
FILE = ("file_id", "file_unique_id", "kind", "file_name", "mime_type", "size", "sent_at", "seq", "batch")
"""The columns of a file, wherever it is kept."""


@dataclass(frozen=True)
class StoredFile:
    """A file somebody sent: what Telegram calls it, never the file itself."""

    file_id: str
    file_unique_id: str
    kind: str
    """photo or document: how it is sent again."""
    file_name: str | None
    mime_type: str | None
    size: int | None
    """Bytes."""
    sent_at: datetime
    seq: int
    """Number of the update that brought it; what buttons name it by."""
    batch: int
    """Number of the update that brought the first of the files sent together."""
    removed_at: datetime | None = None
    removed_seq: int | None = None


@dataclass(frozen=True)
class Statement:
    """What the applicant says about a paper they do not have."""

    text: str
    said_at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True)
class ItemRecord:
    """All that was handed in for one item, and what became of it, oldest first."""

    files: tuple[StoredFile, ...] = ()
    """Removed ones too; `present` are those that count."""
    statements: tuple[Statement, ...] = ()
    moves: tuple[Move, ...] = ()

    @property
    def present(self) -> tuple[StoredFile, ...]:
        """The files that were not removed."""
        return tuple(file for file in self.files if file.removed_at is None)

    @property
    def statement(self) -> Statement | None:
        """The statement that stands: the last one that was not withdrawn."""
        return next((one for one in reversed(self.statements) if one.withdrawn_at is None), None)

    def withdrawn(self, now: datetime) -> ItemRecord:
        """The same after all statements were withdrawn."""
        statements = tuple(
            one if one.withdrawn_at is not None else replace(one, withdrawn_at=now) for one in self.statements
        )
        return replace(self, statements=statements)


@dataclass(frozen=True)
class Place:
    """An item of an application of somebody."""

    person_id: int
    code: str
    list_name: str
    item: str

    def of(self, table: Table) -> ColumnElement[bool]:
        """The rows of a table that belong to the item, and to this person."""
        return self.owned(table) & (table.c.list_name == self.list_name) & (table.c.item == self.item)

    def owned(self, table: Table) -> ColumnElement[bool]:
        """The rows of a table that belong to the application, if it is this person's."""
        owner = (APPLICATIONS.c.person_id == self.person_id) & (APPLICATIONS.c.code == self.code)
        return table.c.application_id.in_(select(APPLICATIONS.c.id).where(owner))


class SubmissionRepository:
    """Files, statements and moves of items."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def record(self, place: Place) -> ItemRecord:
        """What there is of an item; nothing if the application is not this person's."""
        async with self._database.connect() as connection:
            files = await connection.execute(
                select(SUBMISSIONS).where(place.of(SUBMISSIONS)).order_by(SUBMISSIONS.c.id)
            )
            statements = await connection.execute(
                select(STATEMENTS).where(place.of(STATEMENTS)).order_by(STATEMENTS.c.id)
            )
            moves = await connection.execute(select(MOVES).where(place.of(MOVES)).order_by(MOVES.c.id))
            return ItemRecord(
                files=tuple(
                    StoredFile(**_only(row, *FILE), removed_at=row.removed_at, removed_seq=row.removed_seq)
                    for row in files
                ),
                statements=tuple(Statement(row.text, row.said_at, row.withdrawn_at) for row in statements),
                moves=tuple(Move(**_only(row, *Move.__dataclass_fields__)) for row in moves),
            )

    async def files_of(self, person_id: int, code: str) -> dict[tuple[str, str], tuple[StoredFile, ...]]:
        """The files of all items of an application that were not removed, by list and item."""
        place = Place(person_id, code, "", "")
        query = select(SUBMISSIONS).where(place.owned(SUBMISSIONS), SUBMISSIONS.c.removed_at.is_(None))
        found: dict[tuple[str, str], tuple[StoredFile, ...]] = {}
        async with self._database.connect() as connection:
            for row in await connection.execute(query.order_by(SUBMISSIONS.c.id)):
                there = found.get((row.list_name, row.item), ())
                found[row.list_name, row.item] = (*there, StoredFile(**_only(row, *FILE)))
        return found

    async def add(self, connection: AsyncConnection, place: Place, file: StoredFile) -> None:
        """Put a file to an item. One that was removed from it before takes the place of the removed one."""
        await connection.execute(
            delete(SUBMISSIONS).where(
                place.of(SUBMISSIONS),
                SUBMISSIONS.c.file_unique_id == file.file_unique_id,
                SUBMISSIONS.c.removed_at.is_not(None),
            )
        )
        application_id = await self._application(connection, place)
        if application_id is not None:
            where = {"application_id": application_id, "list_name": place.list_name, "item": place.item}
            await connection.execute(insert(SUBMISSIONS), where | {name: getattr(file, name) for name in FILE})

    async def remove(
        self, connection: AsyncConnection, place: Place, files: Collection[int], *, seq: int, now: datetime
    ) -> None:
        """Take files (by their `seq`) away from an item; they can be restored."""
        await connection.execute(
            update(SUBMISSIONS)
            .where(place.of(SUBMISSIONS), SUBMISSIONS.c.seq.in_(files), SUBMISSIONS.c.removed_at.is_(None))
            .values(removed_at=now, removed_seq=seq)
        )

    async def restore(self, connection: AsyncConnection, place: Place, removed_seq: int) -> None:
        """Bring back the files that one update removed."""
        await connection.execute(
            update(SUBMISSIONS)
            .where(place.of(SUBMISSIONS), SUBMISSIONS.c.removed_seq == removed_seq)
            .values(removed_at=None, removed_seq=None)
        )

    async def drop(self, connection: AsyncConnection, place: Place, files: Collection[int]) -> None:
        """Take files away from an item as if they had never been there: they were meant for another one."""
        await connection.execute(delete(SUBMISSIONS).where(place.of(SUBMISSIONS), SUBMISSIONS.c.seq.in_(files)))

    async def state(self, connection: AsyncConnection, place: Place, text: str, *, now: datetime) -> None:
        """Write down what the applicant says about a paper they do not have, in place of what they said before."""
        await self.withdraw(connection, place, now=now)
        application_id = await self._application(connection, place)
        if application_id is not None:
            where = {"application_id": application_id, "list_name": place.list_name, "item": place.item}
            await connection.execute(insert(STATEMENTS), where | {"text": text, "said_at": now})

    async def withdraw(self, connection: AsyncConnection, place: Place, *, now: datetime) -> None:
        """What the applicant said about the item does not stand any more."""
        await connection.execute(
            update(STATEMENTS).where(place.of(STATEMENTS), STATEMENTS.c.withdrawn_at.is_(None)).values(withdrawn_at=now)
        )

    async def _application(self, connection: AsyncConnection, place: Place) -> int | None:
        found: int | None = await connection.scalar(
            select(APPLICATIONS.c.id).where(
                APPLICATIONS.c.person_id == place.person_id, APPLICATIONS.c.code == place.code
            )
        )
        return found


class WaitingFiles:
    """Files that nobody knows the item of, yet."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_person(self, person_id: int) -> tuple[StoredFile, ...]:
        """The person's files that wait, oldest first."""
        query = select(WAITING).where(WAITING.c.person_id == person_id).order_by(WAITING.c.seq)
        async with self._database.connect() as connection:
            return tuple(StoredFile(**_only(row, *FILE)) for row in await connection.execute(query))

    async def kept_of(self, person_id: int) -> int:
        """How many files of the person are known, those that wait and those that were handed in."""
        owned = select(APPLICATIONS.c.id).where(APPLICATIONS.c.person_id == person_id)
        waiting = select(func.count()).select_from(WAITING).where(WAITING.c.person_id == person_id)
        handed_in = select(func.count()).select_from(SUBMISSIONS).where(SUBMISSIONS.c.application_id.in_(owned))
        async with self._database.connect() as connection:
            row = (await connection.execute(select(waiting.scalar_subquery(), handed_in.scalar_subquery()))).one()
        return int(row[0] + row[1])

    async def add(self, connection: AsyncConnection, person_id: int, file: StoredFile, *, since: datetime) -> None:
        """Let a file wait; what waits since before `since` is given up."""
        await connection.execute(delete(WAITING).where(WAITING.c.person_id == person_id, WAITING.c.sent_at < since))
        await connection.execute(
            insert(WAITING), {"person_id": person_id} | {name: getattr(file, name) for name in FILE}
        )

    async def take(self, connection: AsyncConnection, person_id: int, files: Collection[int]) -> None:
        """These files (by their `seq`) wait no longer."""
        await connection.execute(delete(WAITING).where(WAITING.c.person_id == person_id, WAITING.c.seq.in_(files)))

    async def separate(self, connection: AsyncConnection, person_id: int, files: Collection[int]) -> None:
        """These files belong to different items: each becomes a batch of its own."""
        await connection.execute(
            update(WAITING)
            .where(WAITING.c.person_id == person_id, WAITING.c.seq.in_(files))
            .values(batch=WAITING.c.seq)
        )


def _only(row: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
