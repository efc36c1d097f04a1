"""Who may do what, and what they did."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.models.base import Base, BigKey


class StaffRow(Base):
    """Somebody with a role. No reference to `people`: a role may be given before the first message."""

    __tablename__ = "staff"

    person_id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=False)
    role: Mapped[str] = mapped_column(String(16))
    name: Mapped[str | None] = mapped_column(String(130))
    """As they are called in Telegram, when it was last seen; for other members of staff to know them by."""
    granted_by: Mapped[int | None] = mapped_column(BigInteger)
    granted_at: Mapped[datetime]


class StaffInviteRow(Base):
    """A link that makes whoever opens it first a member of staff. Of its token only the hash is kept."""

    __tablename__ = "staff_invites"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    """SHA-256, in hexadecimal."""
    role: Mapped[str] = mapped_column(String(16))
    created_by: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_by: Mapped[int | None] = mapped_column(BigInteger)
    used_name: Mapped[str | None] = mapped_column(String(130))
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class AuditRow(Base):
    """One act of staff, or an erasure. Append-only: the database itself refuses to delete or to change a line. Only the
    names may go from it (`actor_id`, `subject`, `details`), so that it names nobody whose data was erased."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor_id: Mapped[int | None] = mapped_column(BigInteger)
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str | None] = mapped_column(String(60))
    details: Mapped[dict[str, Any]]
