"""When somebody is reminded: in any time zone, on any day, never at night."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.services.deadlines.reminders import (
    STEPS,
    UNTIL_A_WEEK_BEFORE,
    Hold,
    is_due,
    moments,
    morning_of,
    next_look,
    next_morning,
    put_off,
)
from bot.services.night import is_night, night_begins

ZONES = st.sampled_from(sorted(available_timezones() - {"localtime"}))
DAYS = st.dates(date(2026, 1, 1), date(2031, 12, 31))
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2031, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
DAY = timedelta(days=1)


@settings(max_examples=300, deadline=None)
@given(day=DAYS, zone=ZONES)
def test_the_morning_is_nine_o_clock_where_the_person_is(day: date, zone: str) -> None:
    morning = morning_of(day, zone)
    there = morning.astimezone(ZoneInfo(zone))
    assert there.date() == day
    # An hour that daylight saving leaves out is the only excuse.
    assert there.hour == 9 or not is_night(morning, zone)
    assert (there.hour, there.minute) == (9, 0) or there.utcoffset() != (there - 2 * DAY).utcoffset()
    assert not is_night(morning, zone)
    assert morning < night_begins(day, zone)


@settings(max_examples=300, deadline=None)
@given(last_day=DAYS, zone=ZONES, until=st.none() | MOMENTS)
def test_nobody_is_told_at_night(last_day: date, zone: str, until: datetime | None) -> None:
    found = list(moments(last_day, zone))
    assert [last_day - timedelta(days=step) for step in STEPS] == [
        moment.astimezone(ZoneInfo(zone)).date() for moment in found
    ]
    assert not any(is_night(moment, zone) for moment in found)
    assert found == sorted(found)
    if until is not None:
        held = list(moments(last_day, zone, Hold(until)))
        assert set(held) - set(found) <= {until}
        assert min(held) >= until


@settings(max_examples=300, deadline=None)
@given(moment=MOMENTS, zone=ZONES)
def test_the_next_morning_is_within_a_day_and_no_night(moment: datetime, zone: str) -> None:
    morning = next_morning(moment, zone)
    assert moment < morning <= moment + DAY + timedelta(hours=2)
    assert not is_night(morning, zone)


@settings(max_examples=300, deadline=None)
@given(last_day=DAYS, zone=ZONES, looks=st.lists(MOMENTS, min_size=2, max_size=30, unique=True))
def test_however_seldom_one_looks_each_step_is_due_once(last_day: date, zone: str, looks: list[datetime]) -> None:
    """Looks at any moments, from anywhere before to anywhere after: between two looks a step is due at most once, and
    it is due exactly if a moment lies between them and the day is not over."""
    looks = sorted(looks)
    told = 0
    for before, now in pairwise(looks):
        passed = [moment for moment in moments(last_day, zone) if before < moment <= now]
        in_time = now.astimezone(ZoneInfo(zone)).date() <= last_day
        due = is_due(last_day, zone, after=before, now=now)
        assert due == (bool(passed) and in_time)
        told += due
    assert told <= len(STEPS)


@settings(max_examples=200, deadline=None)
@given(last_days=st.lists(DAYS, max_size=4), zone=ZONES, now=MOMENTS)
def test_the_next_look_is_the_first_moment_ahead(last_days: list[date], zone: str, now: datetime) -> None:
    found = next_look([(day, None) for day in last_days], zone, now)
    ahead = sorted(moment for day in last_days for moment in moments(day, zone) if moment > now)
    assert found == (ahead[0] if ahead else None)


@settings(max_examples=200, deadline=None)
@given(last_day=DAYS, today=DAYS, how=st.sampled_from(["1", "3", "w", "?"]))
def test_what_is_put_off_is_put_off_to_a_day_that_is_of_use(last_day: date, today: date, how: str) -> None:
    day = put_off(last_day, today, how)
    assert day is None or today < day <= last_day


@pytest.mark.parametrize(
    ("left", "how", "days"),
    [(14, "1", 13), (14, "3", 11), (14, "w", 7), (7, "w", None), (1, "1", 0), (0, "1", None), (2, "3", None)],
)
def test_how_far_something_can_be_put_off(left: int, how: str, days: int | None) -> None:
    last_day = date(2027, 5, 19)
    found = put_off(last_day, last_day - timedelta(days=left), how)
    assert found == (None if days is None else last_day - timedelta(days=days))
    assert UNTIL_A_WEEK_BEFORE == "w"


@pytest.mark.parametrize(
    ("hour", "night"), [(6, True), (7, False), (9, False), (20, False), (21, True), (23, True), (0, True)]
)
def test_the_night_is_from_nine_to_seven(hour: int, night: bool) -> None:
    moment = datetime(2027, 5, 19, hour, tzinfo=ZoneInfo("Asia/Jayapura"))
    assert is_night(moment.astimezone(UTC), "Asia/Jayapura") is night


def test_what_is_muted_is_never_told_of() -> None:
    assert list(moments(date(2027, 5, 19), "Asia/Jakarta", Hold(None))) == []
