"""Applications: keep a result, list, rename and remove what is kept, go on with one."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, ErrorEvent, Message

from bot.errors import InvalidName, NoSuchApplication, NoSuchItem, UserError
from bot.i18n import Translator
from bot.services.applications.applications import ApplicationService
from bot.services.interview.interview import InterviewService
from bot.services.uploads.uploads import UploadService
from bot.services.visit import Expects, Visit
from handlers.applications import checklist
from handlers.applications.callbacks import Checklist, Continue, ItemCard, Keep, Mark, MyApplications, Remove, Rename
from handlers.applications.showing import AT_FOLDER, Folder, has_draft
from handlers.deadlines import calendar_file, sheet, timeline
from handlers.filters import Expecting, Refuses
from handlers.interview.flow import ON_THE_WAY, Way
from handlers.privately import in_private
from handlers.replies import show
from handlers.screens.applications.applications import (
    kept_screen,
    nothing_to_keep_screen,
    remove_screen,
    removed_text,
    rename_screen,
    renamed_text,
    unkept_screen,
)
from handlers.screens.applications.checklist import checklist_screen
from handlers.screens.screen import esc
from knowledge import Knowledge
from knowledge.interview import Goal


async def keep(
    query: CallbackQuery,
    *,
    visit: Visit,
    t: Translator,
    interview: InterviewService,
    applications: ApplicationService,
    uploads: UploadService,
    knowledge: Knowledge,
) -> None:
    """Keep the result under the name that suggests itself; another one may be typed."""
    visit.memory.expects = None
    if interview.assessment(visit).mobility_type is None:
        await show(query, visit, nothing_to_keep_screen(t))
        return
    before = visit.person.application
    view = await applications.keep(visit)
    if view.code != before:
        visit.memory.expects = Expects("application_name", view.code)
    waiting = await uploads.waiting(visit)
    await show(query, visit, kept_screen(t, knowledge, view, is_new=view.code != before, waiting=waiting))


async def status(message: Message, *, folder: Folder) -> None:
    """/status"""
    await folder.show(message)


async def status_pressed(query: CallbackQuery, callback_data: MyApplications, *, folder: Folder) -> None:
    """A page of the list of applications."""
    await folder.show(query, page=callback_data.page)


async def ask_name(
    query: CallbackQuery, callback_data: Rename, *, visit: Visit, t: Translator, applications: ApplicationService
) -> None:
    """Another name: which one?"""
    view = await applications.get(visit, callback_data.code)
    visit.memory.expects = Expects("application_name", view.code)
    await show(query, visit, rename_screen(t, view))


async def take_name(
    message: Message, *, visit: Visit, t: Translator, applications: ApplicationService, knowledge: Knowledge
) -> None:
    """The name was typed. One that does not do is asked for again."""
    code = visit.memory.expects.about if visit.memory.expects else ""
    view = await applications.get(visit, code)
    try:
        view = await applications.rename(visit, code, message.text or "")
    except InvalidName as error:
        await show(message, visit, rename_screen(t, view, trouble=error.message(t)))
        return
    visit.memory.expects = None
    await show(message, visit, checklist_screen(t, knowledge, view, said=renamed_text(t, view)))


async def remove(query: CallbackQuery, callback_data: Remove, *, folder: Folder) -> None:
    """Remove an application, after asking once. The answers of the open one go with it."""
    visit, t, applications = folder.visit, folder.t, folder.applications
    visit.memory.expects = None
    view = await applications.get(visit, callback_data.code)
    if not callback_data.sure:
        await show(query, visit, remove_screen(t, view))
        return
    await applications.remove(visit, view.code)
    if view.is_open:
        folder.interview.restart(visit)
    await folder.show(query, said=removed_text(t, view), without=view.code)


async def go_on(query: CallbackQuery, callback_data: Continue, *, way: Way, applications: ApplicationService) -> None:
    """The questions and the result of an application. Answers that are kept nowhere are not thrown away unasked."""
    visit = way.visit
    view = await applications.get(visit, callback_data.code)
    if has_draft(visit) and not callback_data.sure:
        visit.memory.expects = None
        await show(query, visit, unkept_screen(way.t, view))
        return
    await applications.open(visit, view.code)
    step = way.begin(Goal.ALL)
    await (way.proceed if step.phase == "core" else way.conclude)(query, step)


async def gone(_event: ErrorEvent, *, happened: Message | CallbackQuery, refusal: UserError, folder: Folder) -> None:
    """A button or a name for something that is not there (any more): say so, and show what is."""
    await folder.show(happened, said=esc(refusal.message(folder.t)))


def build_router() -> Router:
    """Handlers of applications and their checklists."""
    router = Router(name=__name__)
    router.message.register(status, Command("status"), AT_FOLDER)
    router.message.register(take_name, Expecting("application_name"), ~F.text.endswith("?"))
    router.callback_query.register(keep, Keep.filter())
    router.callback_query.register(status_pressed, MyApplications.filter(), AT_FOLDER)
    router.callback_query.register(ask_name, Rename.filter())
    router.callback_query.register(remove, Remove.filter(), AT_FOLDER)
    router.callback_query.register(go_on, Continue.filter(), ON_THE_WAY)
    router.include_routers(*(part.build_router() for part in (checklist, timeline, calendar_file, sheet)))
    router.errors.register(gone, Refuses(NoSuchApplication, NoSuchItem), AT_FOLDER)
    buttons = (Keep, MyApplications, Rename, Remove, Continue, Checklist, ItemCard, Mark)
    of_dates = (*timeline.BUTTONS, *calendar_file.BUTTONS, *sheet.BUTTONS)
    return in_private(router, commands=["status"], buttons=(*buttons, *of_dates))
