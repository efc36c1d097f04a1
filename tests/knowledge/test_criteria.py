"""Who may take part: every threshold on both sides, unknown facts, and the verdict that follows."""

from __future__ import annotations

from typing import Any

import pytest

from tests.knowledge.profiles import (
    LECTURER_ABROAD,
    LECTURER_AT_HOME,
    LECTURER_FROM_ABROAD,
    LECTURER_FROM_INDONESIA,
    STUDENT_ABROAD,
    STUDENT_AT_HOME,
    STUDENT_FROM_ABROAD,
    STUDENT_FROM_INDONESIA,
    Facts,
    assessed,
    item,
    statuses,
)

GOOD: Facts = {"active_student": True, "semester": 5, "gpa": 3.5, "ielts": 6.0, "level": "s1"}
WITH_CREDIT: Facts = STUDENT_ABROAD | GOOD | {"bears_credit": True}
PERCENT: Facts = {"credits_completed_percent": 50, "passed_selection": True}


def status(key: str, *parts: Facts, **facts: Any) -> str:
    return statuses(assessed(*parts, **facts))[key]


@pytest.mark.parametrize(
    ("ielts", "toefl", "expected"),
    [
        (None, None, "unknown"),
        (4.9, None, "unknown"),  # the test that is absent may still suffice
        (4.5, None, "unknown"),
        (5.0, None, "met"),
        (0, None, "unknown"),
        (None, 449, "unknown"),
        (None, 450, "met"),
        (4.9, 449, "not_met"),
        (4.9, 450, "met"),
        (5, 449, "met"),
        (9.0, 0, "met"),
    ],
)
def test_english_is_met_by_either_test_and_missed_only_by_both(
    ielts: float | None, toefl: int | None, expected: str
) -> None:
    found = assessed(WITH_CREDIT, ielts=ielts, toefl_itp=toefl)

    assert statuses(found)["english"] == expected
    assert found["verdict"] == {"met": "eligible", "unknown": "undetermined", "not_met": "not_eligible"}[expected]
    assert ("toefl_itp" in found["missing"]) == (toefl is None and expected == "unknown")
    assert ("ielts" in found["missing"]) == (ielts is None and expected == "unknown")


@pytest.mark.parametrize(
    ("gpa", "expected"),
    [(None, "unknown"), (0, "not_met"), (3.24, "not_met"), (3.249, "not_met"), (3.25, "met"), (4, "met")],
)
def test_the_gpa_abroad_is_not_rounded(gpa: float | None, expected: str) -> None:
    assert status("gpa", WITH_CREDIT, programme="credit_transfer", gpa=gpa) == expected


@pytest.mark.parametrize(
    ("semester", "abroad", "at_home"),
    [
        (None, "unknown", "unknown"),
        (1, "not_met", "not_met"),
        (2, "not_met", "not_met"),
        (3, "met", "confirm"),
        (4, "met", "confirm"),
        (5, "met", "met"),
        (20, "met", "met"),
    ],
)
@pytest.mark.parametrize("level", ["s1", "s2", "s3", "other", None])
def test_the_second_year(semester: int | None, abroad: str, at_home: str, level: str | None) -> None:
    assert status("second_year", WITH_CREDIT, semester=semester, level=level) == abroad
    found = assessed(STUDENT_AT_HOME, active_student=True, semester=semester, level=level)
    assert statuses(found)["second_year"] == at_home
    verdicts = {"met": "eligible", "confirm": "to_confirm", "unknown": "undetermined", "not_met": "not_eligible"}
    assert found["verdict"] == verdicts[at_home]


@pytest.mark.parametrize("level", ["s2", "s3"])
def test_second_year_of_graduate_students_says_to_confirm(level: str) -> None:
    found = item(assessed(WITH_CREDIT, level=level), "criteria", "second_year")
    assert "confirm" in found["note"]
    assert "I19" in found["readings"]


