"""The checklist of an application: open it, look at an item, say how far it is."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.errors import NoSuchItem
from bot.i18n import Translator
from bot.services.applications import ApplicationService
from bot.services.checklist import SETTLED_BY_STAFF, ApplicationView
from bot.services.visit import Visit
from handlers.application_callbacks import STATUS_LETTERS, Checklist, ItemCard, Mark
from handlers.replies import show
from handlers.screens.checklist import card_screen, checklist_screen, settled_text
from handlers.screens.screen import Screen
from knowledge import Knowledge


async def open_checklist(
    query: CallbackQuery,
    callback_data: Checklist,
    *,
    visit: Visit,
    t: Translator,
    applications: ApplicationService,
    knowledge: Knowledge,
) -> None:
    """A page of a checklist. The application becomes the open one, unless answers that are kept nowhere would be lost:
    then it is only shown."""
    visit.memory.expects = None
    read = applications.get if has_draft(visit) else applications.open
    view = await read(visit, callback_data.code)
    await show(query, visit, checklist_screen(t, knowledge, view, page=callback_data.page))


async def open_card(
    query: CallbackQuery,
    callback_data: ItemCard,
    *,
    visit: Visit,
    t: Translator,
    applications: ApplicationService,
    knowledge: Knowledge,
) -> None:
    """One item."""
    visit.memory.expects = None
    view = await applications.get(visit, callback_data.code)
    await show(query, visit, _card(t, knowledge, view, callback_data.key))


async def mark(
    query: CallbackQuery,
    callback_data: Mark,
    *,
    visit: Visit,
    t: Translator,
    applications: ApplicationService,
    knowledge: Knowledge,
) -> None:
    """How far an item is."""
    visit.memory.expects = None
    status = STATUS_LETTERS[callback_data.status]
    view = await applications.mark(visit, callback_data.code, callback_data.key, status)
    item = view.item(callback_data.key)
    if item is not None and item.status in SETTLED_BY_STAFF:
        await query.answer(settled_text(t))
    await show(query, visit, _card(t, knowledge, view, callback_data.key))


def has_draft(visit: Visit) -> bool:
    """Whether the person has answers that belong to no application."""
    return visit.person.application is None and any(value is not None for value in visit.person.answers.values())


def _card(t: Translator, knowledge: Knowledge, view: ApplicationView, key: str) -> Screen:
    item = view.item(key)
    if item is None:
        raise NoSuchItem
    return card_screen(t, knowledge, view, item)


def build_router() -> Router:
    """Handlers of checklists."""
    router = Router(name=__name__)
    router.callback_query.register(open_checklist, Checklist.filter())
    router.callback_query.register(open_card, ItemCard.filter())
    router.callback_query.register(mark, Mark.filter())
    return router
