"""The checklist of an application: open it, look at an item, say how far it is."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.i18n import Translator
from bot.services.applications.applications import ApplicationService
from bot.services.applications.checklist import ApplicationView
from bot.services.uploads.submissions import SubmissionService
from bot.services.uploads.uploads import UploadService
from bot.services.visit import Visit
from handlers.applications.callbacks import STATUS_LETTERS, Checklist, ItemCard, Mark
from handlers.replies import show
from handlers.screens.applications.card import card_screen, settled_text
from handlers.screens.applications.checklist import checklist_screen
from handlers.screens.applications.news import news_text
from handlers.screens.screen import paragraphs
from knowledge import Knowledge


async def open_checklist(
    query: CallbackQuery,
    callback_data: Checklist,
    *,
    visit: Visit,
    t: Translator,
    applications: ApplicationService,
    submissions: SubmissionService,
    uploads: UploadService,
    knowledge: Knowledge,
) -> None:
    """A page of a checklist. The application becomes the open one, unless answers that are kept nowhere would be lost:
    then it is only shown."""
    visit.memory.expects = None
    uploads.forget(visit)
    read = applications.get if has_draft(visit) else applications.open
    view = await read(visit, callback_data.code)
    await show_checklist(
        query,
        view,
        visit=visit,
        t=t,
        applications=applications,
        submissions=submissions,
        uploads=uploads,
        knowledge=knowledge,
        page=callback_data.page,
    )


async def show_checklist(
    event: CallbackQuery | Message,
    view: ApplicationView,
    *,
    visit: Visit,
    t: Translator,
    applications: ApplicationService,
    submissions: SubmissionService,
    uploads: UploadService,
    knowledge: Knowledge,
    page: int = 0,
    said: str = "",
) -> None:
    """A page of a checklist, with what is new in it since it was last seen."""
    news = applications.news(visit, view)
    told = paragraphs(said, news_text(t, knowledge, news) if news else "")
    files = await submissions.counts(visit, view.code)
    waiting = await uploads.waiting(visit)
    shown = checklist_screen(t, knowledge, view, page=page, said=told, files=files, waiting=waiting)
    await show(event, visit, shown)


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


def has_draft(visit: Visit) -> bool:
    """Whether the person has answers that belong to no application."""
    return visit.person.application is None and any(value is not None for value in visit.person.answers.values())


def build_router() -> Router:
    """Handlers of checklists."""
    router = Router(name=__name__)
    router.callback_query.register(open_checklist, Checklist.filter())
    router.callback_query.register(open_card, ItemCard.filter())
    router.callback_query.register(mark, Mark.filter())
    return router
