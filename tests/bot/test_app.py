"""The bot put together, against the sandbox: replies and effects, errors, taps, restarts, how it presents itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.app import App
from bot.config import Settings
from bot.db.people import PeopleRepository
from bot.errors import ConfigError
from bot.sandbox import Person, Sandbox
from knowledge import Knowledge
from tests.bot.small_bot import say, small_bot
from tests.support.waiting import eventually


@pytest.fixture
async def app(connected: Settings, knowledge: Knowledge) -> AsyncIterator[App]:
    async with small_bot(connected, knowledge) as running_app:
        yield running_app


async def test_what_is_said_is_answered_and_remembered(app: App, sandbox: Sandbox, ani: Person) -> None:
    await ani.start()
    assert [await say(app, sandbox, ani, "/count") for _ in range(3)] == ["1", "2", "3"]


async def test_a_tap_is_answered_even_if_the_handler_does_not(app: App, sandbox: Sandbox, ani: Person) -> None:
    await ani.start()
    await say(app, sandbox, ani, "/count")
    await ani.press("more")
    await sandbox.quiet(app.inbox.settled)
    assert ani.screen.text == "2"
    assert sandbox.calls.of("answerCallbackQuery")


async def test_a_mistake_of_ours_costs_one_reply_and_no_data(app: App, sandbox: Sandbox, ani: Person) -> None:
    await ani.start()
    await say(app, sandbox, ani, "/count")
    sorry = await say(app, sandbox, ani, "/break")
    assert sorry not in ("", "1", "/break")
    assert await say(app, sandbox, ani, "/count") == "2"


async def test_what_a_person_can_be_told_is_told(app: App, sandbox: Sandbox, ani: Person) -> None:
    await ani.start()
    assert "/status" in await say(app, sandbox, ani, "/gone")


async def test_a_reply_that_telegram_refuses_does_not_undo_the_effects(app: App, sandbox: Sandbox, ani: Person) -> None:
    await ani.start()
    assert await say(app, sandbox, ani, "/wrong") != "/wrong", "somebody who wrote is never left without an answer"
    assert await say(app, sandbox, ani, "/count") == "8"


async def test_who_blocks_the_bot_is_known_to_be_out_of_reach(app: App, sandbox: Sandbox, ani: Person) -> None:
    await ani.start()
    await say(app, sandbox, ani, "/count")
    await ani.block()
    await sandbox.quiet(app.inbox.settled)
    stored = await PeopleRepository(app.database).load(ani.id)
    assert stored is not None
    assert not stored.reachable


async def test_a_language_that_was_chosen_shows_in_the_menu(app: App, sandbox: Sandbox, ani: Person) -> None:
    await ani.start()
    await say(app, sandbox, ani, "/english")
    (call,) = [one for one in sandbox.calls.of("setMyCommands") if "scope" in one.params]
    assert str(ani.id) in str(call.params["scope"])


def has_presented_itself() -> bool:
    return "presenting" not in {task.get_name() for task in asyncio.all_tasks()}


async def test_commands_and_descriptions_are_registered_once(
    connected: Settings, sandbox: Sandbox, knowledge: Knowledge
) -> None:
    for asked in (2, 4):
        async with small_bot(connected, knowledge):
            await eventually(has_presented_itself)
        assert len(sandbox.calls.of("getMyShortDescription")) == asked
        assert len(sandbox.calls.of("setMyCommands")) == 2
        assert len(sandbox.calls.of("setMyDescription")) == 2


async def test_after_a_restart_the_conversation_goes_on(
    connected: Settings, sandbox: Sandbox, ani: Person, knowledge: Knowledge
) -> None:
    async with small_bot(connected, knowledge) as app:
        await ani.start()
        await say(app, sandbox, ani, "/count")
    await ani.say("/count")
    async with small_bot(connected, knowledge) as app:
        await sandbox.quiet(app.inbox.settled)
        assert ani.screen.text == "2"


async def test_what_is_finished_is_soon_forgotten(app: App, sandbox: Sandbox, ani: Person) -> None:
    await ani.start()
    for _ in range(205):
        await ani.say("/count")
    await sandbox.quiet(app.inbox.settled)
    assert len(await app.store.content_of(ani.id)) > 100
    # The next poll confirms them, and when it is answered we know.
    assert [await say(app, sandbox, ani, "/count") for _ in range(2)] == ["206", "207"]

    async def few_are_left() -> bool:
        return len(await app.store.content_of(ani.id)) < 5

    await eventually(few_are_left)


async def test_a_token_that_telegram_refuses_is_one_clear_line(connected: Settings, knowledge: Knowledge) -> None:
    async with await Sandbox.start(token="777:the-only-one") as strict:
        wrong = replace(connected, telegram_api_url=strict.url)
        with pytest.raises(ConfigError, match="BOT_TOKEN: Telegram refuses it"):
            async with small_bot(wrong, knowledge):
                pass


async def test_no_answer_from_telegram_is_one_clear_line(
    connected: Settings, knowledge: Knowledge, unused_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.middlewares.PAUSES", (0.01,))
    nowhere = replace(connected, telegram_api_url=f"http://127.0.0.1:{unused_port}")
    with pytest.raises(ConfigError, match="TELEGRAM_API_URL: no answer from"):
        async with small_bot(nowhere, knowledge):
            pass


async def test_the_token_is_never_logged(
    app: App, sandbox: Sandbox, ani: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    await ani.start()
    for text in ("/count", "/break", "/wrong", "/gone"):
        await say(app, sandbox, ani, text)
    assert sandbox.token not in caplog.text
    assert "could not be handled" in caplog.text


async def test_a_backlog_is_worked_off_without_loss(
    connected: Settings, sandbox: Sandbox, knowledge: Knowledge
) -> None:
    people = [sandbox.person(f"Person {number}") for number in range(30)]
    for person in people:
        await person.start()
        for _ in range(5):
            await person.say("/count")
    async with small_bot(connected, knowledge) as app:
        await sandbox.quiet(app.inbox.settled)
        assert {person.screen.text for person in people} == {"5"}
