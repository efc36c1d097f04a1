"""Who has an item before them, and what was decided about it.

Both are written in the transaction of the update that wants it; what is found there is what counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, Table, delete, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.applications import APPLICATIONS, ITEMS, MOVES
from bot.db.engine import Database
from bot.db.ledger import DELIVERIES
from bot.db.models import ReviewDecisionRow
from bot.db.review import CLAIMS, StoredItem, item_of

DECISIONS: Table = ReviewDecisionRow.__table__  # type: ignore[assignment]


@dataclass(frozen=True)
class StoredDecision:
    """What a reviewer decided."""

    id: int
    item_id: int
    reviewer_id: int
    from_status: str
    to_status: str
    reason: str | None
    waiting_since: datetime
    at: datetime
    told_with: str
    undone_at: datetime | None


class DecisionRepository:
    """Claims and decisions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def decision(self, decision_id: int) -> StoredDecision | None:
        """One decision."""
        found = select(DECISIONS).where(DECISIONS.c.id == decision_id)
        async with self._database.connect() as connection:
            row = (await connection.execute(found)).first()
        return None if row is None else StoredDecision(**row._mapping)

    async def is_told(self, key: str) -> bool:
        """Whether the message of this key is on its way to the applicant, or there."""
        state = select(DELIVERIES.c.state).where(DELIVERIES.c.key == key)
        async with self._database.connect() as connection:
            return await connection.scalar(state) != "queued"

    async def latest_decision(self, reviewer_id: int, *, since: datetime) -> StoredDecision | None:
        """What the reviewer decided last, not before `since`, and has not undone."""
        found = (
            select(DECISIONS)
            .where(DECISIONS.c.reviewer_id == reviewer_id, DECISIONS.c.at > since, DECISIONS.c.undone_at.is_(None))
            .order_by(DECISIONS.c.id.desc())
            .limit(1)
        )
        async with self._database.connect() as connection:
            row = (await connection.execute(found)).first()
        return None if row is None else StoredDecision(**row._mapping)

    async def claim(
        self, connection: AsyncConnection, item_id: int, reviewer_id: int, *, now: datetime, until: datetime, over: int
    ) -> bool:
        """Take the item, unless somebody else than the reviewer numbered `over` (0: nobody) has it before them."""
        upsert = (sqlite.insert if self._database.dialect == "sqlite" else postgresql.insert)(CLAIMS)
        free = or_(CLAIMS.c.reviewer_id.in_((reviewer_id, over)), CLAIMS.c.until <= now)
        taken = upsert.values(item_id=item_id, reviewer_id=reviewer_id, until=until).on_conflict_do_update(
            index_elements=["item_id"], set_={"reviewer_id": reviewer_id, "until": until}, where=free
        )
        return (await connection.execute(taken)).rowcount > 0


async def release(connection: AsyncConnection, reviewer_id: int, *, but: int = 0) -> None:
    """Give back what the reviewer has before them, except the item `but`."""
    await connection.execute(delete(CLAIMS).where(CLAIMS.c.reviewer_id == reviewer_id, CLAIMS.c.item_id != but))


async def record_decision(connection: AsyncConnection, values: dict[str, Any]) -> None:
    """Write a decision down."""
    await connection.execute(insert(DECISIONS).values(**values))


async def mark_undone(connection: AsyncConnection, decision_id: int, now: datetime) -> bool:
    """Mark a decision as undone; False if it was."""
    undo = update(DECISIONS).where(DECISIONS.c.id == decision_id, DECISIONS.c.undone_at.is_(None))
    return (await connection.execute(undo.values(undone_at=now))).rowcount > 0


async def decisions_told_with(connection: AsyncConnection, key: str) -> list[tuple[StoredDecision, StoredItem]]:
    """What one message tells, oldest first; what was undone or decided anew is left out."""
    query = select(DECISIONS).where(DECISIONS.c.told_with == key, DECISIONS.c.undone_at.is_(None))
    found = [StoredDecision(**row._mapping) for row in await connection.execute(query.order_by(DECISIONS.c.id))]
    last = {decision.item_id: decision for decision in found}
    told: list[tuple[StoredDecision, StoredItem]] = []
    for decision in last.values():
        item = await item_of(connection, decision.item_id)
        if item is not None and item.status == decision.to_status:
            told.append((decision, item))
    return told


async def latest_message(connection: AsyncConnection, item: StoredItem, *, since: datetime) -> str | None:
    """The key of the message that was begun for the application after `since`, if there is one."""
    first = func.min(DECISIONS.c.at)
    query: Select[Any] = (
        select(DECISIONS.c.told_with)
        .join(ITEMS, ITEMS.c.id == DECISIONS.c.item_id)
        .join(APPLICATIONS, APPLICATIONS.c.id == ITEMS.c.application_id)
        .where(APPLICATIONS.c.code == item.code, DECISIONS.c.undone_at.is_(None))
        .group_by(DECISIONS.c.told_with)
        .having(first > since)
        .order_by(first.desc())
        .limit(1)
    )
    key: str | None = await connection.scalar(query)
    return key


async def tell_with(connection: AsyncConnection, before: str, after: str) -> bool:
    """Tell what was to be told with one message with another one; False if there is nothing to tell."""
    moved = update(DECISIONS).where(DECISIONS.c.told_with == before, DECISIONS.c.undone_at.is_(None))
    return (await connection.execute(moved.values(told_with=after))).rowcount > 0


async def message_about(connection: AsyncConnection, item_id: int) -> str | None:
    """The key of the message that tells the last decision about an item."""
    query = select(DECISIONS.c.told_with).where(DECISIONS.c.item_id == item_id).order_by(DECISIONS.c.id.desc())
    key: str | None = await connection.scalar(query.limit(1))
    return key


async def forget_reviewer(connection: AsyncConnection, person_id: int) -> None:
    """Erase a member of staff from what they decided for others: that it was decided stays, by whom goes."""
    await connection.execute(delete(CLAIMS).where(CLAIMS.c.reviewer_id == person_id))
    await connection.execute(update(DECISIONS).where(DECISIONS.c.reviewer_id == person_id).values(reviewer_id=0))
    await connection.execute(update(MOVES).where(MOVES.c.actor_id == person_id).values(actor_id=0))
