"""What is to be paid: the rows of the permit fee and the gaps between them, waivers, and who bears the costs."""

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
    ids,
    item,
)
from tests.knowledge.test_stays import stay

GUEST: Facts = STUDENT_FROM_ABROAD | {"citizenship": "foreign"}
SIX, YEAR, TWO_YEARS = 1_900_000, 2_800_000, 4_050_000


def permit_fee(*parts: Facts, **facts: Any) -> Any:
    """The amount of the permit fee, or "none" where there is no such item."""
    found = assessed(*parts, **facts)
    return item(found, "fees", "permit_fee")["amount"] if "permit_fee" in ids(found, "fees") else "none"


@pytest.mark.parametrize(
    ("days", "amount", "telex"),
    [
        (60, "none", False),
        (61, None, False),
        (92, None, False),
        (93, SIX, True),
        (184, SIX, True),
        (185, None, True),
        (364, None, True),
        (365, YEAR, True),
        (366, YEAR, True),
        (367, None, True),
        (729, None, True),
        (730, TWO_YEARS, True),
        (731, TWO_YEARS, True),
        (732, None, True),
    ],
)
@pytest.mark.parametrize("programme", [None, "credit_transfer", "darmasiswa"])
def test_the_permit_fee_has_rows_and_nothing_between_them(
    days: int, amount: Any, telex: bool, programme: str | None
) -> None:
    found = assessed(GUEST, stay_days=days, programme=programme)

    assert permit_fee(GUEST, stay_days=days, programme=programme) == amount
    assert ("telex_visa_fee" in ids(found, "fees")) == telex
    if telex:
        assert item(found, "fees", "telex_visa_fee")["amount"] == 200_000
    for fee in found["fees"]:
        assert (fee["currency"], fee["year"]) == ("IDR", 2021)
        if fee["id"] != "tuition":
            assert ("borne_by" in fee) == (programme == "darmasiswa")


@pytest.mark.parametrize(
    ("arrival", "days", "amount"),
    [
        ("2027-02-01", 89, None),
        ("2027-02-01", 90, SIX),
        ("2027-02-01", 181, SIX),  # exactly six months
        ("2027-02-01", 182, None),
        ("2027-03-01", 184, SIX),
        ("2027-03-01", 185, None),
        ("2027-03-01", 365, None),  # a year from 1 March 2027 has 366 days
        ("2027-03-01", 366, YEAR),
        ("2027-03-01", 367, None),
        ("2027-01-01", 364, None),
        ("2027-01-01", 365, YEAR),
        ("2027-01-01", 366, None),
        ("2028-02-29", 365, YEAR),  # 29 February + 12 months is 28 February: to 27 February are 365 days
        ("2028-02-29", 366, None),
        ("2027-01-01", 730, None),
        ("2027-01-01", 731, TWO_YEARS),
        ("2027-01-01", 732, None),
    ],
)
def test_with_dates_the_rows_are_calendar_months(arrival: str, days: int, amount: Any) -> None:
    assert permit_fee(GUEST, stay(arrival, days)) == amount


@pytest.mark.parametrize(
    ("days", "rows"),
    [
        (61, ("Rp1,900,000",)),
        (200, ("Rp1,900,000", "Rp2,800,000")),
        (400, ("Rp2,800,000", "Rp4,050,000")),
        (800, ("Rp4,050,000",)),
    ],
)
def test_between_the_rows_the_nearest_ones_are_named(days: int, rows: tuple[str, ...]) -> None:
    fee = item(assessed(GUEST, stay_days=days), "fees", "permit_fee")
    indonesian = item(assessed(GUEST, stay_days=days, lang="id"), "fees", "permit_fee")

    assert fee["amount"] is None
    assert fee["clauses"][0] == "III.B.2.f.2.p2"
    assert all(row in fee["text"] for row in rows)
    assert all(row.replace(",", ".") in indonesian["text"] for row in rows)
    assert "2021" in fee["text"]


