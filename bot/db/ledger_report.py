"""What became of a batch: its state, counts, and its rows one by one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from bot.db.engine import Database
from bot.db.ledger import BATCHES, DELIVERIES, OPEN

PAGE = 1000
"""Rows read at a time; a report of a hundred thousand must not lie in memory."""


@dataclass(frozen=True)
class Batch:
    """A batch as it stands; see bot/db/models/ledger.py for its parts."""

    id: int
    announcement_id: int | None
    purpose: str
    kind: str
    state: str
    author_id: int | None
    on_unknown: str
    pause_reason: str | None
    open_until: datetime | None
    created_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True)
class Counts:
    """How many deliveries are in each state."""

    by_state: dict[str, int]
    maybe_twice: int
    """Those that the person may have twice, whatever their state."""

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.by_state.values())

    @property
    def open(self) -> int:
        """Those that have no final state yet."""
        return sum(self.by_state.get(state, 0) for state in OPEN)

    def of(self, state: str) -> int:
        """How many are in this state."""
        return self.by_state.get(state, 0)


@dataclass(frozen=True)
class Fate:
    """What became of one delivery."""

    id: int
    person_id: int
    subject: str | None
    state: str
    maybe_twice: bool
    recorded_at: datetime | None
    error_code: int | None
    error: str | None


class LedgerReports:
    """Reading about batches."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def batch(self, batch_id: int) -> Batch | None:
        """One batch."""
        return next(iter(await self._batches(BATCHES.c.id == batch_id)), None)

    async def batches_of(self, announcement_id: int) -> list[Batch]:
        """The sendings, corrections and recalls of an announcement, oldest first."""
        return await self._batches(BATCHES.c.announcement_id == announcement_id)

    async def counts(self, batches: Sequence[int]) -> Counts:
        """The deliveries of these batches together."""
        found = (
            select(DELIVERIES.c.state, DELIVERIES.c.maybe_twice, func.count().label("n"))
            .where(DELIVERIES.c.batch_id.in_(batches))
            .group_by(DELIVERIES.c.state, DELIVERIES.c.maybe_twice)
        )
        by_state: dict[str, int] = {}
        twice = 0
        async with self._database.connect() as connection:
            for row in await connection.execute(found):
                by_state[row.state] = by_state.get(row.state, 0) + row.n
                twice += row.n if row.maybe_twice else 0
        return Counts(by_state, twice)

    async def reasons(self, batches: Sequence[int]) -> dict[tuple[str, str], int]:
        """How often each state came with each error text; sent ones are left out."""
        found = (
            select(DELIVERIES.c.state, DELIVERIES.c.error, func.count().label("n"))
            .where(DELIVERIES.c.batch_id.in_(batches), DELIVERIES.c.error.is_not(None), DELIVERIES.c.state != "sent")
            .group_by(DELIVERIES.c.state, DELIVERIES.c.error)
        )
        async with self._database.connect() as connection:
            return {(row.state, row.error): row.n for row in await connection.execute(found)}

    async def fates(self, batches: Sequence[int]) -> AsyncIterator[Fate]:
        """Every delivery of these batches in the order of their numbers, some at a time."""
        columns = [DELIVERIES.c[name] for name in Fate.__dataclass_fields__]
        after = 0
        while True:
            found = (
                select(*columns)
                .where(DELIVERIES.c.batch_id.in_(batches), DELIVERIES.c.id > after)
                .order_by(DELIVERIES.c.id)
                .limit(PAGE)
            )
            async with self._database.connect() as connection:
                rows = (await connection.execute(found)).all()
            for row in rows:
                yield Fate(**row._mapping)
            if len(rows) < PAGE:
                return
            after = rows[-1].id

    async def _batches(self, condition: Any) -> list[Batch]:
        found = (
            select(*(BATCHES.c[name] for name in Batch.__dataclass_fields__)).where(condition).order_by(BATCHES.c.id)
        )
        async with self._database.connect() as connection:
            return [Batch(**row._mapping) for row in await connection.execute(found)]
