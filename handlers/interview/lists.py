"""/documents, /visa and /deadlines: answered at once from what is known; asked is only what they need."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.i18n import Translator
from bot.services.interview.interview import InterviewService
from bot.services.interview.prefill import staff_roles
from bot.services.visit import Visit
from handlers.applications.callbacks import AskOn, Situation, Timeline
from handlers.callbacks import Check
from handlers.groups import said_here
from handlers.interview.flow import begin, conclude, follow, proceed
from handlers.replies import show
from handlers.screens.interview.lists import OF_STAFF, SITUATIONS, goal_screen, situations_screen
from knowledge import Knowledge
from knowledge.interview import Goal


async def open_list(
    event: Message | CallbackQuery,
    goal: Goal,
    *,
    visit: Visit,
    t: Translator,
    interview: InterviewService,
    knowledge: Knowledge,
    said: str = "",
) -> None:
    """Answer with the list as far as it is known; where not even the kind of mobility is known, begin to ask."""
    step = begin(visit, interview, goal)
    facts = interview.facts(visit)
    if goal is Goal.IMMIGRATION and "home" not in facts and "host" not in facts:
        visit.memory.expects = None
        await show(event, visit, situations_screen(t, said=said))
    elif _says_something(interview, visit, goal):
        await conclude(event, step, visit=visit, t=t, interview=interview, knowledge=knowledge, said=said)
    else:
        await proceed(event, step, visit=visit, t=t, interview=interview, knowledge=knowledge, said=said)


def _says_something(interview: InterviewService, visit: Visit, goal: Goal) -> bool:
    """Whether the list is worth showing before more is asked: deadlines without any date are not."""
    assessment = interview.assessment(visit)
    if goal is Goal.DEADLINES:
        return any(item.date is not None for item in assessment["deadlines"])
    return assessment.mobility_type is not None


async def documents(
    message: Message, *, visit: Visit, t: Translator, interview: InterviewService, knowledge: Knowledge
) -> None:
    """/documents"""
    await open_list(message, Goal.DOCUMENTS, visit=visit, t=t, interview=interview, knowledge=knowledge)


async def visa(
    message: Message, *, visit: Visit, t: Translator, interview: InterviewService, knowledge: Knowledge
) -> None:
    """/visa"""
    await open_list(message, Goal.IMMIGRATION, visit=visit, t=t, interview=interview, knowledge=knowledge)


async def deadlines(
    message: Message, *, visit: Visit, t: Translator, interview: InterviewService, knowledge: Knowledge
) -> None:
    """/deadlines"""
    await open_list(message, Goal.DEADLINES, visit=visit, t=t, interview=interview, knowledge=knowledge)


async def list_pressed(
    query: CallbackQuery,
    callback_data: Check,
    *,
    visit: Visit,
    t: Translator,
    interview: InterviewService,
    knowledge: Knowledge,
) -> None:
    """A button that leads to one list."""
    await open_list(query, callback_data.goal, visit=visit, t=t, interview=interview, knowledge=knowledge)


async def situation_pressed(
    query: CallbackQuery,
    callback_data: Situation,
    *,
    visit: Visit,
    t: Translator,
    interview: InterviewService,
    knowledge: Knowledge,
) -> None:
    """Who goes where, for the visa rule: what follows is known, the rest is asked."""
    fitting = {"role": staff_roles(knowledge)} if callback_data.key in OF_STAFF else None
    step = begin(visit, interview, Goal.IMMIGRATION, SITUATIONS.get(callback_data.key), fitting)
    await proceed(query, step, visit=visit, t=t, interview=interview, knowledge=knowledge)


async def ask_on(
    query: CallbackQuery,
    callback_data: AskOn,
    *,
    visit: Visit,
    t: Translator,
    interview: InterviewService,
    knowledge: Knowledge,
) -> None:
    """Answer what is still open for a list, follow-ups included."""
    step = begin(visit, interview, callback_data.goal)
    follow(visit, True)
    await proceed(query, step, visit=visit, t=t, interview=interview, knowledge=knowledge)


async def timeline_page(
    query: CallbackQuery,
    callback_data: Timeline,
    *,
    visit: Visit,
    t: Translator,
    interview: InterviewService,
    knowledge: Knowledge,
) -> None:
    """Another page of the deadlines."""
    step = begin(visit, interview, Goal.DEADLINES)
    screen = goal_screen(
        t,
        knowledge,
        interview.assessment(visit),
        step,
        plan=await interview.plan(visit),
        application=visit.person.application,
        page=callback_data.page,
    )
    await show(query, visit, screen)


def build_router() -> Router:
    """Handlers of the lists."""
    router = Router(name=__name__)
    router.message.register(documents, Command("documents"))
    router.message.register(visa, Command("visa"))
    router.message.register(deadlines, Command("deadlines"))
    router.callback_query.register(list_pressed, Check.filter(F.goal != Goal.ALL))
    router.callback_query.register(situation_pressed, Situation.filter())
    router.callback_query.register(ask_on, AskOn.filter())
    router.callback_query.register(timeline_page, Timeline.filter())
    return said_here(router)
