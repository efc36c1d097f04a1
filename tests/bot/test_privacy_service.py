"""A person's own data: all of it can be had, all of it can be erased, and what was erased does not come back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import Connection, Row, inspect, literal_column, select, text

from bot.db.engine import Database
from bot.services.applications.checklist import ItemStatus
from knowledge import Knowledge
from tests.bot.people import ANI, BUDI, STUDENT_ABROAD, Office
from tests.support.clock import TestClock


@pytest.fixture
def office(database: Database, knowledge: Knowledge, clock: TestClock) -> Office:
    return Office(database, knowledge, clock)


async def with_an_application(office: Office, person_id: int) -> str:
    await office.tell(STUDENT_ABROAD, person_id)
    visit = await office.visit(person_id)
    kept = await office.applications.keep(visit, "Japan")
    await office.visits.end(visit)
    visit = await office.visit(person_id)
    await office.applications.mark(visit, kept.code, "d:cv", ItemStatus.HAVE)
    await office.visits.end(visit)
    return kept.code


async def test_the_export_holds_everything_and_nobody_else(office: Office) -> None:
    code = await with_an_application(office, ANI)
    await with_an_application(office, BUDI)
    visit = await office.visit()
    exported = json.loads(await office.privacy.export(visit))
    assert exported["person"]["telegram_id"] == ANI
    assert exported["person"]["answers"] == STUDENT_ABROAD
    (application,) = exported["applications"]
    assert (application["code"], application["name"]) == (code, "Japan")
    assert application["items"] == [{"list": "documents", "item": "cv", "status": "have"}]
    assert application["moves"][0]["to_status"] == "have"
    assert exported["messages_in_the_inbox"]
    assert str(BUDI) not in json.dumps(exported)
    kept = await office.privacy.kept(visit)
    assert (kept.answers, kept.applications, kept.ticks) == (len(STUDENT_ABROAD), 1, 1)


async def test_erasing_leaves_nothing_and_spares_the_others(office: Office, database: Database) -> None:
    await with_an_application(office, ANI)
    await with_an_application(office, BUDI)
    visit = await office.visit()
    office.privacy.erase(visit)
    office.interview.answer(visit, "role", "lecturer")
    await office.visits.end(visit)
    async with database.connect() as connection:
        assert await connection.run_sync(tables_that_name, ANI) == set()
    assert (await office.visit(BUDI)).person.answers == STUDENT_ABROAD
    assert (await office.visit()).is_new


async def test_after_erasing_old_updates_are_not_handled_again(office: Office) -> None:
    await with_an_application(office, ANI)
    visit = await office.visit()
    office.privacy.erase(visit)
    await office.visits.end(visit)
    assert await office.inbox.unfinished() == {}


def tables_that_name(connection: Connection, person_id: int) -> set[str]:
    """The tables with a row in which the number stands in some column."""
    found = set()
    for table in inspect(connection).get_table_names():
        rows: Sequence[Row[Any]] = connection.execute(select(literal_column("*")).select_from(text(table))).all()
        if any(str(person_id) in map(str, row) for row in rows):
            found.add(table)
    return found
