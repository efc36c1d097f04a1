"""Selections: rounds with their results, and who may see which."""

from __future__ import annotations

from bot.db.selections import SelectionRepository, StoredResult, StoredRound
from bot.services.visit import Visit


class SelectionService:
    """Use cases of rounds and results."""

    def __init__(self, stored: SelectionRepository) -> None:
        self._stored = stored

    async def rounds(self) -> list[StoredRound]:
        """All rounds, the newest first. For staff."""
        return await self._stored.rounds()

    async def mine(self, visit: Visit) -> list[StoredResult]:
        """The person's own results that were announced, the newest first."""
        return await self._stored.announced_to(visit.person.id)
