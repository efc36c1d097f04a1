"""The office with its queue: applicants who hand papers in, reviewers who look at them, on a real database."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import select, text

from bot.db.engine import Database
from bot.db.ledger import DELIVERIES
from bot.db.pipeline import PipelineRepository
from bot.db.review import ReviewRepository
from bot.db.review_decisions import DecisionRepository
from bot.db.submissions import SubmissionRepository
from bot.services.applications.checklist import ItemStatus
from bot.services.engine import Engine
from bot.services.outbox import Outbox
from bot.services.review.cards import Card, Told
from bot.services.review.decisions import DecisionService, Undoable
from bot.services.review.pipeline import Nudge, PipelineService
from bot.services.review.reasons import Reason
from bot.services.review.review import ReviewService
from bot.services.uploads.submissions import SubmissionService
from knowledge import Knowledge
from tests.bot.people import ANI, STUDENT_ABROAD, Office
from tests.support.clock import TestClock

RITA, SARI = 6_000_000_001, 6_000_000_002


def plainly(told: Told) -> dict[str, Any]:
    """What an applicant would be told, without its words."""
    return {"text": json.dumps([[one.key, one.status, one.reason.stored if one.reason else ""] for one in told.items])}


def naming(nudge: Nudge) -> dict[str, Any]:
    """What somebody would be reminded of, without its words."""
    return {"text": json.dumps([[entry.view.code, *entry.missing] for entry in nudge.entries])}


class ReviewOffice(Office):
    """Services of the review."""

    def __init__(self, database: Database, knowledge: Knowledge, clock: TestClock) -> None:
        super().__init__(database, knowledge, clock)
        engine, decided = Engine(knowledge), DecisionRepository(database)
        self.review = ReviewService(knowledge, engine, ReviewRepository(database), decided)
        self.decisions = DecisionService(self.review, engine, decided)
        self.outbox = Outbox()
        self.pipeline = PipelineService(engine, PipelineRepository(database), self.kept, self.outbox)
        self.submissions = SubmissionService(self.applications, SubmissionRepository(database))

    async def applicant(self, person_id: int = ANI, facts: dict[str, object] | None = None) -> str:
        """Somebody keeps an application; its code."""
        await self.tell(facts or STUDENT_ABROAD, person_id)
        visit = await self.visit(person_id)
        kept = await self.applications.keep(visit)
        await self.visits.end(visit)
        return kept.code

    async def hand_in(self, code: str, *keys: str, person_id: int = ANI) -> None:
        """The applicant says that these items are handed in."""
        for key in keys:
            visit = await self.visit(person_id)
            await self.applications.mark(visit, code, key, ItemStatus.SUBMITTED)
            await self.visits.end(visit)

    async def say(self, code: str, key: str, words: str, *, person_id: int = ANI) -> None:
        """The applicant says why they do not have a paper."""
        visit = await self.visit(person_id)
        await self.submissions.state(visit, code, key, words)
        await self.visits.end(visit)

    async def take(self, reviewer: int = RITA) -> Card | None:
        """The reviewer takes the next item."""
        visit = await self.visit(reviewer)
        card = await self.review.next(visit, await self.review.queue(visit))
        await self.visits.end(visit)
        return card

    async def open(self, item: int, reviewer: int = RITA, *, over: int = 0) -> Card:
        """The reviewer opens an item."""
        visit = await self.visit(reviewer)
        card = await self.review.open(visit, item, over=over)
        await self.visits.end(visit)
        return card

    async def decide(
        self, card: Card, status: ItemStatus, reason: Reason | None = None, *, reviewer: int = RITA
    ) -> tuple[Card, Undoable | None]:
        """The reviewer decides about what they see."""
        visit = await self.visit(reviewer)
        decided = await self.decisions.decide(visit, card.id, card.version, status, reason=reason, tell=plainly)
        await self.visits.end(visit)
        return decided

    async def undo(self, decision: Undoable, *, reviewer: int = RITA) -> tuple[Card, bool]:
        """The reviewer takes a decision back."""
        visit = await self.visit(reviewer)
        undone = await self.decisions.undo(visit, decision.decision_id, tell=plainly)
        await self.visits.end(visit)
        return undone

    async def status(self, code: str, key: str) -> str:
        """How far an item is, as the applicant has it."""
        visit = await self.visit()
        item = (await self.applications.get(visit, code)).item(key)
        assert item is not None
        return item.status.value

    async def queued(self) -> list[tuple[datetime, Any]]:
        """The messages that wait to be sent: when, and what they say."""
        query = select(DELIVERIES.c.due, DELIVERIES.c.payload).where(DELIVERIES.c.state == "queued")
        async with self.database.connect() as connection:
            rows = await connection.execute(query.order_by(DELIVERIES.c.id))
            return [(due, json.loads(payload["text"])) for due, payload in rows]

    async def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What the database says."""
        async with self.database.connect() as connection:
            return [tuple(row) for row in await connection.execute(text(query))]
