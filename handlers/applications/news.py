"""After the rules were revised: at their next visit people hear what that changes in their checklists, once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware, Bot
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.i18n import Translators
from bot.services.applications.applications import ApplicationService
from bot.services.visit import Visit
from handlers.screens.applications.news import release_screen
from knowledge import Knowledge

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class NewsOfRelease(BaseMiddleware):
    """Tells what a new release changed, below the answer to whatever brought the person here. Whoever opened the
    checklist with this very update has been told there."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Answer first, then tell."""
        result = await handler(event, data)
        message = event.message if isinstance(event, CallbackQuery) else event
        visit: Visit = data["visit"]
        if not isinstance(message, Message) or message.chat.type != "private" or visit.erased:
            return result
        applications: ApplicationService = data["applications"]
        told = await applications.news_after_release(visit)
        if told:
            translators: Translators = data["translators"]
            knowledge: Knowledge = data["knowledge"]
            bot: Bot = data["bot"]
            shown = release_screen(translators[visit.lang], knowledge, told)
            await bot.send_message(message.chat.id, shown.text, reply_markup=shown.keyboard)
        return result
