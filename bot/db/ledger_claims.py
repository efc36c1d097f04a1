"""The worker's way through a row: claimed before the call, recorded after it. See bot/outbound/ledger.py."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Integer,
    Update,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db import ledger_batches
from bot.db.engine import Database
from bot.db.ledger import BATCHES, DELIVERIES, OF_BATCHES, PRIORITIES
from bot.db.ledger_batches import PEOPLE
from bot.db.ledger_lease import LEASE_ROW, keep
from bot.db.types import UtcDateTime

Present = Callable[[], Collection[int]]
"""Chats that can be written to now, where that is known (a Telegram on a laptop)."""
LANES: Final = sorted(set(PRIORITIES.values()))
"""Priorities of messages to one person, each looked through by itself: an index leads to what is due in it."""

# Written out, because a database does not use a partial index for a value that it does not know yet.
_QUEUED = DELIVERIES.c.state == literal_column("'queued'")


@dataclass(frozen=True)
class Delivery:
    """A delivery that is ours to make."""

    id: int
    batch_id: int | None
    person_id: int
    chat_id: int
    kind: str
    subject: str | None
    method: str | None
    payload: dict[str, Any] | None
    targets: list[int] | None
    on_unknown: str
    attempts: int
    maybe_twice: bool

    @property
    def is_change(self) -> bool:
        """Whether it changes or deletes a message: done twice, it is as if done once."""
        return self.targets is not None


@dataclass(frozen=True)
class Change:
    """What is written about a delivery after its call."""

    id: int
    state: str
    not_before: datetime
    attempts: int
    maybe_twice: bool
    chat_id: int
    message_ids: list[int] | None = None
    error_code: int | None = None
    error: str | None = None


_COLUMNS = [DELIVERIES.c[name] for name in Delivery.__dataclass_fields__]
# Statements are built once: that costs more than executing them.
_NOW = bindparam("now", type_=UtcDateTime())
_DUE = _QUEUED & (DELIVERIES.c.not_before <= _NOW)
_ALONE = {lane: and_(DELIVERIES.c.batch_id.is_(None), DELIVERIES.c.priority == lane) for lane in LANES}
_LANES_IN_USE = [exists().where(_DUE, of_lane).label(f"lane_{lane}") for lane, of_lane in _ALONE.items()]
_OLDEST_BATCH = (
    select(func.min(BATCHES.c.id))
    .where(
        BATCHES.c.state == "running",
        exists().where(_DUE, DELIVERIES.c.batch_id == BATCHES.c.id, DELIVERIES.c.priority == OF_BATCHES),
    )
    .scalar_subquery()
    .label("batch_id")
)
_PROBE = select(*_LANES_IN_USE, _OLDEST_BATCH)
_LEASE_AND_PROBE = LEASE_ROW.add_columns(*_LANES_IN_USE, _OLDEST_BATCH)
_WAITING = (
    select(*_COLUMNS, PEOPLE.c.reachable)
    .select_from(DELIVERIES.outerjoin(PEOPLE, PEOPLE.c.id == DELIVERIES.c.person_id))
    .where(
        _DUE,
        or_(DELIVERIES.c.useful_until.is_(None), DELIVERIES.c.useful_until >= _NOW),
        DELIVERIES.c.chat_id.not_in(bindparam("busy", expanding=True)),
    )
    .order_by(DELIVERIES.c.not_before, DELIVERIES.c.id)
    .limit(bindparam("most", type_=Integer))
    .with_for_update(of=DELIVERIES, skip_locked=True)
)
_OF_BATCH = _WAITING.where(
    DELIVERIES.c.batch_id == bindparam("of_batch", type_=BigInteger), DELIVERIES.c.priority == OF_BATCHES
)
_OF_LANE = {lane: _WAITING.where(of_lane) for lane, of_lane in _ALONE.items()}
_IS_PRESENT = DELIVERIES.c.chat_id.in_(bindparam("present", expanding=True))
_THESE = update(DELIVERIES).where(DELIVERIES.c.id.in_(bindparam("ids", expanding=True)))
_CLAIM = _THESE.values(
    state="sending", claimed_by=bindparam("holder"), claimed_at=bindparam("claimed", type_=UtcDateTime())
)
_SKIP = _THESE.values(state="blocked", error="unreachable", recorded_at=bindparam("recorded", type_=UtcDateTime()))
_RECORD = (
    update(DELIVERIES)
    .where(
        DELIVERIES.c.id == bindparam("of_id"),
        DELIVERIES.c.state == "sending",
        DELIVERIES.c.claimed_by == bindparam("holder"),
    )
    .values(
        {name: bindparam(f"new_{name}") for name in Change.__dataclass_fields__ if name not in ("id", "chat_id")}
        | {
            "recorded_at": bindparam("new_recorded_at"),
            # Somebody who was erased meanwhile stays erased.
            "chat_id": case((DELIVERIES.c.person_id == 0, 0), else_=bindparam("new_chat_id", type_=BigInteger)),
            "payload": case((bindparam("is_sent"), null()), else_=DELIVERIES.c.payload),
        }
    )
)


class ClaimRepository:
    """The deliveries table as the sending worker uses it."""

    def __init__(self, database: Database, present: Present | None = None) -> None:
        self._database = database
        self._present = present

    async def claim(
        self, holder: str, now: datetime, limit: int, *, busy: Collection[int] = ()
    ) -> list[Delivery] | None:
        """Take up to `limit` deliveries that are due, what is urgent first, at most one for each chat and none for the
        `busy` ones; None if the lease is not ours any more. Who cannot be reached is recorded at once as blocked."""
        async with self._database.transaction() as connection:
            lease = (await connection.execute(_LEASE_AND_PROBE, {"now": now})).first()
            if not await keep(connection, lease, holder, now):
                return None
            found = await self._due(connection, lease, now, limit, busy)
            blocked = [row.id for row in found if row.reachable is False]
            claimed = [row for row in found if row.reachable is not False]
            if blocked:
                await connection.execute(_SKIP, {"ids": blocked, "recorded": now})
            if claimed:
                ids = [row.id for row in claimed]
                await connection.execute(_CLAIM, {"ids": ids, "holder": holder, "claimed": now})
        return [Delivery(*row[: len(_COLUMNS)]) for row in claimed]

    async def record(
        self, holder: str, changes: Sequence[Change], now: datetime, *, gone: Collection[int], paused: dict[int, str]
    ) -> None:
        """Write what became of deliveries that are still ours; that some people (`gone`) cannot be reached, unless they
        have written since the call; and that some batches are paused, with the reason. All or nothing."""
        rows = [
            {f"new_{name}": value for name, value in asdict(change).items() if name != "id"}
            | {"of_id": change.id, "holder": holder, "new_recorded_at": now, "is_sent": change.state == "sent"}
            for change in changes
        ]
        async with self._database.transaction() as connection:
            if gone:
                await connection.execute(_unreachable(gone, [change.id for change in changes]))
            await connection.execute(_RECORD, rows)
            for batch_id, reason in paused.items():
                await ledger_batches.pause(connection, batch_id, reason)

    async def is_waiting(self, now: datetime) -> bool:
        """Whether anything is due that may be claimed."""
        async with self._database.connect() as connection:
            row = (await connection.execute(_PROBE, {"now": now})).one()
        return any(row[: len(LANES)]) or row.batch_id is not None

    async def tidy(self, now: datetime) -> list[int]:
        """Drop what nobody needs any more, and finish batches that are done; returns their numbers."""
        expired = _QUEUED & (DELIVERIES.c.useful_until < now)
        done = exists().where(ledger_batches.is_done(now))
        async with self._database.connect() as connection:
            row = (await connection.execute(select(exists().where(expired), done))).one()
        if not any(row):
            return []
        async with self._database.transaction() as connection:
            await connection.execute(
                update(DELIVERIES)
                .where(expired)
                .values(state="dropped", error="expired", recorded_at=now, payload=None)
            )
            return await ledger_batches.finish_done(connection, now)

    async def _due(
        self, connection: AsyncConnection, probe: Any, now: datetime, limit: int, busy: Collection[int]
    ) -> list[Any]:
        """What may be claimed: urgent messages, then reminders, then the oldest batch that has something due."""
        chats = set(busy)
        found: list[Any] = []
        wanted = [waiting for lane, waiting in _OF_LANE.items() if getattr(probe, f"lane_{lane}")]
        if probe.batch_id is not None:
            wanted.append(_OF_BATCH)
        for waiting in wanted:
            values = {"now": now, "busy": sorted(chats), "most": limit - len(found), "of_batch": probe.batch_id}
            if self._present is not None:
                waiting = waiting.where(_IS_PRESENT)  # noqa: PLW2901 - the same, on a laptop
                values["present"] = sorted(self._present())
            for row in await connection.execute(waiting, values):
                if row.chat_id not in chats:
                    chats.add(row.chat_id)
                    found.append(row)
            if len(found) >= limit:
                break
        return found


def _unreachable(people: Collection[int], deliveries: Sequence[int]) -> Update:
    """Nobody who has written after the call that was refused: they are back."""
    called = (
        select(func.min(DELIVERIES.c.claimed_at))
        .where(DELIVERIES.c.id.in_(deliveries), DELIVERIES.c.person_id == PEOPLE.c.id)
        .scalar_subquery()
    )
    return update(PEOPLE).where(PEOPLE.c.id.in_(sorted(people)), PEOPLE.c.seen_at <= called).values(reachable=False)
