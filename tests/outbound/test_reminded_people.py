"""Whom reminders leave alone, whose morning it is, and what changes while they wait."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from bot.outbound.reminders import Reminders
from tests.bot.people import BUDI
from tests.outbound.reminder_world import MORNING, SELECTION, World


async def test_what_is_done_is_left_alone(world: World) -> None:
    code = await world.keep()
    for item, status in (("selection_finished", "have"), ("be_at_host", "waived")):
        await world.tick(code, "deadlines", item, status)
    assert await world.days(date(2027, 4, 19), date(2027, 5, 19)) == []


@pytest.mark.parametrize("status", ["have", "submitted", "accepted", "waived"])
async def test_what_the_checklist_has_settles_it(world: World, status: str) -> None:
    code = await world.keep()
    await world.tick(code, "documents", "loa", status)
    world.move_to(SELECTION - timedelta(days=7))
    await world.work()
    assert world.postbox.sent == []
    await world.tick(code, "documents", "loa", "returned", before=status)
    said = await world.days(SELECTION - timedelta(days=6), SELECTION)
    assert [(SELECTION - day).days for day, _ in said] == [3, 1]


async def test_whoever_does_not_want_or_cannot_be_reached_hears_nothing(world: World) -> None:
    await world.keep()
    await world.keep(person=BUDI)
    visit = await world.office.visit()
    world.office.people.set_reachable(visit, False)
    await world.office.visits.end(visit)
    visit = await world.office.visit(BUDI)
    world.office.people.set_wish(visit, "reminders", on=False)
    await world.office.visits.end(visit)
    assert await world.days(date(2027, 5, 1), date(2027, 5, 13)) == []
    visit = await world.office.visit(BUDI)
    world.office.people.set_wish(visit, "reminders", on=True)
    await world.office.visits.end(visit)
    said = await world.days(date(2027, 5, 14), date(2027, 5, 19))
    assert [(SELECTION - day).days for day, _ in said] == [3, 1]
    assert set(world.postbox.chats) == {BUDI}


async def test_other_dates_mean_other_mornings(world: World) -> None:
    await world.keep()
    await world.days(date(2027, 4, 18), date(2027, 5, 6))
    world.postbox.sent.clear()
    world.move_to(date(2027, 5, 6), timedelta(hours=5))
    await world.office.tell({"departure_date": "2027-08-27"})  # a week later
    later = date(2027, 5, 27)
    said = await world.days(date(2027, 5, 7), date(2027, 5, 31))
    assert [(later - day).days for day, _ in said] == [14, 7, 3, 1]


async def test_a_change_does_not_bring_up_what_would_have_been_said_before_it(world: World) -> None:
    await world.keep()
    world.move_to(date(2027, 5, 6), timedelta(hours=5))
    await world.work()
    world.postbox.sent.clear()
    await world.office.tell({"departure_date": "2027-08-10"})  # seven days left for the selection, since this morning
    world.clock.move(timedelta(minutes=1))
    await world.work()
    assert world.postbox.sent == []
    said = await world.days(date(2027, 5, 7), date(2027, 5, 10))
    assert [day for day, _ in said] == [date(2027, 5, 7), date(2027, 5, 9)]  # three days before, and one


async def test_a_change_does_not_swallow_what_is_due_already(world: World) -> None:
    await world.keep()
    world.move_to(SELECTION - timedelta(days=7), MORNING + timedelta(seconds=5))
    await world.office.tell({"level": "s1"})  # before the worker looked
    await world.work()
    assert len(world.postbox.sent) == 1


async def test_the_morning_is_that_of_the_person(world: World) -> None:
    await world.keep()
    visit = await world.office.visit()
    world.office.people.set_timezone(visit, "America/New_York")
    await world.office.visits.end(visit)
    day = SELECTION - timedelta(days=7)
    world.move_to(day)  # 22:00 on the day before
    await world.work()
    world.move_to(day, timedelta(hours=12, minutes=59))
    await world.work()
    assert world.postbox.sent == []
    world.move_to(day, timedelta(hours=13))
    await world.work()
    assert len(world.postbox.sent) == 1


async def test_who_flies_east_is_told_in_their_new_morning(world: World) -> None:
    await world.keep()
    await world.days(SELECTION - timedelta(days=14), SELECTION - timedelta(days=9))
    world.postbox.sent.clear()
    visit = await world.office.visit()
    world.office.people.set_timezone(visit, "Pacific/Auckland")
    await world.office.visits.end(visit)
    day = SELECTION - timedelta(days=7)
    world.move_to(day - timedelta(days=1), timedelta(hours=21))  # 9:00 there
    await world.work()
    assert len(world.postbox.sent) == 1
    said = await world.days(day, SELECTION - timedelta(days=4))
    assert said == []


async def test_a_time_zone_that_is_none_any_more_is_that_of_the_office(world: World) -> None:
    await world.keep()
    await world.rows("UPDATE people SET timezone = 'Asia/Atlantis' RETURNING id")
    world.move_to(SELECTION - timedelta(days=7))
    await world.work()
    assert len(world.postbox.sent) == 1


async def test_it_speaks_the_language_of_the_person(world: World) -> None:
    await world.keep()
    visit = await world.office.visit()
    world.office.people.set_language(visit, "id")
    await world.office.visits.end(visit)
    world.move_to(SELECTION - timedelta(days=7))
    await world.work()
    words = world.postbox.sent[0][1].parameters["text"]
    assert "7 hari lagi" in words
    assert "Seleksi selesai" in words


async def test_nobody_is_assessed_while_nobody_has_to_be_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    await world.keep()
    await world.work()

    def wrong(*_: Any) -> None:
        raise AssertionError("looked at for nothing")

    monkeypatch.setattr(Reminders, "_dates", wrong)
    world.clock.move(timedelta(days=1))
    await world.work()
    assert await world.rows("SELECT count(*) FROM applications WHERE remind_at IS NOT NULL") == [(1,)]


async def test_who_was_erased_is_gone(world: World) -> None:
    await world.keep()
    world.move_to(SELECTION - timedelta(days=7))
    await world.work(send=False)
    visit = await world.office.visit()
    world.office.privacy.erase(visit)
    await world.office.visits.end(visit)
    await world.work()
    assert await world.rows("SELECT count(*) FROM reminders") == [(0,)]
