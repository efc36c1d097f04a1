"""Decisions: what they change, what the applicant hears and when, what is refused; on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.db.engine import Database
from bot.db.ledger import withdraw
from bot.errors import NothingToReview, Overtaken
from bot.services.applications.checklist import ItemStatus
from bot.services.review.decisions import LONGEST_WAIT, UNDO
from bot.services.review.reasons import Reason, heard_of
from knowledge import Knowledge
from tests.bot.review_office import RITA, SARI, ReviewOffice, plainly
from tests.bot.test_privacy_service import tables_that_name
from tests.support.clock import TestClock

SECOND = timedelta(seconds=1)


@pytest.fixture
def office(database: Database, knowledge: Knowledge, clock: TestClock) -> ReviewOffice:
    return ReviewOffice(database, knowledge, clock)


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (ItemStatus.ACCEPTED, None),
        (ItemStatus.RETURNED, Reason("unreadable")),
        (ItemStatus.RETURNED, Reason("other", "no: stamp")),
        (ItemStatus.WAIVED, Reason("on_file")),
    ],
)
async def test_a_decision_is_kept_with_its_reason_and_told_in_a_minute(
    office: ReviewOffice, clock: TestClock, status: ItemStatus, reason: Reason | None
) -> None:
    code = await office.applicant()
    await office.hand_in(code, "d:cv")
    card = await office.take()
    assert card is not None
    _, decided = await office.decide(card, status, reason)
    assert decided is not None
    assert await office.status(code, "d:cv") == status.value
    stored = reason.stored if reason else None
    moves = await office.rows("SELECT from_status, to_status, actor_id, reason FROM item_moves ORDER BY id")
    assert moves[-1] == ("submitted", status.value, RITA, stored)
    assert Reason.read(stored) == reason
    assert await office.queued() == [(clock.now() + UNDO, [["d:cv", status.value, stored or ""]])]
    assert await office.take() is None
    assert (f"item {status.value}", RITA) in await office.rows("SELECT action, actor_id FROM audit")


async def test_what_is_undone_within_the_minute_is_never_heard_of(office: ReviewOffice, clock: TestClock) -> None:
    code = await office.applicant()
    await office.hand_in(code, "d:cv")
    clock.move(timedelta(hours=1))
    await office.hand_in(code, "d:transcript")
    card = await office.take()
    assert card is not None
    _, decided = await office.decide(card, ItemStatus.RETURNED, Reason("outdated"))
    assert decided is not None
    clock.move(UNDO - SECOND)
    assert (await office.decisions.undoable(await office.visit(RITA))) == decided
    again, undone = await office.undo(decided)
    assert undone
    assert again.can_decide
    assert again.queued.since == card.queued.since
    assert await office.queued() == []
    assert await office.status(code, "d:cv") == "submitted"
    assert (await office.decisions.undoable(await office.visit(RITA))) is None
    taken = await office.take(RITA)
    assert taken is not None
    assert taken.id == card.id
    _, twice = await office.undo(decided)
    assert not twice
    record = await office.submissions.record(await office.visit(), code, "d:cv")
    assert [move.to_status for move in record.moves] == ["submitted", "returned", "submitted"]
    assert [move.to_status for move in heard_of(record.moves)] == ["submitted"]


async def test_after_the_minute_it_is_too_late(office: ReviewOffice, clock: TestClock) -> None:
    code = await office.applicant()
    await office.hand_in(code, "d:cv")
    card = await office.take()
    assert card is not None
    _, decided = await office.decide(card, ItemStatus.ACCEPTED)
    assert decided is not None
    clock.move(UNDO)
    assert (await office.decisions.undoable(await office.visit(RITA))) is None
    now, undone = await office.undo(decided)
    assert not undone
    assert now.queued.status is ItemStatus.ACCEPTED
    assert len(await office.queued()) == 1
    visit = await office.visit(SARI)
    reopened = await office.decisions.reopen(visit, card.id, tell=plainly)
    await office.visits.end(visit)
    assert reopened.can_decide
    assert await office.status(code, "d:cv") == "submitted"
    _, anew = await office.decide(reopened, ItemStatus.RETURNED, Reason("incomplete"), reviewer=SARI)
    assert anew is not None
    assert [told for _, told in await office.queued()] == [[["d:cv", "returned", "incomplete"]]]


async def test_a_message_that_has_gone_out_cannot_be_undone(
    office: ReviewOffice, clock: TestClock, database: Database
) -> None:
    code = await office.applicant()
    await office.hand_in(code, "d:cv")
    card = await office.take()
    assert card is not None
    _, decided = await office.decide(card, ItemStatus.ACCEPTED)
    assert decided is not None
    early = await office.visit(RITA)
    _, promised = await office.decisions.undo(early, decided.decision_id, tell=plainly)
    assert promised
    async with database.transaction() as connection:
        assert await withdraw(connection, f"review:{code}:{decided.decision_id}", clock.now())
    with pytest.raises(Overtaken):
        await office.visits.end(early)
    _, undone = await office.undo(decided)
    assert not undone
    assert await office.status(code, "d:cv") == "accepted"


async def test_decisions_about_one_application_are_told_together(office: ReviewOffice, clock: TestClock) -> None:
    code = await office.applicant()
    await office.hand_in(code, "d:cv", "d:transcript", "d:loa")
    decided = []
    for status, reason in (
        (ItemStatus.ACCEPTED, None),
        (ItemStatus.RETURNED, Reason("unreadable")),
        (ItemStatus.WAIVED, Reason("replaced")),
    ):
        card = await office.take()
        assert card is not None
        decided.append((await office.decide(card, status, reason))[1])
        clock.move(20 * SECOND)
    ((due, told),) = await office.queued()
    assert due == clock.now() - 20 * SECOND + UNDO
    assert [status for _, status, _ in told] == ["accepted", "returned", "waived"]
    middle = decided[1]
    assert middle is not None
    assert (await office.undo(middle))[1]
    ((due, told),) = await office.queued()
    assert [status for _, status, _ in told] == ["accepted", "waived"]
    again = await office.take()
    assert again is not None
    await office.decide(again, ItemStatus.ACCEPTED)
    ((due, told),) = await office.queued()
    assert [status for _, status, _ in told] == ["accepted", "waived", "accepted"]


async def test_a_message_does_not_wait_for_ever(office: ReviewOffice, clock: TestClock) -> None:
    code = await office.applicant()
    await office.hand_in(code, "d:cv", "d:transcript")
    for pause in (LONGEST_WAIT, timedelta()):
        card = await office.take()
        assert card is not None
        await office.decide(card, ItemStatus.ACCEPTED)
        clock.move(pause)
    assert len(await office.queued()) == 2


@pytest.mark.parametrize("change", ["statement", "withdrawn", "decided"])
async def test_what_has_changed_since_is_not_decided(office: ReviewOffice, change: str) -> None:
    code = await office.applicant()
    await office.hand_in(code, "d:cv")
    card = await office.take()
    assert card is not None
    late = await office.visit(RITA)
    _, seemed_right = await office.decisions.decide(
        late, card.id, card.version, ItemStatus.ACCEPTED, reason=None, tell=plainly
    )
    assert seemed_right is not None
    if change == "statement":
        await office.say(code, "d:cv", "I lost it")
    elif change == "withdrawn":
        visit = await office.visit()
        await office.applications.mark(visit, code, "d:cv", ItemStatus.TODO)
        await office.visits.end(visit)
    else:
        await office.open(card.id, SARI, over=RITA)
        await office.decide(card, ItemStatus.RETURNED, Reason("outdated"), reviewer=SARI)
    before = await office.status(code, "d:cv"), await office.queued()
    with pytest.raises(Overtaken):
        await office.visits.end(late)
    assert (await office.decide(card, ItemStatus.ACCEPTED))[1] is None
    assert (await office.status(code, "d:cv"), await office.queued()) == before


async def test_a_decision_of_somebody_else_cannot_be_undone(office: ReviewOffice) -> None:
    code = await office.applicant()
    await office.hand_in(code, "d:cv")
    card = await office.take()
    assert card is not None
    _, decided = await office.decide(card, ItemStatus.ACCEPTED)
    assert decided is not None
    with pytest.raises(NothingToReview):
        await office.undo(decided, reviewer=SARI)
    assert await office.status(code, "d:cv") == "accepted"


async def test_an_update_that_is_handled_again_decides_once(office: ReviewOffice) -> None:
    code = await office.applicant()
    await office.hand_in(code, "d:cv")
    card = await office.take()
    assert card is not None
    lost, again = await office.visit(RITA), await office.visit(RITA)
    for visit in (lost, again):
        visit.seq = lost.seq
        await office.decisions.decide(visit, card.id, card.version, ItemStatus.ACCEPTED, reason=None, tell=plainly)
    await office.visits.end(again)
    await office.visits.end(lost)
    assert len(await office.rows("SELECT * FROM review_decisions")) == 1
    assert len(await office.queued()) == 1


async def test_a_reviewer_who_is_erased_leaves_decisions_without_a_name(
    office: ReviewOffice, database: Database
) -> None:
    code = await office.applicant()
    await office.hand_in(code, "d:cv", "d:transcript")
    card = await office.take()
    assert card is not None
    await office.decide(card, ItemStatus.ACCEPTED)
    await office.take()
    visit = await office.visit(RITA)
    office.privacy.erase(visit)
    await office.visits.end(visit)
    async with database.connect() as connection:
        assert await connection.run_sync(tables_that_name, RITA) == set()
    assert await office.status(code, "d:cv") == "accepted"
    assert await office.take(SARI) is not None


def test_reasons_come_out_as_they_went_in() -> None:
    assert Reason.read(None) is None
    assert Reason.read("something an older version wrote") == Reason("other", "something an older version wrote")
    assert Reason.read("other: a: b") == Reason("other", "a: b")
