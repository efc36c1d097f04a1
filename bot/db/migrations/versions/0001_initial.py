"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.db.types import UtcDateTime

revision = "0001"
down_revision = None

BIG = sa.BigInteger()
BIG_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "people",
        sa.Column("id", BIG_KEY, autoincrement=False, nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("language_chosen", sa.Boolean(), nullable=False),
        sa.Column("timezone", sa.String(64), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("goal", sa.String(16), nullable=False),
        sa.Column("application", sa.String(8)),
        sa.Column("conversation", sa.JSON(), nullable=False),
        sa.Column("applied_seq", BIG, nullable=False),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
    )
    op.create_table(
        "inbox",
        sa.Column("seq", BIG_KEY, autoincrement=True, nullable=False),
        sa.Column("update_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("payload", sa.Text()),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_inbox"),
        sa.UniqueConstraint("update_id", name="uq_inbox_update_id"),
        sqlite_autoincrement=True,
    )
    waiting = sa.text("payload IS NOT NULL")
    op.create_index("ix_inbox_waiting", "inbox", ["person_id", "seq"], sqlite_where=waiting, postgresql_where=waiting)
    op.create_table(
        "applications",
        sa.Column("id", BIG_KEY, autoincrement=True, nullable=False),
        sa.Column("code", sa.String(8), nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("mobility_type", sa.String(40)),
        sa.Column("programme", sa.String(40)),
        sa.Column("verdict", sa.String(24), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_applications"),
        sa.UniqueConstraint("code", name="uq_applications_code"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_applications_person_id_people", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_applications_person_id", "applications", ["person_id"])
    op.create_table(
        "checklist_items",
        sa.Column("id", BIG_KEY, autoincrement=True, nullable=False),
        sa.Column("application_id", BIG, nullable=False),
        sa.Column("list_name", sa.String(16), nullable=False),
        sa.Column("item", sa.String(60), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_checklist_items"),
        sa.UniqueConstraint(
            "application_id", "list_name", "item", name="uq_checklist_items_application_id_list_name_item"
        ),
        _of_application("checklist_items"),
    )
    op.create_table(
        "item_moves",
        sa.Column("id", BIG_KEY, autoincrement=True, nullable=False),
        sa.Column("application_id", BIG, nullable=False),
        sa.Column("list_name", sa.String(16), nullable=False),
        sa.Column("item", sa.String(60), nullable=False),
        sa.Column("from_status", sa.String(12), nullable=False),
        sa.Column("to_status", sa.String(12), nullable=False),
        sa.Column("actor_id", BIG, nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_item_moves"),
        _of_application("item_moves"),
    )
    op.create_index("ix_item_moves_application_id", "item_moves", ["application_id"])
    op.create_table(
        "submissions",
        sa.Column("id", BIG_KEY, autoincrement=True, nullable=False),
        sa.Column("application_id", BIG, nullable=False),
        sa.Column("list_name", sa.String(16), nullable=False),
        sa.Column("item", sa.String(60), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("file_unique_id", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("file_name", sa.Text()),
        sa.Column("mime_type", sa.String(127)),
        sa.Column("size", BIG),
        sa.Column("sent_at", UtcDateTime(), nullable=False),
        sa.Column("removed_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name="pk_submissions"),
        _of_application("submissions"),
    )
    op.create_index("ix_submissions_application_id", "submissions", ["application_id"])
    op.create_table(
        "staff",
        sa.Column("person_id", BIG_KEY, autoincrement=False, nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("granted_by", BIG),
        sa.Column("granted_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="pk_staff"),
    )
    op.create_table(
        "audit",
        sa.Column("id", BIG_KEY, autoincrement=True, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor_id", BIG),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(60)),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index("ix_audit_at", "audit", ["at"])


def _of_application(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["application_id"], ["applications.id"], name=f"fk_{table}_application_id_applications", ondelete="CASCADE"
    )


def downgrade() -> None:
    for table in ("audit", "staff", "submissions", "item_moves", "checklist_items", "applications", "inbox", "people"):
        op.drop_table(table)
