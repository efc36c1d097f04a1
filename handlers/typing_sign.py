"""The sign that we are writing, for answers that take a while."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError

log = logging.getLogger(__name__)

SLOW: Final = 0.3
"""Seconds without an answer after which the sign is shown."""
AGAIN: Final = 4.5
"""Seconds after which it is shown once more: Telegram takes it away after five."""


@asynccontextmanager
async def typing(bot: Bot, chat_id: int, *, at_once: bool = False) -> AsyncIterator[None]:
    """Show "typing…" in the chat as long as the context lasts, from the beginning or once it is slow."""
    showing = asyncio.create_task(_show(bot, chat_id, 0 if at_once else SLOW))
    try:
        yield
    finally:
        showing.cancel()
        await asyncio.gather(showing, return_exceptions=True)


async def _show(bot: Bot, chat_id: int, pause: float) -> None:
    while True:
        await asyncio.sleep(pause)
        try:
            await bot.send_chat_action(chat_id, "typing")
        except TelegramAPIError as error:
            log.debug("no sign of typing: %s", error)
            return
        pause = AGAIN
