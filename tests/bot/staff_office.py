"""The office with its staff: the services of /staff, /stats and the export on a real database."""

from __future__ import annotations

from bot.db.audit import AuditLine, AuditRepository, of_person
from bot.db.engine import Database
from bot.db.exports import ExportRepository
from bot.db.questions import QuestionRepository
from bot.db.staff import BY_SETTING, StaffRepository
from bot.db.staff_invites import StaffInviteRepository
from bot.db.stats import StatsRepository
from bot.services.staff.export import ExportService
from bot.services.staff.invites import InviteService
from bot.services.staff.log import LogService
from bot.services.staff.staff import Role
from bot.services.staff.stats import StatsService
from bot.services.staff.team import TeamService
from knowledge import Knowledge
from tests.bot.people import Office
from tests.support.clock import TestClock

BOSS, DEWI, RINA = 5_000_000_001, 5_000_000_002, 5_000_000_003


class StaffOffice(Office):
    """An office whose first administrator is BOSS, by STAFF_IDS or not."""

    def __init__(
        self, database: Database, knowledge: Knowledge, clock: TestClock, *, named: frozenset[int] = frozenset()
    ) -> None:
        super().__init__(database, knowledge, clock)
        self.staff = StaffRepository(database)
        self.links = StaffInviteRepository(database)
        self.team = TeamService(self.staff, named)
        self.invites = InviteService(self.links, self.staff)
        self.log = LogService(AuditRepository(database), self.staff)
        self.stats = StatsService(StatsRepository(database), QuestionRepository(database))
        self.export = ExportService(knowledge, ExportRepository(database), self.interview)

    async def with_boss(self) -> StaffOffice:
        """BOSS is an administrator."""
        await self.staff.ensure_administrators([BOSS], self.clock.now())
        return self

    async def hire(self, person_id: int, role: Role = Role.REVIEWER, *, by: int = BOSS) -> None:
        """BOSS gives somebody a role."""
        visit = await self.visit(by)
        await self.team.add(visit, person_id, f"Person {person_id}", role)
        await self.visits.end(visit)

    async def roles(self) -> dict[int, str]:
        """Who has which role, as it is in the database."""
        return {one.person_id: one.role for one in await self.staff.members()}

    async def lines(self) -> list[AuditLine]:
        """The audit log, from the second line on: the first says where BOSS comes from."""
        first, *lines = await AuditRepository(self.database).page(after=0, most=1000)
        assert (first.action, first.actor_id, first.subject) == (BY_SETTING, None, of_person(BOSS))
        return lines
