"""/privacy, /mydata and /delete."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from bot.config import Settings
from bot.sandbox import Sandbox
from handlers.applications.callbacks import Erase, ItemCard, Keep, Mark, MyData, Privacy
from handlers.callbacks import Home
from handlers.screens.screen import FITS_A_PHONE
from tests.handlers.pressing import press, rows
from tests.handlers.test_applications import kept
from tests.support.chat import ChatClient
from tests.support.clock import TestClock

OF_A_PERSON = ("people", "applications", "checklist_items", "item_moves", "submissions")


async def with_a_past(chat: ChatClient) -> str:
    """Somebody with answers, an application, a tick and its history."""
    code = await kept(chat)
    await press(chat, ItemCard)
    await press(chat, Mark, status="h")
    return code


@pytest.mark.parametrize("lang", ["id", "en"])
async def test_privacy_is_short_first(john: ChatClient, sandbox: Sandbox, lang: str) -> None:
    person = john.other("Rina", language=lang)
    await person.say("/privacy")
    short = person.screen.text
    assert "/mydata" in short
    assert "/delete" in short
    await press(person, Privacy, full=True)
    assert len(short) < len(person.screen.text) <= FITS_A_PHONE
    assert "telegram.org/privacy" in person.screen.text
    await press(person, Privacy, full=False)
    assert person.screen.text == short
    await press(person, MyData)
    assert person.screen.attachment is not None


async def test_my_data_is_everything(john: ChatClient, settings: Settings) -> None:
    code = await with_a_past(john)
    await john.say("/mydata")
    file = john.screen.attachment
    assert file is not None
    assert file.name == "lintas-my-data.json"
    data = json.loads(file.data)
    assert data["person"]["telegram_id"] == john.person.id
    assert data["person"]["language"] == "en"
    assert data["person"]["answers"] == {"role": "student", "home": "unnes", "host": "indonesia"}
    (application,) = data["applications"]
    assert application["code"] == code
    assert [(one["list"], one["status"]) for one in application["items"]] == [("documents", "have")]
    assert [(one["from_status"], one["to_status"]) for one in application["moves"]] == [("todo", "have")]
    for table in ("people", "applications"):
        for column in rows(settings, f"SELECT name FROM pragma_table_info('{table}')"):  # noqa: S608 - a name of ours
            if column[0] not in ("id", "person_id", "seen_at", "applied_seq", "created_at"):
                assert column[0] in data["person"] | application, f"{table}.{column[0]} is not in the export"


async def test_somebody_elses_data_is_not_in_the_file(john: ChatClient) -> None:
    code = await with_a_past(john)
    eve = john.other("Eve", language="en")
    await eve.say("/mydata")
    assert eve.screen.attachment is not None
    assert code not in eve.screen.attachment.data.decode()


async def test_delete_asks_once_and_erases_every_row(john: ChatClient, settings: Settings) -> None:
    await with_a_past(john)
    await john.say("/delete")
    assert rows(settings, "SELECT count(*) FROM applications") == [(1,)]
    await press(john, Privacy)
    assert rows(settings, "SELECT count(*) FROM applications") == [(1,)]
    await john.say("/delete")
    await press(john, Erase)
    assert "erased" in john.screen.text
    assert "cannot erase" in john.screen.text
    for table in OF_A_PERSON:
        assert rows(settings, f"SELECT count(*) FROM {table}") == [(0,)], table  # noqa: S608 - a name of ours
    assert rows(settings, "SELECT count(*) FROM inbox WHERE payload IS NOT NULL") == [(0,)]
    assert all(str(john.person.id) not in str(row) for row in rows(settings, "SELECT * FROM audit"))


async def test_erasing_twice_erases_nothing_more(john: ChatClient, settings: Settings) -> None:
    await with_a_past(john)
    await john.say("/delete")
    sure = await press(john, Erase)
    await john.tap(sure.data, john.screen.message_id)
    assert "I keep nothing about you" in john.screen.text
    assert rows(settings, "SELECT count(*) FROM people") == [(0,)]
    await press(john, Home)
    assert rows(settings, "SELECT answers FROM people") == [("{}",)]


async def test_an_old_yes_asks_again(john: ChatClient, settings: Settings, clock: TestClock) -> None:
    await with_a_past(john)
    await john.say("/delete")
    old = john.screen.message_id
    clock.move(timedelta(days=3))
    await press(john, Erase)
    assert "Erase everything?" in john.screen.text
    assert john.screen.message_id == old
    assert rows(settings, "SELECT count(*) FROM applications") == [(1,)]
    await press(john, Erase)
    assert rows(settings, "SELECT count(*) FROM applications") == [(0,)]


async def test_nobody_elses_rows_are_erased(john: ChatClient, settings: Settings) -> None:
    await with_a_past(john)
    eve = john.other("Eve", language="en")
    await with_a_past(eve)
    await eve.say("/delete")
    await press(eve, Erase)
    assert rows(settings, "SELECT id FROM people") == [(john.person.id,)]
    assert rows(settings, "SELECT count(*) FROM item_moves") == [(1,)]


async def test_a_button_of_before_works_after_erasing(john: ChatClient, settings: Settings) -> None:
    await with_a_past(john)
    old = john.screen.message_id
    await john.say("/delete")
    await press(john, Erase)
    await john.tap(Keep().pack(), old)
    assert "no result to keep" in john.screen.text


async def test_data_is_never_sent_to_a_group(john: ChatClient, sandbox: Sandbox) -> None:
    await with_a_past(john)
    group = sandbox.group("Friends", [john.person])
    for command in ("/mydata", "/delete", "/privacy"):
        await john.person.say(command, group=group)
        await john.quiet()
        assert group.screen.attachment is None
        assert "private chat" in group.screen.text
        assert all(button.url for button in group.screen.buttons)
