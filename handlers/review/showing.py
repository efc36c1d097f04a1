"""The queue and a card on the reviewer's screen: what the handlers of the review share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.i18n import Translator
from bot.services.review.cards import Card
from bot.services.review.decisions import DecisionService, Undoable
from bot.services.review.filters import Filters
from bot.services.review.review import Queue, ReviewService
from bot.services.visit import Visit
from handlers.replies import show, show_below
from handlers.screens.review.card import card_screen
from handlers.screens.review.review import filtered_line, queue_screen
from handlers.screens.screen import esc
from knowledge import Knowledge


@dataclass
class Desk:
    """Everything that showing a reviewer something takes."""

    visit: Visit
    t: Translator
    knowledge: Knowledge
    review: ReviewService
    decisions: DecisionService
    decided: Undoable | None = None
    """What is decided in this very update."""
    undone: bool = False
    """Something is undone in this very update."""

    async def queue(self, event: Message | CallbackQuery, *, page: int = 0, said: str = "", without: int = 0) -> None:
        """Show what waits. `said` (HTML) comes first."""
        visit = self.visit
        queue = await self.review.queue(visit, without=without)
        shown = queue_screen(
            self.t,
            self.knowledge,
            queue,
            Filters.of(visit),
            now=visit.now,
            undoable=await self._undoable(),
            page=page,
            said=said,
        )
        await show(event, visit, shown)

    async def next(self, event: Message | CallbackQuery, *, said: str = "", without: int = 0) -> None:
        """Show the next item, `without` the one that is just being decided; the queue if there is none."""
        queue = await self.review.queue(self.visit, without=without)
        card = await self.review.next(self.visit, queue)
        if card is None:
            await self.queue(event, said=said, without=without)
        else:
            await self.card(event, card, queue, said=said)

    async def card(
        self,
        event: Message | CallbackQuery,
        card: Card,
        queue: Queue | None = None,
        *,
        said: str = "",
        below: bool = False,
    ) -> None:
        """Show an item. `below`: as a fresh message."""
        visit, person_id = self.visit, card.queued.person_id
        queue = queue or await self.review.queue(visit)
        waiting = queue.count + (card.can_decide and all(one.id != card.id for one in queue.items))
        shown = card_screen(
            self.t,
            self.knowledge,
            card,
            who=applicant_link(person_id, await name_of(event.bot, person_id)),
            waiting=waiting,
            now=visit.now,
            timezone=visit.person.timezone,
            undoable=await self._undoable(),
            filtered=filtered_line(self.t, self.knowledge, Filters.of(visit)),
            said=said,
        )
        if below and isinstance(event, CallbackQuery):
            await show_below(event, visit, shown)
        else:
            await show(event, visit, shown)

    async def _undoable(self) -> Undoable | None:
        """What the reviewer can still undo. What this update does is not in the database yet."""
        if self.decided is not None or self.undone:
            return self.decided
        return await self.decisions.undoable(self.visit)


class AtDesk(Filter):
    """Hands on the reviewer's desk, as `desk`."""

    async def __call__(
        self,
        _event: TelegramObject,
        visit: Visit,
        t: Translator,
        knowledge: Knowledge,
        review: ReviewService,
        decisions: DecisionService,
    ) -> dict[str, Desk]:
        """Everybody has one; whether they may review, the router asks."""
        return {"desk": Desk(visit, t, knowledge, review, decisions)}


AT_DESK: Final = AtDesk()


def applicant_link(person_id: int, name: str) -> str:
    """Somebody's name as a link to them, or the number by which Telegram knows them (HTML)."""
    return f'<a href="tg://user?id={person_id}">{esc(name or str(person_id))}</a>'


async def name_of(bot: Bot | None, person_id: int) -> str:
    """What somebody calls themselves in Telegram; we do not keep it. Empty if it cannot be had."""
    if bot is None:
        return ""
    try:
        return (await bot.get_chat(person_id)).full_name
    except TelegramAPIError:
        return ""
