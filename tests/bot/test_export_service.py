"""Applications as a spreadsheet: which ones, what stands in it, and that nobody has to wait for it."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any

import pytest

from bot.db.engine import Database
from bot.services.applications.checklist import ItemStatus
from bot.services.staff.export import NONE, ExportWords, Wanted
from knowledge import Knowledge
from tests.bot.people import STUDENT_ABROAD
from tests.bot.staff_office import BOSS, DEWI, RINA, StaffOffice
from tests.support.clock import TestClock
from tests.support.sheets import rows_of

WORDS = ExportWords(
    title="Applications",
    columns=("code", "name", "person", "lang", "type", "programme", "verdict", "kept", "changed", "done", "of", "next"),
    types={"student_outbound_international": "Student abroad"},
    programmes={"credit_transfer": "Credit transfer"},
    verdicts={"eligible": "meets it", "undetermined": "open"},
    statuses={status: status.value for status in ItemStatus},
)
LECTURER = {"role": "lecturer", "home": "unnes", "host": "abroad"}


@pytest.fixture
async def office(database: Database, knowledge: Knowledge, clock: TestClock) -> StaffOffice:
    return await StaffOffice(database, knowledge, clock).with_boss()


async def kept(office: StaffOffice, person_id: int, answers: dict[str, Any], name: str) -> str:
    await office.tell(answers, person_id)
    visit = await office.visit(person_id)
    view = await office.applications.keep(visit, name)
    await office.visits.end(visit)
    return view.code


async def marked(office: StaffOffice, person_id: int, code: str, key: str, status: ItemStatus) -> None:
    visit = await office.visit(person_id)
    await office.applications.mark(visit, code, key, status)
    await office.visits.end(visit)


async def exported(office: StaffOffice, wanted: Wanted) -> list[dict[str, Any]]:
    visit = await office.visit(BOSS)
    made = await office.export.workbook(visit, wanted, WORDS)
    await office.visits.end(visit)
    head, *rows = rows_of(made.data)
    titles = [str(title).rpartition("(")[2].rstrip(")") for title in head]
    assert len(set(titles)) == len(titles)
    assert made.rows == len(rows)
    return [dict(zip(titles, row, strict=True)) for row in rows]


async def test_a_row_for_each_application_and_a_column_for_each_item(office: StaffOffice) -> None:
    code = await kept(office, DEWI, STUDENT_ABROAD, '=cmd|"/c calc"!A1')
    await marked(office, DEWI, code, "d:cv", ItemStatus.SUBMITTED)
    await kept(office, RINA, LECTURER, "Japan")
    first, second = await exported(office, Wanted())
    assert first["code"] == code
    assert first["name"] == '=cmd|"/c calc"!A1'
    assert (first["person"], first["lang"]) == (DEWI, "en")
    assert (first["type"], first["programme"]) == ("Student abroad", "Credit transfer")
    assert first["kept"] == datetime.fromisoformat("2027-03-01 10:00")
    assert isinstance(first["done"], int)
    assert 0 < first["done"] <= first["of"]
    assert first["d:cv"] == "submitted"
    assert "todo" in first.values()
    assert second["name"] == "Japan"
    assert second["d:cv"] != "submitted"
    assert any(second[key] is None for key in second if key.startswith("d:")), "an item that is not on this checklist"
    line = (await office.lines())[-1]
    assert (line.action, line.actor_id, line.details) == ("applications exported", BOSS, {"rows": 2})


async def test_the_next_deadline_of_a_row_is_the_next_one_that_is_still_open(office: StaffOffice) -> None:
    dates = {"start_date": "2027-09-01", "departure_date": "2027-08-20"}
    code = await kept(office, DEWI, STUDENT_ABROAD | dates, "Malaysia")
    [row] = await exported(office, Wanted())
    assert row["next"] == datetime.fromisoformat("2027-05-19"), "the selection is finished three months before"
    await marked(office, DEWI, code, "d:loa", ItemStatus.HAVE)
    [row] = await exported(office, Wanted())
    assert row["next"] == datetime.fromisoformat("2027-08-31"), "whoever has the letter of acceptance was selected"


async def test_filters_can_be_combined(office: StaffOffice) -> None:
    code = await kept(office, DEWI, STUDENT_ABROAD, "one")
    await marked(office, DEWI, code, "d:cv", ItemStatus.SUBMITTED)
    await kept(office, RINA, LECTURER, "two")
    type_one = "student_outbound_international"
    for wanted, names in [
        (Wanted(mobility_type=type_one), ["one"]),
        (Wanted(mobility_type=NONE), []),
        (Wanted(programme="credit_transfer"), ["one"]),
        (Wanted(programme=NONE), ["two"]),
        (Wanted(status="submitted"), ["one"]),
        (Wanted(status="returned"), []),
        (Wanted(verdict="not_eligible"), []),
        (Wanted(mobility_type=type_one, programme="credit_transfer", status="submitted"), ["one"]),
        (Wanted(mobility_type=type_one, programme=NONE), []),
    ]:
        assert await office.export.count(wanted) == len(names), wanted
        assert [row["name"] for row in await exported(office, wanted)] == names, wanted


async def test_what_can_be_chosen_is_what_there_is(office: StaffOffice) -> None:
    code = await kept(office, DEWI, STUDENT_ABROAD, "one")
    await marked(office, DEWI, code, "d:cv", ItemStatus.SUBMITTED)
    await kept(office, RINA, LECTURER, "two")
    choices = office.export.choices
    assert await choices("programme", Wanted(programme=NONE)) == {NONE: 1, "credit_transfer": 1}
    assert await choices("mobility_type", Wanted(status="submitted")) == {"student_outbound_international": 1}
    assert await choices("status", Wanted()) == {"submitted": 1}
    assert await choices("status", Wanted(programme=NONE)) == {}


async def test_many_applications_are_written_while_others_are_served(
    office: StaffOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.staff.export.PAGE", 2)
    for number in range(5):
        await kept(office, DEWI + number, STUDENT_ABROAD, f"plan {number}")
    served = 0

    async def others() -> None:
        nonlocal served
        while True:
            await asyncio.sleep(0)
            served += 1

    waiting = asyncio.create_task(others())
    rows = await exported(office, Wanted())
    waiting.cancel()
    assert [row["name"] for row in rows] == [f"plan {number}" for number in range(5)]
    assert served > 10
