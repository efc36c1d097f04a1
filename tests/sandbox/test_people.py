"""What people do, what they see, and what the bot hears of it."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox import CannotDoError, NotOnScreenError, Person, Sandbox
from tests.sandbox.client import BotClient


def keyboard(*labels: str) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": label, "callback_data": label.lower()}] for label in labels]}


async def updates(bot: BotClient, kind: str) -> list[dict[str, Any]]:
    """The contents of the waiting updates of one kind."""
    return [update[kind] for update in await bot.call("getUpdates") if kind in update]


async def test_a_person_is_known_by_name_and_language(sandbox: Sandbox, bot: BotClient) -> None:
    budi = sandbox.person("Budi", language="en", username="budi_s")
    assert sandbox.person("Budi") is budi
    await budi.start("prog_darmasiswa")
    (message,) = await updates(bot, "message")
    assert message["from"] == {
        "id": budi.id,
        "is_bot": False,
        "first_name": "Budi",
        "username": "budi_s",
        "language_code": "en",
    }
    assert message["text"] == "/start prog_darmasiswa"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert await bot.call("sendMessage", chat_id="@budi_s", text="by name")


async def test_the_screen_is_what_the_bot_said_or_changed_last(bot: BotClient, ani: Person) -> None:
    await ani.start()
    with pytest.raises(NotOnScreenError, match="not said anything"):
        _ = ani.screen
    first = await bot.call("sendMessage", chat_id=ani.id, text="panel", reply_markup=keyboard("Yes", "No"))
    await bot.call("sendMessage", chat_id=ani.id, text="a remark")
    assert (ani.screen.text, ani.screen.labels) == ("a remark", [])
    assert [button.text for button in ani.buttons] == ["Yes", "No"]
    place = {"chat_id": ani.id, "message_id": first["message_id"]}
    await bot.call("editMessageText", **place, text="new", reply_markup=keyboard("Next"))
    assert (ani.screen.text, ani.screen.labels) == ("new", ["Next"])


async def test_only_buttons_within_reach_can_be_pressed(bot: BotClient, ani: Person) -> None:
    await ani.start()
    old = await bot.call("sendMessage", chat_id=ani.id, text="old", reply_markup=keyboard("Old"))
    await bot.call("sendMessage", chat_id=ani.id, text="new", reply_markup=keyboard("Yes", "No"))
    with pytest.raises(NotOnScreenError, match="no button 'Old' on screen; there is: 'Yes', 'No'"):
        await ani.press("Old")
    with pytest.raises(NotOnScreenError):
        await ani.press(3)
    await ani.press("No")
    await ani.press(1)
    await ani.press("Old", message_id=old["message_id"])
    await ani.tap("forged", old["message_id"])
    await ani.tap("gone", 999)
    taps = await updates(bot, "callback_query")
    assert [tap["data"] for tap in taps] == ["no", "yes", "old", "forged", "gone"]
    assert taps[2]["message"]["text"] == "old"
    assert taps[4]["message"] == {
        "chat": {"id": ani.id, "type": "private", "first_name": "Ani"},
        "message_id": 999,
        "date": 0,
    }


async def test_a_key_below_the_input_field_says_its_label(bot: BotClient, ani: Person) -> None:
    await ani.start()
    markup = {"keyboard": [[{"text": "Check"}, "Ask"]], "resize_keyboard": True}
    sent = await bot.call("sendMessage", chat_id=ani.id, text="menu", reply_markup=markup)
    assert "reply_markup" not in sent
    assert ani.reply_buttons == ["Check", "Ask"]
    await ani.press("Ask")
    assert (await updates(bot, "message"))[-1]["text"] == "Ask"
    await bot.call("sendMessage", chat_id=ani.id, text="gone", reply_markup={"remove_keyboard": True})
    assert ani.reply_buttons == []


async def test_links_open_and_deep_links_start_the_bot(bot: BotClient, ani: Person) -> None:
    await ani.start()
    rows = [
        [{"text": "Site", "url": "https://unnes.ac.id"}],
        [{"text": "Visa", "url": "https://t.me/lintas_bot?start=visa"}],
    ]
    await bot.call("sendMessage", chat_id=ani.id, text="x", reply_markup={"inline_keyboard": rows})
    assert await ani.press("Site") == "https://unnes.ac.id"
    await ani.press("Visa")
    assert [message["text"] for message in await updates(bot, "message")] == ["/start", "/start visa"]


async def test_blocking_and_unblocking_is_told(bot: BotClient, ani: Person) -> None:
    await ani.start()
    await ani.block()
    with pytest.raises(CannotDoError):
        await ani.say("anybody there?")
    await ani.unblock()
    changes = await updates(bot, "my_chat_member")
    assert [(c["old_chat_member"]["status"], c["new_chat_member"]["status"]) for c in changes] == [
        ("member", "kicked"),
        ("kicked", "member"),
    ]


async def test_in_groups_the_bot_hears_only_what_is_meant_for_it(bot: BotClient, sandbox: Sandbox, ani: Person) -> None:
    budi = sandbox.person("Budi")
    group = sandbox.group("Outbound", [ani, budi])
    (joined,) = await updates(bot, "my_chat_member")
    assert (joined["chat"]["id"], joined["new_chat_member"]["status"]) == (group.id, "member")
    sent = await bot.call("sendMessage", chat_id=group.id, text="hello", reply_markup=keyboard("Ok"))
    await ani.say("just talking", group=group)
    await ani.say("/check", group=group)
    await ani.say("/check@other_bot", group=group)
    await budi.say("/check@lintas_bot", group=group)
    await budi.say("an answer", group=group, reply_to=sent["message_id"])
    heard = await updates(bot, "message")
    assert [message["text"] for message in heard] == ["/check", "/check@lintas_bot", "an answer"]
    assert heard[2]["reply_to_message"]["message_id"] == sent["message_id"]
    await budi.press("Ok", group=group)
    (tap,) = await updates(bot, "callback_query")
    assert (tap["from"]["id"], tap["message"]["chat"]["id"]) == (budi.id, group.id)


async def test_forwarded_and_edited_messages_are_marked(bot: BotClient, ani: Person) -> None:
    number = await ani.say("my letter")
    await ani.forward(number)
    await ani.edit(number, "my better letter")
    first, second = await updates(bot, "message")
    assert first["text"] == "my letter"
    assert second["forward_origin"]["sender_user"]["id"] == ani.id
    (edited,) = await updates(bot, "edited_message")
    assert (edited["message_id"], edited["text"]) == (number, "my better letter")


async def test_an_inline_query_is_answered(bot: BotClient, ani: Person) -> None:
    number = await ani.ask_inline("visa")
    (query,) = await updates(bot, "inline_query")
    assert (query["id"], query["query"]) == (number, "visa")
    result = {
        "type": "article",
        "id": "1",
        "title": "Visa",
        "input_message_content": {"message_text": "<b>Visa</b>", "parse_mode": "HTML"},
    }
    await bot.call("answerInlineQuery", inline_query_id=number, results=[result])
    assert [found["title"] for found in ani.inline_results(number)] == ["Visa"]
    await ani.choose_inline(number, "1")
    assert ani.messages[-1].text == "Visa"
    (chosen,) = await updates(bot, "chosen_inline_result")
    assert chosen["result_id"] == "1"


async def test_the_menu_shows_the_commands_of_ones_language(bot: BotClient, sandbox: Sandbox, ani: Person) -> None:
    budi = sandbox.person("Budi", language="en-GB")
    check = {"command": "check", "description": "Check my programme"}
    periksa = {"command": "check", "description": "Periksa program saya"}
    await bot.call("setMyCommands", commands=[check])
    await bot.call("setMyCommands", commands=[periksa], language_code="id")
    assert (ani.commands, budi.commands) == ([periksa], [check])
    staff = {"command": "review", "description": "Review submissions"}
    await bot.call("setMyCommands", commands=[staff], scope={"type": "chat", "chat_id": ani.id})
    assert ani.commands == [staff]
    await bot.call("deleteMyCommands", scope={"type": "chat", "chat_id": ani.id})
    assert ani.commands == [periksa]
    assert await bot.call("getMyCommands", language_code="id") == [periksa]
    assert await bot.call("getMyCommands", language_code="ms") == []


async def test_what_somebody_wrote_elsewhere_can_be_forwarded(sandbox: Sandbox, bot: BotClient, ani: Person) -> None:
    budi = sandbox.person("Budi")
    await ani.forward_words(budi.user, "hello")
    await ani.forward_words(budi.user, "hello", hidden=True)
    shown, hidden = await updates(bot, "message")
    assert (shown["text"], shown["from"]["first_name"]) == ("hello", "Ani")
    assert shown["forward_origin"]["type"] == "user"
    assert shown["forward_origin"]["sender_user"]["id"] == budi.id
    assert hidden["forward_origin"]["type"] == "hidden_user"
    assert hidden["forward_origin"]["sender_user_name"] == "Budi"
    assert str(budi.id) not in str(hidden)
