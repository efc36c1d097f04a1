"""Databases for tests: real files and a real server, made from a migrated template because migrating takes longer."""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot.db.migrate import upgrade
from bot.db.models import Base
from bot.db.url import DatabaseUrl, parse_database_url, sqlite_url
from tests.support.postgres import Postgres


class Sqlite:
    """SQLite files in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._template = folder / "template.sqlite3"
        self._numbers = itertools.count(1)

    def empty(self) -> DatabaseUrl:
        """A database without tables."""
        return sqlite_url(self._folder / f"test-{next(self._numbers)}.sqlite3")

    async def migrated(self) -> DatabaseUrl:
        """A database with the tables of today."""
        if not self._template.exists():
            await upgrade(sqlite_url(self._template))
        url = self.empty()
        assert url.path is not None
        shutil.copy(self._template, url.path)
        return url


class PostgresDatabases:
    """Databases on a server."""

    def __init__(self, server: Postgres) -> None:
        self._server = server
        self._migrated: DatabaseUrl | None = None

    async def empty(self) -> DatabaseUrl:
        """A new database without tables."""
        return parse_database_url(self._server.address(await self._server.new_database()))

    async def migrated(self) -> DatabaseUrl:
        """The database with the tables of today, emptied: making a new one takes longer than a test."""
        if self._migrated is None:
            url = await self.empty()
            await upgrade(url)
            self._migrated = url
        engine = create_async_engine(self._migrated.url, poolclass=NullPool)
        async with engine.begin() as connection:
            tables = ", ".join(Base.metadata.tables)
            await connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY"))
        await engine.dispose()
        return self._migrated
