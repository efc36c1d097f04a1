"""The services, made once, and the names under which handlers get them."""

from __future__ import annotations

from aiogram import Dispatcher

from bot.clock import Clock
from bot.config import Settings
from bot.db.announcement_after import SentRepository
from bot.db.announcements import AnnouncementRepository
from bot.db.applications import ApplicationRepository
from bot.db.audiences import AudienceRepository
from bot.db.audit import AuditRepository
from bot.db.calendars import CalendarRepository
from bot.db.engine import Database
from bot.db.exports import ExportRepository
from bot.db.inbox import InboxRepository
from bot.db.ledger import LedgerRepository
from bot.db.ledger_report import LedgerReports
from bot.db.pipeline import PipelineRepository
from bot.db.questions import QuestionRepository
from bot.db.reminders import ReminderRepository
from bot.db.review import ReviewRepository
from bot.db.review_decisions import DecisionRepository
from bot.db.selections import SelectionRepository
from bot.db.staff import StaffRepository
from bot.db.staff_invites import StaffInviteRepository
from bot.db.stats import StatsRepository
from bot.db.submissions import SubmissionRepository, WaitingFiles
from bot.i18n import load_translators
from bot.services.announcements.after import AfterService
from bot.services.announcements.announcements import AnnouncementService
from bot.services.announcements.audience_lists import AudienceLists
from bot.services.announcements.audience_sweep import AudienceSweep
from bot.services.announcements.selections import SelectionService
from bot.services.announcements.values import AnnouncementValues
from bot.services.applications.applications import ApplicationService
from bot.services.deadlines.calendar_file import CalendarService
from bot.services.deadlines.plans import PlanService
from bot.services.deadlines.snoozing import SnoozeService
from bot.services.engine import Engine
from bot.services.interview.interview import InterviewService
from bot.services.library import Library
from bot.services.outbox import Outbox
from bot.services.people.people import PeopleService
from bot.services.people.privacy import PrivacyService
from bot.services.questions.inbox import QuestionInbox
from bot.services.questions.questions import QuestionService
from bot.services.questions.search import QuestionSearch
from bot.services.review.decisions import DecisionService
from bot.services.review.pipeline import PipelineService
from bot.services.review.review import ReviewService
from bot.services.staff.colleagues import Colleagues
from bot.services.staff.export import ExportService
from bot.services.staff.invites import InviteService
from bot.services.staff.log import LogService
from bot.services.staff.stats import StatsService
from bot.services.staff.team import TeamService
from bot.services.uploads.submissions import SubmissionService
from bot.services.uploads.uploads import UploadService
from bot.services.uploads.waiting_room import WaitingRoom
from knowledge import Knowledge


def assemble(settings: Settings, clock: Clock, database: Database, knowledge: Knowledge) -> Dispatcher:
    """The dispatcher with everything that a handler may take as a parameter."""
    kept = ApplicationRepository(database)
    staff, audit = StaffRepository(database), AuditRepository(database)
    interview = InterviewService(knowledge, kept)
    selected = SelectionRepository(database)
    applications = ApplicationService(knowledge, kept, interview, selected)
    submissions = SubmissionService(applications, SubmissionRepository(database))
    engine, decided = Engine(knowledge), DecisionRepository(database)
    review = ReviewService(knowledge, engine, ReviewRepository(database), decided)
    waiting = WaitingFiles(database)
    search, asked, outbox = QuestionSearch(knowledge), QuestionRepository(database), Outbox()
    reminders = ReminderRepository(database)
    pipeline, audiences = PipelineRepository(database), AudienceRepository(database)
    sweep = AudienceSweep(lambda: engine, pipeline)
    return Dispatcher(
        disable_fsm=True,
        interview=interview,
        applications=applications,
        submissions=submissions,
        uploads=UploadService(applications, submissions, WaitingRoom(waiting)),
        outbox=outbox,
        people=PeopleService(),
        calendars=CalendarService(CalendarRepository(database)),
        plans=PlanService(knowledge, kept, interview),
        snoozing=SnoozeService(reminders, kept, interview),
        privacy=PrivacyService(
            kept,
            InboxRepository(database),
            asked,
            LedgerRepository(database),
            waiting,
            log=audit,
            reminders=reminders,
            selections=selected,
        ),
        review=review,
        pipeline=PipelineService(engine, pipeline, kept, outbox),
        decisions=DecisionService(review, engine, decided),
        announcements=AnnouncementService(
            AnnouncementRepository(database),
            audiences,
            sweep,
            AnnouncementValues(lambda: engine),
            approval=settings.announce_approval,
        ),
        after=AfterService(AnnouncementRepository(database), SentRepository(database), LedgerReports(database)),
        lists=AudienceLists(audiences),
        colleagues=Colleagues(staff),
        search=search,
        selections=SelectionService(selected, audiences, AnnouncementRepository(database)),
        team=TeamService(staff, settings.staff_ids),
        invites=InviteService(StaffInviteRepository(database), staff),
        log=LogService(audit, staff),
        stats=StatsService(StatsRepository(database), QuestionRepository(database)),
        export=ExportService(knowledge, ExportRepository(database), interview),
        library=Library(knowledge),
        questions=QuestionService(search, asked),
        question_inbox=QuestionInbox(search, asked, outbox),
        knowledge=knowledge,
        translators=load_translators(),
        clock=clock,
        settings=settings,
    )
