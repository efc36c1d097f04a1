"""Audiences: how many people they hold, who they are, and those kept under a name."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, Table, case, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.audience import APPLICATIONS, PEOPLE, Audience, as_json, condition, from_json
from bot.db.engine import Database
from bot.db.models import AudienceRow

AUDIENCES: Table = AudienceRow.__table__  # type: ignore[assignment]


@dataclass(frozen=True)
class Size:
    """How many people an audience holds."""

    people: int
    unreachable: int
    """Of them: they blocked the bot, or left Telegram."""
    by_language: dict[str, int]
    """The others, by the language they are spoken to in."""
    muted: int = 0
    """Of the others: they do not want announcements of the category."""

    @property
    def reachable(self) -> int:
        """How many can be written to."""
        return self.people - self.unreachable


@dataclass(frozen=True)
class KeptAudience:
    """An audience under a name."""

    id: int
    name: str
    audience: Audience


class AudienceRepository:
    """Questions about audiences. Leaves that have to be worked out must be replaced before (`bot.db.audience`)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def people(self, audience: Audience, *, category: str | None = None) -> Select[Any]:
        """Selects `person_id` of everybody in the audience who has not muted `category`."""
        chosen = select(PEOPLE.c.id.label("person_id")).where(condition(audience, self._database.dialect))
        return chosen if category is None else chosen.where(~self._muted(category))

    async def size(self, audience: Audience, *, category: str | None = None) -> Size:
        """How many they are."""
        muted = self._muted(category) if category is not None else None
        kinds = (
            select(
                PEOPLE.c.language,
                PEOPLE.c.reachable,
                (case((muted, 1), else_=0) if muted is not None else func.abs(0)).label("muted"),
            )
            .where(condition(audience, self._database.dialect))
            .subquery()
        )
        query = select(kinds.c.language, kinds.c.reachable, kinds.c.muted, func.count().label("n")).group_by(
            kinds.c.language, kinds.c.reachable, kinds.c.muted
        )
        async with self._database.connect() as connection:
            rows = (await connection.execute(query)).all()
        there = [row for row in rows if row.reachable]
        languages = {row.language for row in there}
        return Size(
            people=sum(row.n for row in rows),
            unreachable=sum(row.n for row in rows if not row.reachable),
            by_language={one: sum(row.n for row in there if row.language == one) for one in sorted(languages)},
            muted=sum(row.n for row in there if row.muted),
        )

    async def ids(self, audience: Audience, *, category: str | None = None) -> list[int]:
        """Who of them can be written to and wants this category."""
        chosen = self.people(audience, category=category).where(PEOPLE.c.reachable)
        async with self._database.connect() as connection:
            return list(await connection.scalars(chosen.order_by(PEOPLE.c.id)))

    async def ids_by_username(self, usernames: Collection[str]) -> dict[str, list[int]]:
        """The people with these usernames, by the name in small letters; several where one passed it to another."""
        wanted = sorted({name.lower() for name in usernames})
        found: dict[str, list[int]] = {}
        async with self._database.connect() as connection:
            for begin in range(0, len(wanted), 500):
                name = func.lower(PEOPLE.c.username)
                query = select(name.label("name"), PEOPLE.c.id).where(name.in_(wanted[begin : begin + 500]))
                for row in await connection.execute(query):
                    found.setdefault(row.name, []).append(row.id)
        return found

    async def applications(self, codes: Collection[str]) -> dict[str, tuple[int, int]]:
        """The number of each application and of its person, by code."""
        wanted, found = sorted(set(codes)), dict[str, tuple[int, int]]()
        async with self._database.connect() as connection:
            for begin in range(0, len(wanted), 500):
                columns = (APPLICATIONS.c.code, APPLICATIONS.c.id, APPLICATIONS.c.person_id)
                query = select(*columns).where(APPLICATIONS.c.code.in_(wanted[begin : begin + 500]))
                found |= {row.code: (row.id, row.person_id) for row in await connection.execute(query)}
        return found

    async def known(self, ids: Collection[int]) -> set[int]:
        """Which of these people have written to the bot."""
        wanted, found = sorted(set(ids)), set[int]()
        async with self._database.connect() as connection:
            for begin in range(0, len(wanted), 500):
                query = select(PEOPLE.c.id).where(PEOPLE.c.id.in_(wanted[begin : begin + 500]))
                found.update(await connection.scalars(query))
        return found

    async def kept(self) -> list[KeptAudience]:
        """All audiences under a name, by name."""
        async with self._database.connect() as connection:
            rows = (await connection.execute(select(AUDIENCES).order_by(AUDIENCES.c.name))).all()
        return [KeptAudience(row.id, row.name, from_json(row.expression)) for row in rows]

    async def keep(
        self, connection: AsyncConnection, name: str, audience: Audience, *, actor_id: int, now: datetime
    ) -> None:
        """Keep an audience; one of the same name is replaced."""
        insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
        row = {"name": name, "expression": as_json(audience), "created_by": actor_id, "created_at": now}
        await connection.execute(insert(AUDIENCES).values(row).on_conflict_do_update(index_elements=["name"], set_=row))

    async def forget(self, connection: AsyncConnection, audience_id: int) -> None:
        """Delete a kept audience; announcements that used it keep their own copy."""
        await connection.execute(delete(AUDIENCES).where(AUDIENCES.c.id == audience_id))

    def _muted(self, category: str) -> Any:
        """Whether somebody's preferences name the category as one they do not want."""
        if self._database.dialect == "sqlite":
            muted = func.json_each(PEOPLE.c.preferences, "$.muted").table_valued("value")
        else:
            listed = func.coalesce(PEOPLE.c.preferences.op("->")("muted"), func.json_build_array())
            muted = func.json_array_elements_text(listed).table_valued("value")
        return select(1).select_from(muted).where(muted.c.value == category).correlate(PEOPLE).exists()
