"""Adding staff: forwarded messages of every sort, and links that work once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from bot.config import Settings
from bot.sandbox.state import User
from bot.services.staff.staff import Role
from handlers.staff.callbacks import ByForwarding, Colleague, Grant, Invite, Invites, NewInvite, RevokeInvite
from tests.handlers.pressing import buttons, press, rows
from tests.handlers.test_staff import boss, dewi, hire, menu, settings
from tests.support.chat import ChatClient
from tests.support.clock import TestClock

__all__ = ["boss", "dewi", "settings"]

LINK = re.compile(r"https://t\.me/lintas_bot\?start=(staff_[\w-]+)")


async def forwarding(chat: ChatClient) -> None:
    await chat.say("/staff")
    await press(chat, ByForwarding)


async def linked(chat: ChatClient, role: Role) -> str:
    """A new link; its payload."""
    await chat.say("/staff")
    await press(chat, Invite)
    await press(chat, NewInvite, role=role)
    found = LINK.search(chat.screen.text)
    assert found is not None
    return found[1]


async def staff_of(settings: Settings) -> dict[int, str]:
    return dict(rows(settings, "SELECT person_id, role FROM staff"))


async def test_the_author_of_a_forwarded_message_gets_the_role_that_is_chosen(
    boss: ChatClient, dewi: ChatClient, settings: Settings
) -> None:
    await forwarding(boss)
    await boss.person.forward_words(dewi.person.user, "/cancel")
    await boss.quiet()
    assert "Add Dewi?" in boss.screen.text
    assert len(await staff_of(settings)) == 1, "nobody is added before a role is chosen"
    await press(boss, Grant, role=Role.ANNOUNCER)
    assert await staff_of(settings) == {boss.person.id: "administrator", dewi.person.id: "announcer"}
    await hire(boss, dewi, Role.ADMINISTRATOR)
    assert "already" in boss.screen.text
    assert (await staff_of(settings))[dewi.person.id] == "announcer"


async def test_who_cannot_be_added_is_explained(boss: ChatClient, dewi: ChatClient, settings: Settings) -> None:
    await forwarding(boss)
    for author, hidden, word in (
        (dewi.person.user, True, "hide"),
        (User(77, "Helper", is_bot=True), False, "bot"),
        (boss.person.user, False, "your own"),
    ):
        await boss.person.forward_words(author, "hello", hidden=hidden)
        await boss.quiet()
        assert word in boss.screen.text
        assert not buttons(boss, Grant)
    await boss.say("Dewi")
    assert "not a forwarded message" in boss.screen.text
    await boss.person.forward_words(dewi.person.user, "hello")
    await boss.quiet()
    assert buttons(boss, Grant)
    assert len(await staff_of(settings)) == 1


@pytest.mark.parametrize("word", ["batal", "cancel", "bantuan"])
async def test_a_plain_word_stops_the_waiting_for_a_message(boss: ChatClient, word: str) -> None:
    await forwarding(boss)
    await boss.say(word)
    assert "not a forwarded message" not in boss.screen.text


async def test_a_forwarded_message_nobody_asked_for_adds_nobody(boss: ChatClient, dewi: ChatClient) -> None:
    await boss.start()
    await boss.person.forward_words(dewi.person.user, "hello")
    await boss.quiet()
    assert not buttons(boss, Grant)


async def test_a_question_of_long_ago_or_about_somebody_else_adds_nobody(
    boss: ChatClient, dewi: ChatClient, settings: Settings, clock: TestClock
) -> None:
    await forwarding(boss)
    await boss.person.forward_words(dewi.person.user, "hello")
    await boss.quiet()
    old = buttons(boss, Grant)[0]
    clock.move(timedelta(hours=2))
    await boss.press(old)
    assert "old one" in boss.screen.text
    await press(boss, ByForwarding)
    await boss.person.forward_words(dewi.person.user, "hello")
    await boss.quiet()
    asked = Grant.unpack(buttons(boss, Grant)[0].data)
    await boss.tap(asked.model_copy(update={"person": 4242}).pack(), boss.screen.message_id)
    assert len(await staff_of(settings)) == 1
    await boss.tap(asked.pack(), boss.screen.message_id)
    assert len(await staff_of(settings)) == 1, "the question is answered only once"


async def test_a_link_works_once(boss: ChatClient, dewi: ChatClient, settings: Settings) -> None:
    payload = await linked(boss, Role.REVIEWER)
    await dewi.start(payload)
    assert "Selamat bergabung" in dewi.screen.text
    assert "stats" in menu(dewi)
    rina = boss.other("Rina", language="en")
    await rina.start(payload)
    assert "no longer in use" in rina.screen.text
    assert await staff_of(settings) == {boss.person.id: "administrator", dewi.person.id: "reviewer"}
    await dewi.start(payload)
    assert "sudah menjadi petugas" in dewi.screen.text
    await boss.say("/staff")
    await press(boss, Invites)
    assert "used by Dewi" in boss.screen.text
    assert not buttons(boss, RevokeInvite)


async def test_a_link_somebody_of_the_staff_opens_stays_for_others(
    boss: ChatClient, dewi: ChatClient, settings: Settings
) -> None:
    payload = await linked(boss, Role.REVIEWER)
    await boss.start(payload)
    assert "on the staff already" in boss.screen.text
    assert (await staff_of(settings))[boss.person.id] == "administrator"
    await dewi.start(payload)
    assert (await staff_of(settings))[dewi.person.id] == "reviewer"


async def test_a_link_can_be_withdrawn_and_runs_out(boss: ChatClient, dewi: ChatClient, clock: TestClock) -> None:
    payload = await linked(boss, Role.REVIEWER)
    assert "4 Mar 2027" in boss.screen.text
    await press(boss, RevokeInvite)
    assert "does not work any more" in boss.screen.text
    assert "withdrawn" in boss.screen.text
    await dewi.start(payload)
    assert menu(dewi) == set()
    payload = await linked(boss, Role.REVIEWER)
    clock.move(timedelta(days=3))
    await dewi.start(payload)
    assert menu(dewi) == set()
    await boss.say("/staff")
    await press(boss, Invites)
    assert "expired" in boss.screen.text


async def test_withdrawing_too_late_says_who_came(boss: ChatClient, dewi: ChatClient) -> None:
    payload = await linked(boss, Role.REVIEWER)
    old = buttons(boss, RevokeInvite)[0]
    here = boss.screen.message_id
    await dewi.start(payload)
    await boss.tap(old.data, here)
    assert "used before it could be withdrawn, by Dewi" in boss.screen.text


@pytest.mark.parametrize("lang", ["id", "en"])
async def test_the_screens_of_adding_read_well_in_both_languages(boss: ChatClient, dewi: ChatClient, lang: str) -> None:
    await hire(boss, dewi, Role.ADMINISTRATOR)
    rina = boss.other("Rina", language=lang)
    await rina.start(await linked(dewi, Role.ADMINISTRATOR))
    for wanted in (Invite, Invites, ByForwarding):
        await rina.say("/staff")
        await press(rina, wanted)
        assert rina.screen.text.count("\n\n") >= 1
    await rina.say("/staff")
    assert len(buttons(rina, Colleague)) == 3
