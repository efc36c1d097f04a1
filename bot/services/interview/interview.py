"""The interview of a person: answers are kept by fact, and where the person stands is computed from them.

Every step names the fact it is about, so a button works whenever it is pressed: it sets the answer to its own fact,
and pressing it twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.applications import ApplicationRepository
from bot.errors import NoSuchFact
from bot.services.applications.checklist import application_values
from bot.services.applications.news import retold
from bot.services.deadlines.timeline import Plan, plan_of
from bot.services.engine import Engine
from bot.services.interview.prefill import Fitting
from bot.services.interview.steps import MISSING, Answered, Step
from bot.services.visit import Answers, Json, Visit, Write
from knowledge import Assessment, FactSpec, InvalidFact, Knowledge
from knowledge.answers import parse_answer
from knowledge.date_order import WrongOrder, wrong_orders
from knowledge.explain import Changes, changes
from knowledge.interview import Goal, Position
from knowledge.interview.questions import Question
from knowledge.openness import Openness
from knowledge.profile import Profile
from knowledge.timeline import moved


class InterviewService:
    """Use cases of the interview. They change the visit and return where the person stands."""

    def __init__(self, knowledge: Knowledge, applications: ApplicationRepository) -> None:
        self._knowledge = knowledge
        self._engine = Engine(knowledge)
        self._applications = applications

    def start(
        self,
        visit: Visit,
        goal: Goal = Goal.ALL,
        prefill: Mapping[str, Json] | None = None,
        fitting: Fitting | None = None,
    ) -> Step:
        """Begin or go on, towards `goal`. `prefill` are facts that are known from elsewhere, such as a link; earlier
        answers that do not go with it, being none of the values `fitting`, are forgotten."""
        visit.person.goal = goal
        visit.memory.asking = None
        new = {fact: value for fact, value in (prefill or {}).items() if visit.person.answers.get(fact) != value}
        answers = visit.person.answers
        unfit = {fact for fact, values in (fitting or {}).items() if fact in answers and answers[fact] not in values}
        if new or unfit:
            # A link describes another plan; the application that is open stays as it was kept.
            visit.person.application = None
            visit.memory.shown = None
            visit.person.answers = {fact: value for fact, value in answers.items() if fact not in unfit}
            for fact, value in new.items():
                self._set(visit, fact, value)
        return self.step(visit)

    def step(self, visit: Visit) -> Step:
        """Where the person stands."""
        position = self._position(visit, visit.person.goal)
        asking = visit.memory.asking
        if asking not in self._knowledge.facts:
            asking = None
        answers = self._answers(visit)
        repeats = asking is not None and asking in answers
        question = position.question if asking is None else self._question(visit, asking, position)
        return Step(
            question=question,
            current=MISSING if asking is None else answers.get(asking, MISSING),
            is_repeat=repeats,
            can_go_back=question is not None and self._before(position, question.key) is not None,
            remaining=position.remaining + (1 if repeats else 0),
            answered=len(position.answered),
            phase=position.phase,
            goal=visit.person.goal,
            set_aside=(),
            position=position,
        )

    def answer(self, visit: Visit, fact: str, value: Json) -> Step:
        """Take the answer of a button.

        Raises:
            NoSuchFact: the knowledge has no such fact, or refuses the value (a button from before a change of it).
        """
        spec = self._spec(fact)
        if value is not None:
            try:
                value = spec.check(value)
            except InvalidFact:
                raise NoSuchFact from None
        before = self._position(visit, visit.person.goal).set_aside
        # An answer that is given a second time was looked at: it is not doubted again.
        is_new = visit.person.answers.get(fact) != value
        self._set(visit, fact, value)
        if visit.memory.asking == fact:
            visit.memory.asking = None
        step = self.step(visit)
        doubted = self.wrong_order(visit) if is_new and spec.kind == "date" else ()
        return replace(
            step,
            set_aside=tuple(one for one in step.position.set_aside if one not in before),
            wrong_order=tuple(one for one in doubted if fact in (one.fact, one.other)),
        )

    def answer_text(self, visit: Visit, fact: str, text: str) -> Step:
        """Take a typed answer.

        Raises:
            InvalidAnswer: not understood, or out of range; its `message` says kindly what is accepted.
            NoSuchFact: the knowledge has no such fact.
        """
        options = None
        question = self.step(visit).question
        if question is not None and question.key == fact:
            options = question.options or None
        value = parse_answer(self._spec(fact), text, today=visit.today, lang=visit.lang, options=options)
        return self.answer(visit, fact, value)

    def dont_know(self, visit: Visit, fact: str) -> Step:
        """Take "I don't know": the fact stays unknown and is not asked again."""
        return self.answer(visit, fact, None)

    def back(self, visit: Visit, from_fact: str) -> Step:
        """Ask the question before `from_fact` again. Its answer is kept until a new one is given."""
        previous = self._before(self._position(visit, visit.person.goal), from_fact)
        if previous is not None:
            visit.memory.asking = previous
        return self.step(visit)

    def change(self, visit: Visit, fact: str) -> Step:
        """Ask a fact now, again or before its turn; all other answers are kept.

        Raises:
            NoSuchFact: the knowledge has no such fact.
        """
        self._spec(fact)
        visit.memory.asking = fact
        return self.step(visit)

    def move_dates(self, visit: Visit, fact: str, day: date) -> int:
        """Move all dates of the plan together, so that `fact` falls on `day`; returns by how many days they moved."""
        facts = self.facts(visit)
        now = Profile(self._knowledge, facts).day(fact)
        days = (day - now).days if now is not None else 0
        for key, value in moved(facts, days).items():
            if value != facts[key]:
                self.answer(visit, key, value)
        return days

    def restart(self, visit: Visit) -> Step:
        """Forget the answers. An application that was open stays kept as it is."""
        visit.person.answers = {}
        visit.person.application = None
        visit.memory.asking = None
        visit.memory.shown = None
        return self.step(visit)

    def answered(self, visit: Visit) -> tuple[Answered, ...]:
        """The answers in the order in which they were used, then those that are set aside."""
        answers = self._answers(visit)
        position = self._position(visit, Goal.ALL)
        used = [fact for fact in position.answered if fact in answers]
        others = [fact for fact in answers if fact not in used]
        aside = set(position.set_aside)
        return tuple(
            Answered(fact, self._knowledge.facts[fact], answers[fact], in_force=fact not in aside)
            for fact in (*used, *sorted(others, key=lambda fact: fact in aside))
        )

    def facts(self, visit: Visit) -> Answers:
        """What is known of the person: the answers without those set aside and without "I don't know"."""
        return self._engine.facts(self._answers(visit), today=visit.today)

    def wrong_order(self, visit: Visit) -> tuple[WrongOrder, ...]:
        """The dates of the answers that stand the wrong way round."""
        return wrong_orders(self._knowledge, self.facts(visit))

    def assessment(self, visit: Visit) -> Assessment:
        """What the procedure says about the answers."""
        return self._engine.assessment(self.facts(visit), lang=visit.lang, today=visit.today)

    def assess_answers(self, visit: Visit, answers: Answers) -> Assessment:
        """What the procedure says about other answers, such as those of an application that is not open."""
        return self._engine.assessment(self.facts_of(visit, answers), lang=visit.lang, today=visit.today)

    def facts_of(self, visit: Visit, answers: Answers) -> Answers:
        """What other answers say."""
        return self._engine.facts(self._engine.accepted(answers), today=visit.today)

    async def plan(self, visit: Visit) -> Plan:
        """The dates of the answers, with what is ticked in the application that is open."""
        code = visit.person.application
        stored = await self._applications.find(visit.person.id, code) if code is not None else None
        return plan_of(self._knowledge, visit, self.facts(visit), self.assessment(visit), stored)

    def deciding(self, visit: Visit) -> tuple[str, ...]:
        """The unknown facts for which an undetermined verdict waits, in the order of the vocabulary."""
        assessment = self.assessment(visit)
        if assessment.verdict != "undetermined" or assessment.mobility_type is None:
            return ()
        rules = self._knowledge.rules(visit.today)
        openness = Openness(rules, Profile(self._knowledge, self.facts(visit)))
        found = openness.of_lists(rules.of_type(assessment.mobility_type), ("criteria",))
        return tuple(fact for fact in assessment.missing if fact in found)

    def mark_shown(self, visit: Visit) -> Changes | None:
        """Remember that the result is being shown. Returns what is different from the one shown before, if anything."""
        before, facts = visit.memory.shown, self.facts(visit)
        visit.memory.shown = facts
        if before is None or before == facts:
            return None
        shown = self._engine.assessment(self._engine.accepted(before), lang=visit.lang, today=visit.today)
        return changes(shown, self.assessment(visit)) or None

    def told(self, visit: Visit, changes: Changes) -> None:
        """These changes were shown in full, so that the checklist of the open application need not tell them again."""
        code = visit.person.application
        if code is None:
            return
        lang = visit.lang

        async def write(connection: AsyncConnection) -> None:
            await self._applications.retell(connection, visit.person.id, code, lambda told: retold(told, changes, lang))

        visit.writes["told"] = write

    def _set(self, visit: Visit, fact: str, value: Json) -> None:
        visit.person.answers = {**visit.person.answers, fact: value}
        code = visit.person.application
        if code is not None:
            visit.writes["answers"] = self._keep_in(visit, code)

    def _keep_in(self, visit: Visit, code: str) -> Write:
        """The answers of an open application are the person's answers: both are written together."""

        async def write(connection: AsyncConnection) -> None:
            values = application_values(self.assessment(visit), visit)
            await self._applications.update(connection, visit.person.id, code, values)

        return write

    def _position(self, visit: Visit, goal: Goal) -> Position:
        return self._engine.position(self._answers(visit), today=visit.today, goal=goal)

    def _answers(self, visit: Visit) -> Answers:
        return self._engine.accepted(visit.person.answers)

    def _spec(self, fact: str) -> FactSpec:
        try:
            return self._knowledge.facts[fact]
        except KeyError:
            raise NoSuchFact from None

    def _question(self, visit: Visit, fact: str, position: Position) -> Question:
        """The question about a fact that is not the next one, worded for what is known besides it."""
        rules = self._knowledge.rules(visit.today)
        profile = Profile(self._knowledge, {key: value for key, value in position.facts.items() if key != fact})
        mobility_type = self.assessment(visit).mobility_type
        offered = self._engine.interview.programmes(mobility_type) if fact == "programme" and mobility_type else None
        return Question.about(self._spec(fact), rules, profile, offered)

    @staticmethod
    def _before(position: Position, fact: str) -> str | None:
        """The fact that was asked before this one."""
        walk = position.answered
        if fact in walk:
            index = walk.index(fact)
            return walk[index - 1] if index else None
        return walk[-1] if walk else None
