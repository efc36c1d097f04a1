"""Who can be written to: blocking the bot, and taking it back."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import KICKED, MEMBER, ChatMemberUpdatedFilter
from aiogram.types import ChatMemberUpdated

from bot.services.people.people import PeopleService
from bot.services.visit import Visit


async def blocked(_event: ChatMemberUpdated, *, visit: Visit, people: PeopleService) -> None:
    """The person blocked the bot: whatever we send would be refused."""
    people.set_reachable(visit, False)


async def unblocked(_event: ChatMemberUpdated, *, visit: Visit, people: PeopleService) -> None:
    """The person can be written to again."""
    people.set_reachable(visit, True)


def build_router() -> Router:
    """Handlers of the bot's place in private chats."""
    router = Router(name=__name__)
    router.my_chat_member.filter(F.chat.type == "private")
    router.my_chat_member.register(blocked, ChatMemberUpdatedFilter(KICKED))
    router.my_chat_member.register(unblocked, ChatMemberUpdatedFilter(MEMBER))
    return router
