"""Links that lead back to an application: from a calendar, or from the code on a printed sheet."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import Message

from bot.errors import NoSuchApplication
from bot.services.interview.prefill import from_start
from bot.services.staff.staff import Right
from handlers.applications.showing import AT_FOLDER, Folder
from handlers.filters import Allowed
from handlers.replies import show
from handlers.review.pipeline import AT_BOARD, Board
from handlers.screens.applications.checklist import checklist_screen
from handlers.screens.screen import esc
from knowledge import Knowledge


async def back_to_application(message: Message, command: CommandObject, *, folder: Folder) -> None:
    """Open the application, for its owner only."""
    folder.visit.memory.expects = None
    if not await _shown(message, _code(command, folder.knowledge), folder):
        await folder.show(message, said=esc(NoSuchApplication().message(folder.t)))


async def to_application_of_another(message: Message, command: CommandObject, *, folder: Folder, board: Board) -> None:
    """What reviewers see who scan the sheet of an applicant; their own applications they open like everybody else."""
    folder.visit.memory.expects = None
    code = _code(command, folder.knowledge)
    if not await _shown(message, code, folder):
        await board.show_person(message, code)


def _code(command: CommandObject, knowledge: Knowledge) -> str:
    return from_start(command.args or "", knowledge).code


async def _shown(message: Message, code: str, folder: Folder) -> bool:
    """Whether the application is the person's own, and is shown; it may be gone, or somebody else's."""
    try:
        view = await folder.open(code)
    except NoSuchApplication:
        return False
    await show(message, folder.visit, checklist_screen(folder.t, folder.knowledge, view))
    return True


def build_router() -> Router:
    """The handler of these links, for private chats: it is asked before any other /start."""
    router = Router(name=__name__)
    router.message.filter(F.chat.type == "private")
    link = CommandStart(deep_link=True, magic=F.args.startswith("app_"))
    router.message.register(to_application_of_another, link, Allowed(Right.REVIEW), AT_FOLDER, AT_BOARD)
    router.message.register(back_to_application, link, AT_FOLDER)
    return router
