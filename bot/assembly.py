"""The services, made once, and the names under which handlers get them."""

from __future__ import annotations

from aiogram import Dispatcher

from bot.clock import Clock
from bot.config import Settings
from bot.db.applications import ApplicationRepository
from bot.db.audit import AuditRepository
from bot.db.engine import Database
from bot.db.inbox import InboxRepository
from bot.db.review import ReviewRepository
from bot.db.review_decisions import DecisionRepository
from bot.db.staff import StaffRepository
from bot.db.staff_invites import StaffInviteRepository
from bot.db.submissions import SubmissionRepository, WaitingFiles
from bot.i18n import load_translators
from bot.services.applications import ApplicationService
from bot.services.engine import Engine
from bot.services.interview import InterviewService
from bot.services.library import Library
from bot.services.outbox import Outbox
from bot.services.people import PeopleService
from bot.services.plans import PlanService
from bot.services.privacy import PrivacyService
from bot.services.review import ReviewService
from bot.services.review_decisions import DecisionService
from bot.services.staff_invites import InviteService
from bot.services.staff_log import LogService
from bot.services.staff_team import TeamService
from bot.services.submissions import SubmissionService
from bot.services.uploads import UploadService
from bot.services.waiting_room import WaitingRoom
from knowledge import Knowledge


def assemble(settings: Settings, clock: Clock, database: Database, knowledge: Knowledge) -> Dispatcher:
    """The dispatcher with everything that a handler may take as a parameter."""
    kept, staff = ApplicationRepository(database), StaffRepository(database)
    interview = InterviewService(knowledge, kept)
    applications = ApplicationService(knowledge, kept, interview)
    submissions = SubmissionService(applications, SubmissionRepository(database))
    engine, decided = Engine(knowledge), DecisionRepository(database)
    review = ReviewService(knowledge, engine, ReviewRepository(database), decided)
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
        review=review,
        decisions=DecisionService(review, engine, decided),
        team=TeamService(staff, settings.staff_ids),
        invites=InviteService(StaffInviteRepository(database), staff),
        log=LogService(AuditRepository(database), staff),
        library=Library(knowledge),
        knowledge=knowledge,
        translators=load_translators(),
        clock=clock,
        settings=settings,
    )
