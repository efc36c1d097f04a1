"""/announcements: how far one is, in one message; pause, stop, try again, correct, call back."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import pytest

from bot.config import Settings
from bot.sandbox import Sandbox
from handlers.announcements.callbacks import Confirm, TakeBack
from handlers.announcements.sent_callbacks import (
    Announcements,
    Correct,
    CorrectText,
    OpenAnnouncement,
    Papers,
    Recall,
    Retry,
    Run,
)
from tests.handlers.announcing import drafted
from tests.handlers.pressing import buttons, press, rows, the_button
from tests.handlers.reviewing import hire
from tests.handlers.sending_out import Dispatch, dispatch_at
from tests.support.chat import ChatClient
from tests.support.clock import TestClock

PEOPLE = 4


@pytest.fixture
def dewi(john: ChatClient, settings: Settings) -> ChatClient:
    """Somebody who may announce, and speaks English."""
    dewi = john.other("Dewi", language="en")
    hire(settings, dewi, "announcer")
    return dewi


@pytest.fixture
def rudi(john: ChatClient, settings: Settings) -> ChatClient:
    rudi = john.other("Rudi", language="id")
    hire(settings, rudi, "announcer")
    return rudi


@pytest.fixture
async def dispatch(settings: Settings, sandbox: Sandbox, clock: TestClock, dewi: ChatClient) -> AsyncIterator[Dispatch]:
    async with dispatch_at(settings, sandbox, clock) as made:
        yield made


@pytest.fixture
async def crowd(john: ChatClient) -> list[ChatClient]:
    people = [john.other(f"Person {number}", language="en") for number in range(PEOPLE)]
    for one in people:
        await one.start()
    return people


async def confirmed(dewi: ChatClient, text: str = "Hello all") -> str:
    """An announcement in English to everybody, confirmed; its code."""
    await drafted(dewi, text)
    code = Confirm.unpack((await press(dewi, Confirm)).data).code
    await press(dewi, Confirm, sure=True)
    return code


def texts(chat: ChatClient) -> list[str]:
    return [one.text for one in chat.messages if one.from_bot]


def log(settings: Settings) -> list[str]:
    return [action for (action,) in rows(settings, "SELECT action FROM audit ORDER BY id")]


async def test_one_message_shows_how_far_it_is_and_ends_as_the_report(
    dewi: ChatClient, crowd: list[ChatClient], dispatch: Dispatch, sandbox: Sandbox, settings: Settings
) -> None:
    await confirmed(dewi)
    sandbox.faults.refuse(403, "Forbidden: bot was blocked by the user", chat_id=crowd[0].person.id)
    sandbox.faults.refuse(400, "Bad Request: chat not found", chat_id=crowd[1].person.id)
    await dispatch.start()
    await dispatch.show()
    [*before, progress] = dewi.messages
    assert "on its way" in progress.text
    assert f"0 of {PEOPLE + 1}" in progress.text
    await dispatch.work()
    assert len(dewi.messages) == len(before) + 2, "the announcement itself, and the one message"
    report = next(one for one in dewi.messages if one.message_id == progress.message_id)
    for part in (
        "finished",
        "Sent: 3",
        "Not reachable: 1",
        "1: blocked the bot",
        "Failed: 1",
        "never started",
        "a second",
    ):
        assert part in report.text
    calls = len(sandbox.calls.of("editMessageText"))
    await dispatch.show()
    assert len(sandbox.calls.of("editMessageText")) == calls, "what has not changed is not edited"
    (kept,) = rows(settings, "SELECT progress FROM announcements")[0]
    assert json.loads(kept)["ended"] is True


async def test_pause_go_on_and_stop_from_the_message(
    dewi: ChatClient, crowd: list[ChatClient], dispatch: Dispatch, settings: Settings
) -> None:
    await confirmed(dewi)
    await dispatch.start()
    await dispatch.show()
    await press(dewi, Run, do="pause")
    assert "paused" in dewi.screen.text
    await dispatch.send()
    assert all("Hello all" not in texts(one)[-1] for one in crowd)
    await press(dewi, Run, do="resume")
    assert "on its way" in dewi.screen.text
    await press(dewi, Run, do="stop")
    assert "Stop for good?" in dewi.screen.text
    await press(dewi, Run, do="stop", sure=True)
    await dispatch.work()
    assert all("Hello all" not in texts(one)[-1] for one in crowd)
    assert any("stopped" in text and "Not sent any more: 5" in text for text in texts(dewi))
    assert log(settings)[-3:] == ["announcement paused", "announcement resumed", "announcement stopped"]


async def test_the_question_is_not_overwritten_by_the_worker(
    dewi: ChatClient, crowd: list[ChatClient], dispatch: Dispatch
) -> None:
    await confirmed(dewi)
    await dispatch.start()
    await dispatch.show()
    await press(dewi, Run, do="stop")
    question = the_button(dewi, Run, do="stop", sure=True)
    await dispatch.work()
    assert "Stop for good?" in texts(dewi)[-2], "below it only the announcement itself"
    await dewi.press(question)
    assert "finished" in dewi.screen.text


async def test_failed_ones_are_tried_again(
    dewi: ChatClient, crowd: list[ChatClient], dispatch: Dispatch, sandbox: Sandbox
) -> None:
    sandbox.faults.refuse(400, "Bad Request: chat not found", chat_id=crowd[2].person.id)
    await confirmed(dewi)
    await dispatch.work()
    await press(dewi, Retry)
    assert "Try 1 again?" in dewi.screen.text
    await press(dewi, Retry, sure=True)
    await dispatch.work()
    assert texts(crowd[2])[-1] == "Hello all"
    assert [texts(one).count("Hello all") for one in crowd] == [1] * PEOPLE
    assert any("finished" in text and f"Sent: {PEOPLE + 1}" in text for text in texts(dewi))


async def test_what_was_delivered_is_corrected_and_what_waits_gets_the_new_text(
    dewi: ChatClient, crowd: list[ChatClient], dispatch: Dispatch, settings: Settings
) -> None:
    await confirmed(dewi, "Come on Mondey")
    await dispatch.work()
    await press(dewi, Correct)
    await press(dewi, CorrectText, lang="en")
    assert "Come on Mondey" in dewi.screen.text
    await dewi.say("Come on {day}")
    assert "nothing fills" in dewi.screen.text
    await dewi.say("Come on Monday")
    assert "Change it in 5 chats?" in dewi.screen.text
    await press(dewi, Correct, sure=True)
    await dispatch.work()
    for one in crowd:
        assert "Come on Monday" in texts(one)
        assert "Come on Mondey" not in texts(one)
    assert any("Corrected: 5" in text for text in texts(dewi))
    assert rows(settings, "SELECT version FROM announcements") == [(2,)]


async def test_correcting_holds_what_waits_until_it_is_decided(
    dewi: ChatClient, crowd: list[ChatClient], dispatch: Dispatch, sandbox: Sandbox
) -> None:
    for one in crowd[:2]:
        sandbox.faults.refuse(500, "Internal Server Error", chat_id=one.person.id)
    code = await confirmed(dewi, "Old")
    await dispatch.start()
    await dispatch.send()
    await dispatch.show()
    await press(dewi, Correct)
    assert "it is paused" in dewi.screen.text
    await dispatch.send()
    await press(dewi, CorrectText, lang="en")
    await dewi.say("New")
    await press(dewi, Correct, sure=True)
    await dispatch.work()
    await dispatch.work()
    assert all(texts(one).count("New") == 1 and "Old" not in texts(one) for one in crowd)
    await dewi.tap(OpenAnnouncement(code=code).pack(), dewi.screen.message_id)
    assert "finished" in dewi.screen.text


async def test_calling_back_deletes_it_and_says_where_it_could_not(
    dewi: ChatClient, crowd: list[ChatClient], dispatch: Dispatch, sandbox: Sandbox, settings: Settings
) -> None:
    await confirmed(dewi)
    await dispatch.work()
    refusal = "Bad Request: message can't be deleted for everyone"
    sandbox.faults.refuse(400, refusal, method="deleteMessage", chat_id=crowd[0].person.id)
    await press(dewi, Recall)
    await press(dewi, Recall, sure=True)
    await dispatch.work()
    assert "Hello all" in texts(crowd[0])
    assert all("Hello all" not in texts(one) for one in crowd[1:])
    report = next(text for text in texts(dewi) if "Calling back" in text)
    for part in ("Deleted: 4", "Could not be deleted: 1", "within 48 hours"):
        assert part in report
    assert not buttons(dewi, Correct)
    assert "announcement recalled" in log(settings)


async def test_the_list_leads_to_every_one_and_colleagues_see_it(
    dewi: ChatClient, rudi: ChatClient, crowd: list[ChatClient], dispatch: Dispatch
) -> None:
    await dewi.say("/announcements")
    assert "There are none yet" in dewi.screen.text
    for number in range(8):
        await confirmed(dewi, f"Number {number}")
    await dispatch.work()
    await rudi.say("/announcements")
    await press(rudi, Announcements, page=1)
    assert "Number 1" in rudi.screen.text
    await press(rudi, OpenAnnouncement)
    assert "selesai" in rudi.screen.text
    await press(rudi, Announcements)
    await drafted(dewi, "A secret draft")
    await rudi.say("/announcements")
    assert "secret" not in rudi.screen.text
    await dewi.say("/announcements")
    assert "secret" in dewi.screen.text


async def test_a_scheduled_one_is_taken_back(dewi: ChatClient, rudi: ChatClient, settings: Settings) -> None:
    code = await confirmed(dewi)
    await rudi.say("/announcements")
    await press(rudi, OpenAnnouncement, code=code)
    await press(rudi, TakeBack)
    assert rows(settings, "SELECT state FROM announcements") == [("draft",)]


async def test_files_say_what_became_of_everybody(
    dewi: ChatClient, crowd: list[ChatClient], dispatch: Dispatch, sandbox: Sandbox
) -> None:
    await confirmed(dewi)
    sandbox.faults.refuse(403, "Forbidden: bot was blocked by the user", chat_id=crowd[0].person.id)
    await dispatch.work()
    await press(dewi, Papers, what="csv")
    document = dewi.screen.attachment
    assert document is not None
    lines = document.data.decode("utf-8-sig").splitlines()
    assert len(lines) == PEOPLE + 2
    assert "blocked the bot" in next(line for line in lines if str(crowd[0].person.id) in line)
    await press(dewi, Papers, what="chart")
    assert sandbox.calls.of("sendPhoto", ok=True)


async def test_two_who_press_at_once_do_it_once(
    dewi: ChatClient, rudi: ChatClient, crowd: list[ChatClient], dispatch: Dispatch, settings: Settings
) -> None:
    code = await confirmed(dewi)
    await dispatch.work()
    await rudi.say("/announcements")
    await press(rudi, OpenAnnouncement, code=code)
    await press(rudi, Recall)
    await press(dewi, Recall)
    again = the_button(rudi, Recall, sure=True)
    await press(dewi, Recall, sure=True)
    await rudi.press(again)
    assert rows(settings, "SELECT count(*) FROM batches WHERE purpose = 'recall'") == [(1,)]


async def test_nobody_else_may(john: ChatClient, dewi: ChatClient, dispatch: Dispatch, settings: Settings) -> None:
    await john.start()
    code = await confirmed(dewi)
    await dispatch.start()
    before = log(settings)
    await john.say("/announcements")
    for button in (
        Run(code=code, do="stop", sure=True),
        Recall(code=code, sure=True),
        Retry(code=code, sure=True),
        Correct(code=code, sure=True),
        OpenAnnouncement(code=code),
        Papers(code=code, what="csv"),
        Announcements(),
    ):
        await john.tap(button.pack(), john.screen.message_id)
        assert "nnouncement" not in john.screen.text
    assert log(settings) == before
    assert rows(settings, "SELECT state FROM batches") == [("running",)]
