"""A real python-telegram-bot bot against the sandbox, and its exceptions."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaDocument, Update, error
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ExtBot,
    MessageHandler,
    filters,
)
from telegram.request import HTTPXRequest

from bot.sandbox import ManualClock, Person, Sandbox

KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("Again", callback_data="again")]])
Context = ContextTypes.DEFAULT_TYPE


async def greet(update: Update, _: Context) -> None:
    assert update.message is not None
    await update.message.reply_html("<b>Welcome</b>", reply_markup=KEYBOARD)


async def echo(update: Update, _: Context) -> None:
    assert update.message is not None
    await update.message.reply_text(update.message.text or "")


async def send_back(update: Update, _: Context) -> None:
    assert update.message is not None
    assert update.message.document is not None
    file = await update.message.document.get_file()
    content = bytes(await file.download_as_bytearray())
    await update.message.reply_document(content.upper(), filename=f"back-{update.message.document.file_name}")


async def edit(update: Update, _: Context) -> None:
    assert update.callback_query is not None
    await update.callback_query.answer("Edited")
    await update.callback_query.edit_message_text("Edited text")


def request() -> HTTPXRequest:
    return HTTPXRequest(httpx_kwargs={"trust_env": False})


@pytest.fixture
async def ptb(sandbox: Sandbox) -> AsyncIterator[Bot]:
    bot: ExtBot[None] = ExtBot(
        sandbox.token,
        base_url=f"{sandbox.url}/bot",
        base_file_url=f"{sandbox.url}/file/bot",
        request=request(),
        get_updates_request=request(),
    )
    async with bot:
        yield bot


@pytest.fixture
async def echo_bot(sandbox: Sandbox) -> AsyncIterator[None]:
    app = (
        Application.builder()
        .token(sandbox.token)
        .base_url(f"{sandbox.url}/bot")
        .base_file_url(f"{sandbox.url}/file/bot")
        .request(request())
        .get_updates_request(request())
        .build()
    )
    app.add_handler(CommandHandler("start", greet))
    app.add_handler(MessageHandler(filters.Document.ALL, send_back))
    app.add_handler(MessageHandler(filters.TEXT, echo))
    app.add_handler(CallbackQueryHandler(edit, pattern="^again$"))
    assert app.updater is not None
    async with app:
        await app.start()
        await app.updater.start_polling()
        yield
        await app.updater.stop()
        await app.stop()


@pytest.mark.usefixtures("echo_bot")
async def test_an_echo_bot_talks(ani: Person) -> None:
    await ani.start()
    screen = await ani.until("Welcome")
    assert screen.labels == ["Again"]
    await ani.press("Again")
    edited = await ani.until("Edited text")
    assert (edited.message_id, edited.labels) == (screen.message_id, [])
    assert ani.notices == ["Edited"]
    await ani.say("apa kabar? 🎓")
    assert (await ani.until("apa kabar")).text == "apa kabar? 🎓"
    await ani.send_document("letter.txt", b"content")
    answer = await ani.until(lambda screen: screen.attachment is not None)
    assert answer.attachment is not None
    assert (answer.attachment.name, answer.attachment.data) == ("back-letter.txt", b"CONTENT")


async def test_profile_and_chats_are_understood(ptb: Bot, ani: Person, sandbox: Sandbox) -> None:
    await ani.start()
    assert (await ptb.get_me()).username == "lintas_bot"
    assert (await ptb.get_chat(ani.id)).first_name == "Ani"
    group = sandbox.group("Outbound", [ani])
    assert (await ptb.get_chat_member(group.id, ptb.id)).status == "member"
    assert (await ptb.get_webhook_info()).url == ""
    assert await ptb.set_my_commands([("check", "Check my programme")], language_code="en")
    assert [command.command for command in await ptb.get_my_commands(language_code="en")] == ["check"]


async def test_media_groups_and_edits(ptb: Bot, ani: Person) -> None:
    await ani.start()
    sent = await ptb.send_media_group(ani.id, [InputMediaDocument(data) for data in (b"1", b"2")])
    assert len({message.media_group_id for message in sent}) == 1
    document = await ptb.send_document(ani.id, b"old", caption="old")
    await document.edit_caption("new")
    assert ani.screen.text == "new"
    assert await document.delete()


async def test_refusals_become_the_right_exceptions(ptb: Bot, ani: Person, sandbox: Sandbox) -> None:
    with pytest.raises(error.BadRequest, match="Chat not found"):
        await ptb.send_message(ani.id, "x")
    await ani.start()
    sent = await ptb.send_message(ani.id, "x")
    with pytest.raises(error.BadRequest, match="Message is not modified"):
        await sent.edit_text("x")
    await ani.block()
    with pytest.raises(error.Forbidden, match="blocked by the user"):
        await ptb.send_message(ani.id, "x")
    group = sandbox.group("Outbound", [ani])
    moved = await group.upgrade()
    with pytest.raises(error.ChatMigrated) as migrated:
        await ptb.send_message(group.id, "x")
    assert migrated.value.new_chat_id == moved.id


async def test_flood_control_says_how_long_to_wait(
    ptb: Bot, ani: Person, sandbox: Sandbox, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(os.environ, "PTB_TIMEDELTA", "1")
    await ani.start()
    sandbox.world.limits.enabled = True
    for _ in range(5):
        await ptb.send_message(ani.id, "x")
    with pytest.raises(error.RetryAfter) as flood:
        await ptb.send_message(ani.id, "x")
    assert flood.value.retry_after == timedelta(seconds=1)
    clock.advance(1)
    await ptb.send_message(ani.id, "x")


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (400, error.BadRequest),
        (401, error.InvalidToken),
        (403, error.Forbidden),
        (404, error.InvalidToken),
        (409, error.Conflict),
        (500, error.NetworkError),
    ],
)
async def test_faults_become_the_right_exceptions(ptb: Bot, sandbox: Sandbox, code: int, kind: type[Exception]) -> None:
    sandbox.faults.refuse(code, "on purpose")
    with pytest.raises(kind):
        await ptb.get_me()
    assert (await ptb.get_me()).is_bot


async def test_a_lost_answer_is_an_unknown_outcome(ptb: Bot, ani: Person, sandbox: Sandbox) -> None:
    await ani.start()
    sandbox.faults.lose_answer(method="sendMessage")
    with pytest.raises(error.NetworkError):
        await ptb.send_message(ani.id, "did it arrive?")
    assert ani.screen.text == "did it arrive?"


async def test_a_late_answer_is_a_timeout(ptb: Bot, ani: Person, sandbox: Sandbox) -> None:
    await ani.start()
    sandbox.faults.delay(60, method="sendMessage")
    with pytest.raises(error.TimedOut):
        await ptb.send_message(ani.id, "did it arrive?", read_timeout=0.01)
    assert ani.screen.text == "did it arrive?"
