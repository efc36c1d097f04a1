"""The services, made once, and the names under which handlers get them."""

from __future__ import annotations

from aiogram import Dispatcher

from bot.clock import Clock
from bot.config import Settings
from bot.db.applications import ApplicationRepository
from bot.db.engine import Database
from bot.db.inbox import InboxRepository
from bot.db.submissions import SubmissionRepository, WaitingFiles
from bot.i18n import load_translators
from bot.services.applications import ApplicationService
from bot.services.interview import InterviewService
from bot.services.library import Library
from bot.services.outbox import Outbox
from bot.services.people import PeopleService
from bot.services.plans import PlanService
from bot.services.privacy import PrivacyService
from bot.services.submissions import SubmissionService
from bot.services.uploads import UploadService
from bot.services.waiting_room import WaitingRoom
from knowledge import Knowledge


def assemble(settings: Settings, clock: Clock, database: Database, knowledge: Knowledge) -> Dispatcher:
    """The dispatcher with everything that a handler may take as a parameter."""
    kept = ApplicationRepository(database)
    interview = InterviewService(knowledge, kept)
    applications = ApplicationService(knowledge, kept, interview)
    submissions = SubmissionService(applications, SubmissionRepository(database))
    return Dispatcher(
        disable_fsm=True,
        interview=interview,
        applications=applications,
        submissions=submissions,
        uploads=UploadService(applications, submissions, WaitingRoom(WaitingFiles(database))),
        outbox=Outbox(),
        people=PeopleService(),
        plans=PlanService(knowledge, kept, interview),
        privacy=PrivacyService(kept, InboxRepository(database)),
        library=Library(knowledge),
        knowledge=knowledge,
        translators=load_translators(),
        clock=clock,
        settings=settings,
    )
