"""The ledger of outbound messages: one row for each recipient and message, and who may send them now."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, SmallInteger, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.models.base import Base, BigKey


class BatchRow(Base):
    """Deliveries that are paused, resumed, stopped and counted together: one sending of an announcement, its correction
    or its recall. What is said stands with the announcement, not here."""

    __tablename__ = "batches"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=True)
    announcement_id: Mapped[int | None] = mapped_column(BigInteger, index=True)
    purpose: Mapped[str] = mapped_column(String(12))
    """send | correct | recall"""
    kind: Mapped[str] = mapped_column(String(16))
    """Kind of its deliveries, by which the renderer is found."""
    state: Mapped[str] = mapped_column(String(12))
    """running | paused | stopped | finished"""
    author_id: Mapped[int | None] = mapped_column(BigInteger)
    on_unknown: Mapped[str] = mapped_column(String(8))
    """again | leave: what to do with a message that may have arrived."""
    pause_reason: Mapped[str | None] = mapped_column(Text)
    """What Telegram said, when it was not a person who paused it."""
    open_until: Mapped[datetime | None]
    """Until then more recipients may come, so it is not finished before."""
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class DeliveryRow(Base):
    """One message to one recipient. Rows are never removed: their keys see to it that nothing is said twice."""

    __tablename__ = "deliveries"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    batch_id: Mapped[int | None] = mapped_column(BigInteger)
    person_id: Mapped[int] = mapped_column(BigInteger, index=True)
    """0 once the person was erased."""
    chat_id: Mapped[int] = mapped_column(BigInteger)
    """Where it goes: the person, or a group, which may move to another id."""
    kind: Mapped[str] = mapped_column(String(16))
    priority: Mapped[int] = mapped_column(SmallInteger)
    """0 goes first."""
    subject: Mapped[str | None] = mapped_column(String(40))
    """What in the batch it is about, for its renderer: the code of an application."""
    method: Mapped[str | None] = mapped_column(String(32))
    """Method of the Bot API; none: the renderer decides."""
    payload: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """Parameters of the method without the chat; none: the renderer makes them. Emptied when it was sent."""
    targets: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))
    """The messages that are to be changed or deleted."""
    state: Mapped[str] = mapped_column(String(12))
    """queued | sending | sent | blocked | refused | unknown | dropped"""
    on_unknown: Mapped[str] = mapped_column(String(8))
    due: Mapped[datetime]
    not_before: Mapped[datetime]
    """When the next try may be made: at first when it is due."""
    useful_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(SmallInteger)
    """Tries that reached Telegram and brought no answer that could be used."""
    claimed_by: Mapped[str | None] = mapped_column(String(60))
    claimed_at: Mapped[datetime | None]
    recorded_at: Mapped[datetime | None]
    """When its state last changed because of an answer, or of none."""
    message_ids: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))
    error_code: Mapped[int | None]
    error: Mapped[str | None] = mapped_column(String(200))
    maybe_twice: Mapped[bool]
    """It was in the air when a worker died or an answer was lost, so the person may have it twice."""
    created_at: Mapped[datetime]


class SenderRow(Base):
    """The one row that says who sends for this bot now, and until when nobody may."""

    __tablename__ = "sender"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=False)
    holder: Mapped[str | None] = mapped_column(String(60))
    until: Mapped[datetime | None]
    paused_until: Mapped[datetime | None]
    """Telegram said 429: nobody sends before."""


QUEUED = text("state = 'queued'")
PERISHABLE = text("state = 'queued' AND useful_until IS NOT NULL")
SENDING = text("state = 'sending'")

Index(
    "ix_deliveries_waiting",
    DeliveryRow.batch_id,
    DeliveryRow.priority,
    DeliveryRow.not_before,
    DeliveryRow.id,
    sqlite_where=QUEUED,
    postgresql_where=QUEUED,
)
Index("ix_deliveries_sending", DeliveryRow.claimed_by, sqlite_where=SENDING, postgresql_where=SENDING)
Index("ix_deliveries_useful_until", DeliveryRow.useful_until, sqlite_where=PERISHABLE, postgresql_where=PERISHABLE)
Index("ix_deliveries_batch_id_state", DeliveryRow.batch_id, DeliveryRow.state)
