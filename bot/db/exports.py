"""Applications of everybody, for staff: counted by what they can be filtered by, and read page by page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Table, exists, func, select

from bot.db.applications import StoredApplication, application_of, ticks_of
from bot.db.engine import Database
from bot.db.models import ApplicationRow, ChecklistItemRow, PersonRow

APPLICATIONS: Table = ApplicationRow.__table__  # type: ignore[assignment]
ITEMS: Table = ChecklistItemRow.__table__  # type: ignore[assignment]
PEOPLE: Table = PersonRow.__table__  # type: ignore[assignment]

NONE: Final = "-"
"""Stands for "without one", where None stands for "whichever"."""


@dataclass(frozen=True)
class Wanted:
    """Which applications; None stands for all."""

    mobility_type: str | None = None
    programme: str | None = None
    verdict: str | None = None
    status: str | None = None
    """Those with an item that has this status."""


@dataclass(frozen=True)
class Exported:
    """An application and whose it is."""

    id: int
    person_id: int
    language: str
    application: StoredApplication


class ExportRepository:
    """Reads applications, whoever's they are. For staff only: nobody is checked here."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def count(self, wanted: Wanted) -> int:
        """How many there are."""
        query = select(func.count()).select_from(APPLICATIONS).where(*_conditions(wanted))
        async with self._database.connect() as connection:
            return await connection.scalar(query) or 0

    async def values(self, name: str, wanted: Wanted) -> dict[str | None, int]:
        """The values of `mobility_type`, `programme` or `verdict` among these, each with how many there are."""
        column = APPLICATIONS.c[name]
        query = select(column, func.count()).where(*_conditions(wanted)).group_by(column)
        async with self._database.connect() as connection:
            return {row[0]: row[1] for row in await connection.execute(query)}

    async def statuses(self, wanted: Wanted) -> dict[str, int]:
        """The statuses of items among these, each with how many applications have such an item."""
        query = (
            select(ITEMS.c.status, func.count(ITEMS.c.application_id.distinct()))
            .join(APPLICATIONS, APPLICATIONS.c.id == ITEMS.c.application_id)
            .where(*_conditions(wanted))
            .group_by(ITEMS.c.status)
        )
        async with self._database.connect() as connection:
            return {row[0]: row[1] for row in await connection.execute(query)}

    async def page(self, wanted: Wanted, *, after: int, most: int) -> list[Exported]:
        """The `most` applications that follow number `after`, oldest first."""
        query = (
            select(APPLICATIONS, PEOPLE.c.language)
            .join(PEOPLE, PEOPLE.c.id == APPLICATIONS.c.person_id)
            .where(APPLICATIONS.c.id > after, *_conditions(wanted))
            .order_by(APPLICATIONS.c.id)
            .limit(most)
        )
        async with self._database.connect() as connection:
            rows = (await connection.execute(query)).all()
            ticks = await ticks_of(connection, APPLICATIONS.c.id.in_([row.id for row in rows]))
        return [Exported(row.id, row.person_id, row.language, application_of(row, ticks.get(row.code))) for row in rows]


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    for name in ("mobility_type", "programme", "verdict"):
        value: Any = getattr(wanted, name)
        if value is not None:
            column = APPLICATIONS.c[name]
            conditions.append(column.is_(None) if value == NONE else column == value)
    if wanted.status is not None:
        with_status = (ITEMS.c.application_id == APPLICATIONS.c.id, ITEMS.c.status == wanted.status)
        conditions.append(exists().where(*with_status))
    return conditions
