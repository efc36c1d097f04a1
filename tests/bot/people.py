"""People whose updates come one after the other, with the real services on a real database."""

from __future__ import annotations

from bot.db.applications import ApplicationRepository
from bot.db.audit import AuditRepository
from bot.db.engine import Database
from bot.db.inbox import Arrival, InboxRepository
from bot.db.ledger import LedgerRepository
from bot.db.people import PeopleRepository
from bot.db.questions import QuestionRepository
from bot.db.reminders import ReminderRepository
from bot.db.selections import SelectionRepository
from bot.db.submissions import SubmissionRepository, WaitingFiles
from bot.services.applications.applications import ApplicationService
from bot.services.deadlines.snoozing import SnoozeService
from bot.services.interview.interview import InterviewService
from bot.services.people.people import PeopleService
from bot.services.people.privacy import PrivacyService
from bot.services.uploads.submissions import SubmissionService
from bot.services.uploads.uploads import UploadService
from bot.services.uploads.waiting_room import WaitingRoom
from bot.services.visit import Visit
from bot.services.visits import VisitStore
from knowledge import Knowledge
from tests.support.clock import TestClock

ANI, BUDI = 7_000_000_011, 2**52

STUDENT_ABROAD = {
    "role": "student",
    "home": "unnes",
    "host": "abroad",
    "programme": "credit_transfer",
    "level": "s1",
    "active_student": True,
    "semester": 5,
    "gpa": 3.4,
    "ielts": 5.5,
}


class Office:
    """All services of a bot."""

    def __init__(self, database: Database, knowledge: Knowledge, clock: TestClock, *, updates: int = 0) -> None:
        self.database = database
        self.clock = clock
        self.inbox = InboxRepository(database)
        self.kept = ApplicationRepository(database)
        self.stored = PeopleRepository(database)
        self.visits = VisitStore(database, self.stored, self.inbox, clock=clock, timezone="Asia/Jakarta")
        self.interview = InterviewService(knowledge, self.kept)
        selections = SelectionRepository(database)
        self.applications = ApplicationService(knowledge, self.kept, self.interview, selections)
        self.people = PeopleService()
        waiting, audit = WaitingFiles(database), AuditRepository(database)
        self.reminders = ReminderRepository(database)
        self.privacy = PrivacyService(
            self.kept,
            self.inbox,
            QuestionRepository(database),
            LedgerRepository(database),
            waiting,
            log=audit,
            reminders=self.reminders,
            selections=selections,
        )
        self.snoozing = SnoozeService(self.reminders, self.kept, self.interview)
        self.submissions = SubmissionService(self.applications, SubmissionRepository(database))
        self.uploads = UploadService(self.applications, self.submissions, WaitingRoom(waiting))
        self.updates = updates
        """How many updates there were."""

    async def visit(self, person_id: int = ANI, *, phone: str | None = "en") -> Visit:
        """The visit of the person's next update."""
        self.updates += 1
        await self.inbox.add([Arrival(self.updates, person_id, '{"text": "hello"}', self.clock.now())])
        waiting = await self.inbox.next(person_id)
        assert waiting is not None
        return await self.visits.begin(waiting, phone)

    async def tell(self, facts: dict[str, object], person_id: int = ANI) -> None:
        """A visit in which the person answers all this."""
        visit = await self.visit(person_id)
        for fact, value in facts.items():
            self.interview.answer(visit, fact, value)
        await self.visits.end(visit)
