"""Events in calendars; when an application is looked at for reminders; reminders that were sent, what was put off."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.db.types import UtcDateTime

revision = "0006"
down_revision = "0005"

BIG = sa.BigInteger()


def upgrade() -> None:
    op.add_column("applications", sa.Column("remind_at", UtcDateTime()))
    op.add_column("applications", sa.Column("reminded_until", UtcDateTime()))
    op.create_index("ix_applications_remind_at", "applications", ["remind_at"])
    # What is due of the applications there are is worked out when they are looked at first.
    op.execute("UPDATE applications SET remind_at = updated_at, reminded_until = updated_at")
    op.create_table(
        "calendar_events",
        sa.Column("application_id", BIG, nullable=False),
        sa.Column("item", sa.String(60), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(16), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("application_id", "item", name="pk_calendar_events"),
        _of_application("calendar_events"),
    )
    op.create_table(
        "reminders",
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("due_from", UtcDateTime(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("settled", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "day", name="pk_reminders"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_reminders_person_id_people", ondelete="CASCADE"),
    )
    unsettled = sa.text("NOT settled")
    op.create_index("ix_reminders_unsettled", "reminders", ["key"], sqlite_where=unsettled, postgresql_where=unsettled)
    op.create_table(
        "reminder_holds",
        sa.Column("application_id", BIG, nullable=False),
        sa.Column("item", sa.String(60), nullable=False),
        sa.Column("until", UtcDateTime()),
        sa.PrimaryKeyConstraint("application_id", "item", name="pk_reminder_holds"),
        _of_application("reminder_holds"),
    )


def _of_application(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["application_id"], ["applications.id"], name=f"fk_{table}_application_id_applications", ondelete="CASCADE"
    )


def downgrade() -> None:
    for table in ("reminder_holds", "reminders", "calendar_events"):
        op.drop_table(table)
    op.drop_index("ix_applications_remind_at", "applications")
    op.drop_column("applications", "reminded_until")
    op.drop_column("applications", "remind_at")
