"""Numbers for staff."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.db.questions import OPEN, QuestionRepository
from bot.db.stats import PeopleCount, StatsRepository
from bot.services.applications.transitions import ItemStatus
from bot.services.visit import Visit

RECENTLY: Final = timedelta(days=7)
"""What "this week" means."""


@dataclass(frozen=True)
class TypeCount:
    """The applications of one mobility type."""

    mobility_type: str | None
    total: int
    verdicts: dict[str, int]


@dataclass(frozen=True)
class Numbers:
    """Everything that is counted."""

    people: PeopleCount
    types: tuple[TypeCount, ...]
    """The most frequent first."""
    items: dict[ItemStatus, int]
    """Items by the status that somebody gave them."""
    waiting_since: datetime | None
    """Since when the oldest item waits for review; None if none does."""
    questions: int
    """Questions this week that had no good answer."""
    open_questions: int
    """Groups of them that wait for an answer."""

    @property
    def applications(self) -> int:
        """All applications."""
        return sum(one.total for one in self.types)


class StatsService:
    """Counts for staff."""

    def __init__(self, stats: StatsRepository, questions: QuestionRepository) -> None:
        self._stats = stats
        self._questions = questions

    async def numbers(self, visit: Visit) -> Numbers:
        """The numbers of this moment."""
        since = visit.now - RECENTLY
        items = {ItemStatus(name): found for name, found in (await self._stats.items()).items() if _is_status(name)}
        waiting = items.get(ItemStatus.SUBMITTED)
        return Numbers(
            people=await self._stats.people(since),
            types=_by_type(await self._stats.applications()),
            items={status: number for status, (number, _) in items.items()},
            waiting_since=waiting[1] if waiting else None,
            questions=await self._stats.questions(since),
            open_questions=await self._questions.count((OPEN,)),
        )


def _is_status(name: str) -> bool:
    return name in set(ItemStatus)


def _by_type(counted: dict[tuple[str | None, str], int]) -> tuple[TypeCount, ...]:
    verdicts: dict[str | None, dict[str, int]] = {}
    for (mobility_type, verdict), number in counted.items():
        verdicts.setdefault(mobility_type, {})[verdict] = number
    found = [TypeCount(name, sum(each.values()), each) for name, each in verdicts.items()]
    return tuple(sorted(found, key=lambda one: (-one.total, one.mobility_type or "")))
