"""One item, one reviewer: claims, their end, taking over; on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.db.engine import Database
from bot.errors import NothingToReview, Overtaken, OwnItem
from bot.services.applications.checklist import ItemStatus
from bot.services.review.filters import Filters
from bot.services.review.review import CLAIM
from knowledge import Knowledge
from tests.bot.people import ANI, BUDI, STUDENT_ABROAD
from tests.bot.review_office import RITA, SARI, ReviewOffice
from tests.support.clock import TestClock


@pytest.fixture
def office(database: Database, knowledge: Knowledge, clock: TestClock) -> ReviewOffice:
    return ReviewOffice(database, knowledge, clock)


async def test_the_oldest_comes_first_and_the_second_reviewer_gets_the_next(
    office: ReviewOffice, clock: TestClock
) -> None:
    code = await office.applicant()
    for key in ("d:transcript", "d:cv"):
        await office.hand_in(code, key)
        clock.move(timedelta(minutes=1))
    first, second = await office.take(RITA), await office.take(SARI)
    assert first is not None
    assert second is not None
    assert [first.queued.line.id, second.queued.line.id] == ["transcript", "cv"]
    assert await office.take(BUDI) is None
    assert (await office.take(RITA)) is not None


async def test_two_who_reach_for_the_same_item_at_once_do_not_both_get_it(office: ReviewOffice) -> None:
    code = await office.applicant()
    await office.hand_in(code, "d:cv")
    visits = [await office.visit(reviewer) for reviewer in (RITA, SARI)]
    cards = [await office.review.next(visit, await office.review.queue(visit)) for visit in visits]
    assert cards[0] is not None
    assert cards[1] is not None
    assert cards[0].id == cards[1].id
    await office.visits.end(visits[0])
    with pytest.raises(Overtaken):
        await office.visits.end(visits[1])
    assert await office.rows("SELECT reviewer_id FROM review_claims") == [(RITA,)]
    assert await office.take(SARI) is None


async def test_a_claim_runs_out(office: ReviewOffice, clock: TestClock) -> None:
    code = await office.applicant()
    await office.hand_in(code, "d:cv")
    card = await office.take(RITA)
    assert card is not None
    clock.move(CLAIM - timedelta(seconds=1))
    assert await office.take(SARI) is None
    clock.move(timedelta(seconds=1))
    taken = await office.take(SARI)
    assert taken is not None
    _, decided = await office.decide(card, ItemStatus.ACCEPTED, reviewer=RITA)
    assert decided is None
    assert await office.status(code, "d:cv") == "submitted"


async def test_taking_over_says_from_whom_and_holds_only_for_them(office: ReviewOffice) -> None:
    code = await office.applicant()
    await office.hand_in(code, "d:cv")
    mine = await office.take(RITA)
    assert mine is not None
    seen = await office.open(mine.id, SARI)
    assert seen.queued.claim is not None
    assert seen.queued.claim.reviewer_id == RITA
    assert not seen.can_decide
    assert not (await office.open(mine.id, SARI, over=BUDI)).can_decide
    assert (await office.open(mine.id, SARI, over=RITA)).can_decide
    _, decided = await office.decide(mine, ItemStatus.ACCEPTED, reviewer=RITA)
    assert decided is None
    assert ("review taken over", code) in await office.rows("SELECT action, subject FROM audit")


async def test_going_on_gives_the_item_before_back(office: ReviewOffice) -> None:
    code = await office.applicant()
    await office.hand_in(code, "d:cv", "d:transcript")
    card = await office.take(RITA)
    assert card is not None
    visit = await office.visit(RITA)
    office.review.skip(visit, card.id)
    other = await office.review.next(visit, await office.review.queue(visit))
    await office.visits.end(visit)
    assert other is not None
    assert other.id != card.id
    assert len(await office.rows("SELECT * FROM review_claims")) == 1
    taken = await office.take(SARI)
    assert taken is not None
    assert taken.id == card.id


async def test_what_is_put_off_comes_after_everything_else(office: ReviewOffice) -> None:
    code = await office.applicant()
    await office.hand_in(code, "d:cv")
    card = await office.take()
    assert card is not None
    visit = await office.visit(RITA)
    office.review.skip(visit, card.id)
    again = await office.review.next(visit, await office.review.queue(visit))
    assert again is not None
    assert again.id == card.id


async def test_nobody_reviews_their_own(office: ReviewOffice) -> None:
    code = await office.applicant(RITA)
    await office.hand_in(code, "d:cv", person_id=RITA)
    assert await office.take(RITA) is None
    card = await office.take(SARI)
    assert card is not None
    for attempt in (office.open(card.id, RITA), office.decide(card, ItemStatus.ACCEPTED, reviewer=RITA)):
        with pytest.raises(OwnItem):
            await attempt


async def test_an_item_that_left_the_checklist_does_not_wait(office: ReviewOffice) -> None:
    code = await office.applicant()
    await office.hand_in(code, "d:cv")
    card = await office.take()
    assert card is not None
    await office.tell({"host": "unnes", "home": "abroad"})
    assert await office.take() is None
    with pytest.raises(NothingToReview):
        await office.open(card.id)
    with pytest.raises(NothingToReview):
        await office.open(card.id + 1000)


async def test_filters_leave_out_and_are_kept(office: ReviewOffice, knowledge: Knowledge) -> None:
    abroad, within = await office.applicant(), await office.applicant(BUDI, {**STUDENT_ABROAD, "host": "indonesia"})
    await office.hand_in(abroad, "d:cv", "d:loa")
    await office.hand_in(within, "d:cv", person_id=BUDI)
    visit = await office.visit(RITA)

    async def seen(filters: Filters) -> list[tuple[str, str]]:
        filters.keep(visit)
        return [(one.code, one.line.id) for one in (await office.review.queue(visit)).items]

    everything = await seen(Filters())
    assert len(everything) == 3
    assert await seen(Filters(mobility_type="student_outbound_national")) == [(within, "cv")]
    assert await seen(Filters(stage="loa")) == [(abroad, "loa")]
    assert await seen(Filters(programme="no_such_programme")) == []
    assert await seen(Filters(mobility_type="student_outbound_international", stage="registration")) == [(abroad, "cv")]
    await office.visits.end(visit)
    later = await office.visit(RITA)
    assert Filters.of(later).stage == "registration"
    assert len((await office.review.queue(later)).items) == 1
    Filters().keep(later)
    assert not later.memory.extra


async def test_an_applicant_who_is_erased_leaves_nothing_to_review(office: ReviewOffice) -> None:
    code = await office.applicant()
    await office.hand_in(code, "d:cv")
    card = await office.take()
    assert card is not None
    visit = await office.visit(ANI)
    office.privacy.erase(visit)
    await office.visits.end(visit)
    assert await office.rows("SELECT item_id FROM review_claims UNION SELECT id FROM checklist_items") == []
    assert (await office.decisions.undoable(await office.visit(RITA))) is None