def test_the_rows_cite_their_own_clause() -> None:
    for days, clause in ((100, "III.B.2.f.2.p3"), (365, "III.B.2.f.2.p4"), (731, "III.B.2.f.2.p5")):
        for programme in (None, "darmasiswa"):
            fee = item(assessed(GUEST, stay_days=days, programme=programme), "fees", "permit_fee")
            assert fee["clauses"][0] == clause


@pytest.mark.parametrize(
    ("profile", "fact"),
    [
        (STUDENT_ABROAD, "reciprocal_agreement"),
        (STUDENT_FROM_ABROAD, "reciprocal_agreement"),
        (STUDENT_FROM_INDONESIA, "reciprocal_agreement"),
        (STUDENT_AT_HOME, "has_agreement"),
    ],
)
def test_tuition_is_waived_payable_or_open(profile: Facts, fact: str) -> None:
    waived, payable, unknown = (assessed(profile, {fact: value}) for value in (True, False, None))

    assert item(waived, "fees", "tuition_waiver")["amount"] == 0
    assert "tuition" not in ids(waived, "fees")
    assert item(payable, "fees", "tuition")["amount"] is None
    assert "tuition_waiver" not in ids(payable, "fees")
    assert not {"tuition", "tuition_waiver"} & set(ids(unknown, "fees"))
    assert fact in unknown["missing"]
    other = {"reciprocal_agreement": "has_agreement", "has_agreement": "reciprocal_agreement"}[fact]
    assert not {"tuition", "tuition_waiver"} & set(ids(assessed(profile, {other: True}), "fees"))


@pytest.mark.parametrize("programme", ["joint_degree", "double_degree"])
def test_degree_programmes_abroad_pay_as_agreed(programme: str) -> None:
    fee = item(assessed(STUDENT_ABROAD, programme=programme), "fees", "degree_payment")

    assert (fee["amount"], fee["clauses"]) == (None, ["III.A.2.e.p2.3"])


@pytest.mark.parametrize("programme", ["national_joint_degree", "regular_double_degree", "accelerated_double_degree"])
def test_national_degree_programmes_pay_as_agreed_and_credit_alone_does_not(programme: str) -> None:
    assert "degree_payment" in ids(assessed(STUDENT_AT_HOME, programme=programme), "fees")
    found = assessed(STUDENT_AT_HOME, programme="national_credit_transfer", has_agreement=True)
    assert ids(found, "fees") == ["tuition_waiver"]  # I47: free tuition is the default, the agreement may say otherwise
    assert "agreement" in item(found, "fees", "tuition_waiver")["note"]


def test_the_ministry_bears_the_costs_of_darmasiswa_and_of_its_own_programmes() -> None:
    for facts in ({"programme": "ministry_national_mobility"}, {"ministry_programme": True}):
        found = assessed(STUDENT_FROM_INDONESIA, facts, reciprocal_agreement=False)
        assert {fee["id"]: "borne_by" in fee for fee in found["fees"]} == {"tuition": True, "programme_costs": True}
    darmasiswa = assessed(GUEST, programme="darmasiswa", stay_days=365, reciprocal_agreement=False)
    assert all("Ministry" in fee["borne_by"] for fee in darmasiswa["fees"])
    assert set(ids(darmasiswa, "fees")) == {"permit_fee", "telex_visa_fee", "tuition", "programme_costs"}
    assert "programme_costs" not in ids(assessed(STUDENT_FROM_INDONESIA, ministry_programme=False), "fees")


def test_staff_pay_no_fee_that_the_pob_names() -> None:
    for profile in (LECTURER_ABROAD, LECTURER_AT_HOME, LECTURER_FROM_ABROAD, LECTURER_FROM_INDONESIA):
        facts = {"citizenship": "foreign", "stay_days": 365, "reciprocal_agreement": False, "has_agreement": False}
        assert assessed(profile, facts)["fees"] == []
