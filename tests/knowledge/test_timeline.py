"""The dates of a plan in order, what is late, and the earliest start that would still work."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from knowledge import assess
from knowledge.timeline import PLAN_DATES, Entry, Replan, Timeline, moved, replan, timeline
from tests.knowledge.any_profile import profiles
from tests.knowledge.profiles import (
    KNOWLEDGE,
    LECTURER_FROM_ABROAD,
    STUDENT_ABROAD,
    STUDENT_AT_HOME,
    STUDENT_FROM_ABROAD,
    TODAY,
    Facts,
)

GUEST: Facts = STUDENT_FROM_ABROAD | {"citizenship": "foreign"}
FIRST_OF_MARCH = date(2027, 3, 1)


def dates_of(
    *parts: Facts, today: date = FIRST_OF_MARCH, ticks: Mapping[str, bool] | None = None, **facts: Any
) -> Timeline:
    profile: Facts = {key: value for part in parts for key, value in part.items()} | facts
    return timeline(
        KNOWLEDGE,
        profile,
        assess(KNOWLEDGE, profile, lang="en", today=today),
        lang="en",
        today=today,
        ticks=ticks,
    )


def timings(found: Timeline) -> dict[str, str]:
    return {entry.item.id: entry.timing for entry in found.entries}


def entry(found: Timeline, key: str) -> Entry:
    return next(one for one in found.entries if one.item.id == key)


def test_deadlines_stand_in_order_with_the_days_that_are_left() -> None:
    found = dates_of(STUDENT_ABROAD, start_date="2027-09-01", duration_days=150)
    assert [one.item.id for one in found.entries] == ["selection_finished", "be_at_host"]
    assert entry(found, "selection_finished").days_left == (date(2027, 5, 31) - FIRST_OF_MARCH).days
    assert found.next is found.entries[0]
    assert found.replan is None


def test_what_is_due_within_a_week_is_near() -> None:
    # 1 June is a holiday: the last working day is 31 May.
    for today, timing, left in (("2027-05-23", "later", 8), ("2027-05-24", "soon", 7), ("2027-06-01", "soon", -1)):
        found = entry(
            dates_of(STUDENT_ABROAD, start_date="2027-09-01", today=date.fromisoformat(today)), "selection_finished"
        )
        assert (found.timing, found.days_left) == (timing, left)


def test_what_counts_towards_a_day_that_is_over_is_no_longer_late() -> None:
    late = dates_of(STUDENT_ABROAD, start_date="2027-09-01", today=date(2027, 8, 1))
    assert timings(late) == {"selection_finished": "overdue", "be_at_host": "later"}
    over = dates_of(STUDENT_ABROAD, start_date="2027-09-01", today=date(2027, 10, 1))
    assert timings(over) == {"selection_finished": "behind", "be_at_host": "behind"}
    assert over.replan is None
    assert over.next is None


@pytest.mark.parametrize("done", ["deadlines.selection_finished", "documents.loa", "conditions.invitation"])
def test_what_is_done_is_neither_late_nor_in_the_way(done: str) -> None:
    found = dates_of(STUDENT_ABROAD, start_date="2027-04-01", ticks={done: True})
    assert timings(found) == {"be_at_host": "later", "selection_finished": "done"}
    assert found.replan is None


def test_an_answer_that_meets_a_condition_settles_its_deadline() -> None:
    found = dates_of(GUEST, start_date="2027-03-10", has_invitation=True)
    assert timings(found)["loa_request"] == timings(found)["loa_issued"] == "done"
    taken_back = dates_of(GUEST, start_date="2027-03-10", has_invitation=True, ticks={"conditions.invitation": False})
    assert timings(taken_back)["loa_request"] == "overdue"


def test_a_plan_that_is_too_late_names_the_earliest_start() -> None:
    found = dates_of(STUDENT_ABROAD, start_date="2027-05-15").replan
    assert found is not None
    assert (found.fact, found.day, found.days) == ("start_date", date(2027, 6, 1), 17)
    assert [item.id for item in found.late] == ["selection_finished"]


def test_a_plan_that_is_too_late_names_the_date_that_what_is_late_counts_from() -> None:
    found = dates_of(STUDENT_ABROAD, start_date="2027-09-01", departure_date="2027-05-15").replan
    assert found is not None
    assert (found.fact, found.day, found.days) == ("departure_date", date(2027, 6, 1), 17)


def test_a_plan_that_cannot_be_known_to_be_late_is_left_alone() -> None:
    # Without credit the selection has no day of its own: "only if" is no reason to give up a plan.
    assert dates_of(STUDENT_AT_HOME, start_date="2027-04-01", bears_credit=False).replan is None
    assert dates_of(STUDENT_AT_HOME, start_date="2027-04-01", bears_credit=True).replan is not None
    assert dates_of(STUDENT_ABROAD).replan is None


def test_only_the_dates_of_the_plan_move() -> None:
    facts: Facts = {"start_date": "2027-02-28", "return_date": "2027-05-31", "passport_expiry": "2028-01-01", "gpa": 3}
    assert moved(facts, 2) == facts | {"start_date": "2027-03-02", "return_date": "2027-06-02"}


def test_ones_own_dates_stand_beside_the_duties_that_begin_on_them() -> None:
    found = dates_of(GUEST, start_date="2027-05-03", arrival_date="2027-05-01", duration_days=65)
    assert [(one.fact, one.day.isoformat()) for one in found.milestones] == [
        ("arrival_date", "2027-05-01"),
        ("start_date", "2027-05-03"),
        ("return_date", "2027-07-06"),
    ]
    assert [[item.id for item in one.duties] for one in found.milestones] == [
        ["report_on_arrival"],
        [],
        ["report_home"],
    ]


def test_a_passport_is_told_how_long_it_has_to_last() -> None:
    (passport,) = dates_of(LECTURER_FROM_ABROAD, citizenship="foreign", arrival_date="2027-05-31").validities
    assert (passport.fact, passport.until, passport.given) == ("passport_expiry", date(2028, 5, 31), None)


def test_without_a_mobility_type_there_is_nothing() -> None:
    assert dates_of({"role": "student", "home": "unnes", "start_date": "2027-05-01"}) == Timeline()
    assert dates_of({"home": "indonesia", "host": "abroad", "start_date": "2027-05-01"}) == Timeline()


def test_every_deadline_says_what_follows_if_it_is_missed() -> None:
    deadlines = [item for file in KNOWLEDGE.types.values() for item in file.deadlines]
    assert deadlines
    assert all(item.missed is not None for item in deadlines)


def overdue(profile: Facts, today: date) -> list[str]:
    """Ids of what is required and late, from the assessment alone."""
    items = assess(KNOWLEDGE, profile, lang="en", today=today)["deadlines"]
    return [item.id for item in items if item.passed and item.required]


PLANS = profiles(
    start_date=st.dates(date(2027, 1, 1), date(2028, 12, 31)).map(date.isoformat),
    duration_days=st.integers(1, 400),
)


@settings(max_examples=400, deadline=None)
@given(profile=PLANS, days=st.integers(0, 800))
def test_the_earliest_start_works_and_a_day_earlier_does_not(profile: Facts, days: int) -> None:
    today = date(2027, 1, 1) + timedelta(days=days)
    profile = {key: value for key, value in profile.items() if key != "has_invitation"}
    found = replan(KNOWLEDGE, profile, lang="en", today=today)
    begins = date.fromisoformat(profile["start_date"])
    # Who has arrived already has begun, whatever the first day of the programme.
    assume(begins < today or min(str(profile[fact]) for fact in PLAN_DATES if fact in profile) >= today.isoformat())
    if begins < today or not overdue(profile, today):
        assert found is None
        return
    assert isinstance(found, Replan)
    assert found.day == date.fromisoformat(profile[found.fact]) + timedelta(days=found.days)
    assert overdue(moved(profile, found.days), today) == []
    assert overdue(moved(profile, found.days - 1), today)


@settings(max_examples=200, deadline=None)
@given(profile=PLANS)
def test_every_dated_deadline_has_one_place(profile: Facts) -> None:
    found = dates_of(profile, today=TODAY)
    order = [one.timing for one in found.entries]
    assert order == sorted(order, key=["overdue", "soon", "later", "undated", "done", "behind"].index)
    ahead = [one.item.date for one in found.entries if one.timing in ("soon", "later") and one.item.date]
    assert ahead == sorted(ahead)
    assert all((one.item.date is None) == (one.days_left is None) for one in found.entries)
    assert {one.fact for one in found.milestones} <= set(PLAN_DATES)
