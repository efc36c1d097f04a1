"""Numbers for staff."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.db.engine import Database
from bot.services.applications.checklist import ItemStatus
from knowledge import Knowledge
from tests.bot.people import STUDENT_ABROAD
from tests.bot.staff_office import BOSS, DEWI, RINA, StaffOffice
from tests.bot.test_export_service import LECTURER, kept, marked
from tests.support.clock import TestClock


@pytest.fixture
async def office(database: Database, knowledge: Knowledge, clock: TestClock) -> StaffOffice:
    return await StaffOffice(database, knowledge, clock).with_boss()


async def test_nothing_is_counted_as_nothing(office: StaffOffice) -> None:
    numbers = await office.stats.numbers(await office.visit(BOSS))
    assert (numbers.people.total, numbers.applications, numbers.types) == (0, 0, ())
    assert (numbers.items, numbers.waiting_since, numbers.questions, numbers.open_questions) == ({}, None, 0, 0)


async def test_people_applications_and_items_are_counted(office: StaffOffice, clock: TestClock) -> None:
    code = await kept(office, DEWI, STUDENT_ABROAD, "one")
    submitted_at = clock.now()
    await marked(office, DEWI, code, "d:cv", ItemStatus.SUBMITTED)
    clock.move(timedelta(days=30))
    await kept(office, RINA, LECTURER, "two")
    visit = await office.visit(RINA, phone="id")
    visit.person.reachable = False
    await office.visits.end(visit)
    numbers = await office.stats.numbers(await office.visit(BOSS))
    people = numbers.people
    assert (people.total, people.new, people.active, people.unreachable) == (2, 1, 1, 1)
    assert people.by_language == {"en": 2}
    assert [(one.mobility_type, one.total) for one in numbers.types] == [
        ("staff_outbound_international", 1),
        ("student_outbound_international", 1),
    ]
    assert numbers.items == {ItemStatus.SUBMITTED: 1}
    assert numbers.waiting_since == submitted_at
