"""Applications, the statuses of their items, and the history of these.

Every question names the person: a code that came with a button opens nothing that belongs to somebody else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, Table, case, delete, insert, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.engine import Database
from bot.db.models import (
    ApplicationRow,
    CalendarEventRow,
    ChecklistItemRow,
    ItemMoveRow,
    ReminderHoldRow,
    StatementRow,
    SubmissionRow,
)
from bot.db.types import UtcDateTime

APPLICATIONS: Table = ApplicationRow.__table__  # type: ignore[assignment]
ITEMS: Table = ChecklistItemRow.__table__  # type: ignore[assignment]
MOVES: Table = ItemMoveRow.__table__  # type: ignore[assignment]
SUBMISSIONS: Table = SubmissionRow.__table__  # type: ignore[assignment]
STATEMENTS: Table = StatementRow.__table__  # type: ignore[assignment]
CALENDAR_EVENTS: Table = CalendarEventRow.__table__  # type: ignore[assignment]
REMINDER_HOLDS: Table = ReminderHoldRow.__table__  # type: ignore[assignment]
HANGING_ON: Final[tuple[tuple[str, Table], ...]] = (
    ("moves", MOVES),
    ("submissions", SUBMISSIONS),
    ("statements", STATEMENTS),
    ("calendar_events", CALENDAR_EVENTS),
    ("reminder_holds", REMINDER_HOLDS),
)
"""What is kept of an application beside its row and the statuses of its items, as the export names it."""

Ticks = dict[tuple[str, str], str]
"""(list, item) to status, for the items that were touched."""


@dataclass(frozen=True)
class StoredApplication:
    """An application's row with the statuses of its items."""

    code: str
    name: str
    answers: dict[str, Any]
    mobility_type: str | None
    programme: str | None
    verdict: str
    created_at: datetime
    updated_at: datetime
    ticks: Ticks
    told: dict[str, Any] | None = None
    """The checklist as the person last heard of it (see `bot.services.applications.news`)."""


@dataclass(frozen=True)
class Move:
    """A change of an item's status."""

    list_name: str
    item: str
    from_status: str
    to_status: str
    actor_id: int
    at: datetime
    reason: str | None = None


