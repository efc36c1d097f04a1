"""The ledger of outbound messages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.db.types import UtcDateTime

revision = "0002"
down_revision = "0001"

BIG = sa.BigInteger()
BIG_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "batches",
        sa.Column("id", BIG_KEY, autoincrement=True, nullable=False),
        sa.Column("announcement_id", BIG),
        sa.Column("purpose", sa.String(12), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("author_id", BIG),
        sa.Column("on_unknown", sa.String(8), nullable=False),
        sa.Column("pause_reason", sa.Text()),
        sa.Column("open_until", UtcDateTime()),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name="pk_batches"),
    )
    op.create_index("ix_batches_announcement_id", "batches", ["announcement_id"])
    op.create_table(
        "deliveries",
        sa.Column("id", BIG_KEY, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("batch_id", BIG),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("chat_id", BIG, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("priority", sa.SmallInteger(), nullable=False),
        sa.Column("subject", sa.String(40)),
        sa.Column("method", sa.String(32)),
        sa.Column("payload", sa.JSON()),
        sa.Column("targets", sa.JSON()),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("on_unknown", sa.String(8), nullable=False),
        sa.Column("due", UtcDateTime(), nullable=False),
        sa.Column("not_before", UtcDateTime(), nullable=False),
        sa.Column("useful_until", UtcDateTime()),
        sa.Column("attempts", sa.SmallInteger(), nullable=False),
        sa.Column("claimed_by", sa.String(60)),
        sa.Column("claimed_at", UtcDateTime()),
        sa.Column("recorded_at", UtcDateTime()),
        sa.Column("message_ids", sa.JSON()),
        sa.Column("error_code", sa.Integer()),
        sa.Column("error", sa.String(200)),
        sa.Column("maybe_twice", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.UniqueConstraint("key", name="uq_deliveries_key"),
    )
    op.create_index("ix_deliveries_person_id", "deliveries", ["person_id"])
    op.create_index("ix_deliveries_batch_id_state", "deliveries", ["batch_id", "state"])
    _partial("ix_deliveries_waiting", ["batch_id", "priority", "not_before", "id"], "state = 'queued'")
    _partial("ix_deliveries_useful_until", ["useful_until"], "state = 'queued' AND useful_until IS NOT NULL")
    _partial("ix_deliveries_sending", ["claimed_by"], "state = 'sending'")
    op.create_table(
        "sender",
        sa.Column("id", BIG_KEY, autoincrement=False, nullable=False),
        sa.Column("holder", sa.String(60)),
        sa.Column("until", UtcDateTime()),
        sa.Column("paused_until", UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name="pk_sender"),
    )


def _partial(name: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, "deliveries", columns, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    for table in ("sender", "deliveries", "batches"):
        op.drop_table(table)
