"""Links that lead back to an application: from a calendar, or from the code on a printed sheet."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import Message

from bot.errors import NoSuchApplication
from bot.i18n import Translator
from bot.services.applications import ApplicationService
from bot.services.interview import InterviewService
from bot.services.prefill import from_start
from bot.services.visit import Visit
from handlers.applications import show_overview
from handlers.checklist import has_draft
from handlers.replies import show
from handlers.screens.checklist import checklist_screen
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
    code = from_start(command.args or "", knowledge).code
    read = applications.get if has_draft(visit) else applications.open
    try:
        view = await read(visit, code)
    except NoSuchApplication as error:
        await show_overview(
            message,
            visit=visit,
            t=t,
            interview=interview,
            applications=applications,
            knowledge=knowledge,
            said=esc(error.message(t)),
        )
        return
    await show(message, visit, checklist_screen(t, knowledge, view))


def build_router() -> Router:
    """The handler of these links, for private chats: it is asked before any other /start."""
    router = Router(name=__name__)
    router.message.filter(F.chat.type == "private")
    router.message.register(back_to_application, CommandStart(deep_link=True, magic=F.args.startswith("app_")))
    return router
