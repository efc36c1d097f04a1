"""A real aiogram bot against the sandbox: polling, webhook, buttons, files, and its exceptions."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiogram import Bot, Dispatcher, F, exceptions
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import Command
from aiogram.methods import SendMessage
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    Message,
)
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web

from bot.sandbox import ManualClock, Person, Sandbox

SECRET = "hook-secret"
KEYBOARD = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Again", callback_data="again")]])


async def greet(message: Message) -> SendMessage:
    """Answers by returning a method: with a webhook it travels in the answer to the update."""
    return message.answer("<b>Welcome</b>", parse_mode="HTML", reply_markup=KEYBOARD)


async def echo(message: Message) -> None:
    await message.answer(message.text or "")


async def send_back(message: Message, bot: Bot) -> None:
    assert message.document is not None
    content = await bot.download(message.document)
    assert content is not None
    await message.answer_document(BufferedInputFile(content.read().upper(), f"back-{message.document.file_name}"))


async def edit(query: CallbackQuery) -> None:
    await query.answer("Edited")
    assert isinstance(query.message, Message)
    await query.message.edit_text("Edited text")


def echo_bot() -> Dispatcher:
    dispatcher = Dispatcher()
    dispatcher.message.register(greet, Command("start"))
    dispatcher.message.register(send_back, F.document)
    dispatcher.message.register(echo, F.text)
    dispatcher.callback_query.register(edit, F.data == "again")
    return dispatcher


@pytest.fixture
async def aiogram_bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(sandbox.url))
    async with Bot(sandbox.token, session=session).context() as bot:
        yield bot


@asynccontextmanager
async def polling(bot: Bot) -> AsyncIterator[None]:
    dispatcher = echo_bot()
    running = asyncio.create_task(dispatcher.start_polling(bot, handle_signals=False, close_bot_session=False))
    yield
    await dispatcher.stop_polling()
    await running


@asynccontextmanager
async def webhook(bot: Bot) -> AsyncIterator[None]:
    dispatcher = echo_bot()
    app = web.Application()
    handler = SimpleRequestHandler(dispatcher, bot, handle_in_background=False, secret_token=SECRET)
    handler.register(app, path="/hook")
    setup_application(app, dispatcher, bot=bot)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await bot.set_webhook(f"http://127.0.0.1:{runner.addresses[0][1]}/hook", secret_token=SECRET)
    yield
    await bot.delete_webhook()
    await runner.cleanup()


@pytest.mark.parametrize("running", [polling, webhook])
async def test_an_echo_bot_talks(
    aiogram_bot: Bot, ani: Person, running: Callable[[Bot], Awaitable[None]], sandbox: Sandbox
) -> None:
    async with running(aiogram_bot):  # type: ignore[attr-defined]
        await ani.start()
        screen = await ani.until("Welcome")
        assert screen.entities == ({"type": "bold", "offset": 0, "length": 7},)
        assert screen.labels == ["Again"]
        await ani.press("Again")
        edited = await ani.until("Edited text")
        assert (edited.message_id, edited.edited, edited.labels) == (screen.message_id, True, [])
        assert ani.notices == ["Edited"]
        await ani.say("apa kabar? 🎓")
        assert (await ani.until("apa kabar")).text == "apa kabar? 🎓"
        await ani.send_document("letter.txt", b"content")
        answer = await ani.until(lambda screen: screen.attachment is not None)
        assert answer.attachment is not None
        assert (answer.attachment.name, answer.attachment.data) == ("back-letter.txt", b"CONTENT")
        await sandbox.confirmed()


async def test_profile_and_chats_are_understood(aiogram_bot: Bot, ani: Person, sandbox: Sandbox) -> None:
    await ani.start()
    me = await aiogram_bot.get_me()
    assert (me.username, me.id) == ("lintas_bot", int(sandbox.token.split(":")[0]))
    assert (await aiogram_bot.get_chat(ani.id)).first_name == "Ani"
    group = sandbox.group("Outbound", [ani])
    assert (await aiogram_bot.get_chat_member(group.id, ani.id)).status == "creator"
    assert (await aiogram_bot.get_chat_member(group.id, me.id)).status == "member"
    assert (await aiogram_bot.get_webhook_info()).url == ""
    assert await aiogram_bot.log_out()


async def test_media_groups_and_copies(aiogram_bot: Bot, ani: Person) -> None:
    await ani.start()
    album = [InputMediaDocument(media=BufferedInputFile(data, "a.txt")) for data in (b"1", b"2")]
    sent = await aiogram_bot.send_media_group(ani.id, album)  # type: ignore[arg-type]
    copied = await aiogram_bot.copy_message(ani.id, ani.id, sent[1].message_id, caption="copy")
    assert (ani.screen.message_id, ani.screen.text) == (copied.message_id, "copy")
    forwarded = await aiogram_bot.forward_message(ani.id, ani.id, sent[0].message_id)
    assert forwarded.forward_origin is not None


async def test_refusals_become_the_right_exceptions(aiogram_bot: Bot, ani: Person, sandbox: Sandbox) -> None:
    with pytest.raises(exceptions.TelegramBadRequest, match="chat not found"):
        await aiogram_bot.send_message(ani.id, "x")
    await ani.start()
    sent = await aiogram_bot.send_message(ani.id, "x")
    with pytest.raises(exceptions.TelegramBadRequest, match="message is not modified"):
        await sent.edit_text("x")
    with pytest.raises(exceptions.TelegramBadRequest, match="can't parse entities"):
        await aiogram_bot.send_message(ani.id, "<br>", parse_mode="HTML")
    await ani.block()
    with pytest.raises(exceptions.TelegramForbiddenError, match="blocked by the user"):
        await aiogram_bot.send_message(ani.id, "x")
    group = sandbox.group("Outbound", [ani])
    moved = await group.upgrade()
    with pytest.raises(exceptions.TelegramMigrateToChat) as migrated:
        await aiogram_bot.send_message(group.id, "x")
    assert migrated.value.migrate_to_chat_id == moved.id


async def test_flood_control_says_how_long_to_wait(
    aiogram_bot: Bot, ani: Person, sandbox: Sandbox, clock: ManualClock
) -> None:
    await ani.start()
    sandbox.world.limits.enabled = True
    for _ in range(5):
        await aiogram_bot.send_message(ani.id, "x")
    with pytest.raises(exceptions.TelegramRetryAfter) as flood:
        await aiogram_bot.send_message(ani.id, "x")
    assert flood.value.retry_after == 1
    clock.advance(1)
    await aiogram_bot.send_message(ani.id, "x")


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (401, exceptions.TelegramUnauthorizedError),
        (404, exceptions.TelegramNotFound),
        (409, exceptions.TelegramConflictError),
        (413, exceptions.TelegramEntityTooLarge),
        (500, exceptions.TelegramServerError),
    ],
)
async def test_faults_become_the_right_exceptions(
    aiogram_bot: Bot, sandbox: Sandbox, code: int, kind: type[Exception]
) -> None:
    sandbox.faults.refuse(code, "on purpose")
    with pytest.raises(kind, match="on purpose"):
        await aiogram_bot.get_me()
    assert (await aiogram_bot.get_me()).is_bot


async def test_a_lost_answer_leaves_the_message_sent(aiogram_bot: Bot, ani: Person, sandbox: Sandbox) -> None:
    await ani.start()
    sandbox.faults.lose_answer(method="sendMessage")
    with pytest.raises(exceptions.TelegramNetworkError):
        await aiogram_bot.send_message(ani.id, "did it arrive?")
    assert ani.screen.text == "did it arrive?"
    assert [record.answered for record in sandbox.calls.of("sendMessage")] == [False]