@pytest.mark.parametrize(
    ("level", "expected", "verdict"),
    [
        ("s1", "met", "eligible"),
        ("s2", "met", "eligible"),
        ("s3", "met", "eligible"),
        ("other", "confirm", "to_confirm"),
        (None, "unknown", "undetermined"),
    ],
)
def test_levels_abroad(level: str | None, expected: str, verdict: str) -> None:
    found = assessed(WITH_CREDIT, level=level)

    assert (statuses(found)["level"], found["verdict"]) == (expected, verdict)


@pytest.mark.parametrize(("active", "expected"), [(True, "met"), (False, "not_met"), (None, "unknown")])
def test_only_active_students_may_go(active: bool | None, expected: str) -> None:
    assert status("active_student", WITH_CREDIT, active_student=active) == expected
    assert status("active_student", STUDENT_AT_HOME, active_student=active) == expected


def test_abroad_without_credit_the_unit_decides() -> None:
    found = assessed(STUDENT_ABROAD, GOOD, bears_credit=False, active_student=False, gpa=1)

    assert statuses(found) == {"unit_selection": "decided_elsewhere"}
    assert found["verdict"] == "decided_elsewhere"


def test_abroad_with_credit_unknown_nothing_is_refused() -> None:
    found = assessed(STUDENT_ABROAD, gpa=1, active_student=False, semester=1, level="other", ielts=1, toefl_itp=1)

    assert set(statuses(found).values()) == {"unknown"}
    assert found["verdict"] == "undetermined"
    assert {"programme", "bears_credit"} <= set(found["missing"])


@pytest.mark.parametrize(
    ("programme", "credit", "degree"),
    [
        ("credit_transfer", True, False),
        ("internship", True, False),
        ("teaching_practice", True, False),
        ("community_service", True, False),
        ("sit_in_short_course", False, False),
        ("joint_degree", True, True),
        ("double_degree", True, True),
        ("accelerated_double_degree", True, True),
        ("other", None, None),
    ],
)
def test_the_programme_settles_credit_and_degree_unless_a_fact_says_otherwise(
    programme: str, credit: bool | None, degree: bool | None
) -> None:
    found = assessed(STUDENT_ABROAD, programme=programme)
    gates = {True: "gpa", False: "unit_selection"}
    shown = set(statuses(found)) & set(gates.values())
    assert shown == ({gates[credit]} if credit is not None else set(gates.values()))
    assert ("bears_credit" in found["missing"]) == (credit is None)
    assert ("leads_to_degree" in found["missing"]) == (degree is None)
    for said in (True, False):
        explicit = assessed(STUDENT_ABROAD, programme=programme, bears_credit=said)
        assert set(statuses(explicit)) & set(gates.values()) == {gates[said]}


@pytest.mark.parametrize(
    ("percent", "expected"), [(None, "unknown"), (0, "not_met"), (49.9, "not_met"), (50, "met"), (100, "met")]
)
@pytest.mark.parametrize("profile", [STUDENT_ABROAD, STUDENT_AT_HOME])
def test_the_accelerated_double_degree_wants_half_of_the_credits(
    profile: Facts, percent: float | None, expected: str
) -> None:
    facts = {"programme": "accelerated_double_degree", "credits_completed_percent": percent}
    assert status("credits_completed", profile, GOOD, facts) == expected


@pytest.mark.parametrize(("passed", "expected"), [(None, "unknown"), (False, "not_met"), (True, "met")])
def test_a_failed_selection_is_no_and_one_still_to_come_is_open(passed: bool | None, expected: str) -> None:
    facts = {"programme": "accelerated_double_degree", "passed_selection": passed}
    for profile in (STUDENT_ABROAD, STUDENT_AT_HOME):
        assert status("selection_passed", profile, GOOD, facts) == expected


