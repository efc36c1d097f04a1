"""Visits: everything an update changes is written in one go, once, or not at all."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import event

from bot.db.engine import Database
from bot.db.inbox import InboxRepository
from bot.errors import UnknownTimezone
from bot.services.visit import Expects, guess_language
from knowledge import Knowledge
from knowledge.interview import Goal
from tests.bot.people import ANI, BUDI, STUDENT_ABROAD, Office
from tests.support.clock import TestClock


@pytest.fixture
def office(database: Database, knowledge: Knowledge, clock: TestClock) -> Office:
    return Office(database, knowledge, clock)


async def test_what_a_visit_changed_is_there_at_the_next_one(office: Office) -> None:
    visit = await office.visit(phone="id-ID")
    assert visit.is_new
    assert visit.lang == "id"
    visit.person.goal = Goal.IMMIGRATION
    visit.memory.panel = 77
    visit.memory.expects = Expects("fact", "gpa")
    visit.memory.extra["page"] = 2
    office.people.set_language(visit, "en")
    await office.visits.end(visit)
    after = await office.visit()
    assert not after.is_new
    assert (after.lang, after.person.language_chosen, after.person.goal) == ("en", True, Goal.IMMIGRATION)
    assert (after.memory.panel, after.memory.expects, after.memory.extra) == (77, Expects("fact", "gpa"), {"page": 2})


async def test_a_visit_that_is_not_ended_leaves_no_trace(office: Office) -> None:
    await office.tell({"role": "student"})
    lost = await office.visit()
    office.interview.answer(lost, "role", "lecturer")
    await office.applications.keep(lost, "Lost")
    after = await office.visit()
    assert after.seq == lost.seq, "the same update is handled again"
    assert after.person.answers == {"role": "student"}
    assert await office.applications.overview(after) == ()


async def test_an_update_that_is_done_is_not_done_again(office: Office) -> None:
    await office.tell({"role": "student"})
    first, twin = await office.visit(), await office.visit()
    assert first.seq == twin.seq
    office.interview.answer(first, "home", "unnes")
    await office.applications.keep(first, "Kept once")
    office.interview.answer(twin, "home", "abroad")
    await office.applications.keep(twin, "Kept twice")
    await office.visits.end(first)
    await office.visits.end(twin)
    after = await office.visit()
    assert after.person.answers == {"role": "student", "home": "unnes"}
    assert [kept.name for kept in await office.applications.overview(after)] == ["Kept once"]


async def test_first_contact_can_keep_something_at_once(office: Office) -> None:
    visit = await office.visit()
    for fact, value in STUDENT_ABROAD.items():
        office.interview.answer(visit, fact, value)
    kept = await office.applications.keep(visit)
    await office.visits.end(visit)
    after = await office.visit()
    assert [one.code for one in await office.applications.overview(after)] == [kept.code]


async def test_an_update_without_effects_is_done_all_the_same(office: Office, database: Database) -> None:
    await office.tell({"role": "student"}, BUDI)
    for person in (ANI, BUDI):
        await office.visit(person)
        waiting = await office.inbox.next(person)
        assert waiting is not None
        await office.visits.dismiss(waiting)
    assert await InboxRepository(database).unfinished() == {}
    assert await office.stored.load(ANI) is None


async def test_a_time_zone_is_checked(office: Office) -> None:
    visit = await office.visit()
    office.people.set_timezone(visit, "Asia/Jayapura")
    with pytest.raises(UnknownTimezone):
        office.people.set_timezone(visit, "Jayapura")
    assert visit.person.timezone == "Asia/Jayapura"


async def test_the_day_is_that_of_the_person(office: Office) -> None:
    visit = await office.visit()
    visit.now = visit.now.replace(hour=16)
    assert visit.today.day == visit.now.day
    office.people.set_timezone(visit, "Asia/Jayapura")
    assert visit.today.day == visit.now.day + 1


@pytest.mark.parametrize(
    ("phone", "language"),
    [(None, "id"), ("id", "id"), ("in-ID", "id"), ("jv", "id"), ("en-GB", "en"), ("pt-br", "en"), ("", "id")],
)
def test_the_first_language_is_guessed_from_the_phone(phone: str | None, language: str) -> None:
    assert guess_language(phone) == language


class Statements:
    """Counts what is sent to the database."""

    def __init__(self, database: Database) -> None:
        self.seen: list[str] = []
        self._engine = database._engine.sync_engine
        event.listen(self._engine, "before_cursor_execute", self._note)

    def _note(self, *args: object) -> None:
        self.seen.append(str(args[2]).split()[0])

    def stop(self) -> None:
        event.remove(self._engine, "before_cursor_execute", self._note)


@pytest.fixture
def statements(database: Database) -> Iterator[Statements]:
    counted = Statements(database)
    yield counted
    counted.stop()


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_an_update_costs_three_statements(office: Office, statements: Statements) -> None:
    await office.tell({"role": "student"})
    statements.seen.clear()
    await office.tell({"home": "unnes"})
    assert statements.seen == ["INSERT", "SELECT", "UPDATE"]
