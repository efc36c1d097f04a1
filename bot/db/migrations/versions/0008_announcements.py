"""Announcements, audiences, results of selections; names of people, by which staff knows them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.db.types import UtcDateTime

revision = "0008"
down_revision = "0007"

BIG = sa.BigInteger()
BIG_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("people", sa.Column("name", sa.String(130)))
    op.add_column("people", sa.Column("username", sa.String(32)))
    op.create_table(
        "announcements",
        sa.Column("id", BIG_KEY, autoincrement=True, nullable=False),
        sa.Column("code", sa.String(8), nullable=False),
        sa.Column("author_id", BIG, nullable=False),
        sa.Column("category", sa.String(16), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("on_unknown", sa.String(8), nullable=False),
        sa.Column("due", UtcDateTime()),
        sa.Column("joins_until", UtcDateTime()),
        sa.Column("round_id", BIG),
        sa.Column("approver_id", BIG),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("progress", sa.JSON()),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("started_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name="pk_announcements"),
        sa.UniqueConstraint("code", name="uq_announcements_code"),
    )
    op.create_index("ix_announcements_author_id", "announcements", ["author_id"])
    op.create_index("ix_announcements_state", "announcements", ["state"])
    op.create_table(
        "audiences",
        sa.Column("id", BIG_KEY, autoincrement=True, nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("expression", sa.JSON(), nullable=False),
        sa.Column("created_by", BIG, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audiences"),
        sa.UniqueConstraint("name", name="uq_audiences_name"),
    )
    op.create_table(
        "selection_rounds",
        sa.Column("id", BIG_KEY, autoincrement=True, nullable=False),
        sa.Column("code", sa.String(8), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("created_by", BIG, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("announced_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name="pk_selection_rounds"),
        sa.UniqueConstraint("code", name="uq_selection_rounds_code"),
    )
    op.create_table(
        "selection_results",
        sa.Column("id", BIG_KEY, autoincrement=True, nullable=False),
        sa.Column("round_id", BIG, nullable=False),
        sa.Column("application_id", BIG, nullable=False),
        sa.Column("result", sa.String(16), nullable=False),
        sa.Column("note", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_selection_results"),
        sa.UniqueConstraint("round_id", "application_id", name="uq_selection_results_round_id_application_id"),
        _parent("round_id", "selection_rounds"),
        _parent("application_id", "applications"),
    )
    op.create_index("ix_selection_results_application_id", "selection_results", ["application_id"])


def _parent(column: str, table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_selection_results_{column}_{table}"
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=name, ondelete="CASCADE")


def downgrade() -> None:
    for table in ("selection_results", "selection_rounds", "audiences", "announcements"):
        op.drop_table(table)
    op.drop_column("people", "username")
    op.drop_column("people", "name")
