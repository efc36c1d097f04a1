"""Statuses of an item: no sequence of attempts leads anywhere that the table does not allow."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import IllegalMove
from bot.services.applications.transitions import (
    APPLICANT_SETS,
    MOVES,
    SETTLED_BY_STAFF,
    Actor,
    ItemStatus,
    may_move,
    may_undo,
    require_move,
)

STATUSES = st.sampled_from(ItemStatus)
ATTEMPTS = st.lists(st.tuples(st.sampled_from(Actor), STATUSES, st.booleans()), max_size=30)


@given(ATTEMPTS)
def test_the_applicant_never_gets_past_staff(attempts: list[tuple[Actor, ItemStatus, bool]]) -> None:
    status = ItemStatus.TODO
    settled_by_staff = False
    for actor, wanted, undo in attempts:
        try:
            require_move(actor, status, wanted, undo=undo)
        except IllegalMove:
            continue
        assert status is not wanted
        if actor is Actor.APPLICANT:
            assert wanted in APPLICANT_SETS
            assert not settled_by_staff
        status = wanted
        settled_by_staff = actor is Actor.STAFF and wanted in SETTLED_BY_STAFF


@given(STATUSES, STATUSES)
def test_every_move_of_staff_can_be_undone_by_staff_and_by_nobody_else(before: ItemStatus, after: ItemStatus) -> None:
    assert may_undo(after, before) == may_move(Actor.STAFF, before, after)
    if may_undo(before, after):
        require_move(Actor.STAFF, before, after, undo=True)
        if after not in APPLICANT_SETS or before in SETTLED_BY_STAFF:
            with pytest.raises(IllegalMove):
                require_move(Actor.APPLICANT, before, after, undo=True)


@given(STATUSES)
def test_nobody_stays_stuck(status: ItemStatus) -> None:
    """From everywhere there is a way to accepted, by one or both."""
    reached, new = {status}, {status}
    while new:
        steps = set().union(*MOVES.values())
        new = {after for before, after in steps if before in new} - reached
        reached |= new
    assert ItemStatus.ACCEPTED in reached or status is ItemStatus.WAIVED


def test_what_is_done_is_what_the_applicant_need_not_do() -> None:
    assert {status for status in ItemStatus if not status.is_done} == {ItemStatus.TODO, ItemStatus.RETURNED}
