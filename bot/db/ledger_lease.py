"""Which worker sends now: one row that is taken, renewed, and free again when it runs out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Table, and_, case, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.engine import Database
from bot.db.ledger import DELIVERIES
from bot.db.models import SenderRow

SENDER: Table = SenderRow.__table__  # type: ignore[assignment]
ONE: Final = 1
LEASE: Final = timedelta(seconds=20)
"""How long a worker that says nothing more is still taken for alive. Clocks of several machines must agree to within
some seconds."""

LEASE_ROW = (
    select(SENDER.c.holder, SENDER.c.until, SENDER.c.paused_until).where(SENDER.c.id == ONE).with_for_update(of=SENDER)
)
"""The row, locked against other workers until the transaction ends."""
_SENDING = DELIVERIES.c.state == "sending"


@dataclass(frozen=True)
class Taken:
    """The lease is ours."""

    paused_until: datetime | None
    """Telegram wants nobody to send before."""
    again: int
    """Deliveries that were in the air in a worker that died, and go out again."""
    left: int
    """Those that are left as unknown, because their author wanted it so."""


@dataclass(frozen=True)
class Holder:
    """Whose the lease was."""

    name: str
    until: datetime


class LeaseRepository:
    """The sender row."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def holder(self) -> Holder | None:
        """Who holds the lease, run out or not."""
        async with self._database.connect() as connection:
            row = (await connection.execute(select(SENDER.c.holder, SENDER.c.until))).first()
        return None if row is None or row.holder is None else Holder(row.holder, row.until)

    async def take(self, name: str, now: datetime, *, even_from: str | None = None) -> Taken | None:
        """Take the lease if it is free or ours, or held by `even_from` (who is known to be dead); None if it is not.

        Who takes it takes over, in the same transaction, what others left in the air: it is queued again and marked, or
        left as unknown.
        """
        async with self._database.transaction() as connection:
            row = await _locked(connection)
            if row.holder not in (None, name, even_from) and row.until > now:
                return None
            await connection.execute(update(SENDER).values(holder=name, until=now + LEASE))
            again, left = await _take_over(connection, name, now)
        return Taken(row.paused_until, again, left)

    async def keep(self, name: str, now: datetime) -> bool:
        """Renew the lease if half of it is over; False if it is not ours any more."""
        async with self._database.transaction() as connection:
            row = (await connection.execute(LEASE_ROW)).first()
            return await keep(connection, row, name, now)

    async def release(self, name: str) -> None:
        """Let go of it, so that the next worker need not wait."""
        async with self._database.connect() as connection:
            await connection.execute(update(SENDER).where(SENDER.c.holder == name).values(holder=None, until=None))

    async def pause(self, until: datetime) -> None:
        """Whoever takes the lease before `until` waits."""
        async with self._database.connect() as connection:
            await connection.execute(update(SENDER).values(paused_until=until))


async def keep(connection: AsyncConnection, row: Any, name: str, now: datetime) -> bool:
    """Whether the lease, as `LEASE_ROW` found it, is ours until this transaction ends; renewed when half of it is
    over."""
    if row is None or row.holder != name or row.until <= now:
        return False
    if row.until - now < LEASE / 2:
        await connection.execute(update(SENDER).values(until=now + LEASE))
    return True


async def _locked(connection: AsyncConnection) -> Any:
    """The row, made at the first time."""
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    await connection.execute(insert(SENDER).values(id=ONE).on_conflict_do_nothing(index_elements=["id"]))
    return (await connection.execute(LEASE_ROW)).one()


async def _take_over(connection: AsyncConnection, name: str, now: datetime) -> tuple[int, int]:
    """What others left in the air. What only changes or deletes a message can be done twice, and nobody notices."""
    orphaned = and_(_SENDING, DELIVERIES.c.claimed_by != name)
    counted = (await connection.execute(select(func.count(), _leave_count()).where(orphaned))).one()
    if counted[0]:
        changes = DELIVERIES.c.targets.is_not(None)
        left = and_(DELIVERIES.c.on_unknown == "leave", ~changes)
        await connection.execute(
            update(DELIVERIES)
            .where(orphaned)
            .values(
                state=case((left, "unknown"), else_="queued"),
                maybe_twice=or_(DELIVERIES.c.maybe_twice, ~or_(changes, left)),
                error=case((left, "the worker died while it was sent"), else_=DELIVERIES.c.error),
                recorded_at=now,
            )
        )
    left_count = int(counted[1] or 0)
    return int(counted[0]) - left_count, left_count


def _leave_count() -> Any:
    left = and_(DELIVERIES.c.on_unknown == "leave", DELIVERIES.c.targets.is_(None))
    return func.sum(case((left, 1), else_=0))
