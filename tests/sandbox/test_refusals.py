"""What Telegram refuses, the sandbox refuses, with the same status and words."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox import ManualClock, Person, Sandbox
from tests.sandbox.client import BotClient, Refused

TWO_DAYS = 48 * 3600
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


@pytest.fixture(autouse=True)
async def started(ani: Person) -> None:
    """Ani has opened the bot."""
    await ani.start()


def inline(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


async def refused(bot: BotClient, method: str, **params: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        await bot.call(method, **params)
    return caught.value


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n "}, "message text is empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "🎓" * 2049}, "message is too long"),
        ({"text": "<br>", "parse_mode": "HTML"}, 'can\'t parse entities: Unsupported start tag "br" at byte offset 0'),
        ({"text": "x", "parse_mode": "Wiki"}, "unsupported parse_mode"),
        ({"text": "x", "reply_to_message_id": 999}, "message to be replied not found"),
        ({"text": "x", "reply_parameters": {"message_id": 999}}, "message to be replied not found"),
        ({"text": "x", "reply_markup": "{oops"}, "can't parse reply keyboard markup JSON object"),
        ({"text": "x", "reply_markup": [1]}, "object expected as reply markup"),
        ({"text": "x", "reply_markup": {"what": 1}}, "object expected as reply markup"),
    ],
)
async def test_a_bad_message_is_refused(bot: BotClient, ani: Person, params: dict[str, Any], reason: str) -> None:
    answer = await refused(bot, "sendMessage", chat_id=ani.id, **params)
    assert (answer.status, answer.description) == (400, f"Bad Request: {reason}")


@pytest.mark.parametrize("text", ["x" * 4096, "🎓" * 2048, "<b>" + "x" * 4096 + "</b>", "  x" + "y" * 4095 + "  "])
async def test_the_longest_text_is_counted_after_parsing(bot: BotClient, ani: Person, text: str) -> None:
    assert await bot.call("sendMessage", chat_id=ani.id, text=text, parse_mode="HTML")


@pytest.mark.parametrize(
    ("button", "reason"),
    [
        ({"text": "x", "callback_data": "é" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"text": "x"}, "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
        ({"callback_data": "x"}, "can't parse inline keyboard button: Can't find field \"text\""),
        ({"text": " ", "callback_data": "x"}, "inline keyboard button text must be non-empty"),
        ({"text": "x", "copy_text": {"text": "y" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
        ({"text": "x", "url": "nowhere"}, "inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL"),
        ("x", "can't parse inline keyboard button: InlineKeyboardButton must be an Object"),
    ],
)
async def test_a_bad_button_is_refused(bot: BotClient, ani: Person, button: Any, reason: str) -> None:
    answer = await refused(bot, "sendMessage", chat_id=ani.id, text="x", reply_markup=inline([button]))
    assert answer.description == f"Bad Request: {reason}"


async def test_sixty_four_bytes_of_data_are_fine(bot: BotClient, ani: Person) -> None:
    keyboard = inline([{"text": "x", "callback_data": "é" * 32}])
    sent = await bot.call("sendMessage", chat_id=ani.id, text="x", reply_markup=keyboard)
    assert sent["reply_markup"] == keyboard


@pytest.mark.parametrize("rows", [(13, 8), (1, 9)])
async def test_too_many_buttons_are_refused(bot: BotClient, ani: Person, rows: tuple[int, int]) -> None:
    button = {"text": "x", "callback_data": "x"}
    keyboard = inline(*[[button] * rows[1]] * rows[0])
    answer = await refused(bot, "sendMessage", chat_id=ani.id, text="x", reply_markup=keyboard)
    assert answer.description == "Bad Request: reply markup is too long"


async def test_a_long_caption_is_refused(bot: BotClient, ani: Person) -> None:
    answer = await refused(bot, "sendDocument", chat_id=ani.id, document=b"x", caption="x" * 1025)
    assert answer.description == "Bad Request: message caption is too long"


async def test_nobody_is_reached_who_never_started(bot: BotClient, sandbox: Sandbox) -> None:
    budi = sandbox.person("Budi")
    for chat_id in (budi.id, 12345, "@nobody", "rubbish"):
        answer = await refused(bot, "sendMessage", chat_id=chat_id, text="x")
        assert (answer.status, answer.description) == (400, "Bad Request: chat not found")
    assert (await refused(bot, "sendMessage", text="x")).description == "Bad Request: chat_id is empty"


async def test_who_blocks_the_bot_is_out_of_reach(bot: BotClient, ani: Person) -> None:
    await ani.block()
    answer = await refused(bot, "sendMessage", chat_id=ani.id, text="x")
    assert (answer.status, answer.description) == (403, "Forbidden: bot was blocked by the user")
    await ani.unblock()
    assert await bot.call("sendMessage", chat_id=ani.id, text="x")
    await ani.deactivate()
    answer = await refused(bot, "sendMessage", chat_id=ani.id, text="x")
    assert (answer.status, answer.description) == (403, "Forbidden: user is deactivated")


async def test_an_edit_that_changes_nothing_is_refused(bot: BotClient, ani: Person) -> None:
    keyboard = inline([{"text": "a", "callback_data": "a"}])
    sent = await bot.call("sendMessage", chat_id=ani.id, text="x", reply_markup=keyboard)
    place = {"chat_id": ani.id, "message_id": sent["message_id"]}
    answer = await refused(bot, "editMessageText", **place, text="<i></i>x", parse_mode="HTML", reply_markup=keyboard)
    assert answer.description == NOT_MODIFIED
    assert (await refused(bot, "editMessageReplyMarkup", **place, reply_markup=keyboard)).description == NOT_MODIFIED
    changed = await bot.call("editMessageText", **place, text="x")
    assert "reply_markup" not in changed
    assert changed["edit_date"]


async def test_only_own_messages_of_the_right_kind_can_be_edited(bot: BotClient, ani: Person) -> None:
    theirs = await ani.say("mine")
    sent = await bot.call("sendDocument", chat_id=ani.id, document=b"x")
    for number, method, reason in (
        (999, "editMessageText", "message to edit not found"),
        (theirs, "editMessageText", "message can't be edited"),
        (sent["message_id"], "editMessageText", "there is no text in the message to edit"),
        (0, "editMessageText", "message identifier is not specified"),
    ):
        answer = await refused(bot, method, chat_id=ani.id, message_id=number, text="new")
        assert answer.description == f"Bad Request: {reason}"
    text = await bot.call("sendMessage", chat_id=ani.id, text="x")
    answer = await refused(bot, "editMessageCaption", chat_id=ani.id, message_id=text["message_id"], caption="new")
    assert answer.description == "Bad Request: there is no caption in the message to edit"


async def test_old_messages_cannot_be_deleted_but_edited(bot: BotClient, ani: Person, clock: ManualClock) -> None:
    sent = await bot.call("sendMessage", chat_id=ani.id, text="x")
    place = {"chat_id": ani.id, "message_id": sent["message_id"]}
    clock.advance(TWO_DAYS + 1)
    assert (await refused(bot, "deleteMessage", **place)).description == "Bad Request: message can't be deleted"
    assert await bot.call("editMessageText", **place, text="y")
    fresh = await bot.call("sendMessage", chat_id=ani.id, text="z")
    place["message_id"] = fresh["message_id"]
    assert await bot.call("deleteMessage", **place) is True
    assert (await refused(bot, "deleteMessage", **place)).description == "Bad Request: message to delete not found"


async def test_several_messages_are_deleted_at_once(bot: BotClient, ani: Person) -> None:
    sent = [await bot.call("sendMessage", chat_id=ani.id, text=text) for text in "ab"]
    numbers = [message["message_id"] for message in sent]
    assert await bot.call("deleteMessages", chat_id=ani.id, message_ids=[*numbers, 999])
    assert [screen.text for screen in ani.messages] == ["/start"]


async def test_a_tap_is_answered_once_and_soon(bot: BotClient, ani: Person, clock: ManualClock) -> None:
    await bot.call("sendMessage", chat_id=ani.id, text="x", reply_markup=inline([{"text": "a", "callback_data": "a"}]))
    tap = await ani.press("a")
    assert await bot.call("answerCallbackQuery", callback_query_id=tap, text="Saved")
    assert ani.notices == ["Saved"]
    late = await ani.press("a")
    clock.advance(16)
    for number in (tap, late, "1"):
        answer = await refused(bot, "answerCallbackQuery", callback_query_id=number)
        assert answer.description == (
            "Bad Request: query is too old and response timeout expired or query ID is invalid"
        )


async def test_a_group_that_moved_tells_its_new_id(bot: BotClient, sandbox: Sandbox, ani: Person) -> None:
    group = sandbox.group("Outbound 2027", [ani])
    assert await bot.call("sendMessage", chat_id=group.id, text="x")
    moved = await group.upgrade()
    answer = await refused(bot, "sendMessage", chat_id=group.id, text="x")
    assert answer.description == "Bad Request: group chat was upgraded to a supergroup chat"
    assert answer.parameters == {"migrate_to_chat_id": moved.id}
    assert await bot.call("sendMessage", chat_id=moved.id, text="x")
    await ani.throw_out_bot(moved)
    answer = await refused(bot, "sendMessage", chat_id=moved.id, text="x")
    assert (answer.status, answer.description) == (403, "Forbidden: bot was kicked from the supergroup chat")


async def test_tokens_and_methods_are_checked(sandbox: Sandbox, bot: BotClient) -> None:
    answer = await refused(bot, "sendMesage")
    assert (answer.status, answer.description) == (404, "Not Found: method not found")
    for token, status in (("nonsense", 404), ("42:WRONG", 401)):
        async with await Sandbox.start(token=sandbox.token) as strict, BotClient(strict.url, token) as stranger:
            assert (await refused(stranger, "getMe")).status == status


async def test_protected_messages_are_not_passed_on(bot: BotClient, ani: Person) -> None:
    sent = await bot.call("sendMessage", chat_id=ani.id, text="result", protect_content=True)
    place = {"chat_id": ani.id, "from_chat_id": ani.id, "message_id": sent["message_id"]}
    assert (await refused(bot, "copyMessage", **place)).description == "Bad Request: message can't be copied"
    assert (await refused(bot, "forwardMessage", **place)).description == "Bad Request: message can't be forwarded"
    place["message_id"] = 999
    assert (await refused(bot, "copyMessage", **place)).description == "Bad Request: message to copy not found"
