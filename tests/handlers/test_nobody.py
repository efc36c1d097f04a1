"""Messages that no person stands behind, and kinds of messages that this program does not know."""

from __future__ import annotations

from typing import Any

import pytest

from bot.app import App
from bot.clock import SystemClock
from bot.db.people import PeopleRepository
from bot.inbox.raw import arrival
from bot.sandbox import Sandbox
from tests.support.chat import ChatClient

ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
TELEGRAM = {"id": 777000, "is_bot": False, "first_name": "Telegram"}


async def bring(app: App, number: int, message: dict[str, Any]) -> None:
    """An update as Telegram would bring it."""
    update = {"update_id": 900_000_000 + number, "message": {"message_id": 900 + number, "date": 1, **message}}
    await app.inbox.accept([arrival(update, SystemClock().now())])
    await app.inbox.settled()


async def test_an_administrator_who_hides_behind_the_group_is_not_kept_as_a_person(
    app: App, sandbox: Sandbox, john: ChatClient
) -> None:
    group = sandbox.group("Students", [john.person])
    chat = {"id": group.id, "type": "supergroup", "title": "Students"}
    await bring(app, 1, {"chat": chat, "from": ANONYMOUS, "sender_chat": chat, "text": "/check"})
    [sent] = sandbox.calls.of("sendMessage")
    assert "?start" in str(sent.params["reply_markup"]) or "t.me" in str(sent.params["reply_markup"])
    assert await PeopleRepository(app.database).load(1087968824) is None


@pytest.mark.parametrize(
    "more",
    [
        {"from": TELEGRAM, "sender_chat": {"id": -1005, "type": "channel", "title": "C"}, "is_automatic_forward": True},
        {"from": {"id": 888, "is_bot": True, "first_name": "Another bot"}},
        {},
    ],
)
async def test_channels_and_other_bots_get_no_answer(
    app: App, sandbox: Sandbox, john: ChatClient, more: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    group = sandbox.group("Students", [john.person])
    chat = {"id": group.id, "type": "supergroup", "title": "Students"}
    await bring(app, 1, {"chat": chat, "text": "/check", **more})
    assert not sandbox.calls.of("sendMessage")
    assert "could not be handled" not in caplog.text


@pytest.mark.parametrize("content", [{"hologram": {"x": 1}}, {"paid_media": {"star_count": 1, "paid_media": []}}])
async def test_kinds_of_messages_that_are_new_get_a_word(
    app: App, sandbox: Sandbox, john: ChatClient, content: dict[str, Any]
) -> None:
    await john.say("/help")
    before = len(sandbox.calls.of("sendMessage"))
    person = {"id": john.person.id, "is_bot": False, "first_name": "John", "language_code": "en"}
    chat = {"id": john.person.id, "type": "private", "first_name": "John"}
    await bring(app, 1, {"chat": chat, "from": person, **content})
    assert len(sandbox.calls.of("sendMessage")) == before + 1
