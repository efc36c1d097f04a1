"""What colleagues tell each other about an announcement, through the ledger."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from aiogram.filters import Filter
from aiogram.types import TelegramObject

from bot.i18n import Translator, Translators
from bot.services.announcements.draft import Draft
from bot.services.outbox import Outbox, Outgoing
from bot.services.staff.colleagues import Colleagues
from bot.services.staff.staff import Right
from bot.services.visit import Visit
from handlers.outgoing import outgoing
from handlers.screens.screen import Screen

Written = Callable[[Translator], Screen]
"""A screen in the language of whoever gets it."""


@dataclass(frozen=True)
class Letters:
    """Writes to colleagues."""

    visit: Visit
    translators: Translators
    outbox: Outbox
    colleagues: Colleagues

    async def to_all(self, draft: Draft, written: Written) -> None:
        """To everybody else who may announce."""
        for colleague in await self.colleagues.who_may(Right.ANNOUNCE, besides=self.visit.person.id):
            self._put(draft, colleague.person_id, written(self.translators[colleague.language]))

    async def to_author(self, draft: Draft, written: Written) -> None:
        """To whoever wrote the announcement."""
        author = draft.stored.author_id
        self._put(draft, author, written(self.translators[await self.colleagues.language_of(author)]))

    def _put(self, draft: Draft, person_id: int, screen: Screen) -> None:
        key = f"announcement:{draft.code}:{self.visit.seq}:{person_id}"
        self.outbox.put(self.visit, Outgoing(key, person_id, "notice", *outgoing(screen)))


class AtLetters(Filter):
    """Hands on `letters`."""

    async def __call__(
        self,
        _event: TelegramObject,
        visit: Visit,
        translators: Translators,
        outbox: Outbox,
        colleagues: Colleagues,
    ) -> dict[str, Letters]:
        """Whether the person may announce, the router asks."""
        return {"letters": Letters(visit, translators, outbox, colleagues)}


AT_LETTERS: Final = AtLetters()
