"""Where a conversation goes after a step: to the next question, to the result, or to the list that was wanted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.errors import NoSuchFact
from bot.i18n import Translator
from bot.services.interview.interview import InterviewService
from bot.services.interview.prefill import Fitting
from bot.services.interview.steps import Step
from bot.services.visit import Expects, Visit
from handlers.replies import show
from handlers.screens.applications.keeping import keep_rows
from handlers.screens.interview.changed import changed_text, tells_all
from handlers.screens.interview.dates import wrong_order_text
from handlers.screens.interview.lists import goal_screen
from handlers.screens.interview.question import question_screen, set_aside
from handlers.screens.interview.result import result_screen
from handlers.screens.screen import paragraphs
from knowledge import Assessment, Knowledge
from knowledge.answers import InvalidAnswer
from knowledge.interview import Goal
from knowledge.interview.questions import Question
from knowledge.profile import Profile
from knowledge.vocabulary import FactValue

FOLLOWING: Final = "following"
"""Key of `memory.extra`: the person wants the follow-up questions."""


@dataclass(frozen=True)
class Way:
    """Somebody's way through the questions: everything that going on takes."""

    visit: Visit
    t: Translator
    knowledge: Knowledge
    interview: InterviewService

    @property
    def step(self) -> Step:
        """Where the person stands."""
        return self.interview.step(self.visit)

    @property
    def assessment(self) -> Assessment:
        """What follows from what is known."""
        return self.interview.assessment(self.visit)

    def begin(self, goal: Goal, facts: Mapping[str, FactValue] | None = None, fitting: Fitting | None = None) -> Step:
        """Begin or go on towards a goal. Deadlines are counted from dates, so there the follow-ups are asked at once.
        `facts` and `fitting` are what a link or a situation says."""
        self.follow(goal is Goal.DEADLINES)
        return self.interview.start(self.visit, goal, facts, fitting)

    def follow(self, wanted: bool) -> None:
        """Whether the follow-up questions are asked."""
        self.visit.memory.extra.pop(FOLLOWING, None)
        if wanted:
            self.visit.memory.extra[FOLLOWING] = True

    def question_about(self, fact: str) -> Question:
        """The question about a fact as it is, or would be, asked.

        Raises:
            NoSuchFact: the knowledge has no such fact (any more).
        """
        visit, knowledge = self.visit, self.knowledge
        if fact not in knowledge.facts:
            raise NoSuchFact
        question = self.step.question
        if question is not None and question.key == fact:
            return question
        known = {key: value for key, value in self.interview.facts(visit).items() if key != fact}
        return Question.about(knowledge.facts[fact], knowledge.rules(visit.today), Profile(knowledge, known))

    async def proceed(
        self,
        event: Message | CallbackQuery,
        step: Step,
        *,
        said: str = "",
        refusal: InvalidAnswer | None = None,
    ) -> None:
        """Show what comes after `step`. `said` is HTML to tell first; `refusal` is about the answer just given."""
        visit = self.visit
        if step.question is None or not _is_wanted(visit, step):
            await self.conclude(event, step, said=said)
            return
        visit.memory.expects = Expects("fact", step.question.key)
        is_start = not visit.person.language_chosen and (visit.is_new or step.answered == 0)
        shown = question_screen(self.t, self.knowledge, step, said=said, refusal=refusal, offer_language=is_start)
        await show(event, visit, shown)

    async def conclude(self, event: Message | CallbackQuery, step: Step, *, said: str = "", page: int = 0) -> None:
        """Show the result, or the list that was wanted, with what has changed since it was shown before."""
        visit, t, knowledge, interview = self.visit, self.t, self.knowledge, self.interview
        visit.memory.expects = None
        self.follow(False)
        assessment = self.assessment
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
            wrong_order_text(t, knowledge, interview.wrong_order(visit)),
            changed_text(t, knowledge, changes, covered=assessment.outside_scope is None) if changes else "",
        )
        plan = await interview.plan(visit) if step.goal in (Goal.ALL, Goal.DEADLINES) else None
        screen = (
            goal_screen(
                t,
                knowledge,
                assessment,
                step,
                plan=plan,
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
                replan=plan.timeline.replan if plan else None,
            )
        )
        await show(event, visit, screen)


def _is_wanted(visit: Visit, step: Step) -> bool:
    return step.phase == "core" or visit.memory.asking is not None or FOLLOWING in visit.memory.extra


class OnTheWay(Filter):
    """Hands on the way, as `way`."""

    async def __call__(
        self, _event: TelegramObject, visit: Visit, t: Translator, knowledge: Knowledge, interview: InterviewService
    ) -> dict[str, Way]:
        """Everybody has one."""
        return {"way": Way(visit, t, knowledge, interview)}


ON_THE_WAY: Final = OnTheWay()
