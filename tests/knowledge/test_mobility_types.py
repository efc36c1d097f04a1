"""Which kind of mobility a profile is, or why it is none; the labels of length."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from tests.knowledge.profiles import (
    LISTS,
    OF_EACH_TYPE,
    STUDENT_ABROAD,
    STUDENT_AT_HOME,
    STUDENT_FROM_ABROAD,
    assessed,
    ids,
)

ROLES = ("student", "lecturer", "education_staff", "researcher", "expert")
PLACES = ("unnes", "indonesia", "abroad")


def expected(role: str, home: str, host: str) -> str | None:
    if (home == "unnes") == (host == "unnes"):
        return None
    who = "student" if role == "student" else "staff"
    direction, other = ("outbound", host) if home == "unnes" else ("inbound", home)
    return f"{who}_{direction}_{'international' if other == 'abroad' else 'national'}"


@pytest.mark.parametrize(("role", "home", "host"), list(product(ROLES, PLACES, PLACES)))
def test_the_type_follows_role_home_and_host(role: str, home: str, host: str) -> None:
    found = assessed(role=role, home=home, host=host)

    assert found["mobility_type"] == expected(role, home, host)
    inbound_tendik = role == "education_staff" and host == "unnes" != home
    assert (found["outside_scope"] is not None) == (found["mobility_type"] is None or inbound_tendik)


@pytest.mark.parametrize(("home", "host"), [("unnes", "unnes"), ("indonesia", "abroad"), ("abroad", "abroad")])
@pytest.mark.parametrize("role", [None, "student", "lecturer"])
def test_without_unnes_on_one_side_the_role_does_not_matter(role: str | None, home: str, host: str) -> None:
    found = assessed(role=role, home=home, host=host)

    assert (found["mobility_type"], found["verdict"], found["missing"]) == (None, "undetermined", [])
    assert found["outside_scope"]
    assert all(found[name] == [] for name in LISTS if name != "contacts")


def test_both_sides_unnes_are_sent_to_their_faculty() -> None:
    found = assessed(role="student", home="unnes", host="unnes")

    assert "both sides" in found["outside_scope"]
    assert [one["unit"] for one in found["contacts"]] == ["fakultas"]


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        ({}, {"home", "host", "role"}),
        ({"role": "student"}, {"home", "host"}),
        ({"role": "student", "home": "unnes"}, {"host"}),
        ({"host": "unnes"}, {"home", "role"}),
        ({"home": "unnes", "host": "abroad"}, {"role"}),
        ({"home": "abroad", "host": "unnes"}, {"role"}),
        ({"gpa": 2.0, "active_student": False}, {"home", "host", "role"}),
    ],
)
def test_without_a_type_the_verdict_is_open_and_the_deciding_facts_are_missing(
    facts: dict[str, Any], missing: set[str]
) -> None:
    found = assessed(facts)

    assert (found["mobility_type"], found["outside_scope"], found["verdict"]) == (None, None, "undetermined")
    assert set(found["missing"]) == missing
    assert all(found[name] == [] for name in LISTS)


@pytest.mark.parametrize("home", ["indonesia", "abroad"])
def test_inbound_education_staff_have_a_type_but_no_procedure(home: str) -> None:
    found = assessed(role="education_staff", home=home, host="unnes", citizenship="foreign", duration_days=20)

    assert found["mobility_type"] == expected("education_staff", home, "unnes")
    assert "no procedure" in found["outside_scope"]
    assert (found["verdict"], found["missing"]) == ("decided_elsewhere", [])
    assert all(found[name] == [] for name in LISTS if name != "contacts")
    assert "cooperation_section" in ids(found, "contacts")
    assert ("international_office" in ids(found, "contacts")) == (home == "abroad")


@pytest.mark.parametrize(
    ("days", "student", "staff"),
    [
        (1, "short", "short"),
        (14, "short", "short"),
        (15, "medium", "medium"),
        (30, "medium", "medium"),
        (31, None, "long"),
        (119, None, "long"),
        (120, "long", "long"),
        (184, "long", "long"),
        (366, "long", "long"),
        (367, None, "long"),
        (2000, None, "long"),
    ],
)
def test_the_label_of_length_in_every_type(days: int, student: str | None, staff: str) -> None:
    for mobility_type, profile in OF_EACH_TYPE.items():
        found = assessed(profile, duration_days=days)["duration_category"]
        assert found == (student if mobility_type.startswith("student") else staff), mobility_type


@pytest.mark.parametrize(
    ("start", "days", "label"),
    [
        ("2027-02-01", 119, None),  # four months from 1 February are 120 days
        ("2027-02-01", 120, "long"),
        ("2027-05-01", 122, None),  # from 1 May 123
        ("2027-05-01", 123, "long"),
        ("2027-03-01", 366, "long"),  # a year with a 29 February
        ("2027-03-01", 367, None),
        ("2027-01-01", 365, "long"),
        ("2027-01-01", 366, None),
    ],
)
def test_with_a_start_date_semesters_are_counted_in_calendar_months(start: str, days: int, label: str | None) -> None:
    assert assessed(STUDENT_ABROAD, start_date=start, duration_days=days)["duration_category"] == label


def test_a_degree_programme_of_students_has_no_label() -> None:
    for programme in ("joint_degree", "double_degree"):
        assert assessed(STUDENT_ABROAD, programme=programme, duration_days=10)["duration_category"] is None
    assert assessed(STUDENT_AT_HOME, leads_to_degree=True, duration_days=10)["duration_category"] is None
    # An explicit fact wins over what the programme settles.
    facts = {"programme": "joint_degree", "leads_to_degree": False, "duration_days": 10}
    assert assessed(STUDENT_ABROAD, facts)["duration_category"] == "short"


def test_the_label_counts_the_programme_not_the_stay() -> None:
    found = assessed(STUDENT_FROM_ABROAD, duration_days=14, stay_days=31)

    assert found["duration_category"] == "short"
    assert assessed(STUDENT_FROM_ABROAD, stay_days=31)["duration_category"] is None
    assert "duration_days" in assessed(STUDENT_FROM_ABROAD, stay_days=31)["missing"]
