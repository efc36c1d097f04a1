"""From a draft to something that is sent: preview, the last question, agreement of a colleague, taking back."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any, Final

from aiogram import Bot, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import SendDocument, SendMediaGroup, SendMessage, SendPhoto, SendVideo, TelegramMethod
from aiogram.types import CallbackQuery, Message

from bot.errors import NotConfirmed
from bot.services.announcements.buttons import keyboard
from bot.services.announcements.content import Unfilled, sending
from bot.services.announcements.draft import Draft
from bot.services.visit import LANGUAGES, Lang
from handlers.announcements.callbacks import Approve, Confirm, Preview, TakeBack
from handlers.announcements.letters import AT_LETTERS, Letters
from handlers.announcements.showing import AT_DESK, Awaits, Desk
from handlers.replies import show_below
from handlers.screens.announcements.sending import (
    agreed_notice,
    approval_screen,
    approved_screen,
    confirm_screen,
    confirmed_screen,
    given_back_screen,
    preview_screen,
    refused_screen,
    taken_back_screen,
)

log = logging.getLogger(__name__)

METHODS: Final[Mapping[str, Callable[..., TelegramMethod[Any]]]] = {
    "sendMessage": SendMessage,
    "sendPhoto": SendPhoto,
    "sendVideo": SendVideo,
    "sendDocument": SendDocument,
    "sendMediaGroup": SendMediaGroup,
}


async def preview(query: CallbackQuery, callback_data: Preview, *, desk: Desk, bot: Bot) -> None:
    """What recipients will see, in each language, as the worker will send it."""
    draft = await desk.draft(callback_data.code)
    refusals: list[str] = []
    for lang in LANGUAGES:
        if lang in draft.content.texts or (not draft.content.texts and lang == desk.visit.lang):
            refusals += await _show_as_sent(bot, desk, draft, lang)
    await show_below(query, desk.visit, preview_screen(desk.t, draft, refusals))


async def _show_as_sent(bot: Bot, desk: Desk, draft: Draft, lang: Lang) -> list[str]:
    values = await desk.announcements.sample(desk.visit, draft, lang)
    try:
        made = sending(draft.content, lang, values, keyboard(draft.content.buttons, lang))
        if made is not None:
            method, parameters = made
            await bot(METHODS[method](chat_id=desk.visit.person.id, **parameters))
    except Unfilled as unfilled:
        return [f"{{{unfilled.place}}}"]
    except TelegramBadRequest as refusal:
        log.info("a preview is refused: %s", refusal.message)
        return [refusal.message]
    return []


async def confirm(query: CallbackQuery, callback_data: Confirm, *, desk: Desk, letters: Letters) -> None:
    """The last question; with few recipients a tap is enough."""
    draft = await desk.draft(callback_data.code)
    if callback_data.sure:
        await _send(query, desk, draft, None, letters)
        return
    screen = confirm_screen(desk.t, draft, await desk.check(draft), desk.zone, desk.visit.now)
    await desk.show(query, screen, then=f"{draft.code} count")


async def count_typed(message: Message, *, desk: Desk, code: str, letters: Letters) -> None:
    """The number of recipients, typed."""
    digits = (message.text or "").replace(".", "").replace(",", "").strip()
    typed = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else -1
    await _send(message, desk, await desk.draft(code), typed, letters)


async def _send(event: Message | CallbackQuery, desk: Desk, draft: Draft, typed: int | None, letters: Letters) -> None:
    try:
        confirmed = await desk.announcements.confirm(desk.visit, draft.code, typed=typed)
    except NotConfirmed as refusal:
        await desk.show(event, refused_screen(desk.t, draft, refusal.message(desk.t)))
        return
    if confirmed.stored.state == "approval":
        check, options = await desk.check(draft), await desk.options()
        author = desk.visit.person.name or str(desk.visit.person.id)
        await letters.to_all(draft, lambda t: approval_screen(t, draft, author, check.count, options))
    await desk.show(event, confirmed_screen(desk.t, confirmed, desk.zone))


async def approve(query: CallbackQuery, callback_data: Approve, *, desk: Desk, letters: Letters) -> None:
    """A colleague agrees, or gives it back."""
    visit, yes = desk.visit, callback_data.yes
    move = desk.announcements.approve if yes else desk.announcements.give_back
    draft = await move(visit, callback_data.code)
    who = visit.person.name or str(visit.person.id)
    await letters.to_author(draft, lambda t: agreed_notice(t, who, agreed=yes))
    await desk.show(query, approved_screen(desk.t) if yes else given_back_screen(desk.t))


async def take_back(query: CallbackQuery, callback_data: TakeBack, *, desk: Desk) -> None:
    """Make a draft again of what has not started."""
    draft = await desk.announcements.take_back(desk.visit, callback_data.code)
    await desk.show(query, taken_back_screen(desk.t, draft))


def build_router() -> Router:
    """Handlers of sending, within those of a draft."""
    router = Router(name=__name__)
    router.callback_query.register(preview, Preview.filter(), AT_DESK)
    router.callback_query.register(confirm, Confirm.filter(), AT_DESK, AT_LETTERS)
    router.callback_query.register(approve, Approve.filter(), AT_DESK, AT_LETTERS)
    router.callback_query.register(take_back, TakeBack.filter(), AT_DESK)
    router.message.register(count_typed, Awaits("count"), AT_DESK, AT_LETTERS)
    return router
