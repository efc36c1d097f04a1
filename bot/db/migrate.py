"""Running the migrations, from the bot itself or from `python -m bot db upgrade`."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import URL, Connection, event, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from bot.db.engine import DATABASE_TROUBLE
from bot.db.migrations import HEAD
from bot.db.sqlite import SqliteConnections, make_private
from bot.db.url import DatabaseUrl, unreachable
from bot.errors import ConfigError

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK = 5_211_003
"""Number of the PostgreSQL lock that lets one process migrate at a time."""

log = logging.getLogger(__name__)


async def upgrade(url: DatabaseUrl, revision: str = "head") -> None:
    """Bring the database up to `revision`, all or nothing. Doing it twice, or from two processes at once, is harmless.

    Raises:
        ConfigError: the database cannot be reached, or was made by a newer version of the bot.
    """
    await _run(url, "upgrade", revision)


async def downgrade(url: DatabaseUrl, revision: str) -> None:
    """Go back to `revision` ("base" empties the database).

    Raises:
        ConfigError: as `upgrade`.
    """
    await _run(url, "downgrade", revision)


async def _run(url: DatabaseUrl, direction: str, revision: str) -> None:
    files = SqliteConnections()
    engine = _engine(url, files)
    try:
        async with _connected(engine, url) as connection:
            await connection.run_sync(_migrate, url, direction, revision)
    except DATABASE_TROUBLE as error:
        raise unreachable(url, error) from error
    finally:
        try:
            await engine.dispose()
        finally:
            await files.close()


@asynccontextmanager
async def _connected(engine: AsyncEngine, url: DatabaseUrl) -> AsyncIterator[AsyncConnection]:
    try:
        connection = await engine.connect().start()
    except (TypeError, ValueError) as error:
        # An option of the address that the driver does not have, or not with this value.
        raise unreachable(url, error) from error
    try:
        yield connection
    finally:
        await connection.close()


def _engine(url: DatabaseUrl, files: SqliteConnections) -> AsyncEngine:
    """An engine of its own, without foreign keys: altering a table of SQLite drops the old one, and with foreign keys
    on that would take along whatever refers to it."""
    if url.dialect == "postgresql":
        return create_async_engine(url.url, poolclass=NullPool)
    engine = create_async_engine(
        URL.create("sqlite+aiosqlite", database=str(url.path)),
        connect_args={"async_creator_fn": files.open},
        isolation_level="AUTOCOMMIT",
        poolclass=NullPool,
    )

    @event.listens_for(engine.sync_engine, "connect")
    def configure(connection: object, _record: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined]
        for pragma in ("journal_mode=WAL", "foreign_keys=OFF", "busy_timeout=15000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return engine


def _migrate(connection: Connection, url: DatabaseUrl, direction: str, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    if url.dialect == "sqlite":
        _keep_a_copy(connection, url)
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    try:
        getattr(command, direction)(config, revision)
    except CommandError as error:
        raise ConfigError(
            "DATABASE_URL", f"{url.shown} is not of this version ({error})", "Use the version of the bot that made it"
        ) from error
    if url.dialect == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            connection.exec_driver_sql("ROLLBACK")
            raise ConfigError("DATABASE_URL", f"{url.shown} has rows that refer to nothing", "Restore a backup")
        connection.exec_driver_sql("COMMIT")
    else:
        connection.commit()
    log.info("database: %s to %s", direction, revision)


def _keep_a_copy(connection: Connection, url: DatabaseUrl) -> None:
    """Before tables with data in them are altered, the file is copied beside itself, once per revision."""
    if not connection.exec_driver_sql("SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'").scalar():
        return
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if url.path is None or found in (None, HEAD):
        return
    copy = url.path.with_name(f"{url.path.name}.before-{HEAD}-at-{found}")
    if not copy.exists() or not copy.stat().st_size:
        make_private(copy)
        connection.exec_driver_sql("VACUUM INTO ?", (str(copy),))