class ApplicationRepository:
    """The applications with what hangs on them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, person_id: int, code: str) -> StoredApplication | None:
        """The person's application with this code; None if it is gone or somebody else's."""
        found = await self._fetch(
            _with_items().where(APPLICATIONS.c.person_id == person_id, APPLICATIONS.c.code == code)
        )
        return found[0] if found else None

    async def find_for_staff(self, code: str) -> tuple[int, StoredApplication] | None:
        """The application with this code, whoever's it is, and whose. For staff only: nobody is checked here."""
        async with self._database.connect() as connection:
            owner = await connection.scalar(select(APPLICATIONS.c.person_id).where(APPLICATIONS.c.code == code))
        found = None if owner is None else await self.find(owner, code)
        return None if owner is None or found is None else (owner, found)

    async def of_person(self, person_id: int) -> list[StoredApplication]:
        """All applications of the person, oldest first."""
        return await self._fetch(_with_items().where(APPLICATIONS.c.person_id == person_id))

    async def _fetch(self, query: Select[Any]) -> list[StoredApplication]:
        async with self._database.connect() as connection:
            rows = (await connection.execute(query.order_by(APPLICATIONS.c.id))).all()
        found: dict[str, StoredApplication] = {}
        for row in rows:
            application = found.setdefault(row.code, application_of(row))
            if row.item is not None:
                application.ticks[row.list_name, row.item] = row.status
        return list(found.values())

    async def history(self, person_id: int) -> dict[str, dict[str, Any]]:
        """Of every application of the person, by code: what hangs on it, as plain values, and when it is looked at for
        what to remind of."""
        looked_at = (APPLICATIONS.c.remind_at, APPLICATIONS.c.reminded_until)
        own = select(APPLICATIONS.c.code, *looked_at).where(APPLICATIONS.c.person_id == person_id)
        async with self._database.connect() as connection:
            found = {
                row.code: {"remind_at": row.remind_at, "reminded_until": row.reminded_until}
                for row in await connection.execute(own)
            }
            for name, table in HANGING_ON:
                columns = [column for column in table.c if column.name not in ("id", "application_id")]
                query = (
                    select(APPLICATIONS.c.code, *columns)
                    .join(table, table.c.application_id == APPLICATIONS.c.id)
                    .where(APPLICATIONS.c.person_id == person_id)
                    .order_by(*table.primary_key.columns)
                )
                for row in await connection.execute(query):
                    values = dict(row._mapping)
                    found.setdefault(values.pop("code"), {}).setdefault(name, []).append(values)
        return found

    async def insert(self, connection: AsyncConnection, person_id: int, application: StoredApplication) -> None:
        """Keep a new application."""
        values = {name: value for name, value in vars(application).items() if name != "ticks"}
        looked_at = {"remind_at": application.created_at, "reminded_until": application.created_at}
        await connection.execute(insert(APPLICATIONS), {**values, **looked_at, "person_id": person_id})

    async def update(self, connection: AsyncConnection, person_id: int, code: str, values: Mapping[str, Any]) -> None:
        """Change columns of an application. Other answers are a reason to look anew for what to remind of."""
        if "answers" in values:
            values = {**values, **looked_at_anew(values["updated_at"])}
        await connection.execute(
            update(APPLICATIONS)
            .where(APPLICATIONS.c.person_id == person_id, APPLICATIONS.c.code == code)
            .values(**values)
        )

    async def retell(
        self, connection: AsyncConnection, person_id: int, code: str, change: Callable[[Any], dict[str, Any] | None]
    ) -> None:
        """Change what the person was told of a checklist, from what is stored now."""
        owned = (APPLICATIONS.c.person_id == person_id) & (APPLICATIONS.c.code == code)
        told = await connection.scalar(select(APPLICATIONS.c.told).where(owned))
        await connection.execute(update(APPLICATIONS).where(owned).values(told=change(told)))

    async def remove(self, connection: AsyncConnection, person_id: int, code: str) -> None:
        """Delete an application with its items, history and submissions."""
        await connection.execute(
            delete(APPLICATIONS).where(APPLICATIONS.c.person_id == person_id, APPLICATIONS.c.code == code)
        )

    async def move(self, connection: AsyncConnection, person_id: int, code: str, move: Move) -> bool:
        """Set an item's status and write the move down, unless somebody else has moved it since it was read: then
        nothing is written, and False is returned."""
        application_id = await connection.scalar(
            select(APPLICATIONS.c.id).where(APPLICATIONS.c.person_id == person_id, APPLICATIONS.c.code == code)
        )
        if application_id is None:
            return False
        upsert = (sqlite.insert if self._database.dialect == "sqlite" else postgresql.insert)(ITEMS)
        where = {"application_id": application_id, "list_name": move.list_name, "item": move.item}
        written = await connection.execute(
            upsert.values(**where, status=move.to_status, updated_at=move.at).on_conflict_do_update(
                index_elements=["application_id", "list_name", "item"],
                set_={"status": upsert.excluded.status, "updated_at": upsert.excluded.updated_at},
                where=ITEMS.c.status == move.from_status,
            )
        )
        if not written.rowcount:
            return False
        await connection.execute(insert(MOVES), {**vars(move), "application_id": application_id})
        return True


def looked_at_anew(now: datetime) -> dict[str, Any]:
    """Columns by which an application is looked at now for what to remind of. What is due already, and was only not
    sent yet, is kept; what the change makes due in the past is not."""
    is_due, moment = APPLICATIONS.c.remind_at <= now, literal(now, UtcDateTime())
    return {
        "remind_at": case((is_due, APPLICATIONS.c.remind_at), else_=moment),
        "reminded_until": case((is_due, APPLICATIONS.c.reminded_until), else_=moment),
    }


def _with_items() -> Select[Any]:
    return select(APPLICATIONS, ITEMS.c.list_name, ITEMS.c.item, ITEMS.c.status).select_from(
        APPLICATIONS.outerjoin(ITEMS, ITEMS.c.application_id == APPLICATIONS.c.id)
    )


async def ticks_of(connection: AsyncConnection, *which: ColumnElement[bool]) -> dict[str, Ticks]:
    """What was ticked in each of these applications, by their code; those where nothing was are not in it."""
    found: dict[str, Ticks] = {}
    query = select(APPLICATIONS.c.code, ITEMS.c.list_name, ITEMS.c.item, ITEMS.c.status)
    query = query.join_from(APPLICATIONS, ITEMS, ITEMS.c.application_id == APPLICATIONS.c.id).where(*which)
    for code, list_name, item, status in await connection.execute(query):
        found.setdefault(code, {})[list_name, item] = status
    return found


def application_of(row: Row[Any], ticks: Ticks | None = None) -> StoredApplication:
    """The application of a row that holds all its columns, with what was ticked."""
    return StoredApplication(
        code=row.code,
        name=row.name,
        answers=row.answers,
        mobility_type=row.mobility_type,
        programme=row.programme,
        verdict=row.verdict,
        created_at=row.created_at,
        updated_at=row.updated_at,
        ticks=ticks or {},
        told=row.told,
    )
