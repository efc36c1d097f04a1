"""Questions that had no good answer, in groups; for a while, who asked them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.db.types import UtcDateTime

revision = "0007"
down_revision = "0006"

BIG = sa.BigInteger()
BIG_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "question_groups",
        sa.Column("id", BIG_KEY, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(240), nullable=False),
        sa.Column("topic", sa.String(60)),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("answer", sa.Text()),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name="pk_question_groups"),
        sa.UniqueConstraint("key", name="uq_question_groups_key"),
    )
    op.create_index("ix_question_groups_status", "question_groups", ["status"])
    op.create_table(
        "questions",
        sa.Column("id", BIG_KEY, autoincrement=True, nullable=False),
        sa.Column("token", sa.String(12), nullable=False),
        sa.Column("group_id", BIG, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("lang", sa.String(2), nullable=False),
        sa.Column("reason", sa.String(12), nullable=False),
        sa.Column("topic", sa.String(60)),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_questions"),
        sa.UniqueConstraint("token", name="uq_questions_token"),
        sa.ForeignKeyConstraint(
            ["group_id"], ["question_groups.id"], name="fk_questions_group_id_question_groups", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_questions_group_id", "questions", ["group_id"])
    op.create_index("ix_questions_asked_at", "questions", ["asked_at"])
    op.create_table(
        "question_askers",
        sa.Column("question_id", BIG, autoincrement=False, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("question_id", name="pk_question_askers"),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name="fk_question_askers_question_id_questions", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_question_askers_person_id_people", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_question_askers_person_id", "question_askers", ["person_id"])
    op.create_index("ix_question_askers_asked_at", "question_askers", ["asked_at"])


def downgrade() -> None:
    for table in ("question_askers", "questions", "question_groups"):
        op.drop_table(table)
