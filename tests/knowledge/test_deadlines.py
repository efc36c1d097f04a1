"""Dates: deadlines to the day, month ends, holidays, the defaults of the dates they count from, and passports."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from knowledge.workdays import last_working_day
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
    ids,
    item,
)

GUEST: Facts = STUDENT_FROM_ABROAD | {"citizenship": "foreign"}


def deadline(key: str, *parts: Facts, **facts: Any) -> dict[str, Any]:
    return item(assessed(*parts, **facts), "deadlines", key)


@pytest.mark.parametrize(
    ("leaving", "last_day"),
    [
        ("2027-09-01", "2027-06-01"),
        ("2027-05-31", "2027-02-28"),
        ("2028-05-31", "2028-02-29"),
        ("2027-05-29", "2027-02-28"),
        ("2027-12-31", "2027-09-30"),
        ("2027-01-15", "2026-10-15"),
        ("2028-02-29", "2027-11-29"),
    ],
)
def test_three_months_before_departure_are_calendar_months(leaving: str, last_day: str) -> None:
    for profile in (STUDENT_ABROAD, STUDENT_AT_HOME | {"bears_credit": True}):
        found = deadline("selection_finished", profile, departure_date=leaving)
        assert (found["date"], found["from"]) == (last_day, "departure_date")


@pytest.mark.parametrize(
    ("day", "working_day"),
    [
        ("2027-06-01", "2027-05-31"),  # Pancasila Day
        ("2027-03-08", "2027-03-05"),  # Nyepi, a Monday
        ("2027-04-18", "2027-04-16"),  # a Sunday
        ("2027-02-13", "2027-02-12"),  # a Saturday
        ("2027-01-01", "2026-12-31"),  # New Year
        ("2027-08-17", "2027-08-16"),  # Independence Day
        ("2027-03-02", "2027-03-02"),
    ],
)
def test_the_last_working_day_is_not_after_the_deadline(day: str, working_day: str) -> None:
    start = date.fromisoformat(day) + timedelta(days=1)
    found = deadline("be_at_host", STUDENT_ABROAD, start_date=start.isoformat())

    assert (found["date"], found["working_date"]) == (day, working_day)


def test_working_days_can_be_told_for_every_date_a_profile_may_lead_to() -> None:
    for year in (1999, 2000, 2024, 2030, 2050, 2077, 2078, 2100, 2106):
        for month in range(1, 13):
            day = date(year, month, 28)
            found = last_working_day(day)
            assert found <= day
            assert found.weekday() < 5
            assert day - found < timedelta(days=14)


def test_the_extreme_dates_of_a_profile_are_no_accident() -> None:
    for start in ("2000-01-01", "2100-12-31"):
        for profile in (STUDENT_ABROAD, STUDENT_AT_HOME, GUEST, STUDENT_FROM_INDONESIA, LECTURER_FROM_ABROAD):
            found = assessed(profile, start_date=start, duration_days=2000, passport_expiry=start)
            assert all(one["date"] for one in found["deadlines"])


@pytest.mark.parametrize(
    ("profile", "key", "anchor", "found"),
    [
        (STUDENT_FROM_ABROAD, "loa_request", "start_date", "2027-04-30"),
        (STUDENT_FROM_ABROAD, "loa_issued", "start_date", "2027-05-07"),
        (STUDENT_FROM_INDONESIA, "loa_request", "start_date", "2027-04-30"),
        (STUDENT_FROM_INDONESIA, "loa_issued", "start_date", "2027-05-07"),
        (LECTURER_FROM_ABROAD, "loa_request", "start_date", "2027-02-28"),
        (STUDENT_FROM_ABROAD, "flight_details", "arrival_date", "2027-05-24"),
        (LECTURER_FROM_ABROAD, "flight_details", "arrival_date", "2027-05-24"),
        (STUDENT_FROM_INDONESIA, "arrival_schedule", "arrival_date", "2027-05-24"),
        (STUDENT_ABROAD, "be_at_host", "start_date", "2027-05-30"),
        (STUDENT_AT_HOME, "be_at_host", "start_date", "2027-05-30"),
    ],
)
def test_each_deadline_counts_from_the_date_of_its_own_clause(
    profile: Facts, key: str, anchor: str, found: str
) -> None:
    answer = deadline(key, profile, {anchor: "2027-05-31"})
    assert (answer["date"], answer["from"]) == (found, anchor)
    # Another date does not move it; without its own it is open, and the missing fact is named.
    others = {"start_date", "arrival_date", "departure_date", "return_date"} - {anchor}
    moved = assessed(profile, {anchor: "2027-05-31"}, dict.fromkeys(others, "2027-06-15"))
    assert item(moved, "deadlines", key)["date"] == found
    open_one = assessed(profile)
    assert item(open_one, "deadlines", key) | {"date": None, "working_date": None} == item(open_one, "deadlines", key)
    assert anchor in open_one["missing"]


def test_where_the_pob_names_no_number_of_days_there_is_no_deadline() -> None:
    dates = {"start_date": "2027-09-01", "duration_days": 100}
    for profile in (LECTURER_ABROAD, LECTURER_AT_HOME, LECTURER_FROM_INDONESIA):
        assert assessed(profile, dates)["deadlines"] == []


@pytest.mark.parametrize(("credit", "required"), [(True, True), (False, False), (None, False)])
def test_national_registration_is_required_only_with_credit(credit: bool | None, required: bool) -> None:
    found = assessed(STUDENT_AT_HOME, bears_credit=credit, departure_date="2027-09-01")
    registration = [one for one in found["documents"] if one["stage"] == "registration"]
    selection = item(found, "deadlines", "selection_finished")

    assert [one["clauses"] for one in registration] == [[f"III.A.1.a.2.d.{number}"] for number in range(1, 7)]
    assert {one["required"] for one in [*registration, selection]} == {required}
    assert all(bool(one.get("when")) != required for one in [*registration, selection])
    assert selection["date"] == "2027-06-01"


def test_the_exit_permit_is_for_those_who_hold_a_stay_permit() -> None:
    dates = {"arrival_date": "2027-03-31", "return_date": "2027-05-31"}  # 62 days

    assert deadline("exit_permit", GUEST, dates)["date"] == "2027-04-30"
    assert "exit_permit" not in ids(assessed(GUEST, dates | {"return_date": "2027-05-29"}), "deadlines")
    assert "exit_permit" not in ids(assessed(GUEST, dates, citizenship="indonesian"), "deadlines")
    assert deadline("exit_permit", GUEST, dates, citizenship=None)["required"] is False


def test_a_deadline_that_is_over_says_so() -> None:
    for today, passed in ((date(2027, 6, 1), False), (date(2027, 6, 2), True)):
        found = item(
            assessed(STUDENT_ABROAD, departure_date="2027-09-01", today=today), "deadlines", "selection_finished"
        )
        assert found.get("passed", False) == passed


@pytest.mark.parametrize(
    ("facts", "leaving", "stay_ends"),
    [
        ({"start_date": "2027-03-15", "duration_days": 65}, "2027-03-15", "2027-05-18"),
        ({"start_date": "2027-03-15", "duration_days": 65, "departure_date": "2027-03-14"}, "2027-03-14", "2027-05-18"),
        ({"start_date": "2027-03-15", "duration_days": 65, "arrival_date": "2027-03-10"}, "2027-03-15", "2027-05-18"),
        ({"start_date": "2027-03-15", "duration_days": 65, "stay_days": 70}, "2027-03-15", "2027-05-23"),
        ({"arrival_date": "2027-03-10", "stay_days": 70}, None, "2027-05-18"),
        ({"arrival_date": "2027-03-10", "duration_days": 70}, None, None),
        ({"start_date": "2027-03-15", "return_date": "2027-06-01"}, "2027-03-15", "2027-06-01"),
        ({"start_date": "2027-03-15", "stay_days": 70, "return_date": "2027-06-01"}, "2027-03-15", "2027-06-01"),
    ],
)
def test_defaults_of_dates_and_which_of_them_wins(facts: Facts, leaving: str | None, stay_ends: str | None) -> None:
    selection = deadline("selection_finished", STUDENT_ABROAD, facts)["date"]
    exit_permit = deadline("exit_permit", GUEST, facts)["date"]

    assert selection == (leaving and months_before(leaving, 3))
    assert exit_permit == (stay_ends and months_before(stay_ends, 1))


def test_a_return_before_the_arrival_is_not_a_stay() -> None:
    found = assessed(GUEST, arrival_date="2027-03-10", return_date="2027-03-09", duration_days=70)

    assert "exit_permit" in {one["id"] for one in found["immigration"] if one["required"]}
    assert "exit_permit" in ids(assessed(GUEST, arrival_date="2027-03-10", return_date="2027-03-09"), "immigration")


PASSPORTS = [
    ("2027-04-01", "2028-03-31", "not_met"),
    ("2027-04-01", "2028-04-01", "met"),
    ("2027-04-01", "2028-04-02", "met"),
    ("2027-02-28", "2028-02-27", "not_met"),
    ("2027-02-28", "2028-02-28", "met"),
    ("2028-02-29", "2029-02-27", "not_met"),
    ("2028-02-29", "2029-02-28", "met"),
    ("2027-05-31", "2028-05-30", "not_met"),
    ("2027-05-31", "2028-05-31", "met"),
    (None, "2028-04-01", "unknown"),
    ("2027-04-01", None, "unknown"),
]


@pytest.mark.parametrize(("anchor", "expiry", "status"), PASSPORTS)
@pytest.mark.parametrize(
    ("profile", "fact", "clause"),
    [
        (STUDENT_ABROAD, "registration_date", "III.A.2.d.1.p1"),
        (GUEST, "arrival_date", "III.B.2.c.1.p1"),
        (LECTURER_FROM_ABROAD | {"citizenship": "foreign"}, "arrival_date", "II.B.2.c.1.p1"),
    ],
)
def test_passports_to_the_day_from_the_anchor_of_each_clause(
    anchor: str | None, expiry: str | None, status: str, profile: Facts, fact: str, clause: str
) -> None:
    found = assessed(profile, {fact: anchor}, passport_expiry=expiry)
    passport = item(found, "conditions", "passport_validity")

    assert (passport["status"], passport["clauses"]) == (status, [clause])
    assert found["verdict"] in ("undetermined", "decided_elsewhere")


def test_the_arrival_by_default_is_the_anchor_of_a_guests_passport() -> None:
    facts = {"start_date": "2027-04-01", "passport_expiry": "2028-03-31"}

    assert item(assessed(GUEST, facts), "conditions", "passport_validity")["status"] == "not_met"
    early = assessed(GUEST, facts, arrival_date="2027-03-31")
    assert item(early, "conditions", "passport_validity")["status"] == "met"


def test_the_pob_names_no_passport_for_staff_going_abroad_nor_for_national_mobility() -> None:
    for profile in (LECTURER_ABROAD, LECTURER_AT_HOME, STUDENT_AT_HOME, STUDENT_FROM_INDONESIA):
        assert "passport_validity" not in ids(assessed(profile, passport_expiry="2020-01-01"), "conditions")


def months_before(day: str, count: int) -> str:
    """*day* moved back by calendar months, written out independently of the engine."""
    moved = date.fromisoformat(day)
    month = moved.month - 1 - count
    year, month = moved.year + month // 12, month % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(moved.day, last)).isoformat()
