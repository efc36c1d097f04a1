"""What the handlers of announcements share: the desk of whoever writes one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.i18n import Translator
from bot.services.announcements.announcements import AnnouncementService
from bot.services.announcements.draft import Check, Draft
from bot.services.announcements.selections import SelectionService
from bot.services.visit import Expects, Visit
from handlers.replies import show
from handlers.screens.announcements.announce import card_screen
from handlers.screens.announcements.audience import Options, fixed_options
from handlers.screens.screen import Screen
from knowledge import Knowledge


@dataclass(frozen=True)
class Desk:
    """Everything that showing a draft takes."""

    visit: Visit
    t: Translator
    knowledge: Knowledge
    announcements: AnnouncementService
    selections: SelectionService

    @property
    def zone(self) -> str:
        """Where the author is."""
        return self.visit.person.timezone

    async def options(self) -> dict[str, Options]:
        """The values of every field with their names."""
        rounds = [(str(one.id), one.name) for one in await self.selections.rounds()]
        return {**fixed_options(self.t, self.knowledge), "round": rounds}

    async def draft(self, code: str) -> Draft:
        """The author's draft; `NoSuchAnnouncement` if it is none (any more)."""
        return await self.announcements.draft(self.visit, code)

    async def check(self, draft: Draft) -> Check:
        """The draft's numbers now."""
        return await self.announcements.check(draft, self.visit.now)

    async def show_card(self, event: Message | CallbackQuery, draft: Draft) -> None:
        """The card; nothing is expected any more."""
        screen = card_screen(self.t, draft, await self.check(draft), await self.options(), self.zone)
        await self.show(event, screen)

    async def show(self, event: Message | CallbackQuery, screen: Screen, *, then: str = "") -> None:
        """A screen for the author. `then`: what the next message is about, with the draft's code in front."""
        self.visit.memory.expects = Expects("announcement", then) if then else None
        await show(event, self.visit, screen)


class AtDesk(Filter):
    """Hands on the desk, as `desk`."""

    async def __call__(
        self,
        _event: TelegramObject,
        visit: Visit,
        t: Translator,
        knowledge: Knowledge,
        announcements: AnnouncementService,
        selections: SelectionService,
    ) -> dict[str, Desk]:
        """Everybody has one; whether they may announce, the router asks."""
        return {"desk": Desk(visit, t, knowledge, announcements, selections)}


AT_DESK: Final = AtDesk()


class Awaits(Filter):
    """A message about a part of a draft, be it a text or a file; hands on the draft's code as `code`."""

    def __init__(self, *parts: str) -> None:
        self.parts = parts

    async def __call__(self, message: Message, visit: Visit) -> bool | dict[str, str]:
        """Whether the draft waits for one of the parts."""
        expects = visit.memory.expects
        if expects is None or expects.kind != "announcement" or (message.text or "").startswith("/"):
            return False
        code, _, part = expects.about.partition(" ")
        return {"code": code, "part": part} if part in self.parts else False
