"""Who stands where, and reminding them all."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from bot.config import Settings
from bot.sandbox import Screen
from handlers.applications.callbacks import Checklist, Continue
from handlers.review.callbacks import Decide, OpenItem, Pipeline, PipelinePerson, RemindAll, ReopenItem, ReviewQueue
from tests.handlers.applicant import GOING_ABROAD, interviewed
from tests.handlers.pressing import buttons, change, press, rows, the_button
from tests.handlers.reviewing import handed_in, hire, kept
from tests.support.chat import ChatClient
from tests.support.clock import TestClock

NATIONAL = "student_outbound_national"
ABROAD = "student_outbound_international"


@pytest.fixture
def rita(john: ChatClient, settings: Settings) -> ChatClient:
    """A reviewer who speaks English."""
    rita = john.other("Rita", language="en")
    hire(settings, rita)
    return rita


async def at_registration(chat: ChatClient) -> str:
    """Somebody who qualifies, and whose papers are all missing; the code."""
    await chat.start(f"type_{ABROAD}")
    await interviewed(chat, GOING_ABROAD)
    return await kept(chat, "")


def told(settings: Settings) -> list[str]:
    return [json.loads(one)["text"] for (one,) in rows(settings, "SELECT payload FROM deliveries ORDER BY person_id")]


async def test_before_anybody_comes_it_is_empty(rita: ChatClient) -> None:
    await rita.say("/pipeline")
    assert "Nobody has kept" in rita.screen.text
    await press(rita, ReviewQueue)
    await press(rita, Pipeline)
    assert "Nobody has kept" in rita.screen.text


async def test_from_the_numbers_to_the_people_to_their_items(
    john: ChatClient, ani: ChatClient, rita: ChatClient
) -> None:
    code, _keys = await handed_in(john)
    await kept(ani)
    await rita.say("/pipeline")
    assert "Questions still open: 2" in rita.screen.text
    await press(rita, Pipeline, mobility=NATIONAL)
    await press(rita, Pipeline, mobility=NATIONAL, bucket="unclear")
    for part in ("John", "Ani", "1 waits for the staff"):
        assert part in rita.screen.text
    await press(rita, PipelinePerson, code=code)
    assert "📨 CV" in rita.screen.text
    assert not buttons(rita, Decide)
    await press(rita, OpenItem)
    await press(rita, Decide, decision="a")
    await rita.tap(PipelinePerson(code=code).pack(), rita.screen.message_id)
    assert "🟢 CV" in rita.screen.text
    await press(rita, OpenItem)
    assert "It is accepted" in rita.screen.text
    assert buttons(rita, ReopenItem)


async def test_all_are_reminded_after_one_question_once_a_day_in_their_language(
    john: ChatClient, ani: ChatClient, rita: ChatClient, settings: Settings, clock: TestClock
) -> None:
    code = await at_registration(john)
    await at_registration(ani)
    await rita.say("/pipeline")
    await press(rita, Pipeline, mobility=ABROAD)
    await press(rita, Pipeline, bucket="registration")
    await press(rita, RemindAll, asked=0)
    assert "Remind 2 people?" in rita.screen.text
    assert told(settings) == []
    yes = the_button(rita, RemindAll)
    await rita.press(yes)
    assert "2 people are reminded" in rita.screen.text
    by_language = {text.splitlines()[0]: text for text in told(settings)}
    english = by_language["🔔 <b>A reminder from the mobility office</b>"]
    assert "still needs (To register)" in english
    assert "• CV" in english
    assert "Pengingat" in next(text for text in by_language if "Pengingat" in text)
    ((payload,),) = rows(settings, "SELECT payload FROM deliveries WHERE person_id = ?", john.person.id)
    (((button,),)) = json.loads(payload)["reply_markup"]["inline_keyboard"]
    assert button["callback_data"] == Checklist(code=code).pack()
    await rita.tap(yes.data, rita.screen.message_id)
    assert len(told(settings)) == 2
    await press(rita, RemindAll)
    assert "nobody to remind" in rita.screen.text
    assert "2 were reminded today already" in rita.screen.text
    clock.move(timedelta(days=1))
    await rita.tap(yes.data, rita.screen.message_id)
    assert "Remind 2 people?" in rita.screen.text, "a yes of yesterday asks again"
    assert len(told(settings)) == 2


async def test_whoever_has_open_questions_is_led_to_them(
    john: ChatClient, rita: ChatClient, settings: Settings
) -> None:
    code = await kept(john)
    await rita.tap(RemindAll(mobility=NATIONAL, bucket="unclear").pack(), (await said(rita)).message_id)
    await rita.press(the_button(rita, RemindAll))
    ((payload,),) = rows(settings, "SELECT payload FROM deliveries")
    assert Continue(code=code).pack() in payload


async def test_who_has_turned_reminders_off_is_counted_and_left_alone(
    john: ChatClient, ani: ChatClient, rita: ChatClient, settings: Settings
) -> None:
    await kept(john)
    await kept(ani)
    change(settings, """UPDATE people SET preferences = '{"reminders": false}' WHERE id = ?""", john.person.id)
    await rita.tap(RemindAll(mobility=NATIONAL, bucket="unclear").pack(), (await said(rita)).message_id)
    assert "Remind 1 person?" in rita.screen.text
    assert "1 has turned reminders off" in rita.screen.text


async def test_a_long_list_has_pages(john: ChatClient, rita: ChatClient, settings: Settings) -> None:
    await kept(john)
    for number in range(8):
        change(
            settings,
            "INSERT INTO applications (code, person_id, name, answers, mobility_type, verdict, created_at, updated_at)"
            " SELECT ?, person_id, ?, answers, mobility_type, verdict, created_at, updated_at FROM applications"
            " LIMIT 1",
            f"copy{number:04}",
            f"Plan {number}",
        )
    await rita.tap(Pipeline(mobility=NATIONAL, bucket="unclear").pack(), (await said(rita)).message_id)
    assert len(buttons(rita, PipelinePerson)) == 6
    await press(rita, Pipeline, bucket="unclear", page=1)
    assert len(buttons(rita, PipelinePerson)) == 3
    await rita.tap(Pipeline(mobility=NATIONAL, bucket="unclear", page=99).pack(), rita.screen.message_id)
    assert len(buttons(rita, PipelinePerson)) == 3


async def test_what_is_gone_or_never_was_leads_back(john: ChatClient, rita: ChatClient) -> None:
    await kept(john)
    message = (await said(rita)).message_id
    for tap in (
        PipelinePerson(code="zzzzzzzz"),
        Pipeline(mobility="no_such_kind"),
        Pipeline(mobility=NATIONAL, bucket="no_such_stage"),
        RemindAll(mobility="no_such_kind", bucket="unclear"),
        RemindAll(mobility=NATIONAL, bucket="no_such_stage"),
    ):
        await rita.tap(tap.pack(), message)
        assert buttons(rita, Pipeline), tap


async def said(rita: ChatClient) -> Screen:
    """The board on the screen."""
    await rita.say("/pipeline")
    return rita.screen
