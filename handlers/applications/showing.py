"""What the handlers of applications share: the folder with what somebody keeps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.i18n import Translator
from bot.services.applications.applications import ApplicationService
from bot.services.applications.checklist import ApplicationView
from bot.services.interview.interview import InterviewService
from bot.services.visit import Visit
from handlers.replies import show
from handlers.screens.applications.applications import overview_screen
from knowledge import Knowledge


@dataclass(frozen=True)
class Folder:
    """Everything that showing somebody's applications takes."""

    visit: Visit
    t: Translator
    knowledge: Knowledge
    interview: InterviewService
    applications: ApplicationService

    async def show(self, event: Message | CallbackQuery, *, page: int = 0, said: str = "", without: str = "") -> None:
        """All applications, `without` the one that is being removed."""
        visit = self.visit
        visit.memory.expects = None
        kept = [view for view in await self.applications.overview(visit) if view.code != without]
        draft = visit.person.application is None and self.interview.assessment(visit).mobility_type is not None
        await show(event, visit, overview_screen(self.t, self.knowledge, kept, draft=draft, page=page, said=said))

    async def open(self, code: str) -> ApplicationView:
        """An application. It becomes the open one, unless answers that are kept nowhere would be lost: then it is only
        looked at."""
        read = self.applications.get if has_draft(self.visit) else self.applications.open
        return await read(self.visit, code)


class AtFolder(Filter):
    """Hands on the folder, as `folder`."""

    async def __call__(
        self,
        _event: TelegramObject,
        visit: Visit,
        t: Translator,
        knowledge: Knowledge,
        interview: InterviewService,
        applications: ApplicationService,
    ) -> dict[str, Folder]:
        """Everybody has one, be it empty."""
        return {"folder": Folder(visit, t, knowledge, interview, applications)}


AT_FOLDER: Final = AtFolder()


def has_draft(visit: Visit) -> bool:
    """Whether the person has answers that belong to no application."""
    return visit.person.application is None and any(value is not None for value in visit.person.answers.values())
