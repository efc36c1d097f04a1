"""The real bot, in this process: dispatcher, SQLite and a Bot API server on loopback, with people who talk to it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.app import App
from bot.config import Settings
from bot.i18n import Translators, load_translators
from bot.sandbox import ManualClock, Sandbox
from knowledge import Knowledge, load
from tests.support.bot import bot_at_work, settings_for
from tests.support.chat import ChatClient
from tests.support.clock import TestClock
from tests.support.database import Sqlite

__all__ = ["bot_at_work"]


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load()


@pytest.fixture(scope="session")
def translators() -> Translators:
    return load_translators()


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Sqlite:
    return Sqlite(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with await Sandbox.start(clock=ManualClock()) as started:
        yield started


@pytest.fixture
async def settings(sqlite: Sqlite, sandbox: Sandbox) -> Settings:
    return settings_for(sandbox, await sqlite.migrated())


@pytest.fixture
async def app(settings: Settings, clock: TestClock, knowledge: Knowledge) -> AsyncIterator[App]:
    async with bot_at_work(settings, clock, knowledge) as started:
        yield started


@pytest.fixture
def ani(sandbox: Sandbox, app: App) -> ChatClient:
    """Somebody whose phone speaks Indonesian."""
    return ChatClient(sandbox, sandbox.person("Ani", language="id"), app.inbox.settled)


@pytest.fixture
def john(sandbox: Sandbox, app: App) -> ChatClient:
    """Somebody whose phone speaks English."""
    return ChatClient(sandbox, sandbox.person("John", language="en"), app.inbox.settled)
