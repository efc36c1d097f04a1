"""/settings: language, time zone, what a person is sent."""

from __future__ import annotations

import json

import pytest

from bot.config import Settings as BotSettings
from bot.i18n import Translators
from bot.sandbox import Sandbox
from bot.services.people import people, preferences
from bot.services.people.preferences import REMINDERS, Toggle
from handlers.people.settings_callbacks import Settings, SetZone, Speak, Switch, Zones, ZonesOf
from handlers.screens.people import settings as settings_screens
from tests.handlers.pressing import buttons, press, rows
from tests.support.chat import ChatClient

TOGGLES = (Toggle(REMINDERS, "Continue"), Toggle("events", "Continue"))


def zone_of(settings: BotSettings, chat: ChatClient) -> str:
    ((zone,),) = rows(settings, "SELECT timezone FROM people WHERE id = ?", chat.person.id)
    return str(zone)


async def test_the_language_changes_at_once_and_so_does_the_menu(john: ChatClient, settings: BotSettings) -> None:
    await john.say("/settings")
    assert "English" in john.screen.text
    await press(john, Speak, code="id")
    assert "Bahasa Indonesia" in john.screen.text
    assert rows(settings, "SELECT language, language_chosen FROM people") == [("id", 1)]
    assert "Pengaturan" not in str(john.person.commands)
    assert {"command": "settings", "description": "Bahasa, zona waktu, pesan"} in john.person.commands


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Jepang", "Asia/Tokyo"),
        ("semarang", "Asia/Jakarta"),
        ("WITA", "Asia/Makassar"),
        ("Papua", "Asia/Jayapura"),
        ("new york", "America/New_York"),
        ("Kuala Lumpr", "Asia/Kuala_Lumpur"),
        ("Asia/Tokyo", "Asia/Tokyo"),
    ],
)
async def test_a_place_can_be_typed(john: ChatClient, settings: BotSettings, typed: str, zone: str) -> None:
    await john.say("/settings")
    await press(john, Zones)
    await john.say(typed)
    assert zone_of(settings, john) == zone
    assert "Done" in john.screen.text
    await john.say(typed)
    assert "Done" not in john.screen.text, "nothing is waited for any more"


async def test_a_place_that_is_several_is_asked_about(john: ChatClient, settings: BotSettings) -> None:
    await john.say("/settings")
    await press(john, Zones)
    await john.say("Amerika")
    assert len(buttons(john, SetZone)) == 4
    await press(john, SetZone, zone="America/Chicago")
    assert zone_of(settings, john) == "America/Chicago"


async def test_a_place_nobody_knows_is_asked_for_again(john: ChatClient, settings: BotSettings) -> None:
    await john.say("/settings")
    await press(john, Zones)
    await john.say("<b>Atlantis</b>")
    assert "I do not know <b>Atlantis</b>" in john.screen.text
    await john.say("Toronto")
    assert zone_of(settings, john) == "America/Toronto"


async def test_a_sentence_is_no_place(john: ChatClient, settings: BotSettings) -> None:
    await john.say("/settings")
    await press(john, Zones)
    await john.say("what does a visa for three months cost")
    assert "I do not know" not in john.screen.text.partition("\n")[0]
    assert not buttons(john, SetZone)
    assert zone_of(settings, john) == "Asia/Jakarta"


async def test_zones_of_indonesia_and_by_region(john: ChatClient, settings: BotSettings) -> None:
    await john.say("/settings")
    await press(john, Zones)
    await press(john, SetZone, zone="Asia/Jayapura")
    assert "WIT (Papua, Maluku), UTC+9" in john.screen.text
    await press(john, Zones)
    await press(john, ZonesOf, region="europe")
    await press(john, SetZone, zone="Europe/Amsterdam")
    assert zone_of(settings, john) == "Europe/Amsterdam"
    assert "Amsterdam, UTC+1" in john.screen.text


@pytest.mark.parametrize("forged", ["Europe/Nowhere", "../../etc/passwd", "", "UTC"])
async def test_a_zone_that_is_none_changes_nothing(john: ChatClient, settings: BotSettings, forged: str) -> None:
    await john.say("/settings")
    await john.tap(SetZone(zone=forged).pack(), john.screen.message_id)
    assert zone_of(settings, john) in ("Asia/Jakarta", "UTC")
    assert buttons(john, Settings) or buttons(john, Zones)


async def test_what_is_sent_is_switched_off_and_on(
    john: ChatClient, settings: BotSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (preferences, people, settings_screens):
        monkeypatch.setattr(module, "TOGGLES", TOGGLES)

    def wishes() -> object:
        return json.loads(rows(settings, "SELECT preferences FROM people")[0][0])

    await john.say("/settings")
    assert wishes() == {}
    await press(john, Switch, key=REMINDERS)
    await press(john, Switch, key="events")
    assert wishes() == {"reminders": False, "muted": ["events"]}
    assert john.screen.text.count("off") == 2
    await john.tap(Switch(key=REMINDERS, on=False).pack(), john.screen.message_id)
    assert wishes() == {"reminders": False, "muted": ["events"]}, "a button sets what it says"
    await press(john, Switch, key=REMINDERS)
    await press(john, Switch, key="events")
    assert wishes() == {}
    await john.tap(Switch(key="spam", on=False).pack(), john.screen.message_id)
    assert wishes() == {}


async def test_settings_are_for_the_private_chat(john: ChatClient, sandbox: Sandbox) -> None:
    group = sandbox.group("Friends", [john.person])
    await john.person.say("/settings", group=group)
    await john.quiet()
    assert "private chat" in group.screen.text


async def test_words_open_the_settings(john: ChatClient, translators: Translators) -> None:
    for word in ("settings", "Pengaturan", "zona waktu"):
        await john.start()
        await john.say(word)
        assert buttons(john, Zones), word
