"""Trouble with Telegram: what passes is waited out, what stays is one clear line, and no update is lost on the way."""

from __future__ import annotations

import asyncio

import pytest

from bot.app import running
from bot.config import Settings
from bot.errors import ConfigError
from bot.sandbox import Person, Sandbox
from knowledge import Knowledge
from tests.bot.small_bot import say, small_bot, small_router

SENDING = "sendMessage"


@pytest.fixture
def dialect() -> str:
    return "sqlite"


@pytest.fixture(autouse=True)
def no_long_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.inbox.polling.LONGEST_PAUSE", 0.05)
    monkeypatch.setattr("bot.middlewares.PAUSES", (0.01, 0.01, 0.01))


async def test_another_copy_of_the_bot_is_named_and_waited_for(
    connected: Settings, sandbox: Sandbox, ani: Person, knowledge: Knowledge, caplog: pytest.LogCaptureFixture
) -> None:
    sandbox.faults.refuse(409, "Conflict: terminated by other getUpdates request", times=2, method="getUpdates")
    await ani.start()
    async with small_bot(connected, knowledge) as app:
        assert await say(app, sandbox, ani, "/count") == "1"
    assert "is another copy of the bot running" in caplog.text


@pytest.mark.parametrize("trouble", ["lose_answer", "lose_call"])
async def test_a_broken_line_loses_no_update(
    connected: Settings, sandbox: Sandbox, ani: Person, knowledge: Knowledge, trouble: str
) -> None:
    await ani.start()
    for _ in range(3):
        await ani.say("/count")
    getattr(sandbox.faults, trouble)(times=3, method="getUpdates")
    async with small_bot(connected, knowledge) as app:
        await sandbox.quiet(app.inbox.settled)
        assert ani.screen.text == "3"


async def test_a_token_that_stops_working_ends_the_bot(
    connected: Settings, sandbox: Sandbox, knowledge: Knowledge
) -> None:
    async with running(connected, knowledge=knowledge, router=small_router()) as app:
        sandbox.faults.refuse(401, "Unauthorized", method="getUpdates")
        with pytest.raises(ConfigError, match="BOT_TOKEN: Telegram refuses it"):
            await app.poll(asyncio.Event())


async def test_a_flood_is_waited_out(connected: Settings, sandbox: Sandbox, ani: Person, knowledge: Knowledge) -> None:
    async with small_bot(connected, knowledge) as app:
        await ani.start()
        sandbox.faults.refuse(429, "Too Many Requests: retry after 1", method=SENDING, retry_after=1)
        assert await say(app, sandbox, ani, "/count") == "1"


async def test_a_message_that_may_have_arrived_is_not_sent_again(
    connected: Settings, sandbox: Sandbox, ani: Person, knowledge: Knowledge
) -> None:
    async with small_bot(connected, knowledge) as app:
        await ani.start()
        sandbox.faults.lose_answer(method=SENDING)
        await say(app, sandbox, ani, "/count")
        assert [screen.text for screen in ani.messages if screen.from_bot].count("1") == 1


async def test_an_edit_whose_answer_was_lost_is_made_again(
    connected: Settings, sandbox: Sandbox, ani: Person, knowledge: Knowledge
) -> None:
    async with small_bot(connected, knowledge) as app:
        await ani.start()
        await say(app, sandbox, ani, "/count")
        sandbox.faults.lose_call(method="editMessageText")
        await ani.press("more")
        await sandbox.quiet(app.inbox.settled)
        assert ani.screen.text == "2"


async def test_an_inbox_that_nobody_works_at_ends_the_bot(
    connected: Settings, sandbox: Sandbox, ani: Person, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def collapse(_self: object, _person_id: int) -> None:
        raise MemoryError

    monkeypatch.setattr("bot.inbox.inbox.Inbox._serve", collapse)
    await ani.start()
    async with running(connected, knowledge=knowledge, router=small_router()) as app:
        with pytest.raises(MemoryError):
            await asyncio.wait_for(app.poll(asyncio.Event()), 10)
