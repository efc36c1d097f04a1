"""A sandbox for each test, on a port of its own, with time standing still."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.sandbox import ManualClock, Person, Sandbox
from tests.sandbox.client import BotClient
from tests.sandbox.parrot import Parrot


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def sandbox(clock: ManualClock) -> AsyncIterator[Sandbox]:
    async with await Sandbox.start(clock=clock) as started:
        yield started


@pytest.fixture
def ani(sandbox: Sandbox) -> Person:
    return sandbox.person("Ani", language="id")


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[BotClient]:
    async with BotClient(sandbox.url, sandbox.token) as client:
        yield client


@pytest.fixture
async def parrot(bot: BotClient) -> AsyncIterator[Parrot]:
    """A small bot that runs."""
    running = Parrot(bot)
    task = asyncio.create_task(running.run())
    yield running
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
