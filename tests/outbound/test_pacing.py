"""Pace: never faster than allowed, whatever comes; as fast as allowed, if there is enough."""

from __future__ import annotations

from bisect import bisect_left

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.outbound.pacing import CATCH_UP, CHAT_GAP, GROUP_GAP, Pace

RATES = st.sampled_from([0.5, 3.0, 25.0, 30.0, 400.0])
STEPS = st.lists(st.floats(0.0, 2.0), min_size=1, max_size=120)
HORIZON = 0.2


def sent_by(pace: Pace, moments: list[float]) -> list[float]:
    """What a sender that looks at these moments, and always has enough to send, sends, and when."""
    slots, chat = [], 0
    for now in moments:
        for _ in range(pace.room(now, HORIZON)):
            chat += 1
            slots.append(pace.reserve(now, chat))
    return slots


def moments_of(steps: list[float]) -> list[float]:
    moments = [0.0]
    for step in steps:
        moments.append(moments[-1] + step)
    return moments


@given(RATES, STEPS)
def test_in_any_period_no_more_than_the_rate_allows(rate: float, steps: list[float]) -> None:
    slots = sent_by(Pace(rate, 0.0), moments_of(steps))
    assert slots == sorted(slots)
    most = max(1.0, rate * CATCH_UP)
    for end, last in enumerate(slots):
        for seconds in (0.5, 1.0, 10.0):
            begin = bisect_left(slots, last - seconds + 1e-9)
            assert end - begin + 1 <= rate * seconds + most + 1e-6


@given(RATES, STEPS)
def test_no_slot_lies_further_ahead_than_was_asked_for(rate: float, steps: list[float]) -> None:
    pace, moments = Pace(rate, 0.0), moments_of(steps)
    for now in moments:
        for chat in range(pace.room(now, HORIZON)):
            assert now <= pace.reserve(now, chat) <= now + HORIZON + 1e-6


@settings(max_examples=20)
@given(st.sampled_from([25.0, 30.0]), st.lists(st.floats(0.0, 0.15), min_size=200, max_size=400))
def test_a_sender_that_looks_often_enough_reaches_the_rate(rate: float, steps: list[float]) -> None:
    moments = moments_of(steps)
    seconds = moments[-1] - CATCH_UP
    assert len(sent_by(Pace(rate, 0.0), moments)) >= rate * seconds - 1


@given(RATES, STEPS, st.floats(0.1, 40.0), st.integers(0, 60))
def test_nothing_goes_during_a_pause_and_no_burst_follows_it(
    rate: float, steps: list[float], pause: float, at: int
) -> None:
    moments = moments_of(steps)
    begin = moments[min(at, len(moments) - 1)]
    pace = Pace(rate, 0.0)
    sent_by(pace, [moment for moment in moments if moment < begin])
    pace.pause(begin, pause)
    after = sent_by(pace, [begin, begin + pause / 2, begin + pause, begin + pause + 0.5])
    assert all(slot >= begin + pause - 1e-6 for slot in after)
    in_half_a_second = [slot for slot in after if slot < begin + pause + 0.5]
    assert len(in_half_a_second) <= rate * 0.5 + 1 + 1e-6


def test_a_shorter_pause_does_not_end_a_longer_one() -> None:
    pace = Pace(25.0, 0.0)
    pace.pause(0.0, 10.0)
    pace.pause(1.0, 2.0)
    assert pace.paused_for(3.5) == pytest.approx(6.5)


@given(st.lists(st.tuples(st.integers(-3, 3).filter(bool), st.integers(1, 10)), min_size=2, max_size=60))
def test_a_chat_gets_a_message_a_second_and_a_group_twenty_a_minute(wishes: list[tuple[int, int]]) -> None:
    pace, now = Pace(100.0, 0.0), 0.0
    last: dict[int, tuple[float, int]] = {}
    for chat, weight in wishes:
        now = max(now, pace.busy(now).get(chat, now))
        slot = pace.reserve(now, chat, weight)
        if chat in last:
            before, parts = last[chat]
            assert slot - before >= parts * (GROUP_GAP if chat < 0 else CHAT_GAP) - 1e-6
        last[chat] = (slot, weight)


def test_chats_that_may_be_written_to_again_are_forgotten() -> None:
    pace = Pace(1000.0, 0.0)
    for chat in range(5000):
        pace.reserve(chat / 1000, chat)
    assert len(pace.busy(5.0)) < 1100
