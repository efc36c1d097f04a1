"""Immigration by the length of the stay: from days, from dates, near the lines that the POB leaves unclear."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.knowledge.profiles import (
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
PERMIT, TELEX = {"study_permit_itas_merp", "exit_permit"}, {"telex_visa", "vitas_merp"}
STUDY_PERMIT_PAPERS = [f"III.B.2.c.2.f.{number}" for number in range(1, 8)]


def required(assessment: dict[str, Any], name: str = "immigration") -> set[str]:
    return {one["id"] for one in assessment[name] if one["required"]}


def boundaries(assessment: dict[str, Any]) -> set[str]:
    return {one["id"] for one in assessment["immigration"] if one.get("boundary")}


def stay(arrival: str, days: int) -> Facts:
    last = date.fromisoformat(arrival) + timedelta(days=days - 1)
    return {"arrival_date": arrival, "return_date": last.isoformat()}


@pytest.mark.parametrize(
    ("days", "visas", "near"),
    [
        (1, {"visit_visa"}, set()),
        (58, {"visit_visa"}, set()),
        (59, {"visit_visa"}, {"visit_visa"}),
        (60, {"visit_visa"}, {"visit_visa"}),
        (61, PERMIT, PERMIT),
        (62, PERMIT, set()),
        (88, PERMIT, set()),
        (89, PERMIT, {"study_permit_itas_merp"}),
        (92, PERMIT, {"study_permit_itas_merp"}),
        (93, PERMIT | TELEX, set()),
        (2000, PERMIT | TELEX, set()),
    ],
)
def test_visa_and_permits_of_students_by_days(days: int, visas: set[str], near: set[str]) -> None:
    # The three lengths that tell a number of days, and dates, agree where calendar months do not matter.
    for facts in ({"stay_days": days}, {"duration_days": days}, {"duration_days": 5, "stay_days": days}):
        found = assessed(GUEST, facts)
        assert required(found) & ({"visit_visa"} | PERMIT | TELEX) == visas
        assert boundaries(found) == near
        assert all("confirm" in item(found, "immigration", key)["text"].lower() for key in near)


@pytest.mark.parametrize("days", [59, 60, 61])
def test_days_decide_at_the_first_line_whatever_the_calendar_says(days: int) -> None:
    for arrival in ("2027-01-01", "2027-02-01", "2027-07-01"):  # two months of 59, 59 and 62 days
        found = assessed(GUEST, stay(arrival, days))
        assert ("visit_visa" in required(found)) == (days <= 60)
        assert boundaries(found)


@pytest.mark.parametrize(
    ("arrival", "three_months"),
    [
        ("2027-02-01", 89),
        ("2028-02-01", 90),
        ("2027-03-01", 92),
        ("2027-01-31", 89),  # to 29 April: 31 January + 3 months is 30 April
        ("2026-11-30", 90),  # to 27 February: 30 November + 3 months is 28 February
        ("2027-11-30", 91),  # 2028 has a 29 February
        ("2027-04-15", 91),
    ],
)
def test_with_dates_three_months_are_calendar_months(arrival: str, three_months: int) -> None:
    exactly, more = (assessed(GUEST, stay(arrival, three_months + extra)) for extra in (0, 1))

    assert not required(exactly) & TELEX
    assert required(more) >= TELEX | PERMIT
    assert "study_permit_itas_merp" in boundaries(exactly)
    assert ("telex_visa" in boundaries(more)) == (three_months + 1 <= 92)
    # A stay and the day of arrival say the same as two dates.
    for extra, expected in ((0, False), (1, True)):
        found = assessed(GUEST, arrival_date=arrival, stay_days=three_months + extra)
        assert bool(required(found) & TELEX) == expected


@pytest.mark.parametrize("days", [88, 89, 92, 93])
def test_the_student_visa_abroad_has_the_same_three_months(days: int) -> None:
    found = assessed(STUDENT_ABROAD, duration_days=days)
    visas = required(found) & {"student_visa", "visa_by_destination"}

    assert visas == ({"student_visa"} if days > 92 else {"visa_by_destination"})
    assert boundaries(found) == (visas if 89 <= days <= 92 else set())
    by_dates = assessed(STUDENT_ABROAD, stay("2027-02-01", days))  # three months are 89 days
    assert ("student_visa" in required(by_dates)) == (days > 89)
    letter = item(by_dates, "documents", "visa_recommendation_letter")
    assert letter["required"] == (days > 89)


def test_the_stay_counts_not_the_programme() -> None:
    programme = {"start_date": "2027-03-10", "duration_days": 58}
    early = assessed(GUEST, programme, arrival_date="2027-03-01", return_date="2027-05-10")

    assert "visit_visa" in required(assessed(GUEST, programme))
    assert required(early) >= PERMIT
    assert item(early, "deadlines", "exit_permit")["date"] == "2027-04-10"


@pytest.mark.parametrize("days", [59, 60, 61, 93])
def test_papers_of_the_study_permit_are_shown_always_and_required_with_the_permit(days: int) -> None:
    found = assessed(GUEST, stay_days=days)
    papers = [one for one in found["documents"] if one["clauses"][0] in STUDY_PERMIT_PAPERS]

    assert [one["clauses"][0] for one in papers] == STUDY_PERMIT_PAPERS
    assert {one["required"] for one in papers} == {days > 60}
    assert all(("when" in one) != one["required"] for one in papers)
    assert ("telex_bank_statement" in ids(found, "documents")) == (days > 92)


def test_a_stay_that_is_not_known_leaves_every_way_open_and_names_what_is_missing() -> None:
    found = assessed(GUEST)

    assert set(ids(found, "immigration")) >= {"visit_visa", *PERMIT, *TELEX, "calling_visa"}
    assert not required(found) & {"visit_visa", *PERMIT, *TELEX, "calling_visa"}
    assert all("when" in one for one in found["immigration"] if not one["required"])
    assert {"duration_days", "stay_days"} <= set(found["missing"])
    assert not boundaries(found)


@pytest.mark.parametrize("profile", [STUDENT_FROM_ABROAD, LECTURER_FROM_ABROAD])
def test_immigration_follows_citizenship_not_the_institution(profile: Facts) -> None:
    facts = {"stay_days": 120, "needs_calling_visa": True, "collects_research_data": True, "paid_by_unnes": True}
    foreign, indonesian, unknown = (
        assessed(profile, facts, citizenship=citizenship) for citizenship in ("foreign", "indonesian", None)
    )

    assert required(foreign)
    assert indonesian["immigration"] == []
    assert indonesian["mobility_type"] == foreign["mobility_type"]
    assert not [one for one in indonesian["documents"] if one["stage"] == "visa"]
    assert "passport_validity" not in {one["id"] for one in indonesian["conditions"]}
    assert "permit_fee" not in ids(indonesian, "fees")
    assert not required(unknown)
    assert ids(unknown, "immigration") == ids(foreign, "immigration")
    assert "permit_fee" not in ids(unknown, "fees")
    assert "citizenship" in unknown["missing"]
    assert "indonesian_citizen" in ids(indonesian, "procedure")


def test_national_mobility_has_no_visa_for_indonesians() -> None:
    for profile in (STUDENT_AT_HOME, STUDENT_FROM_INDONESIA, LECTURER_FROM_INDONESIA):
        found = assessed(profile, citizenship="indonesian", duration_days=120)
        assert found["immigration"] == []
        assert not [one for one in found["documents"] if one["stage"] == "visa"]
    for profile in (STUDENT_FROM_INDONESIA, LECTURER_FROM_INDONESIA):
        assert ids(assessed(profile, citizenship="foreign"), "immigration") == ["existing_stay_permit"]


def test_a_foreign_student_of_unnes_is_sent_to_bagian_kerja_sama_for_the_identity_card() -> None:
    found = assessed(STUDENT_ABROAD, citizenship="foreign")

    assert "Bagian Kerja Sama" in item(found, "documents", "sp_setneg_id_cards")["note"]
    assert "foreign_citizen" in required(found)
    assert "foreign_citizen" not in ids(assessed(STUDENT_ABROAD, citizenship="indonesian"), "immigration")


@pytest.mark.parametrize(("calling", "shown"), [(True, True), (False, False), (None, False)])
@pytest.mark.parametrize("profile", [STUDENT_FROM_ABROAD, LECTURER_FROM_ABROAD])
def test_a_calling_visa_is_for_those_who_need_it(profile: Facts, calling: bool | None, shown: bool) -> None:
    found = assessed(profile, citizenship="foreign", needs_calling_visa=calling)

    assert ("calling_visa" in required(found)) == shown
    assert ("calling_visa" in ids(found, "immigration")) == (calling is not False)
