"""Reminders: each once, in the morning, in one message, across restarts, deaths and a week of downtime."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from bot.db.reminders import ReminderRepository
from bot.outbound.reminders import Reminders
from tests.bot.people import ANI, BUDI
from tests.outbound.reminder_world import AT_HOST, GOING_ABROAD, MORNING, SELECTION, World


async def test_each_step_once_at_nine(world: World) -> None:
    await world.keep()
    said = await world.days(date(2027, 3, 2), date(2027, 9, 2))
    expected = [last - timedelta(days=step) for last in (SELECTION, AT_HOST) for step in (30, 14, 7, 3, 1)]
    assert [day for day, _ in said] == expected
    assert "30 days left" in said[0][1]
    assert "Tomorrow is the last day" in said[4][1]
    assert "The last day is Thursday, 20 May 2027, but no working day." in said[0][1]
    assert await world.rows("SELECT count(*) FROM applications WHERE remind_at IS NOT NULL") == [(0,)]


async def test_not_a_minute_before_nine(world: World) -> None:
    await world.keep()
    await world.days(SELECTION - timedelta(days=14), SELECTION - timedelta(days=8))
    world.postbox.sent.clear()
    world.move_to(SELECTION - timedelta(days=7), MORNING - timedelta(seconds=1))
    await world.work()
    assert world.postbox.sent == []
    world.move_to(SELECTION - timedelta(days=7))
    await world.work()
    await world.work()
    (only,) = world.postbox.sent
    assert "7 days left" in only[1].parameters["text"]


async def test_a_step_that_comes_right_after_what_was_made_up_for_is_not_said_again(world: World) -> None:
    await world.keep()
    world.move_to(SELECTION - timedelta(days=7), MORNING - timedelta(minutes=30))
    await world.work()  # makes up for fourteen days before
    said = await world.days(SELECTION - timedelta(days=7), SELECTION)
    assert "7 days left" in world.postbox.sent[0][1].parameters["text"]
    assert [(SELECTION - day).days for day, _ in said] == [3, 1]


async def test_two_looks_at_the_same_moment_say_it_once(world: World) -> None:
    await world.keep()
    world.move_to(SELECTION - timedelta(days=14))
    await world.work(send=False)
    await world.work(send=False)
    await world.work()
    assert len(world.postbox.sent) == 1


async def test_one_message_bundles_all_applications(world: World) -> None:
    codes = [await world.keep(), await world.keep(), await world.keep(GOING_ABROAD | {"departure_date": "2027-08-27"})]
    await world.days(SELECTION - timedelta(days=14), SELECTION - timedelta(days=8))
    world.postbox.sent.clear()
    world.move_to(SELECTION - timedelta(days=7))
    await world.work()
    (only,) = world.postbox.sent
    assert "2 deadlines are coming up" in only[1].parameters["text"]
    assert [str(only[1].parameters["reply_markup"]).count(f"j1:{code}:") for code in codes] == [1, 1, 0]
    ((day, third),) = await world.days(SELECTION - timedelta(days=6), SELECTION - timedelta(days=4))
    assert (SELECTION - day).days == 6
    assert "14 days left" in third


async def test_a_week_of_downtime_sends_the_nearest_step_once_and_drops_the_rest(world: World) -> None:
    await world.keep()
    await world.days(date(2027, 4, 18), date(2027, 4, 20))
    world.postbox.sent.clear()
    # Down from the 5th to the 17th of May: 14, 7 and 3 days before went by.
    world.move_to(SELECTION - timedelta(days=2), timedelta(hours=8))
    await world.work()
    (only,) = world.postbox.sent
    assert "2 days left" in only[1].parameters["text"]
    said = await world.days(SELECTION - timedelta(days=1), SELECTION)
    assert [day for day, _ in said] == [SELECTION - timedelta(days=1)]


async def test_what_is_over_after_a_downtime_is_not_said(world: World) -> None:
    await world.keep()
    world.move_to(SELECTION + timedelta(days=2))
    await world.work()
    assert world.postbox.sent == []


async def test_a_death_after_the_message_was_queued_loses_and_doubles_nothing(world: World) -> None:
    await world.keep()
    world.move_to(SELECTION - timedelta(days=7))
    await world.work(send=False)  # and dies
    world.clock.move(timedelta(hours=1))
    await world.work()
    assert len(world.postbox.sent) == 1
    assert "7 days left" in world.postbox.sent[0][1].parameters["text"]


async def test_a_message_that_was_never_sent_is_made_anew_after_a_week(world: World) -> None:
    await world.keep()
    world.move_to(SELECTION - timedelta(days=14))
    await world.work(send=False)  # queued, and nobody works for eight days
    world.move_to(SELECTION - timedelta(days=6))
    await world.work()
    (only,) = world.postbox.sent
    assert "6 days left" in only[1].parameters["text"]
    said = await world.days(SELECTION - timedelta(days=5), SELECTION)
    assert [(SELECTION - day).days for day, _ in said] == [3, 1]


async def test_a_look_that_dies_in_the_middle_leaves_no_trace(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    await world.keep()
    world.move_to(SELECTION - timedelta(days=7))
    for broken in ("tell", "look_again", "told"):
        with monkeypatch.context() as patch:

            async def die(*_: Any, **__: Any) -> None:
                raise OSError("killed")

            patch.setattr(ReminderRepository, broken, die)
            with pytest.raises(OSError, match="killed"):
                await world.work()
        assert await world.rows("SELECT count(*) FROM deliveries") == [(0,)]
        assert await world.rows("SELECT count(*) FROM reminders") == [(0,)]
    await world.work()
    assert len(world.postbox.sent) == 1


async def test_a_mistake_about_one_person_does_not_keep_the_others_waiting(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await world.keep()
    await world.keep(person=BUDI)
    world.move_to(SELECTION - timedelta(days=7))
    inner = Reminders._dates

    def dates(self: Reminders, application: Any, now: Any) -> Any:
        if now.person.id == ANI:
            raise KeyError("a mistake")
        return inner(self, application, now)

    with monkeypatch.context() as patch:
        patch.setattr(Reminders, "_dates", dates)
        await world.work()
    assert world.postbox.chats == [BUDI]
    assert "cannot be looked at" in caplog.text
    world.clock.move(timedelta(hours=1))
    await world.work()
    assert world.postbox.chats == [BUDI, ANI]


async def test_at_night_it_waits_for_the_morning(world: World) -> None:
    await world.keep()
    world.move_to(SELECTION - timedelta(days=7), timedelta(hours=14))  # 21:00 in Jakarta
    await world.work()
    world.move_to(SELECTION - timedelta(days=7), timedelta(hours=23, minutes=59))  # 6:59
    await world.work()
    assert world.postbox.sent == []
    world.move_to(SELECTION - timedelta(days=6))
    await world.work()
    (only,) = world.postbox.sent
    assert "6 days left" in only[1].parameters["text"]
