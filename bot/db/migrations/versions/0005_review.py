"""Who reviews which item, and what was decided."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.db.types import UtcDateTime

revision = "0005"
down_revision = "0004"

BIG = sa.BigInteger()
BIG_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "review_claims",
        sa.Column("item_id", BIG_KEY, autoincrement=False, nullable=False),
        sa.Column("reviewer_id", BIG, nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("item_id", name="pk_review_claims"),
        _of_item("review_claims"),
    )
    op.create_table(
        "review_decisions",
        sa.Column("id", BIG_KEY, autoincrement=False, nullable=False),
        sa.Column("item_id", BIG, nullable=False),
        sa.Column("reviewer_id", BIG, nullable=False),
        sa.Column("from_status", sa.String(12), nullable=False),
        sa.Column("to_status", sa.String(12), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("waiting_since", UtcDateTime(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("told_with", sa.String(80), nullable=False),
        sa.Column("undone_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name="pk_review_decisions"),
        _of_item("review_decisions"),
    )
    op.create_index("ix_review_decisions_item_id", "review_decisions", ["item_id"])
    op.create_index("ix_review_decisions_told_with", "review_decisions", ["told_with"])
    op.create_index("ix_review_decisions_reviewer_id_at", "review_decisions", ["reviewer_id", "at"])
    waiting = sa.text("status = 'submitted'")
    op.create_index(
        "ix_checklist_items_waiting",
        "checklist_items",
        ["updated_at"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )


def _of_item(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["item_id"], ["checklist_items.id"], name=f"fk_{table}_item_id_checklist_items", ondelete="CASCADE"
    )


def downgrade() -> None:
    op.drop_index("ix_checklist_items_waiting", "checklist_items")
    op.drop_table("review_decisions")
    op.drop_table("review_claims")
