"""/announce: the card of a draft, and what leads from it. For staff that may announce."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.services.announcements.draft import CATEGORIES
from bot.services.staff.staff import Right
from handlers.announcements import audience, sending, when, writing
from handlers.announcements.callbacks import About, Discard, Draft, NewDraft
from handlers.announcements.showing import AT_DESK, Desk
from handlers.privately import for_staff
from handlers.screens.announcements.announce import about_screen, discard_screen, discarded_screen, go_on_screen


async def announce(message: Message, *, desk: Desk) -> None:
    """/announce: a new draft, or the one that is there."""
    draft = await desk.announcements.current(desk.visit)
    if draft is None:
        await desk.show_card(message, await desk.announcements.begin(desk.visit))
    else:
        await desk.show(message, go_on_screen(desk.t, draft))


async def begin_new(query: CallbackQuery, *, desk: Desk) -> None:
    """Another draft."""
    await desk.show_card(query, await desk.announcements.begin(desk.visit))


async def open_draft(query: CallbackQuery, callback_data: Draft, *, desk: Desk) -> None:
    """The card."""
    await desk.show_card(query, await desk.draft(callback_data.code))


async def choose_kind(query: CallbackQuery, callback_data: About, *, desk: Desk) -> None:
    """What kind of news it is."""
    draft = await desk.draft(callback_data.code)
    if callback_data.category not in CATEGORIES or draft.stored.round_id is not None:
        await desk.show(query, about_screen(desk.t, draft))
        return
    changed = await desk.announcements.change(desk.visit, draft.code, category=callback_data.category)
    await desk.show_card(query, changed)


async def discard(query: CallbackQuery, callback_data: Discard, *, desk: Desk) -> None:
    """Throw the draft away, after a second question."""
    draft = await desk.draft(callback_data.code)
    if callback_data.sure:
        await desk.announcements.discard(desk.visit, draft.code)
    await desk.show(query, discarded_screen(desk.t) if callback_data.sure else discard_screen(desk.t, draft))


def build_router() -> Router:
    """Handlers of announcements that are being written."""
    router = Router(name=__name__)
    router.message.register(announce, Command("announce"), AT_DESK)
    router.callback_query.register(begin_new, NewDraft.filter(), AT_DESK)
    router.callback_query.register(open_draft, Draft.filter(), AT_DESK)
    router.callback_query.register(choose_kind, About.filter(), AT_DESK)
    router.callback_query.register(discard, Discard.filter(), AT_DESK)
    router.include_routers(*(part.build_router() for part in (audience, writing, when, sending)))
    return for_staff(router, Right.ANNOUNCE, commands=("announce",))
