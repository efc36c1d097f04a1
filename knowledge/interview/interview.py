"""Which fact to ask next. Answers are kept by fact; where the person stands is a pure replay over them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Literal

from knowledge.conditions import FactValue
from knowledge.interview.course import Course, Point
from knowledge.interview.questions import Question
from knowledge.interview.slots import slot_of, slot_of_labels
from knowledge.items import SHOWN_LISTS
from knowledge.loading.item_schema import ListName
from knowledge.openness import Openness, facts_read
from knowledge.pack import Knowledge
from knowledge.profile import Profile
from knowledge.rules import Rules, TypeRules
from knowledge.scope import scope_of

Answers = Mapping[str, FactValue | None]
"""Answers by fact; None is "I don't know"."""

Phase = Literal["core", "details", "done"]


class Goal(Enum):
    """What the person wants to know: everything, or one list, which needs fewer questions."""

    ALL = "all"
    DOCUMENTS = "documents"
    IMMIGRATION = "immigration"
    DEADLINES = "deadlines"

    @property
    def lists(self) -> tuple[ListName, ...]:
        """The lists that the answers must settle."""
        match self:
            case Goal.ALL:
                return SHOWN_LISTS
            case Goal.DOCUMENTS:
                return ("documents",)
            case Goal.IMMIGRATION:
                return ("immigration",)
            case Goal.DEADLINES:
                return ("deadlines",)


@dataclass(frozen=True)
class Position:
    """Where the answers have led."""

    question: Question | None
    """What to ask next; None where nothing can change any more."""
    phase: Phase
    """core: before the result; details: dates and possession, which can be skipped; done."""
    answered: tuple[str, ...]
    """The facts that were used, in the order of the walk."""
    set_aside: tuple[str, ...]
    """Answers that do not matter at this point; they come back if they matter again."""
    remaining: int
    """About how many questions are left in this phase, this one included."""
    facts: dict[str, FactValue] = field(default_factory=dict)
    """The answers in force, without those set aside and without "I don't know"."""


@dataclass
class _Walk:
    """Answers being used one by one."""

    answers: Answers
    used: list[str] = field(default_factory=list)

    ignored: frozenset[str] = frozenset()
    """Answers that are not offered any more."""

    def has(self, fact: str) -> bool:
        """Whether there is an answer to *fact* that can be used."""
        return fact in self.answers and fact not in self.ignored

    def knows(self, fact: str) -> bool:
        """Whether the answer is more than "I don't know"."""
        return self.has(fact) and self.answers[fact] is not None

    def use(self, fact: str) -> bool:
        """Uses the answer to *fact*; False if there is none."""
        if not self.has(fact):
            return False
        if fact not in self.used:
            self.used.append(fact)
        return True

    @property
    def facts(self) -> dict[str, FactValue]:
        return {fact: value for fact in self.used if (value := self.answers[fact]) is not None}


class Interview:
    """The questions of the procedure. Holds the courses it has worked out; safe to share."""

    def __init__(self, knowledge: Knowledge, *, offered_only: bool = False) -> None:
        """With *offered_only* an answer that is not offered, such as a programme of another type, is asked again."""
        self.knowledge = knowledge
        self._offered_only = offered_only
        self._courses: dict[tuple[int, str, Goal], Course] = {}
        self._read_details: dict[tuple[int, str, Goal], frozenset[str]] = {}
        self._core = [key for key, spec in knowledge.facts.items() if spec.phase == "core"]
        self._details = [key for key, spec in knowledge.facts.items() if spec.phase == "details"]

    def position(self, answers: Answers, *, today: date, goal: Goal = Goal.ALL) -> Position:
        """Where *answers* have led, and the next question."""
        rules = self.knowledge.rules(today)
        walk = _Walk(answers)
        undecided = self._decide_type(rules, walk)
        if undecided is not None:
            return self._asking(rules, walk, undecided, "core", remaining=self._usual_length(walk))
        scope = scope_of(rules, Profile(self.knowledge, walk.facts))
        key = scope.mobility_type
        if key is None or scope.reason is not None:
            return self._done(walk)
        type_rules = rules.of_type(key)
        walk.ignored = self._not_offered(key, answers)
        point = self._walk_core(self.course(rules, key, goal), walk)
        self._use_details(self._details_of(rules, type_rules, goal), walk)
        if point.question is not None:
            aside = tuple(fact for fact in self._unused(walk) if fact not in point.open or fact in walk.ignored)
            return self._asking(rules, walk, point.question, "core", remaining=point.about_left, aside=aside)
        left = [] if point.refused else self._open_details(rules, type_rules, goal, walk)
        if not left:
            return self._done(walk)
        return self._asking(rules, walk, left[0], "details", remaining=len(left), aside=self._unused(walk))

    def course(self, rules: Rules, mobility_type: str, goal: Goal) -> Course:
        """The course of a mobility type, worked out at first use."""
        key = (id(rules), mobility_type, goal)
        if key not in self._courses:
            type_rules = rules.of_type(mobility_type)
            slots = [slot_of(rule) for name in goal.lists for rule in type_rules.lists[name]]
            if goal is Goal.ALL:
                slots.append(slot_of_labels(type_rules.labels))
            self._courses[key] = Course(rules, slots, self._order(mobility_type), self.programmes(mobility_type))
        return self._courses[key]

    def _order(self, mobility_type: str) -> list[str]:
        """The order of asking; a fact that has no place in it yet is asked last."""
        ordered = [fact for fact in self.knowledge.order.get(mobility_type, ()) if fact in self._core]
        return [*ordered, *(fact for fact in self._core if fact not in ordered)]

    def follow_ups(self, rules: Rules, mobility_type: str) -> int:
        """At most so many dates and possessions are asked after the result."""
        return len(self._details_of(rules, rules.of_type(mobility_type), Goal.ALL))

    def programmes(self, mobility_type: str) -> list[str]:
        """The programmes that fit a mobility type, and `other`."""
        return [
            key
            for key, programme in self.knowledge.programmes.items()
            if mobility_type in programme.types or key == "other"
        ]

    def _decide_type(self, rules: Rules, walk: _Walk) -> str | None:
        """Uses the answers that decide type and scope; the fact to ask if they do not suffice."""
        while undecided := scope_of(rules, Profile(self.knowledge, walk.facts)).undecided:
            unused = next((fact for fact in undecided if fact not in walk.used), None)
            if unused is None:  # the person does not know
                return None
            if not walk.use(unused):
                return unused
        return None

    @staticmethod
    def _walk_core(course: Course, walk: _Walk) -> Point:
        """Uses the answers in the order of asking, then those that were given before they were asked for."""
        point = course.start
        while (fact := point.question) is not None:
            # A stay that was given in so many words prevails over the length of the programme.
            told = walk.knows(fact) or not walk.has(fact)
            if fact == "duration_days" and told and point.settles("stay_days") and walk.knows("stay_days"):
                fact = "stay_days"
            elif not walk.has(fact):
                given = (one for one in course.facts if point.settles(one) and walk.knows(one))
                fact = next(given, None)
            if fact is None or not walk.use(fact):
                break
            point = point.take(fact, walk.answers[fact])
        if point.refused:  # nothing more is asked, but what was said still counts
            for fact in course.facts:
                if course.start.settles(fact):
                    walk.use(fact)
        return point

    def _not_offered(self, mobility_type: str, answers: Answers) -> frozenset[str]:
        programme = answers.get("programme")
        unfit = self._offered_only and programme is not None and programme not in self.programmes(mobility_type)
        return frozenset({"programme"} if unfit else ())

    def _use_details(self, read: frozenset[str], walk: _Walk) -> None:
        """Uses what is known of dates and possession, as far as the rules read it."""
        for fact in self._details:
            if fact in read:
                walk.use(fact)

    def _details_of(self, rules: Rules, type_rules: TypeRules, goal: Goal) -> frozenset[str]:
        """The dates and possessions that the rules of the type read."""
        key = (id(rules), type_rules.file.type, goal)
        if key not in self._read_details:
            found = facts_read(rules, (rule for name in goal.lists for rule in type_rules.lists[name]))
            dates = type_rules.ask_dates[0] if type_rules.ask_dates is not None else frozenset()
            self._read_details[key] = frozenset(fact for fact in self._details if fact in found or fact in dates)
        return self._read_details[key]

    def _open_details(self, rules: Rules, type_rules: TypeRules, goal: Goal, walk: _Walk) -> list[str]:
        """The follow-ups that are left, in the order of the vocabulary."""
        profile = Profile(self.knowledge, walk.facts)
        found = self._open_facts(rules, type_rules, goal, profile)
        if type_rules.ask_dates is not None and goal is not Goal.DOCUMENTS:
            dates, condition = type_rules.ask_dates
            if condition.truth(profile) is True:
                found |= dates
        return [fact for fact in self._details if fact in found and fact not in walk.answers]

    @staticmethod
    def _open_facts(rules: Rules, type_rules: TypeRules, goal: Goal, profile: Profile) -> frozenset[str]:
        return frozenset(Openness(rules, profile).of_lists(type_rules, goal.lists))

    def _unused(self, walk: _Walk) -> tuple[str, ...]:
        """The answers that were not used, apart from "I don't know"."""
        known = self.knowledge.facts
        return tuple(
            fact
            for fact, value in walk.answers.items()
            if value is not None and fact not in walk.used and fact in known
        )

    def _usual_length(self, walk: _Walk) -> int:
        """About how many questions an interview has whose type is not known yet."""
        return max(3, 12 - len(walk.used))

    def _asking(
        self, rules: Rules, walk: _Walk, fact: str, phase: Phase, *, remaining: int, aside: tuple[str, ...] = ()
    ) -> Position:
        profile = Profile(self.knowledge, walk.facts)
        mobility_type = scope_of(rules, profile).mobility_type
        offered = self.programmes(mobility_type) if fact == "programme" and mobility_type else None
        question = Question.about(self.knowledge.facts[fact], rules, profile, offered)
        return Position(question, phase, tuple(walk.used), aside, remaining, walk.facts)

    def _done(self, walk: _Walk) -> Position:
        return Position(None, "done", tuple(walk.used), self._unused(walk), 0, walk.facts)
