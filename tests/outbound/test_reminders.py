"""Reminders: each once, in the morning, in one message, across restarts, deaths and a week of downtime."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from bot.db.applications import ApplicationRepository
from bot.db.engine import Database
from bot.db.reminders import ReminderRepository
from bot.outbound.reminders import Reminders
from bot.services.applications import ApplicationService
from bot.services.interview import InterviewService
from knowledge import Knowledge, load
from tests.bot.people import ANI, BUDI, Office
from tests.outbound.desk import Postbox, desk_for
from tests.support.clock import TestClock

GOING_ABROAD: dict[str, object] = {
    "role": "student",
    "home": "unnes",
    "host": "abroad",
    "start_date": "2027-09-01",
    "departure_date": "2027-08-20",
}
"""Selection finished by Thursday, 20 May 2027 (a holiday: the last working day is the 19th); at the host by
Tuesday, 31 August."""
SELECTION, AT_HOST = date(2027, 5, 19), date(2027, 8, 31)
MORNING = timedelta(hours=2)
"""Nine o'clock in Jakarta, in UTC."""


class World:
    """People with applications, and a worker whose clock is moved."""

    def __init__(self, database: Database, knowledge: Knowledge, clock: TestClock) -> None:
        self.office = Office(database, knowledge, clock)
        self.database, self.clock = database, clock
        self.postbox = Postbox()
        self.deaths = 0

    async def keep(self, facts: dict[str, object] | None = None, person: int = ANI) -> str:
        """The code of an application with these answers."""
        visit = await self.office.visit(person)
        self.office.interview.restart(visit)
        for fact, value in (facts or GOING_ABROAD).items():
            self.office.interview.answer(visit, fact, value)
        view = await self.office.applications.keep(visit)
        await self.office.visits.end(visit)
        return view.code

    async def work(self, *, send: bool = True) -> None:
        """A worker that has just been started looks once, sends what is due, and stops."""
        await Reminders(self.database, self.clock, "Asia/Jakarta").run()
        if send:
            self.deaths += 1
            desk = desk_for(self.database, self.postbox, self.clock, name=f"test:{self.deaths}:worker")
            await desk.worker.run_once() if hasattr(desk.worker, "run_once") else await desk.worker.drain()
            await desk.lease.release()

    def move_to(self, day: date, after: timedelta = MORNING) -> None:
        self.clock.moment = datetime(day.year, day.month, day.day, tzinfo=UTC) + after

    async def days(self, first: date, last: date, *, after: timedelta = MORNING) -> list[tuple[date, str]]:
        """Work every morning; the days on which something was said, and what."""
        said = []
        day = first
        while day <= last:
            self.move_to(day, after)
            before = len(self.postbox.sent)
            await self.work()
            said += [(day, call.parameters["text"]) for _, call in self.postbox.sent[before:]]
            day += timedelta(days=1)
        return said

    async def rows(self, query: str) -> Sequence[Any]:
        async with self.database.connect() as connection:
            return [tuple(row) for row in await connection.execute(text(query))]


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


@pytest.fixture
def world(database: Database, knowledge: Knowledge, clock: TestClock) -> World:
    return World(database, knowledge, clock)


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
    world.move_to(SELECTION - timedelta(days=7), MORNING - timedelta(seconds=1))
    await world.work()
    assert "13 days left" not in str(world.postbox.sent)
    world.postbox.sent.clear()
    world.move_to(SELECTION - timedelta(days=7))
    await world.work()
    await world.work()
    (only,) = world.postbox.sent
    assert "7 days left" in only[1].parameters["text"]


async def test_two_looks_at_the_same_moment_say_it_once(world: World) -> None:
    await world.keep()
    world.move_to(SELECTION - timedelta(days=14))
    await world.work(send=False)
    await world.work(send=False)
    await world.work()
    assert len(world.postbox.sent) == 1


async def test_one_message_bundles_all_applications(world: World) -> None:
    codes = [await world.keep(), await world.keep(), await world.keep(GOING_ABROAD | {"departure_date": "2027-08-27"})]
    world.move_to(SELECTION - timedelta(days=7))
    await world.work()
    (only,) = world.postbox.sent
    assert "2 deadlines are coming up" in only[1].parameters["text"]
    assert [str(only[1].parameters["reply_markup"]).count(f"j1:{code}:") for code in codes] == [1, 1, 0]
    world.postbox.sent.clear()
    await world.days(SELECTION - timedelta(days=6), SELECTION - timedelta(days=4))
    assert len(world.postbox.sent) == 0


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
    for broken in ("tell", "look_again", "was_told"):
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


async def test_what_is_done_is_left_alone(world: World) -> None:
    code = await world.keep()
    for item, status in (("selection_finished", "have"), ("be_at_host", "waived")):
        await world.rows(
            "INSERT INTO checklist_items (application_id, list_name, item, status, updated_at) "
            f"SELECT id, 'deadlines', '{item}', '{status}', updated_at FROM applications WHERE code = '{code}' "
            "RETURNING id"
        )
    assert await world.days(date(2027, 4, 19), date(2027, 5, 19)) == []


@pytest.mark.parametrize("status", ["have", "submitted", "accepted", "waived"])
async def test_what_the_checklist_has_settles_it(world: World, status: str) -> None:
    code = await world.keep()
    await world.rows(
        "INSERT INTO checklist_items (application_id, list_name, item, status, updated_at) "
        f"SELECT id, 'documents', 'loa', '{status}', updated_at FROM applications WHERE code = '{code}' RETURNING id"
    )
    world.move_to(SELECTION - timedelta(days=7))
    await world.work()
    assert world.postbox.sent == []
    await world.rows("UPDATE checklist_items SET status = 'returned' RETURNING id")
    said = await world.days(SELECTION - timedelta(days=6), SELECTION)
    assert [(SELECTION - day).days for day, _ in said] == [3, 1]


async def test_whoever_does_not_want_or_cannot_be_reached_hears_nothing(world: World) -> None:
    await world.keep()
    await world.keep(person=BUDI)
    await world.rows(f"UPDATE people SET reachable = false WHERE id = {ANI} RETURNING id")
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
    assert [day for day, _ in said] == [date(2027, 5, 7)]


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
    world.move_to(SELECTION - timedelta(days=8))
    await world.work()
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


def test_services_are_made_the_same_way(world: World) -> None:
    assert isinstance(world.office.applications, ApplicationService)
    assert isinstance(world.office.interview, InterviewService)
    assert isinstance(world.office.kept, ApplicationRepository)
