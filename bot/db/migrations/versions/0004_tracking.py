"""What a person was told of a checklist; files that wait for their item; statements; files can be restored."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.db.types import UtcDateTime

revision = "0004"
down_revision = "0003"

BIG = sa.BigInteger()
BIG_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("applications", sa.Column("told", sa.JSON()))
    for name in ("seq", "batch"):
        op.add_column("submissions", sa.Column(name, BIG, nullable=False, server_default=sa.text("0")))
    op.add_column("submissions", sa.Column("removed_seq", BIG))
    op.create_table(
        "statements",
        sa.Column("id", BIG_KEY, autoincrement=True, nullable=False),
        sa.Column("application_id", BIG, nullable=False),
        sa.Column("list_name", sa.String(16), nullable=False),
        sa.Column("item", sa.String(60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("said_at", UtcDateTime(), nullable=False),
        sa.Column("withdrawn_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name="pk_statements"),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name="fk_statements_application_id_applications",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_statements_application_id", "statements", ["application_id"])
    op.create_table(
        "waiting_files",
        sa.Column("seq", BIG_KEY, autoincrement=False, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("batch", BIG, nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("file_unique_id", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("file_name", sa.Text()),
        sa.Column("mime_type", sa.String(127)),
        sa.Column("size", BIG),
        sa.Column("sent_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_waiting_files"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_waiting_files_person_id_people", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_waiting_files_person_id", "waiting_files", ["person_id"])


def downgrade() -> None:
    op.drop_table("waiting_files")
    op.drop_table("statements")
    for name in ("seq", "batch", "removed_seq"):
        op.drop_column("submissions", name)
    op.drop_column("applications", "told")
