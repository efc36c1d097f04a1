"""/documents, /visa and /deadlines: answered at once from what is known; asked is only what they need."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.services.interview.prefill import staff_roles
from handlers.applications.callbacks import AskOn, Situation, Timeline
from handlers.callbacks import Check
from handlers.groups import said_here
from handlers.interview.flow import ON_THE_WAY, Way
from handlers.replies import show
from handlers.screens.interview.lists import OF_STAFF, SITUATIONS, goal_screen, situations_screen
from knowledge import Assessment
from knowledge.interview import Goal


async def open_list(event: Message | CallbackQuery, goal: Goal, *, way: Way, said: str = "") -> None:
    """Answer with the list as far as it is known; where not even the kind of mobility is known, begin to ask."""
    step = way.begin(goal)
    facts = way.interview.facts(way.visit)
    if goal is Goal.IMMIGRATION and "home" not in facts and "host" not in facts:
        way.visit.memory.expects = None
        await show(event, way.visit, situations_screen(way.t, said=said))
    elif _says_something(way.assessment, goal):
        await way.conclude(event, step, said=said)
    else:
        await way.proceed(event, step, said=said)


def _says_something(assessment: Assessment, goal: Goal) -> bool:
    """Whether the list is worth showing before more is asked: deadlines without any date are not."""
    if goal is Goal.DEADLINES:
        return any(item.date is not None for item in assessment["deadlines"])
    return assessment.mobility_type is not None


async def documents(message: Message, *, way: Way) -> None:
    """/documents"""
    await open_list(message, Goal.DOCUMENTS, way=way)


async def visa(message: Message, *, way: Way) -> None:
    """/visa"""
    await open_list(message, Goal.IMMIGRATION, way=way)


async def deadlines(message: Message, *, way: Way) -> None:
    """/deadlines"""
    await open_list(message, Goal.DEADLINES, way=way)


async def list_pressed(query: CallbackQuery, callback_data: Check, *, way: Way) -> None:
    """A button that leads to one list."""
    await open_list(query, callback_data.goal, way=way)


async def situation_pressed(query: CallbackQuery, callback_data: Situation, *, way: Way) -> None:
    """Who goes where, for the visa rule: what follows is known, the rest is asked."""
    fitting = {"role": staff_roles(way.knowledge)} if callback_data.key in OF_STAFF else None
    step = way.begin(Goal.IMMIGRATION, SITUATIONS.get(callback_data.key), fitting)
    await way.proceed(query, step)


async def ask_on(query: CallbackQuery, callback_data: AskOn, *, way: Way) -> None:
    """Answer what is still open for a list, follow-ups included."""
    step = way.begin(callback_data.goal)
    way.follow(True)
    await way.proceed(query, step)


async def timeline_page(query: CallbackQuery, callback_data: Timeline, *, way: Way) -> None:
    """Another page of the deadlines."""
    step = way.begin(Goal.DEADLINES)
    screen = goal_screen(
        way.t,
        way.knowledge,
        way.assessment,
        step,
        plan=await way.interview.plan(way.visit),
        application=way.visit.person.application,
        page=callback_data.page,
    )
    await show(query, way.visit, screen)


def build_router() -> Router:
    """Handlers of the lists."""
    router = Router(name=__name__)
    router.message.register(documents, Command("documents"), ON_THE_WAY)
    router.message.register(visa, Command("visa"), ON_THE_WAY)
    router.message.register(deadlines, Command("deadlines"), ON_THE_WAY)
    router.callback_query.register(list_pressed, Check.filter(F.goal != Goal.ALL), ON_THE_WAY)
    router.callback_query.register(situation_pressed, Situation.filter(), ON_THE_WAY)
    router.callback_query.register(ask_on, AskOn.filter(), ON_THE_WAY)
    router.callback_query.register(timeline_page, Timeline.filter(), ON_THE_WAY)
    return said_here(router)
