"""Alembic's entry: migrates on the connection that `bot.db.migrate` hands over, inside its transaction."""

from __future__ import annotations

from alembic import context

from bot.db.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    transactional_ddl=False,
)
context.run_migrations()
