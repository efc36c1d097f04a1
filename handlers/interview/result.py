"""The result and its lists."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.i18n import Translator
from bot.services.interview.interview import InterviewService
from bot.services.visit import Visit
from handlers.callbacks import More, Result, Section, Sources
from handlers.groups import said_here
from handlers.interview.flow import begin, conclude, proceed
from handlers.replies import show
from handlers.screens.deadlines.deadlines import result_timeline_screen
from handlers.screens.interview.lists import goal_screen
from handlers.screens.interview.result import before_result_line, more_screen
from handlers.screens.interview.sections import section_screen, sources_screen
from knowledge import Knowledge
from knowledge.interview import Goal


async def result(
    query: CallbackQuery,
    callback_data: Result,
    *,
    visit: Visit,
    t: Translator,
    interview: InterviewService,
    knowledge: Knowledge,
) -> None:
    """The result, or the question that is still in its way."""
    step = begin(visit, interview, Goal.ALL)
    if step.phase == "core":
        await proceed(query, step, visit=visit, t=t, interview=interview, knowledge=knowledge)
        return
    await conclude(query, step, visit=visit, t=t, interview=interview, knowledge=knowledge, page=callback_data.page)


async def result_asked(
    message: Message, *, visit: Visit, t: Translator, interview: InterviewService, knowledge: Knowledge
) -> None:
    """The result, asked for in words."""
    step = begin(visit, interview, Goal.ALL)
    if step.phase == "core":
        said = before_result_line(t)
        await proceed(message, step, visit=visit, t=t, interview=interview, knowledge=knowledge, said=said)
        return
    await conclude(message, step, visit=visit, t=t, interview=interview, knowledge=knowledge)


async def more(
    query: CallbackQuery,
    *,
    visit: Visit,
    t: Translator,
    interview: InterviewService,
    knowledge: Knowledge,
) -> None:
    """What the result has no room for."""
    await show(query, visit, more_screen(t, knowledge, interview.assessment(visit)))


async def section(
    query: CallbackQuery,
    callback_data: Section,
    *,
    visit: Visit,
    t: Translator,
    interview: InterviewService,
    knowledge: Knowledge,
) -> None:
    """A page of a list; of the list that alone was wanted, with its own ways on."""
    assessment, goal = interview.assessment(visit), visit.person.goal
    name, page = callback_data.name, callback_data.page
    if goal is not Goal.ALL and goal.lists == (name,):
        step, open_one = interview.step(visit), visit.person.application
        plan = await interview.plan(visit) if name == "deadlines" else None
        screen = goal_screen(t, knowledge, assessment, step, plan=plan, application=open_one, page=page)
    elif name == "deadlines" and assessment[name]:
        screen = result_timeline_screen(t, knowledge, await interview.plan(visit), number=page)
    else:
        screen = section_screen(t, knowledge, assessment, name, number=page)
    await show(query, visit, screen)


async def sources(
    query: CallbackQuery,
    callback_data: Sources,
    *,
    visit: Visit,
    t: Translator,
    interview: InterviewService,
    knowledge: Knowledge,
) -> None:
    """The clauses behind a page of a list."""
    screen = sources_screen(
        t,
        knowledge,
        interview.assessment(visit),
        callback_data.name,
        number=callback_data.page,
        at=callback_data.at,
        result=visit.person.goal is Goal.ALL,
    )
    await show(query, visit, screen)


def build_router() -> Router:
    """Handlers of the result."""
    router = Router(name=__name__)
    router.callback_query.register(result, Result.filter())
    router.callback_query.register(more, More.filter())
    router.callback_query.register(section, Section.filter())
    router.callback_query.register(sources, Sources.filter())
    return said_here(router)
