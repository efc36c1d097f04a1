"""Databases of both kinds, and people in them."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace

import pytest

from bot.config import Settings
from bot.db.engine import Database, open_database
from bot.db.url import DatabaseUrl
from bot.sandbox import Person, Sandbox
from bot.secret import Secret
from knowledge import Knowledge, load
from tests.support.clock import TestClock
from tests.support.database import PostgresDatabases, Sqlite
from tests.support.postgres import postgres_server


@dataclass
class Databases:
    """Both kinds, for tests that choose themselves."""

    sqlite: Sqlite
    postgres: PostgresDatabases

    async def empty(self, dialect: str) -> DatabaseUrl:
        return self.sqlite.empty() if dialect == "sqlite" else await self.postgres.empty()

    async def migrated(self, dialect: str) -> DatabaseUrl:
        return await (self.sqlite.migrated() if dialect == "sqlite" else self.postgres.migrated())


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    with postgres_server() as server:
        yield Databases(Sqlite(tmp_path_factory.mktemp("sqlite")), PostgresDatabases(server))


@pytest.fixture(params=["sqlite", "postgresql"])
def dialect(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


@pytest.fixture
async def url(databases: Databases, dialect: str) -> DatabaseUrl:
    """A migrated database of each kind in turn."""
    return await databases.migrated(dialect)


@pytest.fixture
async def database(url: DatabaseUrl) -> AsyncIterator[Database]:
    opened = open_database(url)
    yield opened
    await opened.close()


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load()


@pytest.fixture
def settings(url: DatabaseUrl) -> Settings:
    return Settings(database=url)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with await Sandbox.start() as started:
        yield started


@pytest.fixture
def connected(settings: Settings, sandbox: Sandbox) -> Settings:
    """Settings of a bot whose Telegram is the sandbox."""
    return replace(settings, bot_token=Secret(sandbox.token), telegram_api_url=sandbox.url)


@pytest.fixture
def ani(sandbox: Sandbox) -> Person:
    return sandbox.person("Ani")


@pytest.fixture
def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
