"""Invitations of staff, names of staff, what a person wishes to be sent; the audit log becomes append-only."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.db.types import UtcDateTime

revision = "0003"
down_revision = "0002"

BIG = sa.BigInteger()
BIG_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

REFUSED = "the audit log is append-only"
ONLY_NAMES_GO = """
    NEW.id = OLD.id AND NEW.at = OLD.at AND NEW.action = OLD.action
    AND (NEW.actor_id IS NULL OR NEW.actor_id = OLD.actor_id)
    AND (NEW.subject IS NULL OR NEW.subject = OLD.subject)
    AND CAST(NEW.details AS text) IN ('{}', CAST(OLD.details AS text))
"""
"""True of an update that says nothing new: what a person can ask to be erased becomes empty, or stays."""
SQLITE = (
    f"""CREATE TRIGGER audit_keeps_lines BEFORE DELETE ON audit
        BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END""",
    f"""CREATE TRIGGER audit_keeps_words BEFORE UPDATE ON audit WHEN ({ONLY_NAMES_GO}) IS NOT TRUE
        BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END""",
)
POSTGRESQL = (
    f"""CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                IF {ONLY_NAMES_GO} THEN RETURN NEW; END IF;
            END IF;
            RAISE EXCEPTION '{REFUSED}';
        END $$""",
    """CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE ON audit
        FOR EACH ROW EXECUTE FUNCTION audit_is_append_only()""",
)
SQLITE_UNDO = ("DROP TRIGGER audit_keeps_lines", "DROP TRIGGER audit_keeps_words")
POSTGRESQL_UNDO = ("DROP TRIGGER audit_is_append_only ON audit", "DROP FUNCTION audit_is_append_only()")


def upgrade() -> None:
    op.add_column("people", sa.Column("preferences", sa.JSON(), nullable=False, server_default=sa.text("'{}'")))
    op.add_column("staff", sa.Column("name", sa.String(130)))
    op.create_table(
        "staff_invites",
        sa.Column("id", BIG_KEY, autoincrement=True, nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("created_by", BIG),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("used_by", BIG),
        sa.Column("used_name", sa.String(130)),
        sa.Column("used_at", UtcDateTime()),
        sa.Column("revoked_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name="pk_staff_invites"),
        sa.UniqueConstraint("token_hash", name="uq_staff_invites_token_hash"),
    )
    _execute(SQLITE, POSTGRESQL)


def downgrade() -> None:
    _execute(SQLITE_UNDO, POSTGRESQL_UNDO)
    op.drop_table("staff_invites")
    # Not in batch mode: that would make `people` anew, and dropping the old table takes with it whatever hangs on it.
    op.drop_column("staff", "name")
    op.drop_column("people", "preferences")


def _execute(on_sqlite: tuple[str, ...], on_postgresql: tuple[str, ...]) -> None:
    for statement in on_sqlite if op.get_bind().dialect.name == "sqlite" else on_postgresql:
        op.execute(statement)
