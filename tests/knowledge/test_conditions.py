"""Conditions with three values, alone and joined; lengths in days and calendar months."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.conditions import (
    AllOf,
    AnyOf,
    Condition,
    Constant,
    IsOneOf,
    IsWithin,
    Not,
    Truth,
    Unless,
    all_of,
    any_of,
    settling,
)
from knowledge.lengths import Length, LengthUnit, Period, add_months
from knowledge.openness import Openness
from knowledge.profile import Profile
from tests.knowledge.profiles import KNOWLEDGE, TODAY, Facts

TRUTHS: tuple[Truth, ...] = (True, False, None)
FACTS = ("active_student", "passed_selection", "health_check")
LEAVES = [IsOneOf(fact, frozenset((True,))) for fact in FACTS]

conditions: st.SearchStrategy[Condition] = st.recursive(
    st.sampled_from(LEAVES),
    lambda parts: (
        st.lists(parts, min_size=1, max_size=3).map(all_of)
        | st.lists(parts, min_size=1, max_size=3).map(any_of)
        | parts.map(Not)
        | parts.map(Unless)
    ),
    max_leaves=6,
)
profiles: st.SearchStrategy[Facts] = st.fixed_dictionaries({}, optional=dict.fromkeys(FACTS, st.booleans()))


def profile(**facts: bool) -> Profile:
    return Profile(KNOWLEDGE, facts)


@pytest.mark.parametrize(("one", "other"), list(product(TRUTHS, TRUTHS)))
def test_joined_conditions_follow_the_three_valued_tables(one: Truth, other: Truth) -> None:
    parts = (Constant(one), Constant(other))
    values = {one, other}

    assert AllOf(parts).truth(profile()) is (False if False in values else None if None in values else True)
    assert AnyOf(parts).truth(profile()) is (True if True in values else None if None in values else False)
    assert Not(parts[0]).truth(profile()) is (None if one is None else not one)
    assert Unless(parts[0]).truth(profile()) is (one is not True)


@given(conditions, profiles)
@settings(max_examples=200)
def test_what_is_settled_may_be_folded_away(condition: Condition, facts: Facts) -> None:
    known = Profile(KNOWLEDGE, facts)
    truths: dict[Condition, Truth] = {leaf: leaf.truth(known) for leaf in LEAVES}
    settled: dict[Condition, Truth] = {leaf: truth for leaf, truth in truths.items() if truth is not None}

    assert condition.assume(settling(settled)).truth(known) is condition.truth(known)
    # "I don't know" settles a leaf for good.
    assert condition.assume(settling(truths)) == Constant(condition.truth(known))


@given(conditions, profiles)
@settings(max_examples=200)
def test_the_open_facts_are_those_that_may_still_change_the_truth(condition: Condition, facts: Facts) -> None:
    known = Profile(KNOWLEDGE, facts)
    open_facts = Openness(KNOWLEDGE.rules(TODAY), known).of_condition(condition)

    assert not open_facts & set(facts)
    closed = [fact for fact in FACTS if fact not in facts and fact not in open_facts]
    for fact, value in product(closed, (True, False)):
        assert condition.truth(Profile(KNOWLEDGE, {**facts, fact: value})) is condition.truth(known)


@pytest.mark.parametrize(
    ("limits", "inside", "outside"),
    [
        ({"at_least": 3.25}, (3.25, 4), (3.24, 0)),
        ({"at_most": 3.25}, (3.25, 0), (3.26,)),
        ({"over": 60}, (61,), (60, 59)),
        ({"below": 60}, (59,), (60, 61)),
        ({"at_least": 3, "below": 5}, (3, 4), (2, 5)),
    ],
)
def test_limits_of_numbers(limits: dict[str, float], inside: tuple[float, ...], outside: tuple[float, ...]) -> None:
    condition = IsWithin("gpa", **limits)

    assert all(condition.truth(Profile(KNOWLEDGE, {"gpa": value})) is True for value in inside)
    assert all(condition.truth(Profile(KNOWLEDGE, {"gpa": value})) is False for value in outside)
    assert condition.truth(profile()) is None


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.integers(1, 24))
def test_a_stay_is_exactly_so_many_months_if_it_ends_the_day_before(first: date, count: int) -> None:
    period = Period(count, LengthUnit.MONTHS)
    days = (add_months(first, count) - first).days
    exact, longer, shorter = (Length(days + more, first) for more in (0, 1, -1))

    assert exact.is_at_least(period)
    assert not exact.is_over(period)
    assert longer.is_over(period)
    assert not shorter.is_at_least(period)
    assert period.shortest <= days <= period.longest


@given(st.integers(1, 800), st.integers(1, 24), st.dates(date(2024, 1, 1), date(2027, 12, 31)))
def test_a_number_of_days_is_over_only_if_it_is_in_every_calendar(days: int, count: int, first: date) -> None:
    period = Period(count, LengthUnit.MONTHS)

    if Length(days).is_over(period):
        assert Length(days, first).is_over(period)
    if Length(days, first).is_at_least(period):
        assert Length(days).is_at_least(period)


@pytest.mark.parametrize(
    ("day", "count", "moved"),
    [
        ("2027-05-31", -3, "2027-02-28"),
        ("2028-05-31", -3, "2028-02-29"),
        ("2027-01-31", 1, "2027-02-28"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2027-12-31", 2, "2028-02-29"),
        ("2027-03-15", -15, "2025-12-15"),
    ],
)
def test_months_end_where_the_month_ends(day: str, count: int, moved: str) -> None:
    assert add_months(date.fromisoformat(day), count).isoformat() == moved


def test_weeks_and_days_are_counted_as_they_are() -> None:
    day = date(2027, 3, 1)

    assert Period(1, LengthUnit.WEEKS).before(day) == day - timedelta(days=7)
    assert Period(60, LengthUnit.DAYS).after(day) == day + timedelta(days=60)
    assert (Period(3, LengthUnit.MONTHS).shortest, Period(3, LengthUnit.MONTHS).longest) == (89, 92)
    with pytest.raises(OverflowError):
        add_months(date(9999, 12, 1), 1)
