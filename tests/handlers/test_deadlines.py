"""The deadlines of an application: what is late is said plainly, what is done is ticked and left alone."""

from __future__ import annotations

from datetime import timedelta

from bot.config import Settings
from bot.i18n import Translators
from handlers.applications.callbacks import Checklist, ItemCard, Keep, Mark, MyApplications
from handlers.callbacks import Change
from handlers.deadlines.callbacks import CalendarFile, Deadlines, MoveDates, Sheet, Tick
from tests.handlers.pressing import answer, buttons, press, rows
from tests.support.chat import ChatClient
from tests.support.clock import TestClock

START = "type_student_outbound_international"


async def planning(chat: ChatClient, *, start: str = "1 September 2027") -> None:
    """Answer with dates, and keep it."""
    await chat.start(START)
    await chat.say("/deadlines")
    await answer(chat, {"start_date": start, "departure_date": start})
    await press(chat, Keep)
    await press(chat, Checklist)


async def test_an_application_shows_its_deadlines_with_what_follows(john: ChatClient) -> None:
    await planning(john)
    await press(john, Deadlines)
    text = john.screen.text
    assert text.index("1 June 2027") < text.index("31 August 2027") < text.index("Your own dates")
    assert "the last one before it is Monday, 31 May 2027" in text
    assert "If it is missed: The POB names no exception." in text
    assert "III.A.2.a.2.b" in text
    assert buttons(john, CalendarFile)
    assert buttons(john, Sheet)


async def test_groups_follow_the_calendar(john: ChatClient, clock: TestClock) -> None:
    await planning(john)
    for days, heading in ((0, "🗓 Later"), (85, "🔥 This week"), (100, "❗️ Overdue")):
        clock.move(timedelta(days=days) - (clock.now() - TestClock().now()))
        await john.say("/deadlines")
        assert heading in john.screen.text.rpartition("Selection finished")[0]


async def test_a_plan_that_is_too_late_names_the_earliest_start_and_moves_there(
    john: ChatClient, settings: Settings
) -> None:
    await planning(john, start="1 May 2027")
    await press(john, Deadlines)
    assert "no longer possible" in john.screen.text
    assert "The earliest that still works: departure date Tuesday, 1 June 2027 (31 days later than planned)" in (
        john.screen.text
    )
    assert buttons(john, Change)
    move = await press(john, MoveDates)
    assert "All dates of your plan are 31 days later now." in john.screen.text
    assert "no longer possible" not in john.screen.text
    assert rows(settings, "SELECT answers ->> 'start_date', answers ->> 'departure_date' FROM applications") == [
        ("2027-06-01", "2027-06-01")
    ]
    await john.tap(move.data, john.screen.message_id)
    assert "later now" not in john.screen.text


async def test_what_is_ticked_is_done_and_can_be_undone(john: ChatClient, settings: Settings) -> None:
    await planning(john, start="1 May 2027")
    await press(john, Deadlines)
    await press(john, Tick, deadline="selection_finished", done=True)
    assert "✅ Done" in john.screen.text
    assert "no longer possible" not in john.screen.text
    code = Tick.unpack(buttons(john, Tick)[0].data).code
    await john.tap(
        Tick(code=code, deadline="selection_finished", done=True).pack(), john.screen.message_id
    )  # twice is once
    assert rows(settings, "SELECT item, to_status FROM item_moves") == [("selection_finished", "have")]
    await press(john, Tick, deadline="selection_finished", done=False)
    assert "no longer possible" in john.screen.text


async def test_what_the_checklist_says_settles_a_deadline(john: ChatClient) -> None:
    await planning(john, start="1 May 2027")
    await press(john, ItemCard, key="d:loa")
    await press(john, Mark, key="d:loa", status="h")
    await press(john, Checklist)
    await press(john, Deadlines)
    assert "no longer possible" not in john.screen.text
    assert "✅ Done" in john.screen.text
    assert not [one for one in buttons(john, Tick) if "selection" in one.data]


async def test_another_persons_application_is_not_there(john: ChatClient, ani: ChatClient, settings: Settings) -> None:
    await planning(john)
    ((code,),) = rows(settings, "SELECT code FROM applications")
    await ani.start()
    for button in (Deadlines(code=code), Tick(code=code, deadline="selection_finished", done=True)):
        await ani.tap(button.pack(), ani.screen.message_id)
        assert "Selection" not in ani.screen.text
        assert buttons(ani, MyApplications) or "📁" in ani.screen.text
    assert rows(settings, "SELECT count(*) FROM item_moves") == [(0,)]


async def test_a_deadline_that_is_none_changes_nothing(john: ChatClient, settings: Settings) -> None:
    await planning(john)
    ((code,),) = rows(settings, "SELECT code FROM applications")
    await john.tap(Tick(code=code, deadline="of_last_year", done=True).pack(), john.screen.message_id)
    assert rows(settings, "SELECT count(*) FROM item_moves") == [(0,)]


async def test_looking_at_an_application_does_not_throw_away_a_draft(john: ChatClient, settings: Settings) -> None:
    await planning(john)
    ((code,),) = rows(settings, "SELECT code FROM applications")
    await john.start("type_student_inbound_national")
    await john.tap(Deadlines(code=code).pack(), john.screen.message_id)
    assert "1 June 2027" in john.screen.text
    assert rows(settings, "SELECT application FROM people") == [(None,)]


async def test_in_indonesian(ani: ChatClient, translators: Translators) -> None:
    await planning(ani, start="1 Mei 2027")
    await press(ani, Deadlines)
    t = translators["id"]
    assert t.gettext("Done already? Tick it off below.") in ani.screen.text
    assert "Selasa, 1 Juni 2027" in ani.screen.text


async def test_the_list_of_applications_names_the_next_one_that_is_not_done(john: ChatClient) -> None:
    await planning(john)
    await john.say("/status")
    assert "Next: 31 May 2027" in john.screen.text
    await john.say("/deadlines")
    await press(john, Tick, deadline="selection_finished", done=True)
    await john.say("/status")
    assert "Next: 31 Aug 2027" in john.screen.text
