"""Applications: kept once, several per person, ticked with set semantics, in step with the answers, nobody else's."""

from __future__ import annotations

import pytest

from bot.db.engine import Database
from bot.errors import InvalidName, NoSuchApplication, NoSuchItem
from bot.services.applications.applications import ALPHABET, LONGEST_NAME, code_of, free_name
from bot.services.applications.checklist import ApplicationView, ItemStatus
from knowledge import Knowledge
from tests.bot.people import ANI, BUDI, STUDENT_ABROAD, Office
from tests.support.clock import TestClock


@pytest.fixture
def office(database: Database, knowledge: Knowledge, clock: TestClock) -> Office:
    return Office(database, knowledge, clock)


async def keep(office: Office, name: str | None = None, person_id: int = ANI) -> ApplicationView:
    visit = await office.visit(person_id)
    kept = await office.applications.keep(visit, name)
    await office.visits.end(visit)
    return kept


async def mark(office: Office, code: str, key: str, status: ItemStatus) -> ApplicationView:
    visit = await office.visit()
    view = await office.applications.mark(visit, code, key, status)
    await office.visits.end(visit)
    return view


async def test_what_is_kept_is_there_with_its_checklist(office: Office) -> None:
    await office.tell(STUDENT_ABROAD)
    kept = await keep(office)
    visit = await office.visit()
    found = await office.applications.get(visit, kept.code)
    assert found == kept
    assert found.is_open
    assert (found.mobility_type, found.programme) == ("student_outbound_international", "credit_transfer")
    assert found.item("d:cv") is not None
    assert 0 <= found.done < found.total


async def test_keeping_twice_keeps_once(office: Office) -> None:
    await office.tell(STUDENT_ABROAD)
    first, second = await keep(office), await keep(office)
    assert first.code == second.code
    assert len(await office.applications.overview(await office.visit())) == 1


async def test_several_applications_have_names_of_their_own(office: Office) -> None:
    for _ in range(3):
        await office.tell(STUDENT_ABROAD)
        await keep(office)
        visit = await office.visit()
        office.interview.restart(visit)
        await office.visits.end(visit)
    names = [kept.name for kept in await office.applications.overview(await office.visit())]
    assert len(set(names)) == 3
    assert [name[-2:] for name in names[1:]] == [" 2", " 3"]


async def test_ticks_are_set_not_toggled_and_every_move_is_kept(office: Office) -> None:
    await office.tell(STUDENT_ABROAD)
    view = kept = await keep(office)
    for status in (ItemStatus.HAVE, ItemStatus.HAVE, ItemStatus.SUBMITTED, ItemStatus.TODO, ItemStatus.HAVE):
        view = await mark(office, kept.code, "d:cv", status)
        item = view.item("d:cv")
        assert item is not None
        assert item.status is status
    assert view.done == kept.done + 1
    after = await office.applications.get(await office.visit(), kept.code)
    assert after.item("d:cv") == view.item("d:cv")
    moves = (await office.kept.history(ANI))[kept.code]["moves"]
    assert [(move["from_status"], move["to_status"]) for move in moves] == [
        ("todo", "have"),
        ("have", "submitted"),
        ("submitted", "todo"),
        ("todo", "have"),
    ]
    assert {move["actor_id"] for move in moves} == {ANI}


async def test_a_condition_met_by_an_answer_counts_as_done(office: Office) -> None:
    await office.tell({**STUDENT_ABROAD, "health_check": True})
    kept = await keep(office)
    item = kept.item("c:health_check")
    assert item is not None
    assert (item.status, item.from_answers) == (ItemStatus.HAVE, True)
    ticked = (await mark(office, kept.code, "c:health_check", ItemStatus.TODO)).item("c:health_check")
    assert ticked is not None
    assert (ticked.status, ticked.from_answers) == (ItemStatus.TODO, False)


async def test_answers_go_into_the_open_application_and_ticks_survive(office: Office) -> None:
    await office.tell(STUDENT_ABROAD)
    kept = await keep(office)
    await mark(office, kept.code, "d:cv", ItemStatus.HAVE)
    await office.tell({"programme": "sit_in_short_course"})
    after = await office.applications.get(await office.visit(), kept.code)
    assert after.programme == "sit_in_short_course"
    item = after.item("d:cv")
    assert item is None or item.status is ItemStatus.HAVE
    await office.tell({"programme": "credit_transfer"})
    item = (await office.applications.get(await office.visit(), kept.code)).item("d:cv")
    assert item is not None
    assert item.status is ItemStatus.HAVE


