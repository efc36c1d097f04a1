"""Links that lead back to an application: from a calendar, or from the code on a printed sheet."""

from __future__ import annotations

from aiogram import Bot, F, Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import Message

from bot.errors import NoSuchApplication
from bot.i18n import Translator
from bot.services.applications.applications import ApplicationService
from bot.services.applications.checklist import ApplicationView
from bot.services.interview.interview import InterviewService
from bot.services.interview.prefill import from_start
from bot.services.review.pipeline import PipelineService
from bot.services.staff.staff import Right
from bot.services.visit import Visit
from handlers.applications.applications import show_overview
from handlers.applications.checklist import has_draft
from handlers.filters import Allowed
from handlers.replies import show
from handlers.review.showing import applicant_link, name_of
from handlers.screens.applications.checklist import checklist_screen
from handlers.screens.review.pipeline import board_screen, gone_text, person_screen
from handlers.screens.screen import esc
from knowledge import Knowledge


async def back_to_application(
    message: Message,
    command: CommandObject,
    *,
    visit: Visit,
    t: Translator,
    interview: InterviewService,
    applications: ApplicationService,
    knowledge: Knowledge,
) -> None:
    """Open the application, for its owner only. It becomes the open one, unless answers that are kept nowhere would be
    lost: then it is only shown."""
    visit.memory.expects = None
    code = _code(command, knowledge)
    view = await _own(code, visit, applications)
    if view is not None:
        await show(message, visit, checklist_screen(t, knowledge, view))
        return
    await show_overview(
        message,
        visit=visit,
        t=t,
        interview=interview,
        applications=applications,
        knowledge=knowledge,
        said=esc(NoSuchApplication().message(t)),
    )


async def to_application_of_another(
    message: Message,
    command: CommandObject,
    *,
    bot: Bot,
    visit: Visit,
    t: Translator,
    applications: ApplicationService,
    pipeline: PipelineService,
    knowledge: Knowledge,
) -> None:
    """What reviewers see who scan the sheet of an applicant; their own applications they open like everybody else."""
    visit.memory.expects = None
    code = _code(command, knowledge)
    view = await _own(code, visit, applications)
    if view is not None:
        await show(message, visit, checklist_screen(t, knowledge, view))
        return
    try:
        opened = await pipeline.application(visit, code)
    except NoSuchApplication:
        await show(message, visit, board_screen(t, knowledge, await pipeline.board(visit), said=gone_text(t)))
        return
    who = applicant_link(opened.person_id, await name_of(bot, opened.person_id))
    await show(message, visit, person_screen(t, knowledge, opened, who=who))


def _code(command: CommandObject, knowledge: Knowledge) -> str:
    return from_start(command.args or "", knowledge).code


async def _own(code: str, visit: Visit, applications: ApplicationService) -> ApplicationView | None:
    """The application if it is the person's own; None if it is gone or somebody else's."""
    read = applications.get if has_draft(visit) else applications.open
    try:
        return await read(visit, code)
    except NoSuchApplication:
        return None


def build_router() -> Router:
    """The handler of these links, for private chats: it is asked before any other /start."""
    router = Router(name=__name__)
    router.message.filter(F.chat.type == "private")
    link = CommandStart(deep_link=True, magic=F.args.startswith("app_"))
    router.message.register(to_application_of_another, link, Allowed(Right.REVIEW))
    router.message.register(back_to_application, link)
    return router
