"""The plans of a person: the dates of an application, and ticking its deadlines."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.applications import ApplicationRepository, Move, StoredApplication
from bot.errors import NoSuchApplication, NoSuchItem
from bot.services.applications.transitions import ItemStatus
from bot.services.deadlines.timeline import DEADLINES, Plan, plan_of
from bot.services.interview.interview import InterviewService
from bot.services.visit import Visit
from knowledge import Knowledge


class PlanService:
    """Use cases of deadlines."""

    def __init__(self, knowledge: Knowledge, applications: ApplicationRepository, interview: InterviewService) -> None:
        self._knowledge = knowledge
        self._applications = applications
        self._interview = interview

    async def of(self, visit: Visit, code: str) -> Plan:
        """The plan of an application.

        Raises:
            NoSuchApplication: gone, or somebody else's.
        """
        return self._plan(visit, await self._find(visit, code))

    async def tick(self, visit: Visit, code: str, deadline: str, *, done: bool) -> Plan:
        """Say that what a deadline asks for is done, or that it is not. Saying it twice leaves no trace.

        Raises:
            NoSuchApplication: gone, or somebody else's.
            NoSuchItem: the plan has no such deadline (any more).
        """
        stored = await self._find(visit, code)
        plan = self._plan(visit, stored)
        if all(entry.item.id != deadline for entry in plan.timeline.entries):
            raise NoSuchItem
        if done is (deadline in plan.ticked):
            return plan
        before = ItemStatus(stored.ticks.get((DEADLINES, deadline), ItemStatus.TODO))
        after = ItemStatus.HAVE if done else ItemStatus.TODO
        move = Move(DEADLINES, deadline, before.value, after.value, actor_id=visit.person.id, at=visit.now)

        async def write(connection: AsyncConnection) -> None:
            await self._applications.move(connection, visit.person.id, code, move)

        visit.writes[f"deadline {code} {deadline}"] = write
        return self._plan(visit, replace(stored, ticks={**stored.ticks, (DEADLINES, deadline): after.value}))

    async def _find(self, visit: Visit, code: str) -> StoredApplication:
        stored = await self._applications.find(visit.person.id, code)
        if stored is None:
            raise NoSuchApplication
        return stored

    def _plan(self, visit: Visit, stored: StoredApplication) -> Plan:
        facts = self._interview.facts_of(visit, stored.answers)
        assessment = self._interview.assess_answers(visit, stored.answers)
        return plan_of(self._knowledge, visit, facts, assessment, stored)
