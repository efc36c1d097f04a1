"""The tables.

    people ──< applications ──< checklist_items
                            ├─< item_moves      every change of an item, never altered
                            └─< submissions     files, by Telegram's ids only
    staff        who may review, announce, administrate
    audit        what staff did, append-only
    inbox        updates of Telegram, stored before they are confirmed

An update of one person costs three statements: it is inserted into the inbox, read together with its person, and the
person's row is written with everything that changed and the number of the update (`applied_seq`).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Integer, MetaData, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bot.db.types import UtcDateTime

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""Names of constraints, so that a migration can drop what another one made."""

BigKey = BigInteger().with_variant(Integer, "sqlite")
"""A key: SQLite counts it up, and finds it without a second index, only if it is called INTEGER (64 bits there)."""


class Base(DeclarativeBase):
    """Base of every table."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - the declarative base reads it from the class
        datetime: UtcDateTime,
        dict[str, Any]: JSON,
    }


class PersonRow(Base):
    """Whoever has written to the bot: their language, their answers so far, where the conversation stands."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=False)
    """Telegram's user id."""
    language: Mapped[str] = mapped_column(String(2))
    language_chosen: Mapped[bool]
    """False while the language is only a guess from the phone."""
    timezone: Mapped[str] = mapped_column(String(64))
    answers: Mapped[dict[str, Any]]
    """Fact key to value; null stands for "I don't know"."""
    goal: Mapped[str] = mapped_column(String(16))
    application: Mapped[str | None] = mapped_column(String(8))
    """Code of the application that the answers belong to."""
    conversation: Mapped[dict[str, Any]]
    applied_seq: Mapped[int] = mapped_column(BigInteger)
    """Number of the last update whose effects are in this row and in what belongs to it."""
    reachable: Mapped[bool]
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class InboxRow(Base):
    """An update of Telegram. Finished when its payload is gone, or when its person's `applied_seq` has reached it."""

    __tablename__ = "inbox"

    seq: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=True)
    update_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    person_id: Mapped[int] = mapped_column(BigInteger)
    """Whose update it is; the chat's id or 0 where there is no user."""
    payload: Mapped[str | None] = mapped_column(Text)
    received_at: Mapped[datetime]

    __table_args__ = ({"sqlite_autoincrement": True},)


Index(
    "ix_inbox_waiting",
    InboxRow.person_id,
    InboxRow.seq,
    sqlite_where=InboxRow.payload.is_not(None),
    postgresql_where=InboxRow.payload.is_not(None),
)


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
    file_name: Mapped[str | None] = mapped_column(Text)
    mime_type: Mapped[str | None] = mapped_column(String(127))
    size: Mapped[int | None] = mapped_column(BigInteger)
    """Bytes."""
    sent_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class StaffRow(Base):
    """Somebody with a role. No reference to `people`: a role may be given before the first message."""

    __tablename__ = "staff"

    person_id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=False)
    role: Mapped[str] = mapped_column(String(16))
    granted_by: Mapped[int | None] = mapped_column(BigInteger)
    granted_at: Mapped[datetime]


class AuditRow(Base):
    """One act of staff, or an erasure. Append-only; names nobody whose data was erased."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor_id: Mapped[int | None] = mapped_column(BigInteger)
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str | None] = mapped_column(String(60))
    details: Mapped[dict[str, Any]]
