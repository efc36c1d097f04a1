"""Applications and what hangs on them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.models.base import Base, BigKey


class ApplicationRow(Base):
    """A result that somebody keeps under a name."""

    __tablename__ = "applications"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=True)
    code: Mapped[str] = mapped_column(String(8), unique=True)
    person_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("people.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    answers: Mapped[dict[str, Any]]
    mobility_type: Mapped[str | None] = mapped_column(String(40))
    programme: Mapped[str | None] = mapped_column(String(40))
    verdict: Mapped[str] = mapped_column(String(24))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    told: Mapped[dict[str, Any] | None]
    """The checklist as the person last heard of it; NULL before they have seen it. See
    `bot.services.applications.news`."""
    remind_at: Mapped[datetime | None] = mapped_column(index=True)
    """When to look next whether there is something to remind of; NULL: not before the answers change."""
    reminded_until: Mapped[datetime | None]
    """What was due before this moment has been dealt with."""


class ChecklistItemRow(Base):
    """The status of one item of a checklist. An item without a row is still to do; a row outlives its item, so that
    an item that comes back after a change of answers comes back with its tick."""

    __tablename__ = "checklist_items"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=True)
    application_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("applications.id", ondelete="CASCADE"))
    list_name: Mapped[str] = mapped_column(String(16))
    item: Mapped[str] = mapped_column(String(60))
    status: Mapped[str] = mapped_column(String(12))
    updated_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("application_id", "list_name", "item"),)


class ItemMoveRow(Base):
    """One change of an item's status: who, when, from what to what, why."""

    __tablename__ = "item_moves"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=True)
    application_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("applications.id", ondelete="CASCADE"), index=True
    )
    list_name: Mapped[str] = mapped_column(String(16))
    item: Mapped[str] = mapped_column(String(60))
    from_status: Mapped[str] = mapped_column(String(12))
    to_status: Mapped[str] = mapped_column(String(12))
    actor_id: Mapped[int] = mapped_column(BigInteger)
    reason: Mapped[str | None] = mapped_column(Text)
    at: Mapped[datetime]


class SubmissionRow(Base):
    """A file handed in for an item. Only Telegram's ids are kept, never the file."""

    __tablename__ = "submissions"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=True)
    application_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("applications.id", ondelete="CASCADE"), index=True
    )
    list_name: Mapped[str] = mapped_column(String(16))
    item: Mapped[str] = mapped_column(String(60))
    file_id: Mapped[str] = mapped_column(Text)
    file_unique_id: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(12))
    """photo or document."""
    file_name: Mapped[str | None] = mapped_column(Text)
    mime_type: Mapped[str | None] = mapped_column(String(127))
    size: Mapped[int | None] = mapped_column(BigInteger)
    """Bytes."""
    sent_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    seq: Mapped[int] = mapped_column(BigInteger)
    """Number of the update that brought the file; what buttons name it by."""
    batch: Mapped[int] = mapped_column(BigInteger)
    """Number of the update that brought the first of the files sent together."""
    removed_seq: Mapped[int | None] = mapped_column(BigInteger)
    """Number of the update that removed it; what was removed together can be restored together."""


class StatementRow(Base):
    """What the applicant says about a paper they do not have; a question to staff until it is withdrawn."""

    __tablename__ = "statements"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=True)
    application_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("applications.id", ondelete="CASCADE"), index=True
    )
    list_name: Mapped[str] = mapped_column(String(16))
    item: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text)
    said_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class WaitingFileRow(Base):
    """A file that was sent before anybody knew which item it is for."""

    __tablename__ = "waiting_files"

    seq: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("people.id", ondelete="CASCADE"), index=True)
    batch: Mapped[int] = mapped_column(BigInteger)
    file_id: Mapped[str] = mapped_column(Text)
    file_unique_id: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(12))
    file_name: Mapped[str | None] = mapped_column(Text)
    mime_type: Mapped[str | None] = mapped_column(String(127))
    size: Mapped[int | None] = mapped_column(BigInteger)
    sent_at: Mapped[datetime]
