"""The knowledge at work: pure functions of answers, with the results that are asked for again kept at hand.

Whoever leafs through a result asks for the same assessment with every press.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Final

from bot.services.visit import Answers, Json, Lang
from knowledge import Assessment, InvalidFact, Knowledge, assess
from knowledge.interview import Goal, Interview, Position

ASSESSMENTS: Final = 32
"""Assessments kept; each has some ten kilobytes."""
POSITIONS: Final = 256
VALUES: Final = 4096

_Key = tuple[tuple[str, type, Json], ...]


class Engine:
    """Positions and assessments of answers."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.interview = Interview(knowledge, offered_only=True)
        self._assess = lru_cache(ASSESSMENTS)(self._work_out_assessment)
        self._position = lru_cache(POSITIONS)(self._work_out_position)
        self._accepts = lru_cache(VALUES, typed=True)(self._is_accepted)

    def accepted(self, answers: Answers) -> Answers:
        """The answers that the knowledge still accepts: a fact or a value may have gone since they were given."""
        return {fact: value for fact, value in answers.items() if self._accepts(fact, value)}

    def position(self, answers: Answers, *, today: date, goal: Goal = Goal.ALL) -> Position:
        """Where accepted answers lead."""
        return self._position(_key(answers), today, goal)

    def facts(self, answers: Answers, *, today: date) -> Answers:
        """What accepted answers say: without those set aside and without "I don't know"."""
        aside = self.position(answers, today=today).set_aside
        return {fact: value for fact, value in answers.items() if value is not None and fact not in aside}

    def assessment(self, facts: Answers, *, lang: Lang, today: date) -> Assessment:
        """What the procedure says about facts."""
        return self._assess(_key(facts), lang, today)

    def of_answers(self, answers: Answers, *, lang: Lang, today: date) -> Assessment:
        """What the procedure says about answers as they are kept."""
        return self.assessment(self.facts(self.accepted(answers), today=today), lang=lang, today=today)

    def _work_out_assessment(self, key: _Key, lang: Lang, today: date) -> Assessment:
        return assess(self.knowledge, _answers(key), lang=lang, today=today)

    def _work_out_position(self, key: _Key, today: date, goal: Goal) -> Position:
        return self.interview.position(_answers(key), today=today, goal=goal)

    def _is_accepted(self, fact: str, value: Json) -> bool:
        """Whether the knowledge takes this value. Cached by type too, so that 1 is not taken for True."""
        if fact not in self.knowledge.facts:
            return False
        try:
            return value is None or self.knowledge.facts[fact].check(value) is not None
        except InvalidFact:
            return False


def _key(answers: Answers) -> _Key:
    """Answers as a key: order matters to the interview, and 1 is not True."""
    return tuple((fact, type(value), value) for fact, value in answers.items())


def _answers(key: _Key) -> Answers:
    return {fact: value for fact, _type, value in key}
