"""Announcements on their way: what each recipient gets, when one starts, and who joins later."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from bot.clock import Clock
from bot.db.announcements import AnnouncementRepository, Recipient
from bot.db.engine import Database
from bot.db.ledger_claims import Delivery
from bot.outbound.rendering import Call, CannotRender
from bot.services.announcements.buttons import keyboard
from bot.services.announcements.content import Content, Unfilled, changing, sending
from bot.services.announcements.start import AnnouncementStart
from bot.services.announcements.values import AnnouncementValues
from bot.services.visit import Lang

log = logging.getLogger(__name__)

EVERY: Final = 5.0
"""Seconds between two looks for what is to start."""
JOINING_EVERY: Final = 60.0
"""Seconds between two looks for people who joined an audience."""


class AnnouncementRenderer:
    """Makes the message of each recipient from the one text that is kept."""

    def __init__(self, database: Database, clock: Clock, values: AnnouncementValues) -> None:
        self._rows = AnnouncementRepository(database)
        self._clock = clock
        self._values = values

    async def render(self, deliveries: Sequence[Delivery]) -> Mapping[int, Call | CannotRender]:
        """The call of each delivery."""
        told = await self._rows.of_batches({one.batch_id for one in deliveries if one.batch_id is not None})
        made: dict[int, Call | CannotRender] = {}
        for batch_id, announcement in told.items():
            own = [one for one in deliveries if one.batch_id == batch_id]
            people = {one.person_id for one in own}
            known = await self._rows.recipients(people, round_id=announcement.round_id)
            content, now = Content.from_json(announcement.content), self._clock.now()
            for delivery in own:
                recipient = meant(known, delivery.person_id, delivery.subject)
                made[delivery.id] = self._call(content, recipient, now, change=delivery.is_change)
        return made

    def _call(
        self, content: Content, recipient: Recipient | None, now: datetime, *, change: bool
    ) -> Call | CannotRender:
        if recipient is None:
            return CannotRender("the person or their application is gone")
        lang: Lang = "id" if recipient.language == "id" else "en"
        values = self._values.of(recipient, content.places(), now)
        try:
            made = (changing if change else sending)(content, lang, values, keyboard(content.buttons, lang))
        except Unfilled as unfilled:
            return CannotRender(f"nothing to fill in for {{{unfilled.place}}}")
        return Call(*made) if made is not None else CannotRender("there is no text in their language")


class AnnouncementStarter:
    """Starts what is due, and adds who joined."""

    def __init__(self, database: Database, clock: Clock, start: AnnouncementStart) -> None:
        self._rows = AnnouncementRepository(database)
        self._clock = clock
        self._start = start

    async def start_due(self) -> None:
        """Start every announcement whose time has come."""
        for announcement in await self._rows.due(self._clock.now()):
            count = await self._start.start(announcement, self._clock.now())
            if count is not None:
                log.info("announcement %s starts: %d recipients", announcement.code, count)

    async def let_join(self) -> None:
        """Add who has come into the audience of an announcement that is open for more."""
        now = self._clock.now()
        for announcement, batch_id in await self._rows.joinable(now):
            count = await self._start.let_join(announcement, batch_id, now)
            if count:
                log.info("announcement %s: %d more recipients", announcement.code, count)


def meant(known: Sequence[Recipient], person_id: int, code: str | None) -> Recipient | None:
    """What is known of the recipient of a delivery: with the application that it is about, or their latest."""
    own = (one for one in known if one.person_id == person_id and code in (None, one.code))
    return next(own, None)
