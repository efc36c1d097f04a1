"""Migrations: up, down and up again on both databases, and the tables they make are those of the models."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from bot.db.engine import open_database
from bot.db.migrate import MIGRATIONS, downgrade, upgrade
from bot.db.migrations import HEAD
from bot.db.models import Base
from bot.db.schema import require_head, revision
from bot.db.url import sqlite_url
from bot.errors import ConfigError
from tests.bot.conftest import Databases


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
    return list(compare_metadata(context, Base.metadata))


def table_names(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


async def test_up_down_and_up_again(databases: Databases, dialect: str) -> None:
    url = await databases.empty(dialect)
    await upgrade(url)
    await downgrade(url, "base")
    database = open_database(url)
    async with database.connect() as connection:
        assert await connection.run_sync(table_names) <= {"alembic_version"}
    await upgrade(url)
    async with database.connect() as connection:
        assert await connection.run_sync(table_names) == {*Base.metadata.tables, "alembic_version"}
        assert await connection.run_sync(differences) == []
    await database.close()


async def test_upgrading_twice_is_harmless(databases: Databases, dialect: str) -> None:
    url = await databases.empty(dialect)
    await upgrade(url)
    await upgrade(url)
    database = open_database(url)
    assert await revision(database) == HEAD
    await database.close()


def test_the_head_in_the_code_is_the_newest_on_disk() -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == HEAD


async def test_sqlite_is_migrated_at_the_start(databases: Databases) -> None:
    database = open_database(databases.sqlite.empty())
    await require_head(database)
    assert await revision(database) == HEAD
    await database.close()


async def test_postgresql_is_not_migrated_behind_the_back(databases: Databases) -> None:
    database = open_database(await databases.postgres.empty())
    with pytest.raises(ConfigError, match="db upgrade"):
        await require_head(database)
    await database.close()


async def test_a_database_of_a_newer_version_is_refused(databases: Databases) -> None:
    url = await databases.sqlite.migrated()
    database = open_database(url)
    async with database.connect() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ConfigError, match="not of this version"):
        await require_head(database)
    await database.close()


async def test_the_file_is_copied_before_its_tables_are_altered(databases: Databases) -> None:
    url = databases.sqlite.empty()
    database = open_database(url)
    async with database.connect() as connection:
        await connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
        await connection.execute(text("INSERT INTO alembic_version VALUES ('0000')"))
    with pytest.raises(ConfigError):
        await upgrade(url)
    assert url.path is not None
    assert url.path.with_name(f"{url.path.name}.before-{HEAD}-at-0000").exists()
    await database.close()


async def test_only_the_user_of_the_bot_can_read_the_file_and_what_lies_beside_it(databases: Databases) -> None:
    url = databases.sqlite.empty()
    database = open_database(url)
    async with database.connect() as connection:
        await connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
        await connection.execute(text("INSERT INTO alembic_version VALUES ('0000')"))
        with pytest.raises(ConfigError):
            await upgrade(url)
        assert url.path is not None
        found = {
            path.name.removeprefix(url.path.name): path.stat() for path in url.path.parent.glob(f"{url.path.name}*")
        }
    await database.close()
    assert {"", "-wal", f".before-{HEAD}-at-0000"} <= set(found)
    assert {name: oct(each.st_mode & 0o777) for name, each in found.items()} == dict.fromkeys(found, "0o600")


async def test_a_file_that_is_no_database_is_refused_with_one_line(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database " * 100)
    database = open_database(sqlite_url(path))
    with pytest.raises(ConfigError, match="cannot open"):
        await require_head(database)
    await database.close()
