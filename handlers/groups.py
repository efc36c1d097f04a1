"""In a group everybody reads along: buttons work for whoever they were sent to, and what a person told us elsewhere is
not shown there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware, Bot, Router
from aiogram.types import CallbackQuery, Chat, InaccessibleMessage, Message, TelegramObject

from bot.i18n import Translator
from bot.services.visit import Visit
from handlers.replies import GROUP_PANEL, OPENLY, is_group, show
from handlers.screens.people.privacy import in_private_screen, in_private_text, not_yours_text

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class OwnButtons(BaseMiddleware):
    """Whoever presses a button of somebody else's message gets a word about it, and nothing happens."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Let through what people press on messages of their own."""
        visit: Visit = data["visit"]
        if isinstance(event, CallbackQuery) and event.message is not None and not _owns(visit, event.message):
            t: Translator = data["t"]
            return await event.answer(not_yours_text(t))
        return await handler(event, data)


class OnlyWhatWasSaidHere(BaseMiddleware):
    """In a group questions and results are for those whose answers were all given in that group; everybody else, whose
    result would tell the others what they told in private, is shown the way to the private chat."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Let through what is private, or was said in this group."""
        chat = _chat(event)
        if chat is None or not is_group(chat):
            return await handler(event, data)
        visit: Visit = data["visit"]
        if not visit.person.answers:
            visit.memory.extra[OPENLY] = chat.id
        if visit.memory.extra.get(OPENLY) == chat.id:
            return await handler(event, data)
        return await _to_private(event, visit, data["t"], data["bot"])


def said_here(router: Router) -> Router:
    """The router, for private chats and for what was said in the group."""
    for observer in (router.message, router.callback_query):
        observer.middleware(OnlyWhatWasSaidHere())
    return router


async def _to_private(event: TelegramObject, visit: Visit, t: Translator, bot: Bot) -> None:
    if isinstance(event, CallbackQuery):
        await event.answer(in_private_text(t), show_alert=True)
    elif isinstance(event, Message):
        me = await bot.me()
        await show(event, visit, in_private_screen(t, me.username or ""))


def _chat(event: TelegramObject) -> Chat | None:
    message = event.message if isinstance(event, CallbackQuery) else event
    return message.chat if isinstance(message, (Message, InaccessibleMessage)) else None


def _owns(visit: Visit, message: Message | InaccessibleMessage) -> bool:
    """Whether the message is this person's: in a group, the one sent last or one that answers something they wrote."""
    if not is_group(message.chat) or visit.memory.extra.get(GROUP_PANEL) == [message.chat.id, message.message_id]:
        return True
    asked = message.reply_to_message if isinstance(message, Message) else None
    return asked is not None and asked.from_user is not None and asked.from_user.id == visit.person.id
