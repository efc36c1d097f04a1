"""Sending to many: batches of deliveries that are filled, paused, resumed, stopped, counted and tried again together.

A batch says who gets something and what became of it. What is said belongs to the announcement: the worker asks the
renderer of the batch's kind for it (bot/outbound/rendering.py), so a hundred thousand recipients cost a hundred
thousand short rows and one text.

    running ⇄ paused             rows of a paused batch are not claimed
    running ─▶ finished          by the worker, when no row is open and nobody may join any more; `retry` opens it again
    running, paused ─▶ stopped   what was queued is dropped

Every function that writes takes the connection of the transaction that its caller writes in.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, Literal

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    Table,
    case,
    cast,
    exists,
    func,
    insert,
    literal,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.ledger import BATCHES, DELIVERIES, OF_BATCHES, OPEN, OnUnknown
from bot.db.models import PersonRow
from bot.db.types import UtcDateTime

PEOPLE: Table = PersonRow.__table__  # type: ignore[assignment]

Purpose = Literal["send", "correct", "recall"]

NO_ANSWER: Final = ("refused", "unknown")
"""The final states that another try may change."""


async def open_batch(
    connection: AsyncConnection,
    *,
    announcement_id: int,
    purpose: Purpose,
    kind: str,
    author_id: int | None,
    now: datetime,
    on_unknown: OnUnknown = "again",
    open_until: datetime | None = None,
) -> int:
    """A new batch without recipients, running; fill it in the same transaction. Until `open_until` more may be filled
    in, so it is not taken for finished before. Returns its number."""
    result = await connection.execute(
        insert(BATCHES)
        .values(
            announcement_id=announcement_id,
            purpose=purpose,
            kind=kind,
            state="running",
            author_id=author_id,
            on_unknown=on_unknown,
            open_until=open_until,
            created_at=now,
        )
        .returning(BATCHES.c.id)
    )
    return int(result.scalar_one())


async def fill(
    connection: AsyncConnection,
    batch_id: int,
    recipients: Select[Any],
    *,
    now: datetime,
) -> int:
    """A delivery for everybody whom `recipients` selects: `person_id`, and `subject` if one person may get several.

    Who has theirs already is passed over, so filling again adds those who joined the audience meanwhile. Who cannot be
    reached is entered as blocked, so that the report counts them. Returns how many were added.
    """
    batch = await _batch(connection, batch_id)
    found = recipients.subquery("recipients")
    subject = found.c.subject if "subject" in found.c else None
    key = literal(f"b{batch_id}:") + cast(found.c.person_id, String)
    reachable = func.coalesce(PEOPLE.c.reachable, True)
    columns = _common(batch, now) | {
        "key": key if subject is None else key + func.coalesce(literal(":") + subject, ""),
        "person_id": found.c.person_id,
        "chat_id": found.c.person_id,
        "state": case((reachable, "queued"), else_="blocked"),
        "error": case((reachable, null()), else_="unreachable"),
        "recorded_at": case((reachable, null()), else_=literal(now, UtcDateTime())),
    }
    if subject is not None:
        columns["subject"] = subject
    source = (
        select(*columns.values())
        .select_from(found.outerjoin(PEOPLE, PEOPLE.c.id == found.c.person_id))
        .where(found.c.person_id != 0)
    )
    return await _insert_from(connection, columns, source)


async def fill_changes(
    connection: AsyncConnection, batch_id: int, of: Sequence[int], *, now: datetime, method: str | None = None
) -> int:
    """A delivery for every message that the batches `of` brought to somebody, to change or delete it.

    `method` is the same for all (`deleteMessage`), or None where the renderer decides. Fill again when the batches
    that are changed are finished: messages that were in the air the first time are added then. Returns how many were.
    """
    batch = await _batch(connection, batch_id)
    sent = DELIVERIES.alias("sent")
    columns = _common(batch, now) | {
        "key": literal(f"b{batch_id}:m") + cast(sent.c.id, String),
        "person_id": sent.c.person_id,
        "chat_id": sent.c.chat_id,
        "subject": sent.c.subject,
        "targets": sent.c.message_ids,
        "state": literal("queued"),
    }
    if method is not None:
        columns["method"] = literal(method)
    source = select(*columns.values()).where(
        sent.c.batch_id.in_(of), sent.c.state == "sent", sent.c.message_ids.is_not(None), sent.c.targets.is_(None)
    )
    return await _insert_from(connection, columns, source)


async def pause(connection: AsyncConnection, batch_id: int, reason: str | None = None) -> bool:
    """Claim no more rows of it; what is in the air arrives. False if it is not running."""
    return await _move(connection, batch_id, ("running",), state="paused", pause_reason=reason)


async def resume(connection: AsyncConnection, batch_id: int) -> bool:
    """Go on. False if it is not paused."""
    return await _move(connection, batch_id, ("paused",), state="running", pause_reason=None)


async def stop(connection: AsyncConnection, batch_id: int, now: datetime) -> int | None:
    """Drop what is queued, for good. Returns how many that were; None if it had ended already."""
    if not await _move(connection, batch_id, ("running", "paused"), state="stopped", finished_at=now):
        return None
    result = await connection.execute(
        update(DELIVERIES)
        .where(DELIVERIES.c.batch_id == batch_id, DELIVERIES.c.state == "queued")
        .values(state="dropped", error="stopped", recorded_at=now)
    )
    return result.rowcount


async def retry(connection: AsyncConnection, batch_id: int, now: datetime, states: Sequence[str] = NO_ANSWER) -> int:
    """Queue again what ended in one of these final states, and open the batch again. Returns how many rows."""
    result = await connection.execute(
        update(DELIVERIES)
        .where(DELIVERIES.c.batch_id == batch_id, DELIVERIES.c.state.in_(states))
        .values(
            state="queued",
            # What is unknown may have arrived, and now goes out again.
            maybe_twice=or_(DELIVERIES.c.maybe_twice, DELIVERIES.c.state == "unknown"),
            not_before=now,
            attempts=0,
            error=None,
            error_code=None,
            recorded_at=None,
        )
    )
    if result.rowcount:
        await _move(connection, batch_id, ("finished", "paused", "stopped"), **_REOPENED)
    return result.rowcount


async def finish_done(connection: AsyncConnection, now: datetime) -> list[int]:
    """Finish every running batch of which no row is open and which nobody may join any more. Returns their numbers."""
    result = await connection.execute(
        update(BATCHES).where(is_done(now)).values(state="finished", finished_at=now).returning(BATCHES.c.id)
    )
    return sorted(result.scalars())


def is_done(now: datetime) -> ColumnElement[bool]:
    """The condition under which a batch may be finished."""
    is_open = exists().where(DELIVERIES.c.batch_id == BATCHES.c.id, DELIVERIES.c.state.in_(OPEN))
    closed = or_(BATCHES.c.open_until.is_(None), BATCHES.c.open_until <= now)
    return (BATCHES.c.state == "running") & closed & ~is_open


_REOPENED: Final[dict[str, Any]] = {"state": "running", "finished_at": None, "pause_reason": None}


async def _move(connection: AsyncConnection, batch_id: int, states: Sequence[str], **changes: Any) -> bool:
    result = await connection.execute(
        update(BATCHES).where(BATCHES.c.id == batch_id, BATCHES.c.state.in_(states)).values(**changes)
    )
    return result.rowcount > 0


async def _batch(connection: AsyncConnection, batch_id: int) -> Any:
    return (await connection.execute(select(BATCHES).where(BATCHES.c.id == batch_id))).one()


def _common(batch: Any, now: datetime) -> dict[str, ColumnElement[Any]]:
    """The columns that are the same in every row of a batch."""
    moment = literal(now, UtcDateTime())
    return {
        "batch_id": literal(batch.id),
        "kind": literal(batch.kind),
        "priority": literal(OF_BATCHES),
        "on_unknown": literal(batch.on_unknown),
        "due": moment,
        "not_before": moment,
        "attempts": literal(0),
        "maybe_twice": literal(False),
        "created_at": moment,
    }


async def _insert_from(connection: AsyncConnection, columns: dict[str, ColumnElement[Any]], source: Select[Any]) -> int:
    into = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    statement = into(DELIVERIES).from_select(list(columns), source, include_defaults=False)
    result = await connection.execute(statement.on_conflict_do_nothing(index_elements=["key"]))
    return result.rowcount
