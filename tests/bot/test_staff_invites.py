"""Invitations: once, for a while, until they are withdrawn; and only the hash of a token is kept."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.db.engine import Database
from bot.errors import NoSuchInvite, Overtaken
from bot.services.staff.invites import VALID_FOR, is_invite
from bot.services.staff.staff import Right, Role, may
from bot.services.visit import Menu
from knowledge import Knowledge
from tests.bot.staff_office import BOSS, DEWI, RINA, StaffOffice
from tests.support.clock import TestClock


@pytest.fixture
async def office(database: Database, knowledge: Knowledge, clock: TestClock) -> StaffOffice:
    return await StaffOffice(database, knowledge, clock).with_boss()


async def made(office: StaffOffice, role: Role = Role.REVIEWER) -> str:
    visit = await office.visit(BOSS)
    _, payload = office.invites.create(visit, role)
    await office.visits.end(visit)
    return payload


async def test_a_link_makes_whoever_opens_it_first_a_member(office: StaffOffice) -> None:
    payload = await made(office)
    assert is_invite(payload)
    assert len(payload) <= 64
    visit = await office.visit(DEWI)
    arrival = await office.invites.arrive(visit, payload, "Dewi")
    assert (arrival.kind, arrival.role) == ("welcome", Role.REVIEWER)
    assert visit.menus == {DEWI: Menu("en", "reviewer")}
    await office.visits.end(visit)
    assert may(await office.visit(DEWI), Right.REVIEW)
    assert (await office.invites.arrive(await office.visit(RINA), payload, "Rina")).kind == "closed"
    assert (await office.invites.arrive(await office.visit(DEWI), payload, "Dewi")).kind == "again"
    (invite,) = await office.invites.recent(await office.visit(BOSS))
    assert (invite.state, invite.used_by) == ("used", "Dewi")
    line = (await office.lines())[-1]
    assert (line.action, line.actor_id, line.details["way"]) == ("role given", DEWI, "invitation")


async def test_only_the_hash_is_kept(office: StaffOffice, database: Database) -> None:
    token = (await made(office)).partition("_")[2]
    async with database.connect() as connection:
        for table in ("staff_invites", "audit", "people", "staff"):
            rows = (await connection.execute(text(f"SELECT * FROM {table}"))).all()  # noqa: S608 - a name of ours
            assert token not in str(rows), table


async def test_two_people_who_open_a_link_at_once_do_not_both_come_in(office: StaffOffice) -> None:
    payload = await made(office)
    visits = [await office.visit(DEWI), await office.visit(RINA)]
    for visit in visits:
        assert (await office.invites.arrive(visit, payload, "somebody")).kind == "welcome"
    ends = await asyncio.gather(*map(office.visits.end, visits), return_exceptions=True)
    assert [type(end) for end in ends if end is not None] == [Overtaken]
    assert len(await office.roles()) == 2
    (late,) = {DEWI, RINA} - set(await office.roles())
    assert (await office.invites.arrive(await office.visit(late), payload, "late")).kind == "closed"


async def test_a_link_ends_by_time_and_by_being_withdrawn(office: StaffOffice, clock: TestClock) -> None:
    payload, other = await made(office), await made(office, Role.ADMINISTRATOR)
    newest, _ = await office.invites.recent(await office.visit(BOSS))
    visit = await office.visit(BOSS)
    assert (await office.invites.revoke(visit, newest.handle)).state == "open"
    await office.visits.end(visit)
    assert (await office.invites.arrive(await office.visit(DEWI), other, "Dewi")).kind == "closed"
    clock.move(VALID_FOR - timedelta(seconds=1))
    assert (await office.invites.arrive(await office.visit(DEWI), payload, "Dewi")).kind == "welcome"
    clock.move(timedelta(seconds=1))
    assert (await office.invites.arrive(await office.visit(DEWI), payload, "Dewi")).kind == "closed"
    states = [one.state for one in await office.invites.recent(await office.visit(BOSS))]
    assert states == ["revoked", "expired"]
    again = await office.visit(BOSS)
    assert (await office.invites.revoke(again, newest.handle)).state == "revoked"
    assert again.writes == {}
    with pytest.raises(NoSuchInvite):
        await office.invites.revoke(again, "000000000000")


async def test_whoever_is_on_the_staff_leaves_the_link_to_somebody_else(office: StaffOffice) -> None:
    payload = await made(office, Role.REVIEWER)
    visit = await office.visit(BOSS)
    arrival = await office.invites.arrive(visit, payload, "Boss")
    assert (arrival.kind, arrival.role) == ("already", Role.ADMINISTRATOR)
    await office.visits.end(visit)
    assert await office.roles() == {BOSS: "administrator"}
    assert (await office.invites.arrive(await office.visit(DEWI), payload, "Dewi")).kind == "welcome"


@pytest.mark.parametrize("payload", ["staff_", "staff_x", "staff_" + "a" * 58, "staff_' OR 1=1 --"])
async def test_a_guessed_link_opens_nothing(office: StaffOffice, payload: str) -> None:
    visit = await office.visit(DEWI)
    assert (await office.invites.arrive(visit, payload, "Eve")).kind == "closed"
    assert (visit.writes, visit.role) == ({}, None)


async def test_links_of_an_administrator_end_with_the_right_to_make_them(office: StaffOffice) -> None:
    await office.hire(DEWI, Role.ADMINISTRATOR)
    visit = await office.visit(DEWI)
    _, payload = office.invites.create(visit, Role.ADMINISTRATOR)
    await office.visits.end(visit)
    visit = await office.visit(BOSS)
    await office.team.change_role(visit, DEWI, Role.REVIEWER)
    await office.visits.end(visit)
    assert (await office.invites.arrive(await office.visit(RINA), payload, "Rina")).kind == "closed"
