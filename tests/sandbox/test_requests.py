"""The same call in every form HTTP allows, and what the bot says about itself."""

from __future__ import annotations

import json
from typing import Any

import pytest
from aiohttp import FormData

from bot.sandbox import Person
from tests.sandbox.client import BotClient, Refused

MARKUP = {"inline_keyboard": [[{"text": "Ok", "callback_data": "ok"}]]}


def multipart(fields: dict[str, str]) -> FormData:
    form = FormData(fields, default_to_multipart=True)
    form.add_field("unused", b"file", filename="file.bin")
    return form


@pytest.mark.parametrize("form", ["query", "urlencoded", "multipart", "json", "nested json", "upper case"])
async def test_parameters_arrive_in_every_form(bot: BotClient, ani: Person, form: str) -> None:
    await ani.start()
    flat = {"chat_id": str(ani.id), "text": "halo", "reply_markup": json.dumps(MARKUP)}
    bodies: dict[str, dict[str, Any]] = {
        "query": {"params": flat},
        "urlencoded": {"data": flat},
        "multipart": {"data": multipart(flat)},
        "json": {"json": flat},
        "nested json": {"json": {"chat_id": ani.id, "text": "halo", "reply_markup": MARKUP}},
        "upper case": {"data": flat},
    }
    method = "SENDMESSAGE" if form == "upper case" else "sendMessage"
    verb = "GET" if form == "query" else "POST"
    async with bot.session.request(verb, f"{bot.url}/bot{bot.token}/{method}", **bodies[form]) as response:
        assert response.status == 200
        assert (await response.json())["ok"] is True
    assert (ani.screen.text, ani.screen.labels) == ("halo", ["Ok"])


async def test_a_body_that_is_no_json_object_is_refused(bot: BotClient) -> None:
    for body in ("{oops", "[1]"):
        async with bot.session.post(
            f"{bot.url}/bot{bot.token}/getMe", data=body, headers={"Content-Type": "application/json"}
        ) as response:
            assert response.status == 400
            assert (await response.json())["ok"] is False


async def test_texts_of_the_profile_are_kept_by_language(bot: BotClient) -> None:
    for name, method in (
        ("name", "MyName"),
        ("description", "MyDescription"),
        ("short_description", "MyShortDescription"),
    ):
        await bot.call(f"set{method}", **{name: "for all"})
        await bot.call(f"set{method}", **{name: "untuk kita"}, language_code="id")
        assert await bot.call(f"get{method}") == {name: "for all"}
        assert await bot.call(f"get{method}", language_code="id") == {name: "untuk kita"}
        assert await bot.call(f"get{method}", language_code="en") == {name: "for all"}
        with pytest.raises(Refused, match="too long"):
            await bot.call(f"set{method}", **{name: "x" * 513})


@pytest.mark.parametrize(
    ("commands", "reason"),
    [
        ([{"command": "Check!", "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "check", "description": ""}], "command description must be non-empty"),
        ([{"command": "check", "description": "x" * 257}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([{"command": "check", "description": "x"}] * 101, "BOT_COMMANDS_TOO_MUCH"),
    ],
)
async def test_bad_commands_are_refused(bot: BotClient, commands: list[dict[str, str]], reason: str) -> None:
    with pytest.raises(Refused) as refused:
        await bot.call("setMyCommands", commands=commands)
    assert refused.value.description == f"Bad Request: {reason}"


async def test_the_menu_button_and_pins_are_kept(bot: BotClient, ani: Person) -> None:
    await ani.start()
    assert await bot.call("getChatMenuButton") == {"type": "commands"}
    await bot.call("setChatMenuButton", chat_id=ani.id, menu_button={"type": "commands"})
    assert await bot.call("getChatMenuButton", chat_id=ani.id) == {"type": "commands"}
    sent = await bot.call("sendMessage", chat_id=ani.id, text="result")
    await bot.call("pinChatMessage", chat_id=ani.id, message_id=sent["message_id"])
    assert (await bot.call("getChat", chat_id=ani.id))["pinned_message"]["text"] == "result"
    await bot.call("unpinChatMessage", chat_id=ani.id)
    assert "pinned_message" not in await bot.call("getChat", chat_id=ani.id)


async def test_typing_and_drafts_are_seen_but_leave_no_message(bot: BotClient, ani: Person) -> None:
    await ani.start()
    assert await bot.call("sendChatAction", chat_id=ani.id, action="typing")
    assert await bot.call("sendMessageDraft", chat_id=ani.id, draft_id=1, text="…")
    assert [event.kind for event in ani.world.events.after(1)] == ["typing", "draft"]
    with pytest.raises(Refused, match="wrong parameter action"):
        await bot.call("sendChatAction", chat_id=ani.id, action="sleeping")
