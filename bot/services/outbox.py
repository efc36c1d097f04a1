"""Messages to others than the person of an update: results of a review, answers of staff, notices.

They are written into the ledger together with the other effects of the update, so they exist exactly if what they tell
happened. A worker sends them; see bot/outbound.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db import ledger
from bot.db.ledger import OnUnknown, Outgoing
from bot.services.visit import Visit

__all__ = ["OnUnknown", "Outbox", "Outgoing"]

LONGEST_KEY: Final = 120


class Outbox:
    """Where messages to others are put."""

    def __init__(self) -> None:
        self._wake: Callable[[], None] | None = None

    def wakes(self, wake: Callable[[], None]) -> None:
        """There is a worker in this process, which need not look by itself."""
        self._wake = wake

    def wake(self) -> None:
        """Something may have been put here, and is written. A worker elsewhere finds it within a second."""
        if self._wake is not None:
            self._wake()

    def put(self, visit: Visit, message: Outgoing) -> None:
        """Send the message once the update is written. The same key is sent once, whatever is put there later.

        Raises:
            ValueError: the key is too long, or the kind is none of `bot.db.ledger.PRIORITIES`.
        """
        if len(message.key) > LONGEST_KEY:
            raise ValueError(f"the key of a message has {LONGEST_KEY} characters at most: {message.key}")
        if message.kind not in ledger.PRIORITIES:
            raise ValueError(f"no such kind of message: {message.kind}")

        async def write(connection: AsyncConnection) -> None:
            await ledger.put(connection, [message], visit.now)

        visit.writes[f"message {message.key}"] = write

    def withdraw(self, visit: Visit, key: str) -> None:
        """Do not send what is queued under this key, or was put in this very update. What was sent stays sent, and the
        key stays used."""

        async def write(connection: AsyncConnection) -> None:
            await ledger.withdraw(connection, key, visit.now)

        visit.writes[f"message {key}"] = write
