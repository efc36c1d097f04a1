"""Databases of both kinds, a sandbox with somebody in it, and a worker between them."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.db.engine import Database
from bot.sandbox import ManualClock, Person, Sandbox
from knowledge import Knowledge, load
from tests.bot.conftest import clock, database, databases, dialect, url
from tests.outbound.desk import Desk, desk_at
from tests.outbound.reminder_world import World
from tests.support.clock import TestClock

__all__ = ["clock", "database", "databases", "dialect", "url"]


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with await Sandbox.start(clock=ManualClock()) as started:
        yield started


@pytest.fixture
async def ani(sandbox: Sandbox) -> Person:
    """Somebody who has started the bot."""
    person = sandbox.person("Ani")
    await person.start()
    return person


@pytest.fixture
async def desk(sandbox: Sandbox, database: Database, clock: TestClock) -> AsyncIterator[Desk]:
    async with desk_at(sandbox, database, clock) as made:
        yield made


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load()


@pytest.fixture
def world(database: Database, knowledge: Knowledge, clock: TestClock) -> World:
    return World(database, knowledge, clock)
