"""Questions that had no good answer, so that there may be one. Who asked stands apart from what was asked."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Float, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.models.base import Base, BigKey


class QuestionGroupRow(Base):
    """Questions that are alike: what staff look at and decide about."""

    __tablename__ = "question_groups"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=True)
    key: Mapped[str] = mapped_column(String(240), unique=True)
    """The words that count, in their stems and in the order of the alphabet."""
    topic: Mapped[str | None] = mapped_column(String(60))
    """What the search took the first of them to be about, if it took it to be about anything."""
    status: Mapped[str] = mapped_column(String(16), index=True)
    answer: Mapped[str | None] = mapped_column(Text)
    """What staff answered last."""
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class QuestionRow(Base):
    """One question, masked, without the person: no column leads to one."""

    __tablename__ = "questions"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=True)
    token: Mapped[str] = mapped_column(String(12), unique=True)
    """A random name, known to the asker's own row until they ask others, so that a vote finds its question."""
    group_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("question_groups.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Text)
    lang: Mapped[str] = mapped_column(String(2))
    reason: Mapped[str] = mapped_column(String(12))
    """`unanswered`, `chosen` (a suggestion) or `down` (a thumb)."""
    topic: Mapped[str | None] = mapped_column(String(60))
    """The topic that was shown."""
    confidence: Mapped[float] = mapped_column(Float)
    asked_at: Mapped[datetime] = mapped_column(index=True)


class QuestionAskerRow(Base):
    """Whom an answer goes to. Gone when it was sent, when the question is closed, after a month, or with the person."""

    __tablename__ = "question_askers"

    question_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    person_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("people.id", ondelete="CASCADE"), index=True)
    asked_at: Mapped[datetime] = mapped_column(index=True)
