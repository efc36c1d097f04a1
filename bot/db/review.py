"""The queue of submitted items: what waits, what belongs to it, and who has it before them.

Statements that change something take a connection: they belong into the transaction of the update that wants them, and
what they find there is what they decide by.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, Table, insert, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.applications import APPLICATIONS, ITEMS, MOVES, STATEMENTS, SUBMISSIONS, Move
from bot.db.engine import Database
from bot.db.models import PersonRow, ReviewClaimRow, StaffRow

CLAIMS: Table = ReviewClaimRow.__table__  # type: ignore[assignment]
PEOPLE: Table = PersonRow.__table__  # type: ignore[assignment]
STAFF: Table = StaffRow.__table__  # type: ignore[assignment]

SUBMITTED: Final = "submitted"


@dataclass(frozen=True)
class StoredItem:
    """An item of somebody's checklist, with the application it belongs to and whoever has it before them."""

    id: int
    list_name: str
    item: str
    status: str
    updated_at: datetime
    code: str
    name: str
    person_id: int
    answers: dict[str, Any]
    mobility_type: str | None
    programme: str | None
    language: str
    claimed_by: int | None
    claimed_until: datetime | None
    claimant: str | None
    """The claimant's name, if it is known."""


@dataclass(frozen=True)
class HandedIn:
    """A file that was handed in for an item and not removed."""

    id: int
    file_id: str
    kind: str
    file_name: str | None
    size: int | None
    sent_at: datetime


@dataclass(frozen=True)
class Content:
    """What a decision is about."""

    files: tuple[HandedIn, ...]
    statement: str | None
    """What the applicant says about a paper they do not have."""


class ReviewRepository:
    """The queue and what hangs on it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def waiting(
        self,
        *,
        reviewer_id: int,
        mobility_type: str | None = None,
        programme: str | None = None,
        among: Collection[tuple[str, str]] | None = None,
        limit: int,
    ) -> list[StoredItem]:
        """The submitted items of others than the reviewer, oldest first. `among`: only these (list, item)."""
        query = _items().where(ITEMS.c.status == SUBMITTED, APPLICATIONS.c.person_id != reviewer_id)
        if mobility_type is not None:
            query = query.where(APPLICATIONS.c.mobility_type == mobility_type)
        if programme is not None:
            query = query.where(APPLICATIONS.c.programme == programme)
        if among is not None:
            query = query.where(tuple_(ITEMS.c.list_name, ITEMS.c.item).in_(list(among)))
        async with self._database.connect() as connection:
            rows = await connection.execute(query.order_by(ITEMS.c.updated_at, ITEMS.c.id).limit(limit))
            return [_item(row) for row in rows]

    async def item(self, item_id: int) -> StoredItem | None:
        """One item, whatever its status; None if it is gone."""
        async with self._database.connect() as connection:
            return await item_of(connection, item_id)

    async def content(self, item_id: int) -> Content:
        """What was handed in for an item."""
        async with self._database.connect() as connection:
            return await content_of(connection, item_id)

    async def moves(self, item_id: int) -> list[Move]:
        """The history of an item, oldest first."""
        columns = [MOVES.c[name] for name in Move.__dataclass_fields__]
        query = select(*columns).join(ITEMS, _same_item(MOVES)).where(ITEMS.c.id == item_id).order_by(MOVES.c.id)
        async with self._database.connect() as connection:
            return [Move(**row._mapping) for row in await connection.execute(query)]


async def lock(connection: AsyncConnection, item_id: int) -> StoredItem | None:
    """The item as it is, and as it stays until the transaction ends. Whoever decides about any item of the same
    application waits."""
    owner = select(APPLICATIONS.c.id).join(ITEMS, ITEMS.c.application_id == APPLICATIONS.c.id)
    await connection.execute(owner.where(ITEMS.c.id == item_id).with_for_update())
    return await item_of(connection, item_id)


async def item_of(connection: AsyncConnection, item_id: int) -> StoredItem | None:
    """One item; None if it is gone."""
    row = (await connection.execute(_items().where(ITEMS.c.id == item_id))).first()
    return None if row is None else _item(row)


async def content_of(connection: AsyncConnection, item_id: int) -> Content:
    """What was handed in for an item: files that were not removed, oldest first, and what is said instead."""
    columns = [SUBMISSIONS.c[name] for name in HandedIn.__dataclass_fields__]
    files = select(*columns).join(ITEMS, _same_item(SUBMISSIONS))
    query = files.where(ITEMS.c.id == item_id, SUBMISSIONS.c.removed_at.is_(None)).order_by(SUBMISSIONS.c.id)
    found = tuple(HandedIn(**row._mapping) for row in await connection.execute(query))
    said = select(STATEMENTS.c.text).join(ITEMS, _same_item(STATEMENTS))
    standing = said.where(ITEMS.c.id == item_id, STATEMENTS.c.withdrawn_at.is_(None)).order_by(STATEMENTS.c.id.desc())
    statement: str | None = await connection.scalar(standing.limit(1))
    return Content(found, statement)


async def move(
    connection: AsyncConnection,
    item: StoredItem,
    to_status: str,
    *,
    actor_id: int,
    reason: str | None,
    now: datetime,
    waiting_since: datetime | None = None,
) -> bool:
    """Set the status of an item and write the move down; False if it has another status than `item` by now.
    `waiting_since`: the place in the queue that it gets."""
    where = (ITEMS.c.id == item.id) & (ITEMS.c.status == item.status)
    moved = update(ITEMS).where(where).values(status=to_status, updated_at=waiting_since or now)
    if not (await connection.execute(moved)).rowcount:
        return False
    owner = select(ITEMS.c.application_id).where(ITEMS.c.id == item.id).scalar_subquery()
    written = Move(item.list_name, item.item, item.status, to_status, actor_id, now, reason)
    values = {"application_id": owner, **vars(written)}
    await connection.execute(insert(MOVES).values(**values))
    return True


def _items() -> Select[Any]:
    return (
        select(
            *(ITEMS.c[name] for name in ("id", "list_name", "item", "status", "updated_at")),
            *(APPLICATIONS.c[name] for name in ("code", "name", "person_id", "answers", "mobility_type", "programme")),
            PEOPLE.c.language,
            CLAIMS.c.reviewer_id.label("claimed_by"),
            CLAIMS.c.until.label("claimed_until"),
            STAFF.c.name.label("claimant"),
        )
        .join(APPLICATIONS, APPLICATIONS.c.id == ITEMS.c.application_id)
        .join(PEOPLE, PEOPLE.c.id == APPLICATIONS.c.person_id)
        .outerjoin(CLAIMS, CLAIMS.c.item_id == ITEMS.c.id)
        .outerjoin(STAFF, STAFF.c.person_id == CLAIMS.c.reviewer_id)
    )


def _same_item(table: Table) -> ColumnElement[bool]:
    return (
        (table.c.application_id == ITEMS.c.application_id)
        & (table.c.list_name == ITEMS.c.list_name)
        & (table.c.item == ITEMS.c.item)
    )


def _item(row: Row[Any]) -> StoredItem:
    return StoredItem(**row._mapping)
