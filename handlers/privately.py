"""What is personal is shown in the private chat only; in a group the answer is the way there."""

from __future__ import annotations

from collections.abc import Iterable

from aiogram import Bot, F, Router
from aiogram.filters import Command, or_f
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, Message

from bot.i18n import Translator
from bot.services.staff.staff import Right
from bot.services.visit import Visit
from handlers.filters import Allowed
from handlers.replies import show
from handlers.screens.people.privacy import in_private_screen, in_private_text


async def asked_in_group(message: Message, *, bot: Bot, visit: Visit, t: Translator) -> None:
    """A personal command in a group."""
    me = await bot.me()
    await show(message, visit, in_private_screen(t, me.username or ""))


async def pressed_in_group(query: CallbackQuery, *, t: Translator) -> None:
    """A personal button in a group: only whoever pressed it sees the answer."""
    await query.answer(in_private_text(t), show_alert=True)


def in_private(router: Router, *, commands: Iterable[str] = (), buttons: Iterable[type[CallbackData]] = ()) -> Router:
    """`router` for private chats, and outside of them an answer to its `commands` and `buttons`."""
    router.message.filter(F.chat.type == "private")
    router.callback_query.filter(F.message.chat.type == "private")
    elsewhere = Router(name=f"{router.name}.elsewhere")
    if commands:
        elsewhere.message.register(asked_in_group, Command(*commands))
    if buttons:
        elsewhere.callback_query.register(pressed_in_group, or_f(*(one.filter() for one in buttons)))
    both = Router(name=f"{router.name}.both")
    both.include_routers(router, elsewhere)
    return both


def for_staff(
    router: Router, right: Right, *, commands: Iterable[str] = (), buttons: Iterable[type[CallbackData]] = ()
) -> Router:
    """`router` in private chats, for those who have the right. Everybody else's messages and taps pass it by, as if it
    did not exist."""
    both = in_private(router, commands=commands, buttons=buttons)
    both.message.filter(Allowed(right))
    both.callback_query.filter(Allowed(right))
    return both
