"""Dates that stand the wrong way round are told; those that follow by default, or fall on one day, are in order."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.date_order import WrongOrder, wrong_orders
from tests.knowledge.profiles import KNOWLEDGE, STUDENT_ABROAD, Facts

START = "2027-09-01"


def found_in(**dates: str) -> list[tuple[str, str]]:
    facts: Facts = STUDENT_ABROAD | dates
    return [(one.fact, one.other) for one in wrong_orders(KNOWLEDGE, facts)]


@pytest.mark.parametrize("fact", ["departure_date", "arrival_date"])
def test_who_leaves_or_arrives_after_the_start_is_told(fact: str) -> None:
    facts: Facts = STUDENT_ABROAD | {"start_date": START, fact: "2027-09-02"}
    assert wrong_orders(KNOWLEDGE, facts) == (WrongOrder(fact, date(2027, 9, 2), "start_date", date(2027, 9, 1)),)


@pytest.mark.parametrize("fact", ["departure_date", "arrival_date"])
def test_the_same_day_and_earlier_ones_are_in_order(fact: str) -> None:
    assert found_in(start_date=START, return_date=START, **{fact: START}) == []
    assert found_in(start_date=START, **{fact: "2027-08-20"}) == []


def test_a_return_before_everything_is_told() -> None:
    assert found_in(start_date=START, return_date="2027-08-01") == [("start_date", "return_date")]
    assert found_in(arrival_date=START, return_date="2027-08-01") == [("arrival_date", "return_date")]


def test_a_date_that_nobody_gave_is_no_doubt() -> None:
    assert found_in(departure_date="2027-09-02") == []
    assert found_in(start_date=START) == []
    assert found_in(start_date=START, passport_expiry="2026-01-01") == []
