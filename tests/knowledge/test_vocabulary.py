"""Facts of a profile: accepted values pass unchanged, anything else is refused in one line saying what is accepted."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from knowledge import load
from knowledge.text import Text
from knowledge.vocabulary import FactSpec, InvalidFact, check_profile

FACTS = load().facts

CONTRACT_KEYS = {
    *("role", "home", "host", "programme", "bears_credit", "leads_to_degree", "level", "citizenship"),
    *("start_date", "arrival_date", "registration_date", "departure_date", "return_date", "passport_expiry"),
    *("duration_days", "stay_days", "active_student", "semester", "education_major", "gpa", "ielts", "toefl_itp"),
    *("health_insurance", "health_and_life_insurance", "health_check", "has_invitation", "has_written_permission"),
    *("has_sp_setneg", "has_agreement", "reciprocal_agreement", "needs_calling_visa", "collects_research_data"),
    *("paid_by_unnes", "dipa_funded", "ministry_programme", "credits_completed_percent", "passed_selection"),
}
A_DATE = "a date from 2000-01-01 to 2100-12-31, written YYYY-MM-DD,"
SOME_SPEC = {
    "key": "gpa",
    "kind": "number",
    "range": [0, 4],
    "phase": "core",
    "question": {"id": "Berapa?", "en": "How much?"},
    "short": {"id": "IPK", "en": "GPA"},
    "why": {"id": "Karena.", "en": "Because."},
    "clauses": ["X.1"],
}


def refusal(profile: Any) -> str:
    with pytest.raises(InvalidFact) as caught:
        check_profile(FACTS, profile)
    return str(caught.value)


def test_the_vocabulary_is_that_of_the_contract() -> None:
    assert FACTS.keys() >= CONTRACT_KEYS


@pytest.mark.parametrize(
    ("profile", "line"),
    [
        ({"role": "student", "gpa": "3.4"}, 'gpa: "3.4" is text; a number from 0 to 4 is accepted'),
        ({"role": "student", "gpa": 34}, "gpa: 34 is out of range; a number from 0 to 4 is accepted"),
        ({"rolle": "student"}, "rolle: unknown fact; did you mean role?"),
        ({"active_student": 1}, "active_student: 1 is a number; true or false is accepted"),
        ({"gpa": True}, "gpa: true is a truth value; a number from 0 to 4 is accepted"),
        ({"gpa": float("nan")}, "gpa: NaN is not a finite number; a number from 0 to 4 is accepted"),
        ({"gpa": float("inf")}, "gpa: Infinity is not a finite number; a number from 0 to 4 is accepted"),
        ({"gpa": -0.01}, "gpa: -0.01 is out of range; a number from 0 to 4 is accepted"),
        (
            {"gpa": None},
            "gpa: null is not a value; a number from 0 to 4 is accepted (leave the key out if it is unknown)",
        ),
        ({"gpa": [3.4]}, "gpa: [3.4] is a list; a number from 0 to 4 is accepted"),
        ({"gpa": {"a": 1}}, 'gpa: {"a": 1} is an object; a number from 0 to 4 is accepted'),
        ({"semester": 3.5}, "semester: 3.5 is not a whole number; a whole number from 1 to 20 is accepted"),
        ({"semester": 0}, "semester: 0 is out of range; a whole number from 1 to 20 is accepted"),
        (
            {"stay_days": 10**400},
            f"stay_days: 1{'0' * 79}… is out of range; a whole number from 1 to 2000 is accepted",
        ),
        ({"active_student": "yes"}, 'active_student: "yes" is text; true or false is accepted'),
        ({"level": 1}, "level: 1 is a number; s1, s2, s3 or other is accepted"),
        ({"level": "S1"}, 'level: "S1" is not a known value (did you mean s1?); s1, s2, s3 or other is accepted'),
        ({"home": ""}, 'home: "" is not a known value; unnes, indonesia or abroad is accepted'),
        (
            {"start_date": "2027-02-30"},
            f'start_date: "2027-02-30" is not a day of the calendar; {A_DATE} is accepted',
        ),
        (
            {"start_date": "20270228"},
            f'start_date: "20270228" is not written as a date; {A_DATE} is accepted',
        ),
        (
            {"start_date": 20270228},
            f"start_date: 20270228 is a number; {A_DATE} is accepted",
        ),
        ([], "profile: [] is a list; an object of facts is accepted"),
        ("student", 'profile: "student" is text; an object of facts is accepted'),
    ],
)
def test_a_bad_profile_is_refused_in_one_exact_line(profile: Any, line: str) -> None:
    assert refusal(profile) == line


@pytest.mark.parametrize("day", ["1999-12-31", "2101-01-01"])
def test_a_date_outside_two_centuries_is_out_of_range(day: str) -> None:
    assert f'"{day}" is out of range' in refusal({"start_date": day})


@pytest.mark.parametrize(
    "day", ["2027-W01-1", "2027-1-2", "２０２７-01-02", "2027-01-02T00:00", " 2027-01-02", "2027-01-02\n"]
)
def test_only_the_plain_iso_form_of_a_date_is_accepted(day: str) -> None:
    assert "is not written as a date" in refusal({"start_date": day})


def test_a_misspelt_programme_is_named_with_all_that_are_accepted() -> None:
    line = refusal({"programme": "credit_transfr"})
    assert line.startswith('programme: "credit_transfr" is not a known value (did you mean credit_transfer?); ')
    assert line.endswith(" is accepted")
    assert all(key in line for key in load().programmes)


def test_a_key_like_no_fact_is_answered_with_the_known_facts() -> None:
    line = refusal({"zzz": 1})
    assert line.startswith("zzz: unknown fact; ")
    assert all(key in line for key in ("role", "home", "host"))


@pytest.mark.parametrize("text", ["two\nlines", "a\u2028b", "\ud800", "\x1b[31m", "x" * 5000, "ünïcode"])
def test_an_error_is_one_short_printable_line_whatever_the_profile_holds(text: str) -> None:
    for line in (refusal({"role": text}), refusal({text: "student"})):
        assert line.isprintable()
        assert len(line) < 1000
        line.encode("utf-8")


def test_a_whole_number_written_with_a_point_is_kept_as_a_whole_number() -> None:
    value = FACTS["semester"].check(3.0)
    assert value == 3
    assert isinstance(value, int)


def test_values_at_both_ends_of_a_range_are_accepted() -> None:
    profile: dict[str, object] = {
        "gpa": 4,
        "ielts": 0,
        "toefl_itp": 677,
        "duration_days": 2000,
        "start_date": "2100-12-31",
    }
    assert check_profile(FACTS, profile) == profile


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_every_day_of_two_centuries_is_a_date(day: date) -> None:
    assert FACTS["start_date"].check(day.isoformat()) == day.isoformat()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(st.sampled_from(sorted(FACTS)), JSON)
def test_any_json_value_is_either_kept_or_refused_in_one_line(key: str, value: Any) -> None:
    try:
        kept = check_profile(FACTS, {key: value})[key]
    except InvalidFact as error:
        line = str(error)
    else:
        assert kept == value
        return
    assert line.startswith(f"{key}: ")
    assert line.isprintable()


@pytest.mark.parametrize(
    "change",
    [
        {"range": None},
        {"range": [4, 0]},
        {"kind": "date"},
        {"clauses": []},
        {"unknown_key": 1},
        {"options": [{"value": 5, "label": {"id": "5", "en": "5"}}]},
        {"options": [{"value": 3, "label": {"id": "a", "en": "a"}}, {"value": 3, "label": {"id": "b", "en": "b"}}]},
        {"odds": {"yes": 1}},
        {"question": {"id": "Berapa?"}},
        {"question": {"id": "Berapa?", "en": " "}},
    ],
)
def test_a_broken_fact_does_not_load(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        FactSpec.model_validate(SOME_SPEC | change)
    assert isinstance(caught.value, (ValidationError, InvalidFact))


def test_a_text_answers_in_indonesian_or_else_in_english() -> None:
    text = Text(id="satu", en="one")
    assert (text.get("id"), text.get("en"), text.get("fr")) == ("satu", "one", "one")


@pytest.mark.parametrize("spec", FACTS.values(), ids=FACTS.keys())
def test_questions_fit_a_phone_and_cite_clauses_that_exist(spec: FactSpec) -> None:
    for question in (spec.question, *(wording.question for wording in spec.asks_about)):
        for lang in ("id", "en"):
            assert question.get(lang).endswith("?")
            assert len(question.get(lang)) <= 80
    assert set(spec.clauses) <= load().clauses.keys()
