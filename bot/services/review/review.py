"""The queue of a reviewer: what waits, oldest first, one item at a time, each before one reviewer only.

An item that is opened is claimed for a while; others get the next one, or take it over knowing whose it is. Claims are
written at the end of the update like everything else: if two reviewers reach for the same item in the same moment, the
second one's update finds that, is handled again, and finds the next item.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.review import HandedIn, ReviewRepository, StoredItem
from bot.db.review_decisions import DecisionRepository, release
from bot.errors import NothingToReview, Overtaken, OwnItem
from bot.services.applications.transitions import ItemStatus
from bot.services.engine import Engine
from bot.services.review.cards import Card, Queued, listed, queued_of, version_of
from bot.services.review.filters import Filters, stage_of
from bot.services.review.reasons import heard_of
from bot.services.staff.staff import audit
from bot.services.visit import Visit
from knowledge import AssessedItem, Knowledge

__all__ = ["HandedIn", "Queue", "ReviewService"]

CLAIM: Final = timedelta(minutes=10)
"""For how long an item that somebody has opened is theirs."""
MOST_WAITING: Final = 300
"""Items of the queue that are looked at; beyond it the counter says "more than"."""
SKIPPED: Final = "vs"
"""Key of `memory.extra`: the items that the reviewer has put off, by their numbers."""
MOST_SKIPPED: Final = 20


@dataclass(frozen=True)
class Queue:
    """What waits for this reviewer."""

    items: tuple[Queued, ...]
    """Oldest first."""
    is_cut: bool
    """There is more than was looked at."""

    @property
    def count(self) -> int:
        """How many wait."""
        return len(self.items)


class ReviewService:
    """Use cases of the queue. Whoever calls them has made sure that the person may review."""

    def __init__(
        self,
        knowledge: Knowledge,
        engine: Engine,
        stored: ReviewRepository,
        decisions: DecisionRepository,
    ) -> None:
        self._knowledge = knowledge
        self._engine = engine
        self._stored = stored
        self._decisions = decisions

    async def queue(self, visit: Visit, filters: Filters | None = None, *, without: int = 0) -> Queue:
        """What waits by the filters of this reviewer, or by others; `without` one that is just being decided."""
        chosen = filters or Filters.of(visit)
        rows = await self._stored.waiting(
            reviewer_id=visit.person.id,
            mobility_type=chosen.mobility_type,
            programme=chosen.programme,
            among=chosen.items(self._knowledge, visit.today),
            limit=MOST_WAITING,
        )
        found = self._on_checklists(visit, (row for row in rows if row.id != without))
        items = tuple(one for one in found if chosen.stage in (None, stage_of(one.line)))
        return Queue(items, is_cut=len(rows) == MOST_WAITING)

    async def next(self, visit: Visit, queue: Queue) -> Card | None:
        """The oldest item of the queue that nobody else has before them, claimed for this reviewer; None if there is
        none. What the reviewer has put off comes after everything else."""
        waiting = [one for one in queue.items if one.is_free]
        skipped = set(_skipped(visit))
        chosen = min(waiting, key=lambda one: one.id in skipped, default=None)
        if chosen is None:
            self._give_back(visit)
            return None
        return await self.claimed(visit, chosen)

    def skip(self, visit: Visit, item_id: int) -> None:
        """Put an item off."""
        visit.memory.extra[SKIPPED] = [*(one for one in _skipped(visit) if one != item_id), item_id][-MOST_SKIPPED:]

    def start(self, visit: Visit) -> None:
        """Begin anew: nothing is put off, nothing is claimed."""
        visit.memory.extra.pop(SKIPPED, None)
        self._give_back(visit)

    async def open(self, visit: Visit, item_id: int, *, over: int = 0) -> Card:
        """One item; claimed if it waits and nobody else has it, or if the reviewer takes it from the one numbered
        `over`.

        Raises:
            NothingToReview: there is no such item on anybody's checklist (any more).
            OwnItem: it is the reviewer's own.
        """
        item = await self.item(visit, item_id)
        queued = self.queued(visit, item)
        takes_over = queued.claim is not None and not queued.claim.is_mine and queued.claim.reviewer_id == over
        if item.status != "submitted" or not (queued.is_free or takes_over):
            return await self.card(queued)
        if takes_over:
            audit(visit, "review taken over", subject=item.code, item=item.item)
        return await self.claimed(visit, queued, over=over if takes_over else 0)

    async def files(self, visit: Visit, item_id: int) -> tuple[HandedIn, ...]:
        """The files of an item, which the reviewer is going to see.

        Raises:
            NothingToReview, OwnItem: as `open`.
        """
        item = await self.item(visit, item_id)
        audit(visit, "files opened", subject=item.code, item=item.item)
        return (await self._stored.content(item_id)).files

    async def item(self, visit: Visit, item_id: int) -> StoredItem:
        """An item as it is stored.

        Raises:
            NothingToReview, OwnItem: as `open`.
        """
        item = await self._stored.item(item_id)
        if item is None:
            raise NothingToReview
        if item.person_id == visit.person.id:
            raise OwnItem
        return item

    def queued(self, visit: Visit, item: StoredItem) -> Queued:
        """The item with its line of the checklist.

        Raises:
            NothingToReview: it is not on the checklist (any more): an answer or the knowledge has changed.
        """
        found = next(iter(self._on_checklists(visit, [item])), None)
        if found is None:
            raise NothingToReview
        return found

    async def card(self, queued: Queued, *, before: datetime | None = None) -> Card:
        """All that a decision about the item rests on; of its history what happened `before` that moment."""
        content = await self._stored.content(queued.id)
        moves = heard_of(one for one in await self._stored.moves(queued.id) if before is None or one.at < before)
        return Card(
            queued=queued,
            version=version_of(content),
            files=content.files,
            statement=content.statement,
            returned=next((one for one in reversed(moves) if one.to_status == ItemStatus.RETURNED), None),
        )

    async def claimed(self, visit: Visit, queued: Queued, *, over: int = 0, before: datetime | None = None) -> Card:
        """The card of an item, which is claimed for the reviewer unless somebody else than `over` has it. `before`: as
        in `card`."""
        reviewer_id, until = visit.person.id, visit.now + CLAIM

        async def write(connection: AsyncConnection) -> None:
            await release(connection, reviewer_id, but=queued.id)
            taken = await self._decisions.claim(
                connection, queued.id, reviewer_id, now=visit.now, until=until, over=over
            )
            if not taken:
                raise Overtaken

        visit.writes["claim"] = write
        if queued.claim is None or not queued.claim.is_mine:
            audit(visit, "item claimed", subject=queued.code, item=queued.line.id)
        return await self.card(queued.claimed(reviewer_id, until), before=before)

    def _give_back(self, visit: Visit) -> None:
        async def write(connection: AsyncConnection) -> None:
            await release(connection, visit.person.id)

        visit.writes["claim"] = write

    def _on_checklists(self, visit: Visit, rows: Iterable[StoredItem]) -> list[Queued]:
        """The items that are on the checklists of today, each with its line."""
        lines: dict[str, dict[tuple[str, str], AssessedItem]] = {}
        found: list[Queued] = []
        for row in rows:
            if row.code not in lines:
                assessment = self._engine.of_answers(row.answers, lang=visit.lang, today=visit.today)
                lines[row.code] = {(line.list, line.id): line for line in assessment}
            line = lines[row.code].get((listed(row.list_name), row.item))
            if line is not None:
                found.append(queued_of(row, line, reviewer_id=visit.person.id, now=visit.now))
        return found


def _skipped(visit: Visit) -> Collection[int]:
    skipped: list[int] = visit.memory.extra.get(SKIPPED, [])
    return skipped
