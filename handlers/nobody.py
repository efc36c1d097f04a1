"""What no person says: posts of channels, other bots, and administrators who hide behind their group.

All of these share a few user ids of Telegram's own, in every group. What one of them answered must not be kept, or it
would be shown to the next.
"""

from __future__ import annotations

from typing import Final

from aiogram import Bot, F, Router
from aiogram.filters import Command
from aiogram.types import Message

from handlers.fallback import COMMANDS
from handlers.privately import asked_in_group

_COMMAND: Final = Command(*COMMANDS)


async def is_command(message: Message, bot: Bot) -> bool:
    """Whether it is a command of ours."""
    return bool(await _COMMAND(message, bot))


async def unheard(_message: Message) -> None:
    """No answer: nobody waits for one, and two bots would never stop."""


def build_router() -> Router:
    """Handlers of messages that no person stands behind."""
    router = Router(name=__name__)
    router.message.filter(F.sender_chat | F.from_user.is_(None) | F.from_user.is_bot)
    router.message.register(asked_in_group, F.sender_chat, ~F.is_automatic_forward, is_command)
    router.message.register(unheard)
    return router
