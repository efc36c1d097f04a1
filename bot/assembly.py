"""The services, made once, and the names under which handlers get them."""

from __future__ import annotations

from aiogram import Dispatcher

from bot.clock import Clock
from bot.config import Settings
from bot.db.applications import ApplicationRepository
from bot.db.engine import Database
from bot.db.inbox import InboxRepository
from bot.i18n import load_translators
from bot.services.applications import ApplicationService
from bot.services.interview import InterviewService
from bot.services.library import Library
from bot.services.outbox import Outbox
from bot.services.people import PeopleService
from bot.services.privacy import PrivacyService
from knowledge import Knowledge


def assemble(settings: Settings, clock: Clock, database: Database, knowledge: Knowledge) -> Dispatcher:
    """The dispatcher with everything that a handler may take as a parameter."""
    kept = ApplicationRepository(database)
    interview = InterviewService(knowledge, kept)
    return Dispatcher(
        disable_fsm=True,
        interview=interview,
        applications=ApplicationService(knowledge, kept, interview),
        outbox=Outbox(),
        people=PeopleService(),
        privacy=PrivacyService(kept, InboxRepository(database)),
        library=Library(knowledge),
        knowledge=knowledge,
        translators=load_translators(),
        clock=clock,
        settings=settings,
    )
