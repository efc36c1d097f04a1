"""All applications together, as staff looks at them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select

from bot.db.applications import APPLICATIONS, ITEMS, StoredApplication, Ticks, ticks_of
from bot.db.engine import Database
from bot.db.ledger import DELIVERIES
from bot.db.people import PEOPLE

MOST_KEYS: Final = 500
"""Keys looked up with one statement."""
OF_STAFF: Final = ("submitted", "accepted", "returned", "waived")
"""The statuses of items that staff has to do with."""
_APPLICATION: Final = tuple(name for name in StoredApplication.__dataclass_fields__ if name not in ("ticks", "told"))


@dataclass(frozen=True)
class StoredApplicant:
    """An application with what has to be known of the person to write to them."""

    person_id: int
    language: str
    timezone: str
    reachable: bool
    preferences: dict[str, Any]
    application: StoredApplication


class PipelineRepository:
    """Applications of everybody. For staff only: nobody is checked here."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def applicants(self, mobility_type: str | None = None) -> list[StoredApplicant]:
        """Applications of one kind of mobility, or of all, oldest first. The kind is the one that was kept with the
        answers; whoever needs today's works it out."""
        owned = APPLICATIONS.join(PEOPLE, PEOPLE.c.id == APPLICATIONS.c.person_id)
        person = [PEOPLE.c[name] for name in ("language", "timezone", "reachable", "preferences")]
        query = select(APPLICATIONS.c.person_id, *person, *(APPLICATIONS.c[name] for name in _APPLICATION))
        query = query.select_from(owned).where(APPLICATIONS.c.mobility_type.is_not(None))
        of_kind = () if mobility_type is None else (APPLICATIONS.c.mobility_type == mobility_type,)
        async with self._database.connect() as connection:
            rows = (await connection.execute(query.where(*of_kind).order_by(APPLICATIONS.c.id))).all()
            ticks = await ticks_of(connection, *of_kind)
        return [_applicant(row._mapping, ticks.get(row.code, {})) for row in rows]

    async def item_numbers(self, code: str) -> dict[str, int]:
        """The numbers of the items of an application that were handed in, or about which staff has decided, by key."""
        owner = select(APPLICATIONS.c.id).where(APPLICATIONS.c.code == code).scalar_subquery()
        query = select(ITEMS.c.list_name, ITEMS.c.item, ITEMS.c.id)
        query = query.where(ITEMS.c.application_id == owner, ITEMS.c.status.in_(OF_STAFF))
        async with self._database.connect() as connection:
            rows = await connection.execute(query)
            return {f"{list_name[0]}:{item}": number for list_name, item, number in rows}

    async def known_keys(self, keys: Collection[str]) -> set[str]:
        """Which of these messages were put into the ledger before."""
        wanted, known = sorted(keys), set[str]()
        async with self._database.connect() as connection:
            for at in range(0, len(wanted), MOST_KEYS):
                some = wanted[at : at + MOST_KEYS]
                known.update(await connection.scalars(select(DELIVERIES.c.key).where(DELIVERIES.c.key.in_(some))))
        return known


def _applicant(row: Any, ticks: Ticks) -> StoredApplicant:
    return StoredApplicant(
        **{name: row[name] for name in ("person_id", "language", "timezone", "reachable", "preferences")},
        application=StoredApplication(**{name: row[name] for name in _APPLICATION}, ticks=ticks),
    )
