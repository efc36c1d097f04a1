"""Putting messages into the ledger and taking them back; what it holds about a person.

How the rows are sent, and what is guaranteed, stands in bot/outbound/ledger.py; sending to many in
bot/db/ledger_batches.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from sqlalchemy import String, Table, case, cast, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.engine import Database
from bot.db.models import BatchRow, DeliveryRow

DELIVERIES: Table = DeliveryRow.__table__  # type: ignore[assignment]
BATCHES: Table = BatchRow.__table__  # type: ignore[assignment]

OnUnknown = Literal["again", "leave"]
"""What to do with a message that may have arrived: send it again, or leave it as `unknown`."""

URGENT: Final = 0
PRIORITIES: Final[Mapping[str, int]] = {"review": URGENT, "answer": URGENT, "notice": URGENT, "reminder": 1}
"""Kinds of messages to one person and what goes first. Batches go after all of them."""
OF_BATCHES: Final = 2
"""The priority of what belongs to a batch."""

OPEN: Final = ("queued", "sending")


@dataclass(frozen=True)
class Outgoing:
    """A message to one person. What it says is finished: rendered in the recipient's language."""

    key: str
    """At most 120 characters. A message whose key is in the ledger already is not put there again."""
    person_id: int
    kind: str
    """One of `PRIORITIES`."""
    method: str
    """Method of the Bot API, as `sendMessage`."""
    parameters: Mapping[str, Any]
    """Its parameters without `chat_id`; whatever JSON can hold."""
    due: datetime | None = None
    """None: at once."""
    useful_until: datetime | None = None
    """What could not be sent until then is dropped."""
    on_unknown: OnUnknown = "again"


async def put(connection: AsyncConnection, messages: Iterable[Outgoing], now: datetime) -> None:
    """Queue messages; those whose key is there already, whatever became of it, are left as they are.

    Raises:
        KeyError: a kind that has no priority.
    """
    rows = [_row(message, now) for message in messages]
    if rows:
        insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
        await connection.execute(insert(DELIVERIES).on_conflict_do_nothing(index_elements=["key"]), rows)


async def withdraw(connection: AsyncConnection, key: str, now: datetime) -> bool:
    """Take back what is still queued under this key; False if it is not (any more). The key stays used."""
    result = await connection.execute(
        update(DELIVERIES)
        .where(DELIVERIES.c.key == key, DELIVERIES.c.state == "queued")
        .values(state="dropped", error="withdrawn", payload=None, recorded_at=now)
    )
    return result.rowcount > 0


async def forget_person(connection: AsyncConnection, person_id: int, now: datetime) -> None:
    """Keep of somebody's messages only that there was one, so that the numbers of an announcement stay true; what is
    still queued is not sent any more. Batches of somebody on the staff stay, without their author."""
    await connection.execute(update(BATCHES).where(BATCHES.c.author_id == person_id).values(author_id=None))
    queued = DELIVERIES.c.state == "queued"
    await connection.execute(
        update(DELIVERIES)
        .where(DELIVERIES.c.person_id == person_id)
        .values(
            person_id=0,
            chat_id=0,
            key=literal("erased ") + cast(DELIVERIES.c.id, String),
            subject=None,
            payload=None,
            targets=None,
            message_ids=None,
            state=case((queued, "dropped"), else_=DELIVERIES.c.state),
            error=case((queued, "erased"), else_=DELIVERIES.c.error),
            recorded_at=case((queued, now), else_=DELIVERIES.c.recorded_at),
        )
    )


class LedgerRepository:
    """What the ledger knows about a person."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_person(self, person_id: int) -> list[dict[str, Any]]:
        """The person's messages, oldest first, for the export of their data."""
        names = ("key", "kind", "state", "due", "recorded_at", "method", "payload", "error", "maybe_twice")
        found = (
            select(*(DELIVERIES.c[name] for name in names))
            .where(DELIVERIES.c.person_id == person_id)
            .order_by(DELIVERIES.c.id)
        )
        async with self._database.connect() as connection:
            return [dict(row._mapping) for row in await connection.execute(found)]


def _row(message: Outgoing, now: datetime) -> dict[str, Any]:
    due = message.due or now
    return {
        "key": message.key,
        "person_id": message.person_id,
        "chat_id": message.person_id,
        "kind": message.kind,
        "priority": PRIORITIES[message.kind],
        "method": message.method,
        "payload": dict(message.parameters),
        "state": "queued",
        "on_unknown": message.on_unknown,
        "due": due,
        "not_before": due,
        "useful_until": message.useful_until,
        "attempts": 0,
        "maybe_twice": False,
        "created_at": now,
    }
