"""An update that finds at its end that somebody else was faster: handled again from what there is then."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiogram import Router
from aiogram.types import Message
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.app import App, running
from bot.chat import polling
from bot.config import Settings
from bot.errors import Overtaken
from bot.handling import TRIES
from bot.sandbox import Person, Sandbox
from bot.services.visit import Visit
from knowledge import Knowledge


class Race:
    """A handler whose write is overtaken a number of times."""

    def __init__(self) -> None:
        self.lost = 0
        self.handled: list[int] = []

    def router(self) -> Router:
        router = Router()

        @router.message()
        async def handle(message: Message, visit: Visit) -> None:
            self.handled.append(visit.memory.extra.get("n", 0))
            visit.memory.extra["n"] = visit.memory.extra.get("n", 0) + 1
            visit.writes["race"] = self.write
            await message.answer(f"{visit.memory.extra['n']}")

        return router

    async def write(self, _connection: AsyncConnection) -> None:
        if self.lost:
            self.lost -= 1
            raise Overtaken


@pytest.fixture
def race() -> Race:
    return Race()


@pytest.fixture
async def app(connected: Settings, knowledge: Knowledge, race: Race) -> AsyncIterator[App]:
    async with running(connected, knowledge=knowledge, router=race.router()) as started, polling(started):
        yield started


async def test_it_is_handled_again_from_the_same_state(app: App, sandbox: Sandbox, ani: Person, race: Race) -> None:
    for lost in (0, 1, TRIES - 1):
        race.lost = lost
        await ani.say("go")
        await sandbox.quiet(app.inbox.settled)
    assert race.handled == [0, 1, 1, *[2] * TRIES]
    assert ani.screen.text == "3"


async def test_it_is_given_up_without_effects_after_some_tries(
    app: App, sandbox: Sandbox, ani: Person, race: Race
) -> None:
    race.lost = TRIES
    await ani.say("go")
    await sandbox.quiet(app.inbox.settled)
    await ani.say("go")
    await sandbox.quiet(app.inbox.settled)
    assert race.handled == [0] * (TRIES + 1)
    assert ani.screen.text == "1"
