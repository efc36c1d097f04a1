"""Rounds of a selection on both databases: whom a table means, and who may see what."""

from __future__ import annotations

from sqlalchemy import text, update

from bot.db.announcement_after import SentRepository
from bot.db.announcements import AnnouncementRepository
from bot.db.audiences import AudienceRepository
from bot.db.engine import Database
from bot.db.people import PEOPLE
from bot.db.selections import SelectionRepository
from bot.services.announcements.content import filled
from bot.services.announcements.selection_table import given_in
from bot.services.announcements.selections import Reading, SelectionService
from knowledge import Knowledge
from tests.bot.people import ANI, Office
from tests.support.clock import TestClock

BUDI = ANI + 1


def service(database: Database) -> SelectionService:
    return SelectionService(
        SelectionRepository(database), AudienceRepository(database), AnnouncementRepository(database)
    )


async def with_application(office: Office, person: int = ANI, **facts: object) -> str:
    visit = await office.visit(person)
    for fact, value in {"role": "student", "home": "unnes", "host": "abroad", **facts}.items():
        office.interview.answer(visit, fact, value)
    visit.person.application = None
    view = await office.applications.keep(visit)
    await office.visits.end(visit)
    return view.code


async def name_them(database: Database, **usernames: int) -> None:
    async with database.transaction() as connection:
        for username, person in usernames.items():
            await connection.execute(update(PEOPLE).where(PEOPLE.c.id == person).values(username=username))


def whys(reading: Reading) -> list[tuple[str, str]]:
    return [(problem.why, problem.who) for problem in reading.problems]


async def test_codes_and_usernames_find_applications(
    database: Database, knowledge: Knowledge, clock: TestClock
) -> None:
    office = Office(database, knowledge, clock)
    first, second = await with_application(office), await with_application(office, BUDI)
    await name_them(database, Ani_S=ANI, budi_w=BUDI)
    table = [["Username", "Hasil", "Keterangan"], ["@ani_s", " LOLOS. ", ""], [second.upper(), "waiting list", "soon"]]
    reading = await service(database).read(given_in(table))
    assert [(one.code, one.result, one.note) for one in reading.entries] == [
        (first, "selected", ""),
        (second, "reserve", "soon"),
    ]
    assert not reading.problems


async def test_whatever_leaves_a_doubt_is_left_out(database: Database, knowledge: Knowledge, clock: TestClock) -> None:
    office = Office(database, knowledge, clock)
    first, second = await with_application(office), await with_application(office)
    third = await with_application(office, BUDI)
    await name_them(database, ani_s=ANI)
    await office.visit(BUDI + 1)
    table = [
        ["ani_s", "lolos"],
        ["", "lolos"],
        [first, "?"],
        [second, "lolos"],
        [second, "gagal"],
        [third, "lolos"],
        [third, "lolos"],
    ]
    reading = await service(database).read(given_in(table))
    assert [one.code for one in reading.entries] == [third]
    assert sorted(whys(reading)) == sorted(
        [
            ("ambiguous", "ani_s"),
            ("nobody", ""),
            ("unknown_result", first),
            ("contradiction", second),
            ("contradiction", second),
            ("twice", third),
        ]
    )


async def test_nobody_sees_a_result_before_it_is_announced(
    database: Database, knowledge: Knowledge, clock: TestClock
) -> None:
    office, selections = Office(database, knowledge, clock), service(database)
    code = await with_application(office)
    staff = await office.visit(BUDI)
    selections.keep(staff, "Batch & <1>", await selections.read(given_in([[code, "lolos", "<note>"]])))
    await office.visits.end(staff)
    ani = await office.visit()
    assert await selections.mine(ani) == []
    assert (await office.applications.get(ani, code)).results == ()
    [round_] = await selections.rounds()
    assert (round_.name, round_.results, round_.announced_at) == ("Batch & <1>", 1, None)
    async with database.transaction() as connection:
        await SelectionRepository(database).mark_announced(connection, round_.id, clock.now())
    [mine] = await selections.mine(ani)
    assert (mine.result, mine.note, mine.code) == ("selected", "<note>", code)
    assert [one.result for one in (await office.applications.get(ani, code)).results] == ["selected"]
    assert b"Batch & <1>" in await office.privacy.export(ani)
    office.privacy.erase(ani)
    await office.visits.end(ani)
    assert await selections.of_round(round_.id) == []


async def test_the_list_and_what_is_to_be_shown(database: Database, knowledge: Knowledge, clock: TestClock) -> None:
    office, selections, sent = Office(database, knowledge, clock), service(database), SentRepository(database)
    code = await with_application(office)
    staff = await office.visit(BUDI)
    draft = selections.keep(staff, "Batch", await selections.read(given_in([[code, "lolos"]])))
    await office.visits.end(staff)
    assert (await sent.page(ANI, skip=0, most=5)) == ([], 0)
    [one], count = await sent.page(BUDI, skip=0, most=5)
    assert (one.code, count) == (draft, 1)
    assert await sent.to_show(clock.now()) == []
    async with database.transaction() as connection:
        await connection.execute(text("UPDATE announcements SET state = 'started'"))
    assert [one.code for one in await sent.to_show(clock.now())] == [draft]
    await sent.remember(one.id, {"chat": BUDI, "message": 5, "ended": False})
    assert len(await sent.to_show(clock.now())) == 1
    await sent.remember(one.id, {"chat": BUDI, "message": 5, "ended": True})
    assert await sent.to_show(clock.now()) == []
    async with database.transaction() as connection:
        assert await sent.correct(connection, one, {"texts": {"id": "x"}}, clock.now())
        assert not await sent.correct(connection, one, {"texts": {"id": "y"}}, clock.now())
        assert await sent.is_still(connection, [1])


def test_a_line_whose_note_is_empty_is_left_out() -> None:
    text_ = "<b>Result</b>\n\n{result}\n\nNote: <i>{note}</i>\n\nBye"
    assert filled(text_, {"result": "ok", "note": "<1>"}) == "<b>Result</b>\n\nok\n\nNote: <i>&lt;1&gt;</i>\n\nBye"
    assert filled(text_, {"result": "ok"}) == "<b>Result</b>\n\nok\n\n<i></i>\n\nBye"
    assert filled("{result}\n{note}", {"result": "ok"}) == "ok"
