"""A bot with a handful of handlers that show what the pipeline around them does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, ChatMemberUpdated, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.app import App, running
from bot.chat import polling
from bot.config import Settings
from bot.errors import NoSuchItem
from bot.sandbox import Person, Sandbox
from bot.services.people.people import PeopleService
from bot.services.visit import Visit
from knowledge import Knowledge


def small_router() -> Router:
    """Handlers that show what the pipeline does."""
    router = Router()

    @router.message(Command("count"))
    async def count(message: Message, visit: Visit) -> None:
        visit.memory.extra["n"] = visit.memory.extra.get("n", 0) + 1
        button = InlineKeyboardButton(text="more", callback_data="more")
        await message.answer(
            f"{visit.memory.extra['n']}", reply_markup=InlineKeyboardMarkup(inline_keyboard=[[button]])
        )

    @router.message(Command("break"))
    async def break_down(_message: Message, visit: Visit) -> None:
        visit.memory.extra["n"] = 1000
        raise RuntimeError("a mistake of ours")

    @router.message(Command("gone"))
    async def gone(_message: Message) -> None:
        raise NoSuchItem

    @router.message(Command("wrong"))
    async def wrong(message: Message, visit: Visit) -> None:
        visit.memory.extra["n"] = 7
        await message.answer("<b>never closed")

    @router.message(Command("english"))
    async def english(message: Message, visit: Visit, people: PeopleService) -> None:
        people.set_language(visit, "en")
        await message.answer("Good")

    @router.callback_query()
    async def more(query: CallbackQuery, visit: Visit) -> None:
        visit.memory.extra["n"] = visit.memory.extra.get("n", 0) + 1
        assert isinstance(query.message, Message)
        await query.message.edit_text(f"{visit.memory.extra['n']}", reply_markup=query.message.reply_markup)

    @router.my_chat_member()
    async def membership(event: ChatMemberUpdated, visit: Visit, people: PeopleService) -> None:
        people.set_reachable(visit, event.new_chat_member.status == "member")

    return router


@asynccontextmanager
async def small_bot(settings: Settings, knowledge: Knowledge) -> AsyncIterator[App]:
    """The small bot, taking updates by long polling."""
    async with running(settings, knowledge=knowledge, router=small_router()) as app, polling(app):
        yield app


async def say(app: App, sandbox: Sandbox, person: Person, text: str) -> str:
    """Say something; what the person sees when the bot is done."""
    await person.say(text)
    await sandbox.quiet(app.inbox.settled)
    return person.screen.text
