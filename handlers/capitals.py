"""Phones begin a message with a capital, and some people shout: `/Check` and `/CHECK` mean /check."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any, Final

from aiogram import BaseMiddleware
from aiogram.types import Message, TelegramObject

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]
COMMAND: Final = re.compile(r"/\w+")


class CommandsInAnyCase(BaseMiddleware):
    """Hands on a message whose command is in small letters; what stands behind it is as it was typed."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Let everything else pass as it is."""
        if isinstance(event, Message) and event.text and (command := COMMAND.match(event.text)):
            text = command[0].lower() + event.text[command.end() :]
            event = event.model_copy(update={"text": text})
        return await handler(event, data)
