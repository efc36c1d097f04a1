"""Updates of Telegram, stored before they are confirmed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.models.base import Base, BigKey


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
