"""One message to the author of an announcement: how far it is, edited while it runs; at its end it is the report."""

from __future__ import annotations

import hashlib
import json
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bot.clock import Clock
from bot.db.announcement_after import Reader, SentRepository
from bot.db.announcements import StoredAnnouncement
from bot.db.engine import Database
from bot.db.ledger_report import LedgerReports
from bot.i18n import load_translators
from bot.outbound.outcome import Ending, Outcome
from bot.outbound.rendering import Call
from bot.services.announcements.report import Report, read_report
from bot.services.announcements.words import progress_keyboard, progress_text

log = logging.getLogger(__name__)

EVERY: Final = 3.0
"""Seconds between two looks: Telegram allows a chat about twenty edits a minute."""
LATELY: Final = 30.0
"""Seconds over which the rate is measured."""
LATER: Final = (Ending.FLOOD, Ending.AWAY, Ending.HELD, Ending.FAILED, Ending.UNKNOWN)
"""The next look makes up for it."""


@dataclass(frozen=True)
class Shown:
    """The message as it was shown last: `announcements.progress`."""

    chat: int
    message: int
    digest: str
    ended: bool

    @classmethod
    def of(cls, stored: dict[str, Any] | None) -> Shown | None:
        """What is kept; None before the first message."""
        if not stored or not stored.get("message"):
            return None
        return cls(stored["chat"], stored["message"], stored.get("digest", ""), bool(stored.get("ended")))


class Progress:
    """Shows authors how far their announcements are."""

    def __init__(self, database: Database, clock: Clock, call: Callable[[int, Call], Awaitable[Outcome]]) -> None:
        self._sent = SentRepository(database)
        self._reports = LedgerReports(database)
        self._clock = clock
        self._call = call
        self._translators = load_translators()
        self._measured: dict[int, deque[tuple[datetime, int]]] = {}
        self._unheard: set[int] = set()

    async def run(self) -> None:
        """Bring every message up to date."""
        now = self._clock.now()
        moving = await self._sent.to_show(now)
        self._measured = {key: value for key, value in self._measured.items() if key in {one.id for one in moving}}
        for announcement in moving:
            await self._show(announcement, now)

    async def _show(self, announcement: StoredAnnouncement, now: datetime) -> None:
        report = await read_report(self._reports, announcement, now)
        reader = await self._sent.reader(announcement.author_id)
        if reader is None or announcement.id in self._unheard:
            # They left, or blocked the bot. /announcements shows colleagues how far it is.
            await self._give_up(announcement, report)
            return
        parameters = self._parameters(report, reader, self._rate(report))
        digest = hashlib.sha256(json.dumps(parameters, sort_keys=True).encode()).hexdigest()[:16]
        shown = Shown.of(announcement.progress)
        ended = bool(report.parts) and not report.is_alive
        if shown is not None and shown.digest == digest and shown.ended == ended:
            return
        message = await self._put(announcement, shown, parameters)
        if message is not None:
            await self._sent.remember(
                announcement.id,
                {"chat": announcement.author_id, "message": message, "digest": digest, "ended": ended},
            )

    async def _put(
        self, announcement: StoredAnnouncement, shown: Shown | None, parameters: dict[str, Any]
    ) -> int | None:
        """Edit the message, or send it where there is none (any more); its id, None if that has to wait."""
        author = announcement.author_id
        if shown is not None and shown.chat == author:
            outcome: Outcome = await self._call(
                author, Call("editMessageText", {**parameters, "message_id": shown.message})
            )
            if outcome.ending is Ending.SENT:
                return shown.message
            if outcome.ending is not Ending.RECIPIENT:
                self._not_now(announcement, outcome)
                return None
        outcome = await self._call(author, Call("sendMessage", parameters))
        if outcome.ending is Ending.SENT and outcome.message_ids:
            return outcome.message_ids[0]
        self._not_now(announcement, outcome)
        return None

    def _not_now(self, announcement: StoredAnnouncement, outcome: Outcome) -> None:
        if outcome.ending is Ending.BLOCKED:
            self._unheard.add(announcement.id)
        elif outcome.ending not in LATER:
            log.warning("the progress of announcement %s is not shown: %s", announcement.code, outcome.text)

    async def _give_up(self, announcement: StoredAnnouncement, report: Report) -> None:
        """Nobody is to be shown anything: remember the end, so that it is not looked at for ever."""
        if report.parts and not report.is_alive and not (announcement.progress or {}).get("ended"):
            await self._sent.remember(announcement.id, {**(announcement.progress or {}), "ended": True})

    def _parameters(self, report: Report, reader: Reader, rate: float | None) -> dict[str, Any]:
        t = self._translators["en" if reader.language == "en" else "id"]
        return {
            "text": progress_text(t, report, reader.timezone, rate=rate),
            "parse_mode": "HTML",
            "reply_markup": {"inline_keyboard": progress_keyboard(t, report)},
            "link_preview_options": {"is_disabled": True},
        }

    def _rate(self, report: Report) -> float | None:
        """Messages a second of late."""
        if report.state != "running":
            self._measured.pop(report.announcement.id, None)
            return None
        seen = self._measured.setdefault(report.announcement.id, deque())
        seen.append((report.now, sum(part.done for part in report.parts)))
        while (report.now - seen[0][0]).total_seconds() > LATELY:
            seen.popleft()
        seconds = (seen[-1][0] - seen[0][0]).total_seconds()
        return (seen[-1][1] - seen[0][1]) / seconds if seconds > 0 else None
