"""What the worker itself has to say to staff."""

from __future__ import annotations

import html
from typing import Final

from sqlalchemy import select

from bot.clock import Clock
from bot.db import ledger
from bot.db.engine import Database
from bot.db.ledger import Outgoing
from bot.db.ledger_batches import PEOPLE
from bot.db.ledger_report import LedgerReports
from bot.i18n import load_translators

PAUSED: Final = "paused"


class Notices:
    """Messages to the authors of batches."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._reports = LedgerReports(database)
        self._translators = load_translators()

    async def paused(self, batch_id: int, reason: str) -> None:
        """Tell the author that Telegram refuses what they send."""
        batch = await self._reports.batch(batch_id)
        if batch is None or batch.author_id is None:
            return
        now = self._clock.now()
        async with self._database.transaction() as connection:
            language = await connection.scalar(select(PEOPLE.c.language).where(PEOPLE.c.id == batch.author_id))
            _ = self._translators["en" if language == "en" else "id"].gettext
            text = _(
                "⏸ <b>Your announcement is paused.</b> Telegram refused the message three times in a row:\n"
                "<i>{reason}</i>\n\n"
                "Nobody is lost. Correct it, then resume: /announcements",
                reason=html.escape(reason, quote=False),
            )
            message = Outgoing(
                key=f"{PAUSED}:{batch_id}:{now.timestamp():.0f}",
                person_id=batch.author_id,
                kind="notice",
                method="sendMessage",
                parameters={"text": text, "parse_mode": "HTML"},
            )
            await ledger.put(connection, [message], now)
