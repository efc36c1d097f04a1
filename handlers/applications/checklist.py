"""The checklist of an application: open it, look at an item, say how far it is."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.i18n import Translator
from bot.services.uploads.submissions import SubmissionService
from bot.services.uploads.uploads import UploadService
from bot.services.visit import Visit
from handlers.applications.callbacks import STATUS_LETTERS, Checklist, ItemCard, Mark
from handlers.applications.showing import AT_FOLDER, Folder
from handlers.replies import show
from handlers.screens.applications.card import card_screen, settled_text
from handlers.screens.applications.checklist import checklist_screen
from handlers.screens.applications.news import news_text
from knowledge import Knowledge


async def open_checklist(
    query: CallbackQuery,
    callback_data: Checklist,
    *,
    folder: Folder,
    submissions: SubmissionService,
    uploads: UploadService,
) -> None:
    """A page of a checklist, with what is new in it since it was last seen."""
    visit, t, knowledge = folder.visit, folder.t, folder.knowledge
    visit.memory.expects = None
    uploads.forget(visit)
    view = await folder.open(callback_data.code)
    news = folder.applications.news(visit, view)
    told = news_text(t, knowledge, news) if news else ""
    files = await submissions.counts(visit, view.code)
    waiting = await uploads.waiting(visit)
    shown = checklist_screen(t, knowledge, view, page=callback_data.page, said=told, files=files, waiting=waiting)
    await show(query, visit, shown)


async def open_card(
    query: CallbackQuery,
    callback_data: ItemCard,
    *,
    visit: Visit,
    t: Translator,
    submissions: SubmissionService,
    uploads: UploadService,
    knowledge: Knowledge,
) -> None:
    """One item."""
    visit.memory.expects = None
    uploads.forget(visit)
    await show(
        query, visit, card_screen(t, knowledge, await submissions.get(visit, callback_data.code, callback_data.key))
    )


async def mark(
    query: CallbackQuery,
    callback_data: Mark,
    *,
    visit: Visit,
    t: Translator,
    submissions: SubmissionService,
    knowledge: Knowledge,
) -> None:
    """How far an item is."""
    visit.memory.expects = None
    status = STATUS_LETTERS[callback_data.status]
    handled = await submissions.mark(visit, callback_data.code, callback_data.key, status)
    if handled.item.is_settled:
        await query.answer(settled_text(t))
    await show(query, visit, card_screen(t, knowledge, handled))


def build_router() -> Router:
    """Handlers of checklists."""
    router = Router(name=__name__)
    router.callback_query.register(open_checklist, Checklist.filter(), AT_FOLDER)
    router.callback_query.register(open_card, ItemCard.filter())
    router.callback_query.register(mark, Mark.filter())
    return router
