"""Whoever has written to the bot."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.models.base import Base, BigKey


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
    name: Mapped[str | None] = mapped_column(String(130))
    """As Telegram shows it; staff sees it beside what they review, and announcements greet by it."""
    username: Mapped[str | None] = mapped_column(String(32))
    """Without the @; lists of staff name people by it."""
    preferences: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    """What they wish to be sent (`bot.services.people.preferences`)."""
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
