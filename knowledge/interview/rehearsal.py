"""The interview answered from a profile, as the applicant would: what is absent is answered "I don't know"."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from knowledge.assessment import assess_profile
from knowledge.conditions import FactValue
from knowledge.interview.interview import Goal, Interview
from knowledge.items import Assessment
from knowledge.profile import Profile
from knowledge.text import Language
from knowledge.vocabulary import check_profile


def rehearse(
    interview: Interview, facts: Mapping[str, object], *, lang: Language, today: date, goal: Goal = Goal.ALL
) -> tuple[list[str], Assessment]:
    """The facts that were asked, in order, and the assessment at the end. Raises as `assess` does."""
    knowledge = interview.knowledge
    profile = check_profile(knowledge.facts, facts)
    answers: dict[str, FactValue | None] = {}
    while (position := interview.position(answers, today=today, goal=goal)).question is not None:
        answers[position.question.key] = profile.get(position.question.key)
    known = Profile(knowledge, position.facts)
    return list(answers), assess_profile(knowledge.rules(today), known, lang=lang, today=today)
