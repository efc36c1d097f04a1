"""Interviews with people who answer anything: each ends, asks nothing twice, and asks all that matters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.interview import Goal, Interview, Position
from knowledge.interview.rehearsal import rehearse
from knowledge.items import SHOWN_LISTS
from tests.knowledge.any_profile import VALUES, settled_by_default
from tests.knowledge.profiles import FOREIGN_GUEST, KNOWLEDGE, OF_EACH_TYPE, SEMESTER_ABROAD, TODAY, Facts, assessed

INTERVIEW = Interview(KNOWLEDGE)
LONGEST = 30
Answers = dict[str, Any]


def position(answers: Mapping[str, Any], goal: Goal = Goal.ALL) -> Position:
    return INTERVIEW.position(answers, today=TODAY, goal=goal)


def interviewed(data: st.DataObject, goal: Goal = Goal.ALL, begin: Facts | None = None) -> Answers:
    """Random answers to whatever is asked; a third of the time "I don't know"."""
    answers: Answers = dict(begin or {})
    while (question := position(answers, goal).question) is not None:
        assert question.key not in answers
        assert len(answers) < LONGEST
        options = [option.value for option in question.options] if question.key == "programme" else VALUES[question.key]
        answers[question.key] = data.draw(st.none() | st.sampled_from(options) | st.sampled_from(options))
    return answers


def known(answers: Answers) -> Facts:
    return {key: value for key, value in answers.items() if value is not None}


def without_missing(assessment: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in assessment.items() if key != "missing"}


@given(st.data())
@settings(max_examples=60)
def test_an_interview_ends_and_its_facts_are_the_answers(data: st.DataObject) -> None:
    answers = interviewed(data)
    end = position(answers)

    assert (end.phase, end.remaining, end.question) == ("done", 0, None)
    assert end.facts == known(answers)
    assert list(end.answered) == list(answers)
    assert end.set_aside == ()


@given(st.data(), st.sampled_from(list(Goal)), st.sampled_from([None, *OF_EACH_TYPE.values()]))
@settings(max_examples=60)
def test_what_was_not_asked_changes_nothing_that_was_asked_for(
    data: st.DataObject, goal: Goal, begin: Facts | None
) -> None:
    facts = known(interviewed(data, goal, begin))
    before = assessed(facts)
    if before["verdict"] == "not_eligible":
        return
    others = known_unknowns(facts, goal) | settled_by_default(facts) | {"role", "home", "host"}
    rest = sorted(set(VALUES) - set(facts) - others)
    for key in data.draw(st.permutations(rest))[:4]:
        after = assessed(facts, {key: data.draw(st.sampled_from(VALUES[key]))})
        assert [after[name] for name in goal.lists] == [before[name] for name in goal.lists], key


def known_unknowns(facts: Facts, goal: Goal) -> set[str]:
    """What was asked and not answered."""
    answers: Answers = {}
    while (question := position(answers, goal).question) is not None:
        answers[question.key] = facts.get(question.key)
    return {key for key, value in answers.items() if value is None}


@given(st.data())
@settings(max_examples=60)
def test_answers_may_come_in_any_order(data: st.DataObject) -> None:
    answers = interviewed(data)
    shuffled = dict(data.draw(st.permutations(list(answers.items()))))
    end = position(shuffled)

    assert end.question is None
    assert end.facts == known(answers)


@given(st.data())
@settings(max_examples=60)
def test_one_more_answer_never_brings_back_a_question_that_was_answered(data: st.DataObject) -> None:
    answers = interviewed(data)
    taken = list(answers.items())
    for count in range(len(taken)):
        here = position(dict(taken[:count]))
        assert here.question is not None
        assert here.question.key == taken[count][0]
        assert here.remaining >= 1
        assert here.answered == tuple(key for key, _ in taken[:count])


@given(st.data())
@settings(max_examples=60)
def test_a_rehearsal_of_what_was_answered_gives_the_assessment_of_the_whole_profile(data: st.DataObject) -> None:
    profile = known(interviewed(data))
    asked, found = rehearse(INTERVIEW, profile, lang="en", today=TODAY)

    assert set(profile) <= set(asked)
    assert found.as_dict() == assessed(profile)


@pytest.mark.parametrize("profile", [SEMESTER_ABROAD, FOREIGN_GUEST])
def test_the_worked_examples_are_interviewed_to_the_same_result(profile: Facts) -> None:
    asked, found = rehearse(INTERVIEW, profile, lang="en", today=TODAY)

    assert set(profile) <= set(asked)
    assert without_missing(found.as_dict()) == without_missing(assessed(profile))
    assert len(asked) == len(set(asked))


@pytest.mark.parametrize(("mobility_type", "profile"), OF_EACH_TYPE.items())
def test_somebody_who_knows_nothing_is_told_what_can_be_told(mobility_type: str, profile: Facts) -> None:
    asked, found = rehearse(INTERVIEW, profile, lang="id", today=TODAY)

    assert found.mobility_type == mobility_type
    assert found["documents"] or found["conditions"]
    assert len(asked) <= LONGEST


def test_outside_the_scope_nothing_more_is_asked() -> None:
    assert rehearse(INTERVIEW, {"home": "indonesia", "host": "abroad"}, lang="en", today=TODAY)[0] == ["home", "host"]
    asked, found = rehearse(
        INTERVIEW, {"role": "education_staff", "home": "abroad", "host": "unnes"}, lang="en", today=TODAY
    )
    assert set(asked) == {"role", "home", "host"}
    assert found.outside_reason == "inbound_education_staff"


def test_a_refusal_ends_the_interview() -> None:
    profile = SEMESTER_ABROAD | {"gpa": 3.24}
    asked, found = rehearse(INTERVIEW, profile, lang="en", today=TODAY)

    assert found.verdict == "not_eligible"
    assert asked[-1] == "gpa"


def test_an_english_test_that_suffices_spares_the_other() -> None:
    for profile, spared in (
        (SEMESTER_ABROAD, "toefl_itp"),
        (SEMESTER_ABROAD | {"ielts": None, "toefl_itp": 500}, None),
    ):
        asked, found = rehearse(
            INTERVIEW, {key: value for key, value in profile.items() if value is not None}, lang="en", today=TODAY
        )
        assert found.verdict == "eligible"
        assert spared not in asked


def test_a_foreign_guest_who_only_wants_the_visa_is_asked_little() -> None:
    asked, found = rehearse(INTERVIEW, FOREIGN_GUEST, lang="en", today=TODAY, goal=Goal.IMMIGRATION)

    core = [key for key in asked if KNOWLEDGE.facts[key].phase == "core"]
    assert set(core) <= {"home", "host", "role", "citizenship", "stay_days", "duration_days", "needs_calling_visa"}
    full = assessed(FOREIGN_GUEST)
    assert [one.as_dict() for one in found["immigration"]] == full["immigration"]


def test_goals_ask_a_part_of_what_everything_asks() -> None:
    for profile in OF_EACH_TYPE.values():
        everything = set(rehearse(INTERVIEW, profile, lang="en", today=TODAY)[0])
        for goal in Goal:
            assert set(rehearse(INTERVIEW, profile, lang="en", today=TODAY, goal=goal)[0]) <= everything | {"stay_days"}
    assert set(Goal.ALL.lists) == set(SHOWN_LISTS)
