"""Roles: who may change them, when the change holds, and that an administrator always remains."""

from __future__ import annotations

import asyncio

import pytest

from bot.db.engine import Database
from bot.errors import LastAdministrator, NamedInSettings, NoSuchMember, Overtaken
from bot.services.staff.staff import Right, Role, may
from bot.services.visit import Menu
from knowledge import Knowledge
from tests.bot.staff_office import BOSS, DEWI, RINA, StaffOffice
from tests.support.clock import TestClock


@pytest.fixture
async def office(database: Database, knowledge: Knowledge, clock: TestClock) -> StaffOffice:
    return await StaffOffice(database, knowledge, clock).with_boss()


async def test_a_role_is_given_changed_and_taken_away_at_once(office: StaffOffice) -> None:
    await office.tell({"role": "student"}, DEWI)
    await office.hire(DEWI)
    dewi = await office.visit(DEWI)
    assert may(dewi, Right.REVIEW)
    assert not may(dewi, Right.ADMINISTRATE)
    visit = await office.visit(BOSS)
    assert (await office.team.change_role(visit, DEWI, Role.ANNOUNCER)).role is Role.ANNOUNCER
    assert visit.menus == {DEWI: Menu("en", "announcer")}
    assert await office.roles() == {BOSS: "administrator", DEWI: "reviewer"}, "nothing before the end of the visit"
    await office.visits.end(visit)
    assert may(await office.visit(DEWI), Right.ANNOUNCE)
    visit = await office.visit(BOSS)
    await office.team.remove(visit, DEWI)
    assert visit.menus == {DEWI: Menu("en", None)}
    await office.visits.end(visit)
    assert (await office.visit(DEWI)).role is None
    assert [line.action for line in await office.lines()] == ["role given", "role changed", "role taken away"]


async def test_a_role_may_be_given_before_the_first_message(office: StaffOffice) -> None:
    visit = await office.visit(BOSS)
    await office.team.add(visit, DEWI, "Dewi", Role.REVIEWER)
    assert visit.menus == {}
    await office.visits.end(visit)
    assert may(await office.visit(DEWI), Right.REVIEW)


async def test_whoever_has_a_role_keeps_it_when_they_are_added_again(office: StaffOffice) -> None:
    await office.hire(DEWI, Role.REVIEWER)
    visit = await office.visit(BOSS)
    member, added = await office.team.add(visit, DEWI, "Dewi", Role.ADMINISTRATOR)
    await office.visits.end(visit)
    assert (member.role, added) == (Role.REVIEWER, False)
    assert (await office.roles())[DEWI] == "reviewer"


async def test_changing_the_role_of_somebody_without_one_gives_none(office: StaffOffice) -> None:
    visit = await office.visit(BOSS)
    with pytest.raises(NoSuchMember):
        await office.team.change_role(visit, RINA, Role.ADMINISTRATOR)
    with pytest.raises(NoSuchMember):
        await office.team.remove(visit, RINA)
    assert visit.writes == {}


async def test_the_last_administrator_stays(office: StaffOffice) -> None:
    await office.hire(DEWI, Role.REVIEWER)
    visit = await office.visit(BOSS)
    with pytest.raises(LastAdministrator):
        await office.team.remove(visit, BOSS)
    with pytest.raises(LastAdministrator):
        await office.team.change_role(visit, BOSS, Role.REVIEWER)
    await office.hire(RINA, Role.ADMINISTRATOR)
    visit = await office.visit(BOSS)
    await office.team.change_role(visit, BOSS, Role.REVIEWER)
    assert visit.role == "reviewer"
    await office.visits.end(visit)
    assert await office.roles() == {RINA: "administrator", BOSS: "reviewer", DEWI: "reviewer"}


