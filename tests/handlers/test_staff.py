"""/staff: the list, roles, taking them away; menus and help follow the role."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import StringIO

import pytest

from bot.config import Settings
from bot.sandbox import Sandbox
from bot.sandbox.town import person_id
from bot.services.staff.staff import Role
from handlers.applications.callbacks import Erase
from handlers.staff.callbacks import AuditLog, ByForwarding, Colleague, Dismiss, Grant, SetRole, Stats, Team
from tests.handlers.pressing import buttons, press, rows
from tests.support.chat import ChatClient
from tests.support.sheets import rows_of

STAFF_COMMANDS = {
    "reviewer": {"review", "pipeline", "inbox", "stats"},
    "announcer": {"announce", "announcements"},
    "administrator": {"review", "pipeline", "inbox", "stats", "announce", "announcements", "staff"},
}
ALL_OF_THEM = STAFF_COMMANDS["administrator"]


@pytest.fixture
async def settings(settings: Settings) -> Settings:
    """The administrator of STAFF_IDS is called Boss."""
    return replace(settings, staff_ids=frozenset({person_id("Boss")}))


@pytest.fixture
def boss(john: ChatClient) -> ChatClient:
    return john.other("Boss", language="en")


@pytest.fixture
async def dewi(john: ChatClient) -> ChatClient:
    """Somebody who speaks Indonesian and has written before."""
    dewi = john.other("Dewi", language="id")
    await dewi.start()
    return dewi


async def hire(boss: ChatClient, chat: ChatClient, role: Role) -> None:
    """Boss gives somebody a role, by a forwarded message."""
    await boss.say("/staff")
    await press(boss, ByForwarding)
    await boss.person.forward_words(chat.person.user, "good morning")
    await boss.quiet()
    await press(boss, Grant, role=role)


def menu(chat: ChatClient) -> set[str]:
    """The commands of staff in somebody's menu."""
    return {command["command"] for command in chat.person.commands} & ALL_OF_THEM


async def test_the_first_administrator_finds_themselves_by_name(boss: ChatClient) -> None:
    await boss.say("/staff")
    assert "Boss (you) · Administrator" in boss.screen.text
    assert len(buttons(boss, Colleague)) == 1
    await press(boss, Colleague)
    assert "STAFF_IDS" in boss.screen.text
    assert not buttons(boss, Dismiss)
    await press(boss, Team)
    assert "Boss (you)" in boss.screen.text


@pytest.mark.parametrize("role", list(Role))
async def test_menu_and_help_follow_the_role_in_ones_language(boss: ChatClient, dewi: ChatClient, role: Role) -> None:
    assert menu(dewi) == set()
    await hire(boss, dewi, role)
    assert menu(dewi) == STAFF_COMMANDS[role.value]
    assert "Petugas:" in str(dewi.person.commands)
    await dewi.say("/help")
    told = {name for name in ALL_OF_THEM if f"/{name} –" in dewi.screen.text}
    assert told == STAFF_COMMANDS[role.value]
    await boss.say("/staff")
    await press(boss, Colleague, person=dewi.person.id)
    await press(boss, Dismiss)
    assert menu(dewi) == STAFF_COMMANDS[role.value], "asked once more"
    await press(boss, Dismiss, sure=True)
    assert menu(dewi) == set()
    await dewi.say("/help")
    assert "petugas" not in dewi.screen.text.partition("/human")[0]
    assert not any(f"/{name} –" in dewi.screen.text for name in ALL_OF_THEM)


async def test_the_menu_of_a_role_speaks_the_language_that_is_chosen(boss: ChatClient) -> None:
    await boss.start()
    assert menu(boss) == ALL_OF_THEM
    assert "Staff: who may do what" in str(boss.person.commands)
    await boss.press("🌐 Bahasa Indonesia")
    assert menu(boss) == ALL_OF_THEM
    assert "Petugas: siapa boleh apa" in str(boss.person.commands)


async def test_a_role_holds_and_ends_with_the_next_message(boss: ChatClient, dewi: ChatClient) -> None:
    await hire(boss, dewi, Role.REVIEWER)
    await dewi.say("/stats")
    assert buttons(dewi, Stats)
    await boss.say("/staff")
    await press(boss, Colleague, person=dewi.person.id)
    await press(boss, SetRole, role=Role.ANNOUNCER)
    assert "Announcer from now on" in boss.screen.text
    before = dewi.screen
    await press(dewi, Stats)
    assert dewi.screen.text == before.text
    assert "usang" in dewi.notices[-1]
    assert not buttons(dewi, Stats)


