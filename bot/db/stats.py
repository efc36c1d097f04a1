"""Counting: people, applications, items, questions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Table, func, select

from bot.db.engine import Database
from bot.db.models import ApplicationRow, ChecklistItemRow, PersonRow, QuestionRow

PEOPLE: Table = PersonRow.__table__  # type: ignore[assignment]
APPLICATIONS: Table = ApplicationRow.__table__  # type: ignore[assignment]
ITEMS: Table = ChecklistItemRow.__table__  # type: ignore[assignment]
QUESTIONS: Table = QuestionRow.__table__  # type: ignore[assignment]


@dataclass(frozen=True)
class PeopleCount:
    """People by what matters for reaching them."""

    total: int
    new: int
    active: int
    """Seen since the moment that was asked about."""
    unreachable: int
    """They have blocked the bot, or are gone from Telegram."""
    by_language: dict[str, int]


class StatsRepository:
    """Numbers over all tables."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def people(self, since: datetime) -> PeopleCount:
        """Everybody; `new` and `active` since a moment."""
        columns = (
            PEOPLE.c.language,
            func.count().label("total"),
            func.count().filter(PEOPLE.c.created_at >= since).label("new"),
            func.count().filter(PEOPLE.c.seen_at >= since).label("active"),
            func.count().filter(PEOPLE.c.reachable.is_(False)).label("unreachable"),
        )
        async with self._database.connect() as connection:
            rows = (await connection.execute(select(*columns).group_by(PEOPLE.c.language))).all()
        return PeopleCount(
            total=sum(row.total for row in rows),
            new=sum(row.new for row in rows),
            active=sum(row.active for row in rows),
            unreachable=sum(row.unreachable for row in rows),
            by_language={row.language: row.total for row in rows},
        )

    async def applications(self) -> dict[tuple[str | None, str], int]:
        """How many applications, by mobility type and verdict."""
        kinds = (APPLICATIONS.c.mobility_type, APPLICATIONS.c.verdict)
        async with self._database.connect() as connection:
            rows = await connection.execute(select(*kinds, func.count().label("number")).group_by(*kinds))
            return {(row.mobility_type, row.verdict): row.number for row in rows}

    async def items(self) -> dict[str, tuple[int, datetime]]:
        """How many items have each status that somebody gave them, and since when the oldest of them."""
        columns = (ITEMS.c.status, func.count().label("number"), func.min(ITEMS.c.updated_at).label("oldest"))
        async with self._database.connect() as connection:
            rows = await connection.execute(select(*columns).group_by(ITEMS.c.status))
            return {row.status: (row.number, row.oldest) for row in rows}

    async def questions(self, since: datetime) -> int:
        """How many questions without a good answer were asked since a moment."""
        async with self._database.connect() as connection:
            return await connection.scalar(select(func.count()).where(QUESTIONS.c.asked_at >= since)) or 0
