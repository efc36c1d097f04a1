"""Reminders: whose applications are to be looked at, what was sent, what was put off."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Row, Select, Table, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.applications import APPLICATIONS, Ticks, looked_at_anew, ticks_of
from bot.db.engine import Database
from bot.db.ledger import DELIVERIES, OPEN, Outgoing, put
from bot.db.models import PersonRow, ReminderHoldRow, ReminderRow

PEOPLE: Table = PersonRow.__table__  # type: ignore[assignment]
REMINDERS: Table = ReminderRow.__table__  # type: ignore[assignment]
HOLDS: Table = ReminderHoldRow.__table__  # type: ignore[assignment]
EXPIRED: Final = ("dropped", "expired")
"""State and reason of a delivery that could not be made in time."""


@dataclass(frozen=True)
class Recipient:
    """Somebody who may have to be reminded."""

    id: int
    language: str
    timezone: str
    reachable: bool
    preferences: dict[str, Any]


@dataclass(frozen=True)
class Looked:
    """An application that is to be looked at."""

    id: int
    code: str
    name: str
    answers: dict[str, Any]
    reminded_until: datetime
    ticks: Ticks
    holds: dict[str, datetime | None]
    """By deadline."""


@dataclass(frozen=True)
class StoredReminder:
    """A message that reminded somebody."""

    day: date
    items: list[list[str]]
    """Code of the application, id of the deadline, last working day."""


class ReminderRepository:
    """What is known of reminders. Everything about one person is read and written in one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def waiting(self, now: datetime, limit: int) -> list[int]:
        """People of whom an application is to be looked at, who waits longest first."""
        query = (
            select(APPLICATIONS.c.person_id)
            .where(APPLICATIONS.c.remind_at <= now)
            .group_by(APPLICATIONS.c.person_id)
            .order_by(func.min(APPLICATIONS.c.remind_at))
            .limit(limit)
        )
        async with self._database.connect() as connection:
            return list((await connection.execute(query)).scalars())

    async def recipient(self, connection: AsyncConnection, person_id: int) -> Recipient | None:
        """The person; None if they are gone."""
        columns = [PEOPLE.c[name] for name in Recipient.__dataclass_fields__]
        row = (await connection.execute(select(*columns).where(PEOPLE.c.id == person_id))).first()
        return None if row is None else Recipient(**row._mapping)

    async def looked_at(self, connection: AsyncConnection, person_id: int, now: datetime) -> list[Looked]:
        """The person's applications that are to be looked at, locked until the end of the transaction; one that is
        locked already waits for the next time."""
        found = (
            select(APPLICATIONS)
            .where(APPLICATIONS.c.person_id == person_id, APPLICATIONS.c.remind_at <= now)
            .order_by(APPLICATIONS.c.id)
            .with_for_update(skip_locked=True)
        )
        rows = (await connection.execute(found)).all()
        ids = [row.id for row in rows]
        ticks = await ticks_of(connection, APPLICATIONS.c.id.in_(ids))
        holds: dict[int, dict[str, datetime | None]] = {}
        for hold in await connection.execute(select(HOLDS).where(HOLDS.c.application_id.in_(ids))):
            holds.setdefault(hold.application_id, {})[hold.item] = hold.until
        return [
            Looked(
                id=row.id,
                code=row.code,
                name=row.name,
                answers=row.answers,
                reminded_until=row.reminded_until or row.updated_at,
                ticks=ticks.get(row.code, {}),
                holds=holds.get(row.id, {}),
            )
            for row in rows
        ]

    async def look_again(
        self,
        connection: AsyncConnection,
        application_ids: Collection[int],
        at: datetime | None,
        *,
        until: datetime | None,
    ) -> None:
        """When to look at these applications next. `until`: what was due before it is dealt with; None leaves that."""
        values: dict[str, Any] = {"remind_at": at}
        if until is not None:
            values["reminded_until"] = until
        await connection.execute(
            update(APPLICATIONS).where(APPLICATIONS.c.id.in_(list(application_ids))).values(**values)
        )

    async def told(self, connection: AsyncConnection, person_id: int, day: date) -> set[tuple[str, str]] | None:
        """What the person's message of this day tells of: code of the application, id of the deadline. None without a
        message."""
        query = select(REMINDERS.c["items"]).where(REMINDERS.c.person_id == person_id, REMINDERS.c.day == day)
        items = await connection.scalar(query)
        return None if items is None else {(code, item) for code, item, _last_day in items}

    async def tell(
        self,
        connection: AsyncConnection,
        message: Outgoing,
        day: date,
        items: Iterable[tuple[str, str, date]],
        *,
        due_from: datetime,
        now: datetime,
    ) -> None:
        """Queue the one message of this day."""
        await put(connection, [message], now)
        await connection.execute(
            insert(REMINDERS).values(
                person_id=message.person_id,
                day=day,
                key=message.key,
                items=[[code, item, last_day.isoformat()] for code, item, last_day in items],
                due_from=due_from,
                made_at=now,
                settled=False,
            )
        )

    async def settle(self, now: datetime, limit: int) -> int:
        """Take note of what became of messages. One that could not be sent in time was never said: its applications are
        looked at again, from where they were. Returns for how many that is so."""
        late = (DELIVERIES.c.state == "queued") & (DELIVERIES.c.useful_until < now)
        ended = (
            select(
                *(REMINDERS.c[name] for name in ("person_id", "day", "items", "due_from")),
                *(DELIVERIES.c[name] for name in ("state", "error")),
            )
            .join(DELIVERIES, DELIVERIES.c.key == REMINDERS.c.key)
            .where(~REMINDERS.c.settled, late | DELIVERIES.c.state.not_in(OPEN))
            .limit(limit)
        )
        async with self._database.connect() as connection:
            rows = (await connection.execute(ended)).all()
        unsaid = [row for row in rows if row.state in OPEN or (row.state, row.error) == EXPIRED]
        for row in rows:
            async with self._database.transaction() as connection:
                await connection.execute(
                    update(REMINDERS)
                    .where(REMINDERS.c.person_id == row.person_id, REMINDERS.c.day == row.day)
                    .values(settled=True)
                )
                if row in unsaid:
                    await self._begin_again(connection, row, now)
        return len(unsaid)

    async def _begin_again(self, connection: AsyncConnection, row: Row[Any], now: datetime) -> None:
        codes = sorted({item[0] for item in row.items})
        await connection.execute(
            update(APPLICATIONS)
            .where(APPLICATIONS.c.person_id == row.person_id, APPLICATIONS.c.code.in_(codes))
            .values(remind_at=now, reminded_until=row.due_from)
        )

    async def prune(self, before: date) -> None:
        """Forget messages of days before this one: their buttons are of no use any more."""
        async with self._database.connect() as connection:
            await connection.execute(delete(REMINDERS).where(REMINDERS.c.day < before, REMINDERS.c.settled))

    async def find(self, person_id: int, day: date) -> StoredReminder | None:
        """The person's message of this day."""
        found = await self.of_person(person_id, day)
        return found[0] if found else None

    async def of_person(self, person_id: int, day: date | None = None) -> list[StoredReminder]:
        """The messages that reminded the person, oldest first."""
        query: Select[Any] = select(REMINDERS.c.day, REMINDERS.c["items"]).where(REMINDERS.c.person_id == person_id)
        if day is not None:
            query = query.where(REMINDERS.c.day == day)
        async with self._database.connect() as connection:
            rows = (await connection.execute(query.order_by(REMINDERS.c.day))).all()
        return [StoredReminder(row.day, row.items) for row in rows]

    async def hold(
        self,
        connection: AsyncConnection,
        person_id: int,
        code: str,
        untils: Mapping[str, datetime | None],
        now: datetime,
    ) -> None:
        """Put deadlines of the person's application off until a moment, or (None) for ever."""
        application_id = await self._id_of(connection, person_id, code)
        if application_id is None or not untils:
            return
        upsert = (sqlite.insert if self._database.dialect == "sqlite" else postgresql.insert)(HOLDS)
        await connection.execute(
            upsert.on_conflict_do_update(
                index_elements=["application_id", "item"], set_={"until": upsert.excluded.until}
            ),
            [{"application_id": application_id, "item": item, "until": until} for item, until in untils.items()],
        )
        await self._look_anew(connection, [application_id], now)

    async def release(
        self, connection: AsyncConnection, person_id: int, code: str, items: Collection[str], now: datetime
    ) -> None:
        """Tell of these deadlines of the person's application as usual."""
        application_id = await self._id_of(connection, person_id, code)
        if application_id is None:
            return
        await connection.execute(
            delete(HOLDS).where(HOLDS.c.application_id == application_id, HOLDS.c.item.in_(list(items)))
        )
        await self._look_anew(connection, [application_id], now)

    async def _id_of(self, connection: AsyncConnection, person_id: int, code: str) -> int | None:
        found: int | None = await connection.scalar(
            select(APPLICATIONS.c.id).where(APPLICATIONS.c.person_id == person_id, APPLICATIONS.c.code == code)
        )
        return found

    async def _look_anew(self, connection: AsyncConnection, ids: Collection[int], now: datetime) -> None:
        await connection.execute(
            update(APPLICATIONS).where(APPLICATIONS.c.id.in_(list(ids))).values(**looked_at_anew(now))
        )


async def look_anew_at_all(connection: AsyncConnection, person_id: int, now: datetime) -> None:
    """Look at everything of a person now: their mornings have moved, or they want to be reminded again."""
    await connection.execute(
        update(APPLICATIONS).where(APPLICATIONS.c.person_id == person_id).values(**looked_at_anew(now))
    )
