"""What is remembered of dates: the events that went into calendars, the reminders that were sent, what was put off."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Date, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.models.base import Base


class CalendarEventRow(Base):
    """An event of an application as it stood in the calendar file that was made last. A later file says with a higher
    number what has changed, and cancels what is no longer there."""

    __tablename__ = "calendar_events"

    application_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("applications.id", ondelete="CASCADE"), primary_key=True
    )
    item: Mapped[str] = mapped_column(String(60), primary_key=True)
    day: Mapped[date] = mapped_column(Date)
    summary: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(16))
    """Of everything that the event says."""
    sequence: Mapped[int]
    cancelled: Mapped[bool]
    changed_at: Mapped[datetime]


class ReminderRow(Base):
    """One message that reminded a person: at most one on each day of theirs."""

    __tablename__ = "reminders"

    person_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    """Where the person was."""
    key: Mapped[str] = mapped_column(String(120))
    """Of its delivery."""
    items: Mapped[list[Any]] = mapped_column(JSON)
    """What it reminded of: [code of the application, id of the deadline, last working day]."""
    due_from: Mapped[datetime]
    """The moment from which on nothing had been said yet; if it is never sent, it is looked at again from there."""
    made_at: Mapped[datetime]
    settled: Mapped[bool]
    """Whether it is known what became of its delivery."""


class ReminderHoldRow(Base):
    """A deadline about which a person does not want to hear: until a moment, or (NULL) ever."""

    __tablename__ = "reminder_holds"

    application_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("applications.id", ondelete="CASCADE"), primary_key=True
    )
    item: Mapped[str] = mapped_column(String(60), primary_key=True)
    until: Mapped[datetime | None]


UNSETTLED = text("NOT settled")

Index("ix_reminders_unsettled", ReminderRow.key, sqlite_where=UNSETTLED, postgresql_where=UNSETTLED)