async def test_opening_brings_its_answers_back(office: Office) -> None:
    await office.tell(STUDENT_ABROAD)
    first = await keep(office, "Japan")
    visit = await office.visit()
    office.interview.restart(visit)
    await office.visits.end(visit)
    await office.tell({"role": "lecturer", "home": "unnes", "host": "abroad"})
    second = await keep(office, "Conference")
    visit = await office.visit()
    await office.applications.open(visit, first.code)
    assert visit.person.answers == STUDENT_ABROAD
    await office.visits.end(visit)
    overview = await office.applications.overview(await office.visit())
    assert [(kept.code, kept.is_open) for kept in overview] == [(first.code, True), (second.code, False)]
    assert overview[1].mobility_type == "staff_outbound_international"


async def test_renaming_and_removing(office: Office) -> None:
    await office.tell(STUDENT_ABROAD)
    kept = await keep(office)
    visit = await office.visit()
    renamed = await office.applications.rename(visit, kept.code, "  My   Japan plan ")
    assert renamed.name == "My Japan plan"
    with pytest.raises(InvalidName):
        await office.applications.rename(visit, kept.code, "   ")
    with pytest.raises(InvalidName):
        await office.applications.rename(visit, kept.code, "x" * (LONGEST_NAME + 1))
    await office.visits.end(visit)
    for _ in range(2):
        visit = await office.visit()
        await office.applications.remove(visit, kept.code)
        await office.visits.end(visit)
    visit = await office.visit()
    assert await office.applications.overview(visit) == ()
    assert visit.person.application is None
    with pytest.raises(NoSuchApplication):
        await office.applications.get(visit, kept.code)


async def test_somebody_elses_code_opens_nothing(office: Office) -> None:
    await office.tell(STUDENT_ABROAD)
    kept = await keep(office)
    await office.tell({"role": "student"}, BUDI)
    visit = await office.visit(BUDI)
    with pytest.raises(NoSuchApplication):
        await office.applications.get(visit, kept.code)
    with pytest.raises(NoSuchApplication):
        await office.applications.open(visit, kept.code)
    with pytest.raises(NoSuchApplication):
        await office.applications.mark(visit, kept.code, "d:cv", ItemStatus.HAVE)
    with pytest.raises(NoSuchApplication):
        await office.applications.rename(visit, kept.code, "Mine")
    await office.applications.remove(visit, kept.code)
    await office.visits.end(visit)
    found = await office.applications.get(await office.visit(), kept.code)
    assert found.name == kept.name


async def test_what_is_not_on_the_list_cannot_be_ticked(office: Office) -> None:
    await office.tell(STUDENT_ABROAD)
    kept = await keep(office)
    visit = await office.visit()
    for key in ("d:shoe_size", "x:cv", "cv", ""):
        with pytest.raises(NoSuchItem):
            await office.applications.mark(visit, kept.code, key, ItemStatus.HAVE)
    with pytest.raises(NoSuchItem):
        await office.applications.mark(visit, kept.code, "d:cv", ItemStatus.ACCEPTED)


async def test_an_update_that_is_handled_again_gives_the_same_code(office: Office) -> None:
    await office.tell(STUDENT_ABROAD)
    lost, again = await office.visit(), await office.visit()
    assert lost.seq == again.seq
    assert (await office.applications.keep(lost)).code == (await office.applications.keep(again)).code


def test_codes_are_short_and_differ() -> None:
    codes = [code_of(seq) for seq in (*range(1, 3000), 2**39, 2**40 - 1)]
    assert len(set(codes)) == len(codes)
    assert all(len(code) == 8 and set(code) <= set(ALPHABET) for code in codes)


def test_a_name_that_is_taken_gets_a_number() -> None:
    assert free_name("Japan", []) == "Japan"
    assert free_name("Japan", ["Japan"]) == "Japan 2"
    assert free_name("Japan", ["Japan", "Japan 2", "Japan 4"]) == "Japan 3"
    assert len(free_name("x" * LONGEST_NAME, ["x" * LONGEST_NAME])) <= LONGEST_NAME
