"""The deadlines of an application: see them, and tick what is done."""

from __future__ import annotations

from typing import Final

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.i18n import Translator
from bot.services.applications.applications import ApplicationService
from bot.services.deadlines.plans import PlanService
from bot.services.visit import Visit
from handlers.applications.showing import has_draft
from handlers.deadlines.callbacks import Deadlines, MoveDates, Tick
from handlers.interview.flow import ON_THE_WAY, Way
from handlers.replies import show
from handlers.screens.deadlines.deadlines import application_timeline_screen, moved_text, ticked_text
from knowledge import Knowledge
from knowledge.interview import Goal


async def open_deadlines(
    query: CallbackQuery, callback_data: Deadlines, *, way: Way, applications: ApplicationService, plans: PlanService
) -> None:
    """The deadlines of an application. It becomes the open one, unless answers that are kept nowhere would be lost."""
    visit = way.visit
    visit.memory.expects = None
    if not has_draft(visit):
        await applications.open(visit, callback_data.code)
        way.begin(Goal.DEADLINES)
    plan = await plans.of(visit, callback_data.code)
    await show(query, visit, application_timeline_screen(way.t, way.knowledge, plan, number=callback_data.page))


async def tick(
    query: CallbackQuery, callback_data: Tick, *, visit: Visit, t: Translator, plans: PlanService, knowledge: Knowledge
) -> None:
    """What a deadline asks for is done, or not."""
    visit.memory.expects = None
    plan = await plans.tick(visit, callback_data.code, callback_data.deadline, done=callback_data.done)
    await query.answer(ticked_text(t, done=callback_data.done))
    await show(query, visit, application_timeline_screen(t, knowledge, plan, number=0))


async def move_dates(query: CallbackQuery, callback_data: MoveDates, *, way: Way) -> None:
    """All dates of the current answers are moved, so that the plan is possible again."""
    way.begin(Goal.DEADLINES)
    day = callback_data.wanted
    days = way.interview.move_dates(way.visit, callback_data.fact, day) if day is not None else 0
    said = moved_text(way.t, days) if days else ""
    await way.conclude(query, way.step, said=said)


BUTTONS: Final = (Deadlines, Tick, MoveDates)


def build_router() -> Router:
    """Handlers of deadlines, within those of applications."""
    router = Router(name=__name__)
    router.callback_query.register(open_deadlines, Deadlines.filter(), ON_THE_WAY)
    router.callback_query.register(tick, Tick.filter())
    router.callback_query.register(move_dates, MoveDates.filter(), ON_THE_WAY)
    return router
