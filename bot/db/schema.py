"""Bringing the database to the revision that this code is written for.

Alembic is imported only when there is something to migrate: a start without migrations should not pay for it.
"""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.engine import DATABASE_TROUBLE, Database
from bot.db.migrations import HEAD
from bot.db.url import unreachable
from bot.errors import ConfigError


async def revision(database: Database) -> str | None:
    """The revision of the database; None if it is empty.

    Raises:
        ConfigError: the database cannot be reached or is not one.
    """
    try:
        async with database.connect() as connection:
            return await _revision(connection, database)
    except (*DATABASE_TROUBLE, TypeError, ValueError) as error:
        # The last two: an option of the address that the driver does not have, or not with this value.
        raise unreachable(database.url, error) from error


async def _revision(connection: AsyncConnection, database: Database) -> str | None:
    tables = (
        "SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'"
        if database.dialect == "sqlite"
        else "SELECT count(*) FROM pg_tables WHERE tablename = 'alembic_version' AND schemaname = current_schema()"
    )
    if not await connection.scalar(text(tables)):
        return None
    number: str | None = await connection.scalar(text("SELECT version_num FROM alembic_version"))
    return number


async def require_head(database: Database) -> None:
    """Make sure that the tables are those of this code: on SQLite by migrating, elsewhere by saying what to do.

    Raises:
        ConfigError: the database cannot be reached, or needs a migration that is not ours to start.
    """
    found = await revision(database)
    if found == HEAD:
        return
    if database.dialect != "sqlite":
        state = "missing" if found is None else f"at revision {found}, not {HEAD}"
        raise ConfigError(
            "DATABASE_URL",
            f"the tables of {database.url.shown} are {state}",
            "Run: python -m bot db upgrade",
        )
    from bot.db.migrate import upgrade

    await upgrade(database.url)
