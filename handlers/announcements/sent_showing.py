"""What the handlers of sent announcements share: the counter at which staff asks about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.i18n import Translator
from bot.services.announcements.after import AfterService
from bot.services.announcements.report import Report
from bot.services.visit import Expects, Visit
from handlers.replies import show, tell
from handlers.screens.announcements.announcements import report_screen
from handlers.screens.screen import Screen


@dataclass(frozen=True)
class Counter:
    """Everything that showing an announcement takes."""

    visit: Visit
    t: Translator
    after: AfterService

    @property
    def zone(self) -> str:
        """Where the reader is."""
        return self.visit.person.timezone

    async def show(self, event: Message | CallbackQuery, screen: Screen, *, then: str = "") -> None:
        """A screen in the panel. `then`: what the next message is about, with the announcement's code in front."""
        self.visit.memory.expects = Expects("announcement", then) if then else None
        await show(event, self.visit, screen)

    async def ask(self, query: CallbackQuery, report: Report, screen: Screen, *, then: str = "") -> None:
        """A question about an announcement. The worker goes on writing into its own message, so what is asked from
        there is asked below it."""
        message = query.message
        below = self._is_progress(query, report) and isinstance(message, Message)
        await self.show(message if below and isinstance(message, Message) else query, screen, then=then)

    async def show_report(self, query: CallbackQuery, report: Report, *, said: str = "") -> None:
        """How far it is, on the message whose button was pressed."""
        self.visit.memory.expects = None
        own = self._is_progress(query, report)
        screen = report_screen(self.t, report, self.zone, listed=not own, said="" if own else said)
        if own:
            await tell(query, screen)
        else:
            await show(query, self.visit, screen)

    def _is_progress(self, query: CallbackQuery, report: Report) -> bool:
        """Whether the button stands on the worker's message."""
        progress = report.announcement.progress or {}
        message = query.message
        return (
            message is not None
            and progress.get("message") == message.message_id
            and progress.get("chat") == message.chat.id
        )


class AtCounter(Filter):
    """Hands on the counter, as `counter`."""

    async def __call__(
        self, _event: TelegramObject, visit: Visit, t: Translator, after: AfterService
    ) -> dict[str, Counter]:
        """Everybody has one; whether they may announce, the router asks."""
        return {"counter": Counter(visit, t, after)}


AT_COUNTER: Final = AtCounter()
