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