@pytest.mark.parametrize(
    ("gpa", "accelerated", "abroad", "verdict_abroad", "verdict_at_home"),
    [
        (2.99, "not_met", "not_met", "not_eligible", "not_eligible"),
        (3.0, "met", "confirm", "to_confirm", "eligible"),
        (3.24, "met", "confirm", "to_confirm", "eligible"),
        (3.25, "met", "met", "eligible", "eligible"),
        (None, "unknown", "unknown", "undetermined", "undetermined"),
    ],
)
def test_the_gpa_of_the_accelerated_double_degree(
    gpa: float | None, accelerated: str, abroad: str, verdict_abroad: str, verdict_at_home: str
) -> None:
    facts = GOOD | PERCENT | {"programme": "accelerated_double_degree", "gpa": gpa}
    going, staying = assessed(STUDENT_ABROAD, facts), assessed(STUDENT_AT_HOME, facts)

    assert (statuses(going)["gpa_accelerated"], statuses(going)["gpa"]) == (accelerated, abroad)
    assert item(going, "criteria", "gpa_accelerated")["clauses"] == ["I.E.3.b.3.f.p2"]
    assert item(going, "criteria", "gpa")["clauses"] == ["III.A.2.a.1.a.3"]
    assert going["verdict"] == verdict_abroad
    assert (statuses(staying)["gpa_accelerated"], staying["verdict"]) == (accelerated, verdict_at_home)
    assert "gpa" not in statuses(staying)


def test_the_accelerated_double_degree_without_credit_keeps_its_own_criteria() -> None:
    found = assessed(STUDENT_ABROAD, GOOD, PERCENT, programme="accelerated_double_degree", bears_credit=False, gpa=3.1)

    assert statuses(found) == {
        "unit_selection": "decided_elsewhere",
        "credits_completed": "met",
        "gpa_accelerated": "met",
        "selection_passed": "met",
    }
    assert found["verdict"] == "eligible"


@pytest.mark.parametrize(
    ("major", "expected", "verdict"),
    [(True, "met", "eligible"), (False, "not_met", "not_eligible"), (None, "unknown", "undetermined")],
)
def test_teaching_practice_is_for_education_majors_of_unnes(major: bool | None, expected: str, verdict: str) -> None:
    found = assessed(WITH_CREDIT, programme="teaching_practice", bears_credit=None, education_major=major)

    assert (statuses(found)["education_major"], found["verdict"]) == (expected, verdict)
    assert item(found, "criteria", "education_major")["clauses"] == ["I.E.2.a.3.p1"]
    guest = assessed(STUDENT_FROM_ABROAD, programme="teaching_practice", education_major=False)
    assert (statuses(guest), guest["verdict"]) == ({"home_selection": "decided_elsewhere"}, "decided_elsewhere")
    assert "education_major" not in guest["missing"]


def test_criteria_of_a_programme_count_only_once_it_is_known() -> None:
    facts = {"education_major": False, "passed_selection": False, "credits_completed_percent": 0}
    found = assessed(WITH_CREDIT, facts)

    assert set(statuses(found)) == {"level", "active_student", "second_year", "gpa", "english"}
    assert found["verdict"] == "eligible"


@pytest.mark.parametrize(
    "profile",
    [
        STUDENT_FROM_ABROAD,
        STUDENT_FROM_INDONESIA,
        LECTURER_ABROAD,
        LECTURER_AT_HOME,
        LECTURER_FROM_ABROAD,
        LECTURER_FROM_INDONESIA,
    ],
)
def test_guests_and_staff_are_decided_upon_elsewhere_whatever_they_say(profile: Facts) -> None:
    poor = {"active_student": False, "semester": 1, "gpa": 0, "ielts": 0, "toefl_itp": 0, "level": "other"}
    for facts in ({}, poor, poor | {"programme": "accelerated_double_degree", "passed_selection": False}):
        found = assessed(profile, facts)
        assert found["verdict"] == "decided_elsewhere"
        assert set(statuses(found).values()) == {"decided_elsewhere"}


def test_national_mobility_asks_for_neither_gpa_nor_english() -> None:
    for credit in (True, False, None):
        found = assessed(STUDENT_AT_HOME, GOOD, gpa=0.5, ielts=0, toefl_itp=0, level="other", bears_credit=credit)
        assert statuses(found) == {"active_student": "met", "second_year": "met"}
        assert found["verdict"] == "eligible"
