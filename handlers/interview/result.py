"""The result and its lists."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from handlers.callbacks import More, Result, Section, Sources
from handlers.groups import said_here
from handlers.interview.flow import ON_THE_WAY, Way
from handlers.replies import show
from handlers.screens.deadlines.deadlines import result_timeline_screen
from handlers.screens.interview.lists import goal_screen
from handlers.screens.interview.result import before_result_line, more_screen
from handlers.screens.interview.sections import section_screen, sources_screen
from knowledge.interview import Goal


async def result(query: CallbackQuery, callback_data: Result, *, way: Way) -> None:
    """The result, or the question that is still in its way."""
    step = way.begin(Goal.ALL)
    if step.phase == "core":
        await way.proceed(query, step)
        return
    await way.conclude(query, step, page=callback_data.page)


async def result_asked(message: Message, *, way: Way) -> None:
    """The result, asked for in words."""
    step = way.begin(Goal.ALL)
    if step.phase == "core":
        said = before_result_line(way.t)
        await way.proceed(message, step, said=said)
        return
    await way.conclude(message, step)


async def more(query: CallbackQuery, *, way: Way) -> None:
    """What the result has no room for."""
    await show(query, way.visit, more_screen(way.t, way.knowledge, way.assessment))


async def section(query: CallbackQuery, callback_data: Section, *, way: Way) -> None:
    """A page of a list; of the list that alone was wanted, with its own ways on."""
    assessment, goal = way.assessment, way.visit.person.goal
    name, page = callback_data.name, callback_data.page
    if goal is not Goal.ALL and goal.lists == (name,):
        step, open_one = way.step, way.visit.person.application
        plan = await way.interview.plan(way.visit) if name == "deadlines" else None
        screen = goal_screen(way.t, way.knowledge, assessment, step, plan=plan, application=open_one, page=page)
    elif name == "deadlines" and assessment[name]:
        screen = result_timeline_screen(way.t, way.knowledge, await way.interview.plan(way.visit), number=page)
    else:
        screen = section_screen(way.t, way.knowledge, assessment, name, number=page)
    await show(query, way.visit, screen)


async def sources(query: CallbackQuery, callback_data: Sources, *, way: Way) -> None:
    """The clauses behind a page of a list."""
    screen = sources_screen(
        way.t,
        way.knowledge,
        way.assessment,
        callback_data.name,
        number=callback_data.page,
        at=callback_data.at,
        result=way.visit.person.goal is Goal.ALL,
    )
    await show(query, way.visit, screen)


def build_router() -> Router:
    """Handlers of the result."""
    router = Router(name=__name__)
    router.callback_query.register(result, Result.filter(), ON_THE_WAY)
    router.callback_query.register(more, More.filter(), ON_THE_WAY)
    router.callback_query.register(section, Section.filter(), ON_THE_WAY)
    router.callback_query.register(sources, Sources.filter(), ON_THE_WAY)
    return said_here(router)