async def test_two_administrators_who_remove_each_other_do_not_both_succeed(office: StaffOffice) -> None:
    await office.hire(DEWI, Role.ADMINISTRATOR)
    visits = [await office.visit(BOSS), await office.visit(DEWI)]
    await office.team.remove(visits[0], DEWI)
    await office.team.remove(visits[1], BOSS)
    ends = await asyncio.gather(*map(office.visits.end, visits), return_exceptions=True)
    assert [type(end) for end in ends if end is not None] == [Overtaken]
    assert list((await office.roles()).values()) == ["administrator"]


async def test_what_an_administrator_began_before_being_removed_is_not_written(office: StaffOffice) -> None:
    await office.hire(DEWI, Role.ADMINISTRATOR)
    late = await office.visit(DEWI)
    await office.team.add(late, RINA, "Rina", Role.ADMINISTRATOR)
    office.invites.create(late, Role.ADMINISTRATOR)
    visit = await office.visit(BOSS)
    await office.team.remove(visit, DEWI)
    await office.visits.end(visit)
    with pytest.raises(Overtaken):
        await office.visits.end(late)
    assert await office.roles() == {BOSS: "administrator"}
    assert await office.links.newest(9) == []


async def test_administrators_of_the_settings_return_at_each_start_and_stay_as_they_are(
    database: Database, knowledge: Knowledge, clock: TestClock
) -> None:
    office = await StaffOffice(database, knowledge, clock, named=frozenset({BOSS})).with_boss()
    await office.hire(DEWI, Role.ADMINISTRATOR)
    visit = await office.visit(DEWI)
    assert (await office.team.member(visit, BOSS)).is_settled
    with pytest.raises(NamedInSettings):
        await office.team.remove(visit, BOSS)
    with pytest.raises(NamedInSettings):
        await office.team.change_role(visit, BOSS, Role.REVIEWER)
    await office.team.change_role(visit, DEWI, Role.REVIEWER)
    await office.visits.end(visit)
    await office.staff.ensure_administrators([BOSS, DEWI], clock.now())
    assert await office.roles() == {BOSS: "administrator", DEWI: "administrator"}


async def test_a_name_is_remembered_for_the_others(office: StaffOffice) -> None:
    visit = await office.visit(BOSS)
    await office.team.note_name(visit, "Ibu Kepala " + "x" * 200)
    await office.visits.end(visit)
    (member,) = await office.team.members(await office.visit(BOSS))
    assert member.called.startswith("Ibu Kepala")
    await office.team.note_name(await office.visit(DEWI), "nobody")
    assert await office.roles() == {BOSS: "administrator"}


async def test_a_member_who_erases_their_data_is_off_the_staff_and_out_of_the_log(office: StaffOffice) -> None:
    await office.hire(DEWI, Role.ADMINISTRATOR)
    await office.hire(RINA, Role.REVIEWER, by=DEWI)
    visit = await office.visit(DEWI)
    invite, _ = office.invites.create(visit, Role.REVIEWER)
    await office.visits.end(visit)
    visit = await office.visit(DEWI)
    office.privacy.erase(visit)
    await office.visits.end(visit)
    assert await office.roles() == {BOSS: "administrator", RINA: "reviewer"}
    lines = await office.lines()
    assert str(DEWI) not in str(lines)
    assert [line.action for line in lines][:3] == ["role given", "role given", "invitation made"]
    assert (lines[0].actor_id, lines[0].subject, lines[0].details) == (BOSS, None, {})
    assert (lines[1].actor_id, lines[1].subject) == (None, f"person {RINA}")
    (left,) = await office.invites.recent(await office.visit(BOSS))
    assert (left.handle, left.state, left.created_by) == (invite.handle, "revoked", None)


async def test_the_last_administrator_who_erases_their_data_keeps_the_role_and_no_name(office: StaffOffice) -> None:
    visit = await office.visit(BOSS)
    await office.team.note_name(visit, "Boss")
    await office.visits.end(visit)
    visit = await office.visit(BOSS)
    office.privacy.erase(visit)
    await office.visits.end(visit)
    (member,) = await office.staff.members()
    assert (member.person_id, member.role, member.name) == (BOSS, "administrator", None)
