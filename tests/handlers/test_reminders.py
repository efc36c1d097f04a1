"""A reminder arrives in the chat, and its buttons do what they say."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.app import App
from bot.config import Settings
from bot.i18n import Translators
from bot.outbound import reminder_message
from bot.outbound.reminders import Reminders
from bot.sandbox import Sandbox
from bot.services.deadlines.reminders import Due
from handlers.applications.callbacks import MyApplications
from handlers.deadlines.callbacks import Deadlines, Tick
from handlers.deadlines.reminder_callbacks import AsUsual, Back, Mute, MuteAll, MuteOne, Snooze
from handlers.screens.deadlines.reminders import reminder_keyboard
from tests.handlers.pressing import buttons, press, rows
from tests.handlers.test_deadlines import planning
from tests.outbound.desk import desk_at
from tests.support.chat import ChatClient
from tests.support.clock import TestClock

LAST_DAY = date(2027, 5, 31)
"""The last working day for the selection of who leaves on 1 September."""


async def remind(app: App, sandbox: Sandbox, clock: TestClock, days: int) -> None:
    """Let a worker look, at nine in the morning so many days before the last working day."""
    day = LAST_DAY - timedelta(days=days)
    clock.moment = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
    await Reminders(app.database, clock, "Asia/Jakarta").run()
    async with desk_at(sandbox, app.database, clock) as desk:
        await desk.worker.drain()


@pytest.fixture
async def reminded(john: ChatClient, app: App, sandbox: Sandbox, clock: TestClock) -> ChatClient:
    """Somebody who has just got the reminder of two weeks before."""
    await planning(john)
    await remind(app, sandbox, clock, 31)
    await remind(app, sandbox, clock, 14)
    assert "14 days left" in john.screen.text
    return john


async def test_it_says_what_is_due_with_its_clause(reminded: ChatClient) -> None:
    text = reminded.screen.text
    assert text.startswith("⏰ A deadline is coming up")
    assert "Monday, 31 May 2027" in text
    assert "III.A.2.a.2.b" in text
    assert "The last day is Tuesday, 1 June 2027, but no working day." in text


async def test_a_tick_in_the_reminder_ends_it(
    reminded: ChatClient, app: App, sandbox: Sandbox, clock: TestClock
) -> None:
    await press(reminded, Tick, deadline="selection_finished")
    assert "✅ Done" in reminded.screen.text
    said = len(reminded.messages)
    for days in (7, 3, 1):
        await remind(app, sandbox, clock, days)
    assert len(reminded.messages) == said


async def test_it_leads_to_the_deadlines(reminded: ChatClient) -> None:
    await press(reminded, Deadlines)
    assert "Your own dates" in reminded.screen.text


async def test_it_can_be_put_off_and_had_as_usual_again(
    reminded: ChatClient, app: App, sandbox: Sandbox, clock: TestClock, settings: Settings
) -> None:
    text = reminded.screen.text
    await press(reminded, Snooze, until="w")
    assert reminded.notices[-1] == "⏰ I will remind you again on Monday, 24 May 2027, at nine."
    assert reminded.screen.text == text
    assert rows(settings, "SELECT item FROM reminder_holds") == [("selection_finished",)]
    await press(reminded, AsUsual)
    assert rows(settings, "SELECT item FROM reminder_holds") == []
    await press(reminded, Snooze, until="3")
    await remind(app, sandbox, clock, 11)
    assert "11 days left" in reminded.screen.text


async def test_one_deadline_is_muted_by_two_taps(
    reminded: ChatClient, app: App, sandbox: Sandbox, clock: TestClock
) -> None:
    await press(reminded, Mute)
    await press(reminded, Back)
    await press(reminded, Mute)
    await press(reminded, MuteOne, at=0)
    assert "not remind you of it" in reminded.notices[-1]
    said = len(reminded.messages)
    for days in (7, 3, 1):
        await remind(app, sandbox, clock, days)
    assert len(reminded.messages) == said


async def test_all_reminders_are_switched_off_and_settings_say_so(reminded: ChatClient, settings: Settings) -> None:
    await press(reminded, Mute)
    await press(reminded, MuteAll)
    assert "/settings" in reminded.notices[-1]
    ((preferences,),) = rows(settings, "SELECT preferences FROM people")
    assert '"reminders": false' in preferences
    await reminded.say("/settings")
    assert "Reminders of deadlines: off" in reminded.screen.text


async def test_a_button_of_somebody_else_or_of_long_ago_does_nothing(
    reminded: ChatClient, ani: ChatClient, settings: Settings
) -> None:
    await ani.start()
    day = (LAST_DAY - timedelta(days=14)).toordinal()
    for button in (Snooze(day=day, until="1"), Mute(day=day), MuteOne(day=day, at=-1), AsUsual(day=day), Back(day=-3)):
        await ani.tap(button.pack(), ani.screen.message_id)
        assert "terlalu lama" in ani.notices[-1]
    assert rows(settings, "SELECT count(*) FROM reminder_holds") == [(0,)]


async def test_what_was_removed_meanwhile_can_no_longer_be_put_off(reminded: ChatClient, settings: Settings) -> None:
    message = reminded.screen
    snooze = buttons(reminded, Snooze)[0]
    ((code,),) = rows(settings, "SELECT code FROM applications")
    await reminded.say("/status")
    assert buttons(reminded, MyApplications) is not None
    await reminded.tap(f"p7:{code}:1", reminded.screen.message_id)
    assert rows(settings, "SELECT count(*) FROM applications") == [(0,)]
    await reminded.tap(snooze.data, message.message_id)
    assert "too late" in reminded.notices[-1]


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("left", [0, 1, 2, 5, 14])
def test_the_worker_writes_the_buttons_that_the_chat_unpacks(translators: Translators, lang: str, left: int) -> None:
    today = date(2027, 5, 17)
    last_day = today + timedelta(days=left)
    dues = [Due("abcdefg2", "Japan", f"item_{n}", last_day, left) for n in range(8)]
    dues.append(Due("abcdefg3", "A name that is long, " * 3, "item_0", last_day, left))
    t = translators[lang]
    written = reminder_message.keyboard(t, dues, today)
    expected = reminder_keyboard(t, dues, today, today)
    assert written == [
        [{"text": one.text, "callback_data": one.callback_data} for one in row] for row in expected.inline_keyboard
    ]
    assert all(len(one["callback_data"].encode()) <= 64 for row in written for one in row)
