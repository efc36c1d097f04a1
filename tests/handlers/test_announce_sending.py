"""/announce: preview, time, the last question, agreement of a second person."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.app import App
from bot.config import Settings
from bot.sandbox import Sandbox
from handlers.announcements.callbacks import (
    Approve,
    Confirm,
    Draft,
    Preview,
    TakeBack,
    When,
)
from knowledge import Knowledge
from tests.handlers.announcing import announcement, drafted
from tests.handlers.pressing import buttons, change, press
from tests.handlers.reviewing import hire, told
from tests.support.bot import bot_at_work
from tests.support.chat import ChatClient
from tests.support.clock import TestClock


@pytest.fixture
def dewi(john: ChatClient, settings: Settings) -> ChatClient:
    """Somebody who may announce, and speaks English."""
    dewi = john.other("Dewi", language="en")
    hire(settings, dewi, "announcer")
    return dewi


async def test_the_preview_is_what_is_sent(dewi: ChatClient) -> None:
    await drafted(dewi, "Hello {name}, until {deadline}")
    assert "1 has nothing to put in {deadline}" in dewi.screen.text
    await press(dewi, Preview)
    assert dewi.messages[-2].text == "Hello Dewi, until [deadline]"
    assert "filled in for each person" in dewi.screen.text


async def test_a_misspelt_place_stands_in_the_way(dewi: ChatClient) -> None:
    await drafted(dewi, "Hello {nmae}")
    assert "Nothing fills {nmae}" in dewi.screen.text
    assert not buttons(dewi, Confirm)


async def test_when_it_starts_and_who_joins(dewi: ChatClient, settings: Settings, clock: TestClock) -> None:
    await drafted(dewi)
    await press(dewi, When)
    await press(dewi, When, do="type")
    await dewi.say("yesterday")
    assert "lie ahead" in dewi.screen.text
    await dewi.say("1 Jan 2028 02:00")
    await press(dewi, When, do="joins")
    await dewi.say("31 Dec 2027 09:00")
    assert "lie ahead" in dewi.screen.text
    await dewi.say("3 Jan 2028 09:00")
    await press(dewi, When, do="leave")
    kept_as = announcement(settings)
    assert (kept_as["due"][:16], kept_as["joins_until"][:16], kept_as["on_unknown"]) == (
        "2027-12-31 19:00",
        "2028-01-03 02:00",
        "leave",
    )
    await press(dewi, Draft)
    await press(dewi, Confirm)
    assert "People sleep then" in dewi.screen.text
    assert "day off in Indonesia" in dewi.screen.text
    await press(dewi, Confirm, sure=True)
    assert announcement(settings)["state"] == "scheduled"
    await press(dewi, TakeBack)
    assert announcement(settings)["state"] == "draft"


async def test_over_fifty_recipients_the_number_is_typed(dewi: ChatClient, settings: Settings) -> None:
    await dewi.say("/start")
    people = """
        INSERT INTO people (id, language, language_chosen, timezone, answers, goal, conversation, applied_seq,
            reachable, preferences, created_at, seen_at)
        SELECT ?, language, language_chosen, timezone, answers, goal, conversation, applied_seq,
            reachable, preferences, created_at, seen_at FROM people LIMIT 1
    """
    for number in range(60):
        change(settings, people, 9_000 + number)
    await drafted(dewi)
    await press(dewi, Confirm)
    assert "send me the number: 61" in dewi.screen.text
    assert not buttons(dewi, Confirm)
    await dewi.tap(Confirm(code=announcement(settings)["code"], sure=True).pack(), dewi.screen.message_id)
    assert announcement(settings)["state"] == "draft"
    await press(dewi, Draft)
    await press(dewi, Confirm)
    await dewi.say("60")
    assert announcement(settings)["state"] == "draft"
    await press(dewi, Draft)
    await press(dewi, Confirm)
    await dewi.say("61")
    assert announcement(settings)["state"] == "scheduled"


@pytest.fixture
async def strict(settings: Settings, sandbox: Sandbox, clock: TestClock, knowledge: Knowledge) -> AsyncIterator[App]:
    """A bot of an office where a second person has to agree."""
    async with bot_at_work(replace(settings, announce_approval=True), clock, knowledge) as app:
        yield app


@pytest.mark.parametrize("agrees", [True, False])
async def test_a_second_person_agrees_or_gives_it_back(
    strict: App, sandbox: Sandbox, settings: Settings, agrees: bool
) -> None:
    dewi = ChatClient(sandbox, sandbox.person("Dewi", language="en"), strict.inbox.settled)
    budi = dewi.other("Budi", language="id")
    for one in (dewi, budi):
        hire(settings, one, "announcer")
        await one.say("/start")
    await drafted(dewi)
    await press(dewi, Confirm)
    await press(dewi, Confirm, sure=True)
    code = announcement(settings)["code"]
    assert announcement(settings)["state"] == "approval"
    [asked] = told(settings)
    assert "Dewi ingin mengumumkan ini" in asked["text"]
    await dewi.tap(Approve(code=code, yes=True).pack(), dewi.screen.message_id)
    assert announcement(settings)["state"] == "approval"
    await budi.tap(Approve(code=code, yes=agrees).pack(), budi.screen.message_id)
    assert announcement(settings)["state"] == ("scheduled" if agrees else "draft")
    assert ("agrees" if agrees else "gave your announcement back") in told(settings)[-1]["text"]
