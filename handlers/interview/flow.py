"""Where a conversation goes after a step: to the next question, to the result, or to the list that was wanted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from aiogram.types import CallbackQuery, Message

from bot.errors import NoSuchFact
from bot.i18n import Translator
from bot.services.interview.interview import InterviewService
from bot.services.interview.prefill import Fitting
from bot.services.interview.steps import Step
from bot.services.visit import Expects, Visit
from handlers.replies import show
from handlers.screens.applications.keeping import keep_rows
from handlers.screens.interview.changed import changed_text, tells_all
from handlers.screens.interview.lists import goal_screen
from handlers.screens.interview.question import question_screen, set_aside
from handlers.screens.interview.result import result_screen
from handlers.screens.screen import paragraphs
from knowledge import Knowledge
from knowledge.answers import InvalidAnswer
from knowledge.interview import Goal
from knowledge.interview.questions import Question
from knowledge.profile import Profile
from knowledge.vocabulary import FactValue

FOLLOWING: Final = "following"
"""Key of `memory.extra`: the person wants the follow-up questions."""


def begin(
    visit: Visit,
    interview: InterviewService,
    goal: Goal,
    facts: Mapping[str, FactValue] | None = None,
    fitting: Fitting | None = None,
) -> Step:
    """Begin or go on towards a goal. Deadlines are counted from dates, so there the follow-ups are asked at once.
    `facts` and `fitting` are what a link or a situation says."""
    follow(visit, goal is Goal.DEADLINES)
    return interview.start(visit, goal, facts, fitting)


def follow(visit: Visit, wanted: bool) -> None:
    """Whether the follow-up questions are asked."""
    visit.memory.extra.pop(FOLLOWING, None)
    if wanted:
        visit.memory.extra[FOLLOWING] = True


def question_about(fact: str, *, visit: Visit, interview: InterviewService, knowledge: Knowledge) -> Question:
    """The question about a fact as it is, or would be, asked.

    Raises:
        NoSuchFact: the knowledge has no such fact (any more).
    """
    if fact not in knowledge.facts:
        raise NoSuchFact
    question = interview.step(visit).question
    if question is not None and question.key == fact:
        return question
    known = {key: value for key, value in interview.facts(visit).items() if key != fact}
    return Question.about(knowledge.facts[fact], knowledge.rules(visit.today), Profile(knowledge, known))


async def proceed(
    event: Message | CallbackQuery,
    step: Step,
    *,
    visit: Visit,
    t: Translator,
    interview: InterviewService,
    knowledge: Knowledge,
    said: str = "",
    refusal: InvalidAnswer | None = None,
) -> None:
    """Show what comes after `step`. `said` is HTML to tell first; `refusal` is about the answer just given."""
    if step.question is None or not _is_wanted(visit, step):
        await conclude(event, step, visit=visit, t=t, interview=interview, knowledge=knowledge, said=said)
        return
    visit.memory.expects = Expects("fact", step.question.key)
    is_start = not visit.person.language_chosen and (visit.is_new or step.answered == 0)
    await show(
        event,
        visit,
        question_screen(t, knowledge, step, said=said, refusal=refusal, offer_language=is_start),
    )


def _is_wanted(visit: Visit, step: Step) -> bool:
    return step.phase == "core" or visit.memory.asking is not None or FOLLOWING in visit.memory.extra


async def conclude(
    event: Message | CallbackQuery,
    step: Step,
    *,
    visit: Visit,
    t: Translator,
    interview: InterviewService,
    knowledge: Knowledge,
    said: str = "",
    page: int = 0,
) -> None:
    """Show the result, or the list that was wanted, with what has changed since it was shown before."""
    visit.memory.expects = None
    follow(visit, False)
    assessment = interview.assessment(visit)
    changes = interview.mark_shown(visit)
    if changes and tells_all(changes):
        interview.told(visit, changes)
    if changes and step.goal is not Goal.ALL:
        # The new dates stand in the list right below.
        shown = step.goal.lists
        changes = replace(changes, altered=tuple(pair for pair in changes.altered if pair[1].list not in shown))
    told = paragraphs(
        said,
        set_aside(t, knowledge, step.set_aside),
        changed_text(t, knowledge, changes, covered=assessment.outside_scope is None) if changes else "",
    )
    screen = (
        goal_screen(
            t,
            knowledge,
            assessment,
            step,
            plan=await interview.plan(visit) if step.goal is Goal.DEADLINES else None,
            application=visit.person.application,
            said=told,
        )
        if step.goal is not Goal.ALL and assessment.mobility_type and assessment.outside_scope is None
        else result_screen(
            t,
            knowledge,
            assessment,
            step,
            facts=interview.facts(visit),
            deciding=interview.deciding(visit),
            number=page,
            said=told,
            keep=keep_rows(t, assessment, visit.person.application),
        )
    )
    await show(event, visit, screen)
