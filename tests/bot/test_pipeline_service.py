"""Where everybody stands, and who is reminded of what and when; on both databases."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.db.engine import Database
from bot.errors import NoSuchApplication
from bot.services.applications.checklist import ItemStatus
from bot.services.night import waking
from bot.services.review.pipeline import COMPLETE, REFUSED, UNCLEAR, bucket_of
from knowledge import Knowledge
from tests.bot.people import ANI, BUDI, STUDENT_ABROAD
from tests.bot.review_office import RITA, ReviewOffice, naming
from tests.support.clock import TestClock

ABROAD = "student_outbound_international"
READY: dict[str, object] = {**STUDENT_ABROAD, "citizenship": "indonesian", "duration_days": 150}


@pytest.fixture
def office(database: Database, knowledge: Knowledge, clock: TestClock) -> ReviewOffice:
    return ReviewOffice(database, knowledge, clock)


async def remind(office: ReviewOffice, bucket: str = "registration") -> int:
    """Remind them all; how many that were."""
    visit = await office.visit(RITA)
    reminding = await office.pipeline.reminding(visit, ABROAD, bucket)
    office.pipeline.remind(visit, reminding, kind=ABROAD, bucket=bucket, tell=naming)
    await office.visits.end(visit)
    return len(reminding.nudges)


async def settle(
    office: ReviewOffice, person_id: int, *, timezone: str = "Asia/Jakarta", reminders: bool = True
) -> None:
    """Where somebody lives and what they wish."""
    visit = await office.visit(person_id)
    visit.person.timezone = timezone
    visit.person.preferences = replace(visit.person.preferences, reminders=reminders)
    await office.visits.end(visit)


async def test_applications_stand_where_something_is_missing(office: ReviewOffice) -> None:
    code = await office.applicant(ANI, READY)
    await office.applicant(BUDI, {**READY, "gpa": 1.0})
    await office.applicant(BUDI + 1, {"role": "student", "home": "unnes", "host": "abroad"})
    visit = await office.visit(RITA)
    assert await office.pipeline.board(visit) == {
        ABROAD: Counter({"registration": 1, REFUSED: 1, UNCLEAR: 1}),
    }
    (entry,) = await office.pipeline.people(visit, ABROAD, "registration")
    assert (entry.person_id, entry.view.code) == (ANI, code)
    assert len(entry.missing) > 1
    opened = await office.pipeline.application(visit, code)
    registration = [one.key for one in opened.view.items if one.item.stage == "registration"]
    everything = [one.key for one in opened.view.items]
    await office.hand_in(code, *registration)
    ((waiting),) = await office.pipeline.people(await office.visit(RITA), ABROAD, "loa")
    assert waiting.waiting == len(registration)
    await office.hand_in(code, *everything)
    opened = await office.pipeline.application(await office.visit(RITA), code)
    assert bucket_of(opened.view) == COMPLETE
    assert set(opened.numbers) == set(everything)


async def test_looking_into_somebodys_checklist_is_written_down(office: ReviewOffice) -> None:
    code = await office.applicant()
    visit = await office.visit(RITA)
    opened = await office.pipeline.application(visit, code)
    await office.visits.end(visit)
    assert (opened.person_id, opened.view.code) == (ANI, code)
    assert await office.rows("SELECT action, actor_id, subject FROM audit") == [("checklist opened", RITA, code)]
    with pytest.raises(NoSuchApplication):
        await office.pipeline.application(visit, "zzzzzzzz")


async def test_everybody_is_reminded_once_a_day_of_what_they_miss(office: ReviewOffice, clock: TestClock) -> None:
    code = await office.applicant(ANI, READY)
    await office.applicant(BUDI, READY)
    card = "d:cv"
    await office.hand_in(code, card)
    assert await remind(office) == 2
    first, second = [told for _, told in await office.queued()]
    assert first[0][0] == code
    assert len(second[0]) == len(first[0]) + 1, "what is handed in is not missing"
    assert await remind(office) == 0
    clock.move(timedelta(days=1))
    assert await remind(office) == 2
    assert await office.rows("SELECT count(*) FROM audit WHERE action = 'people reminded'") == [(3,)]


async def test_what_was_returned_is_missing_again(office: ReviewOffice) -> None:
    code = await office.applicant(ANI, READY)
    await office.hand_in(code, "d:cv")
    card = await office.take()
    assert card is not None
    await office.decide(card, ItemStatus.RETURNED)
    (entry,) = await office.pipeline.people(await office.visit(RITA), ABROAD, "registration")
    assert card.queued.line.text in entry.missing


async def test_who_does_not_want_it_or_cannot_be_reached_is_left_alone(office: ReviewOffice) -> None:
    await office.applicant(ANI, READY)
    await settle(office, ANI, reminders=False)
    await office.applicant(BUDI, READY)
    visit = await office.visit(BUDI)
    visit.person.reachable = False
    await office.visits.end(visit)
    reminding = await office.pipeline.reminding(await office.visit(RITA), ABROAD, "registration")
    assert (reminding.nudges, reminding.muted, reminding.unreachable) == ((), 1, 1)
    nothing = await office.pipeline.reminding(await office.visit(RITA), ABROAD, COMPLETE)
    assert nothing.nudges == ()


async def test_at_night_a_reminder_waits_for_the_morning(office: ReviewOffice, clock: TestClock) -> None:
    await office.applicant(ANI, READY)
    await settle(office, ANI, timezone="America/New_York")
    assert await remind(office) == 1
    ((due, _told),) = await office.queued()
    assert due == datetime(2027, 3, 1, 12, 0, tzinfo=UTC), "7:00 in New York"
    assert clock.now() < due


async def test_two_applications_of_one_person_make_one_message(office: ReviewOffice) -> None:
    first = await office.applicant(ANI, READY)
    visit = await office.visit(ANI)
    office.interview.restart(visit)
    await office.visits.end(visit)
    second = await office.applicant(ANI, READY)
    assert await remind(office) == 1
    ((_, told),) = await office.queued()
    assert [one[0] for one in told] == [first, second]


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2027-03-01T00:00", "2027-03-01T00:00"),  # 7:00 in Jakarta
        ("2027-03-01T13:59", "2027-03-01T13:59"),  # 20:59
        ("2027-03-01T14:00", "2027-03-02T00:00"),  # 21:00
        ("2027-02-28T23:59", "2027-03-01T00:00"),  # 6:59
    ],
)
def test_nobody_is_woken(now: str, then: str) -> None:
    moment, expected = (datetime.fromisoformat(one).replace(tzinfo=UTC) for one in (now, then))
    assert waking(moment, "Asia/Jakarta") == expected