async def test_help_in_a_group_tells_nobody_what_staff_may_do(boss: ChatClient, sandbox: Sandbox) -> None:
    group = sandbox.group("Office", [boss.person])
    await boss.person.say("/help", group=group)
    await boss.quiet()
    assert "/staff" not in group.screen.text
    await boss.person.say("/staff", group=group)
    await boss.quiet()
    assert "private chat" in group.screen.text
    assert "Boss (you)" not in group.screen.text


async def test_whoever_gives_up_their_own_role_sees_the_staff_no_more(boss: ChatClient, dewi: ChatClient) -> None:
    await hire(boss, dewi, Role.ADMINISTRATOR)
    await dewi.say("/staff")
    await press(dewi, Colleague, person=dewi.person.id)
    await press(dewi, SetRole, role=Role.REVIEWER)
    assert not buttons(dewi, Team)
    assert menu(dewi) == STAFF_COMMANDS["reviewer"]
    await dewi.say("/staff")
    assert not buttons(dewi, Colleague)


async def test_an_old_button_for_somebody_who_is_gone_gives_no_role(
    boss: ChatClient, dewi: ChatClient, settings: Settings
) -> None:
    await hire(boss, dewi, Role.REVIEWER)
    await boss.say("/staff")
    await press(boss, Colleague, person=dewi.person.id)
    await press(boss, Dismiss)
    await press(boss, Dismiss, sure=True)
    here = boss.screen.message_id
    for late in (
        SetRole(person=dewi.person.id, role=Role.ADMINISTRATOR),
        Dismiss(person=dewi.person.id, sure=True),
        Colleague(person=dewi.person.id),
    ):
        await boss.tap(late.pack(), here)
        assert "not on the staff any more" in boss.screen.text
    assert rows(settings, "SELECT person_id FROM staff") == [(boss.person.id,)]


async def test_the_administrator_of_the_settings_is_changed_by_no_button(
    boss: ChatClient, dewi: ChatClient, settings: Settings
) -> None:
    await hire(boss, dewi, Role.ADMINISTRATOR)
    await dewi.say("/staff")
    for forged in (
        SetRole(person=boss.person.id, role=Role.REVIEWER),
        Dismiss(person=boss.person.id, sure=True),
    ):
        await dewi.tap(forged.pack(), dewi.screen.message_id)
        assert "STAFF_IDS" in dewi.screen.text
    assert ("administrator",) in rows(settings, "SELECT role FROM staff WHERE person_id = ?", boss.person.id)


async def test_whoever_erases_their_data_is_off_the_staff_and_told_so_before(
    boss: ChatClient, dewi: ChatClient, settings: Settings
) -> None:
    await hire(boss, dewi, Role.REVIEWER)
    await dewi.say("/delete")
    assert "Anda petugas" in dewi.screen.text
    await press(dewi, Erase)
    assert menu(dewi) == set()
    assert rows(settings, "SELECT person_id FROM staff") == [(boss.person.id,)]
    await dewi.say("/stats")
    assert not buttons(dewi, Stats)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
async def test_the_log_is_a_file_with_readable_lines(boss: ChatClient, dewi: ChatClient, kind: str) -> None:
    await hire(boss, dewi, Role.REVIEWER)
    await boss.say("/staff")
    await press(boss, AuditLog, form=kind)
    file = boss.screen.attachment
    assert file is not None
    assert file.name == f"lintas-log-2027-03-01.{kind}"
    assert "2 lines" in boss.screen.text
    if kind == "csv":
        head, _boss, line = csv.reader(StringIO(file.data.decode("utf-8-sig")))
    else:
        head, _boss, line = ([str(value) for value in row] for row in rows_of(file.data))
    assert head[0] == "When (Asia/Jakarta)"
    assert line[1].startswith("Boss (")
    assert line[2] == "gave a role"
    assert line[3].startswith("Dewi (person ")
    assert "role: reviewer" in line[4]


async def test_whoever_is_told_is_told_in_their_language(
    boss: ChatClient, dewi: ChatClient, settings: Settings
) -> None:
    await hire(boss, dewi, Role.REVIEWER)
    ((person, kind, payload),) = rows(settings, "SELECT person_id, kind, payload FROM deliveries")
    assert (person, kind) == (dewi.person.id, "notice")
    assert "petugas Lintas" in payload
