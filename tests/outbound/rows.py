"""People and messages for the tests of the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, text

from bot.db import ledger, ledger_batches
from bot.db.engine import Database
from bot.db.ledger import Outgoing
from bot.db.models import PersonRow
from bot.db.people import PEOPLE
from tests.support.clock import TestClock

NOW = TestClock().now()


async def add_people(database: Database, ids: Iterable[int], *, reachable: bool = True) -> None:
    """Applicants who have written once."""
    rows = [
        {
            "id": number,
            "language": "id",
            "language_chosen": False,
            "timezone": "Asia/Jakarta",
            "answers": {},
            "goal": "all",
            "conversation": {},
            "preferences": {},
            "applied_seq": 0,
            "reachable": reachable,
            "created_at": NOW,
            "seen_at": NOW,
        }
        for number in ids
    ]
    async with database.transaction() as connection:
        await connection.execute(insert(PersonRow), rows)


def message(person_id: int, key: str = "", **changes: Any) -> Outgoing:
    """A short message."""
    parts: dict[str, Any] = {"kind": "review", "method": "sendMessage", "parameters": {"text": "Hi"}} | changes
    return Outgoing(key=key or f"to {person_id}", person_id=person_id, **parts)


async def put(database: Database, *messages: Outgoing, now: datetime = NOW) -> None:
    """Queue them."""
    async with database.transaction() as connection:
        await ledger.put(connection, messages, now)


async def batch_to_all(database: Database, *, now: datetime = NOW, **options: Any) -> int:
    """A batch to everybody there is; returns its number."""
    async with database.transaction() as connection:
        number = await ledger_batches.open_batch(
            connection, announcement_id=1, purpose="send", kind="announcement", author_id=1, now=now, **options
        )
        await ledger_batches.fill(connection, number, select(PEOPLE.c.id.label("person_id")), now=now)
    return number


async def states(database: Database) -> dict[str, str]:
    """The state of every delivery, by its key."""
    async with database.connect() as connection:
        found = await connection.execute(text("SELECT key, state FROM deliveries ORDER BY id"))
        return {row.key: row.state for row in found}
