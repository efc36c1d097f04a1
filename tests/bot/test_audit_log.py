"""The audit log: the database itself refuses to change or delete a line; names may go from it."""

from __future__ import annotations

import csv
import json
from io import StringIO

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.db.audit import erase_names, of_person, record
from bot.db.engine import Database
from bot.services.staff.log import LogWords
from bot.services.staff.staff import Role, audit
from knowledge import Knowledge
from tests.bot.staff_office import BOSS, DEWI, StaffOffice
from tests.support.clock import TestClock
from tests.support.sheets import rows_of

WORDS = LogWords("Log", ("When", "Who", "What", "About", "Details"), {"role given": "gave a role"}, "–")


@pytest.fixture
async def office(database: Database, knowledge: Knowledge, clock: TestClock) -> StaffOffice:
    return await StaffOffice(database, knowledge, clock).with_boss()


@pytest.mark.parametrize(
    "forbidden",
    [
        "DELETE FROM audit",
        "UPDATE audit SET action = 'nothing'",
        "UPDATE audit SET actor_id = 6",
        "UPDATE audit SET subject = 'person 6'",
        "UPDATE audit SET at = '2020-01-01 00:00:00+00'",
        "UPDATE audit SET id = 99",
        """UPDATE audit SET details = '{"role": "none"}'""",
    ],
)
async def test_a_line_is_never_changed(database: Database, clock: TestClock, forbidden: str) -> None:
    async with database.connect() as connection:
        await record(
            connection, "role given", now=clock.now(), actor_id=BOSS, subject=of_person(DEWI), details={"role": "x"}
        )
        with pytest.raises(DBAPIError, match="append-only"):
            await connection.execute(text(forbidden))
        await erase_names(connection, BOSS)
        await erase_names(connection, DEWI)
        rows = (await connection.execute(text("SELECT action, actor_id, subject FROM audit"))).all()
    assert [tuple(row) for row in rows] == [("role given", None, None)]


async def test_the_log_as_csv_and_xlsx_says_who_did_what(office: StaffOffice) -> None:
    visit = await office.visit(BOSS)
    await office.team.note_name(visit, "=Boss")
    await office.visits.end(visit)
    await office.hire(DEWI, Role.REVIEWER)
    visit = await office.visit(BOSS)
    made = await office.log.export(visit, "csv", WORDS)
    await office.visits.end(visit)
    assert made.data.startswith("\ufeff".encode())
    head, _boss, line = csv.reader(StringIO(made.data.decode("utf-8-sig")))
    assert head == ["When", "Who", "What", "About", "Details"]
    assert line == [
        "2027-03-01 10:00",
        f"'=Boss ({BOSS})",
        "gave a role",
        f"Person {DEWI} (person {DEWI})",
        "role: reviewer; way: forwarded message",
    ]
    made = await office.log.export(await office.visit(BOSS), "xlsx", WORDS)
    first, second = rows_of(made.data)[2:]
    assert first[0].isoformat(" ") == "2027-03-01 10:00:00"
    assert first[1] == f"=Boss ({BOSS})"
    assert second[2:] == ("log exported", None, "lines: 2")


async def test_what_staff_do_is_written_with_what_they_change(office: StaffOffice) -> None:
    visit = await office.visit(BOSS)
    audit(visit, "did something", subject=7, number=3)
    audit(visit, "did more")
    assert await office.lines() == []
    await office.visits.end(visit)
    assert [(line.action, line.subject, line.details) for line in await office.lines()] == [
        ("did something", "7", {"number": 3}),
        ("did more", None, {}),
    ]


async def test_people_get_their_lines_of_the_log_without_other_people(office: StaffOffice) -> None:
    await office.hire(DEWI, Role.REVIEWER)
    visit = await office.visit(BOSS)
    mine = json.loads(await office.privacy.export(visit))["log_of_staff"]
    assert [(line["by"], line["about"]) for line in mine] == [
        ("the bot, or somebody whose data is erased", "you"),
        ("you", "a person"),
    ]
    hers = json.loads(await office.privacy.export(await office.visit(DEWI)))["log_of_staff"]
    assert [(line["by"], line["about"]) for line in hers] == [("a member of staff", "you")]
    assert str(BOSS) not in str(hers)
