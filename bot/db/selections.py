"""Rounds of selection and what came out for whom."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, Table, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.applications import APPLICATIONS
from bot.db.engine import Database
from bot.db.models import ResultRow, RoundRow
from bot.db.people import PEOPLE

ROUNDS: Table = RoundRow.__table__  # type: ignore[assignment]
RESULTS: Table = ResultRow.__table__  # type: ignore[assignment]
AT_ONCE: Final = 500
"""People that are asked about with one statement."""


@dataclass(frozen=True)
class StoredRound:
    """A row of `selection_rounds`, with how many results it has."""

    id: int
    code: str
    name: str
    created_by: int
    created_at: datetime
    announced_at: datetime | None
    results: int


@dataclass(frozen=True)
class StoredResult:
    """What came out for one application."""

    round: str
    """Name of the round."""
    code: str
    """Of the application."""
    result: str
    note: str | None
    announced_at: datetime | None
    person_id: int
    name: str | None
    username: str | None
    mobility_type: str | None = None
    programme: str | None = None


class SelectionRepository:
    """The tables of rounds and results."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def rounds(self) -> list[StoredRound]:
        """All rounds, the newest first."""
        query = (
            select(ROUNDS, func.count(RESULTS.c.id).label("results"))
            .outerjoin(RESULTS, RESULTS.c.round_id == ROUNDS.c.id)
            .group_by(ROUNDS.c.id)
            .order_by(ROUNDS.c.id.desc())
        )
        async with self._database.connect() as connection:
            return [StoredRound(**row._mapping) for row in await connection.execute(query)]

    async def of_round(self, round_id: int) -> list[StoredResult]:
        """The results of a round. For staff only: nobody is checked here."""
        return await self._results(RESULTS.c.round_id == round_id)

    async def announced_to(self, person_id: int) -> list[StoredResult]:
        """The results that a person has been told, the newest first."""
        told = (APPLICATIONS.c.person_id == person_id) & ROUNDS.c.announced_at.is_not(None)
        return await self._results(told)

    async def applications_of(self, people: Collection[int]) -> dict[int, list[tuple[int, str]]]:
        """Number and code of every application of these people."""
        wanted, found = sorted(set(people)), dict[int, list[tuple[int, str]]]()
        async with self._database.connect() as connection:
            for begin in range(0, len(wanted), AT_ONCE):
                query = select(APPLICATIONS.c.person_id, APPLICATIONS.c.id, APPLICATIONS.c.code)
                some = query.where(APPLICATIONS.c.person_id.in_(wanted[begin : begin + AT_ONCE]))
                for row in await connection.execute(some.order_by(APPLICATIONS.c.id)):
                    found.setdefault(row.person_id, []).append((row.id, row.code))
        return found

    def recipients(self, round_id: int) -> Select[Any]:
        """Selects `person_id` and `subject` (the code of the application) for everybody with a result."""
        return (
            select(APPLICATIONS.c.person_id, APPLICATIONS.c.code.label("subject"))
            .join(RESULTS, RESULTS.c.application_id == APPLICATIONS.c.id)
            .where(RESULTS.c.round_id == round_id)
        )

    async def keep(
        self, connection: AsyncConnection, round_: Mapping[str, Any], results: Iterable[Mapping[str, Any]]
    ) -> int:
        """Keep a round with its results (`application_id`, `result`, `note`); returns its number. One with the same
        code that nobody was told of yet is replaced."""
        old = select(ROUNDS.c.id).where(ROUNDS.c.code == round_["code"], ROUNDS.c.announced_at.is_(None))
        await connection.execute(delete(RESULTS).where(RESULTS.c.round_id.in_(old)))
        await connection.execute(delete(ROUNDS).where(ROUNDS.c.id.in_(old)))
        added = await connection.execute(insert(ROUNDS).values(**round_).returning(ROUNDS.c.id))
        number = int(added.scalar_one())
        rows = [{**result, "round_id": number} for result in results]
        if rows:
            await connection.execute(insert(RESULTS), rows)
        return number

    async def mark_announced(self, connection: AsyncConnection, round_id: int, now: datetime) -> None:
        """From now on everybody may see their own result of the round."""
        await connection.execute(
            update(ROUNDS).where(ROUNDS.c.id == round_id, ROUNDS.c.announced_at.is_(None)).values(announced_at=now)
        )

    async def _results(self, where: Any) -> list[StoredResult]:
        query = (
            select(
                ROUNDS.c.name.label("round"),
                *(APPLICATIONS.c.code, RESULTS.c.result, RESULTS.c.note, ROUNDS.c.announced_at),
                *(APPLICATIONS.c.person_id, PEOPLE.c.name, PEOPLE.c.username),
                *(APPLICATIONS.c.mobility_type, APPLICATIONS.c.programme),
            )
            .join_from(RESULTS, ROUNDS, ROUNDS.c.id == RESULTS.c.round_id)
            .join(APPLICATIONS, APPLICATIONS.c.id == RESULTS.c.application_id)
            .join(PEOPLE, PEOPLE.c.id == APPLICATIONS.c.person_id)
            .where(where)
            .order_by(ROUNDS.c.id.desc(), RESULTS.c.id)
        )
        async with self._database.connect() as connection:
            return [StoredResult(**row._mapping) for row in await connection.execute(query)]
