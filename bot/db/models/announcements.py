"""Announcements: what is said to whom, audiences that are kept, and the results of selections.

What became of an announcement stands in the ledger: its batches have its number.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.models.base import Base, BigKey


class AnnouncementRow(Base):
    """An announcement from the first draft on."""

    __tablename__ = "announcements"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=True)
    code: Mapped[str] = mapped_column(String(8), unique=True)
    author_id: Mapped[int] = mapped_column(BigInteger, index=True)
    category: Mapped[str] = mapped_column(String(16))
    """What kind of news it is: people mute by it."""
    state: Mapped[str] = mapped_column(String(12), index=True)
    """draft | approval | scheduled | started | discarded. How far a started one is, its batches say."""
    content: Mapped[dict[str, Any]]
    """Texts by language, files, buttons: see bot/services/announcements/content.py."""
    audience: Mapped[dict[str, Any]]
    """An expression: see bot/services/audience.py."""
    on_unknown: Mapped[str] = mapped_column(String(8))
    """again | leave: what to do with a message that may have arrived."""
    due: Mapped[datetime | None]
    """When it starts; none: as soon as it is confirmed."""
    joins_until: Mapped[datetime | None]
    """Until then whoever joins the audience gets it too."""
    round_id: Mapped[int | None] = mapped_column(BigInteger)
    """The selection round whose results it brings: everybody gets their own."""
    approver_id: Mapped[int | None] = mapped_column(BigInteger)
    version: Mapped[int]
    """Counts the contents: 1 is what was sent first, each correction makes the next."""
    progress: Mapped[dict[str, Any] | None]
    """The message that shows the author how far it is: chat, message, what it said last."""
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    started_at: Mapped[datetime | None]


class AudienceRow(Base):
    """An audience that is kept under a name; all who may announce see it."""

    __tablename__ = "audiences"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    expression: Mapped[dict[str, Any]]
    created_by: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime]


class RoundRow(Base):
    """One selection, of which the results are announced together."""

    __tablename__ = "selection_rounds"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=True)
    code: Mapped[str] = mapped_column(String(8), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    created_by: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime]
    announced_at: Mapped[datetime | None]
    """Before that, nobody but staff sees a result of it."""


class ResultRow(Base):
    """What came out for one application in one round."""

    __tablename__ = "selection_results"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=True)
    round_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("selection_rounds.id", ondelete="CASCADE"))
    application_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("applications.id", ondelete="CASCADE"), index=True
    )
    result: Mapped[str] = mapped_column(String(16))
    """selected | reserve | not_selected"""
    note: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (UniqueConstraint("round_id", "application_id"),)
