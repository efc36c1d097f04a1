"""The checklist in step with its assessment: what changed is told exactly and once, ticks and files survive."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.db.engine import Database, open_database
from bot.db.submissions import Place, StoredFile, SubmissionRepository
from bot.services.applications.applications import RELEASE
from bot.services.applications.checklist import ApplicationView, ItemStatus
from bot.services.applications.news import ChecklistNews, news_of, picture
from knowledge import Knowledge, load
from knowledge.text import Text
from tests.bot.conftest import Databases
from tests.bot.people import ANI, STUDENT_ABROAD, Office
from tests.support.clock import TestClock


@pytest.fixture
def office(database: Database, knowledge: Knowledge, clock: TestClock) -> Office:
    return Office(database, knowledge, clock)


async def keep(office: Office) -> ApplicationView:
    await office.tell(STUDENT_ABROAD)
    visit = await office.visit()
    kept = await office.applications.keep(visit)
    await office.visits.end(visit)
    return kept


async def look(office: Office, code: str) -> ChecklistNews | None:
    """Open the checklist."""
    visit = await office.visit()
    news = office.applications.news(visit, await office.applications.get(visit, code))
    await office.visits.end(visit)
    return news


def revised(knowledge: Knowledge) -> Knowledge:
    """A later release: no CV any more, another wording, a new paper."""
    kind = knowledge.types["student_outbound_international"]
    papers = {paper.id: paper for paper in kind.documents}
    words = Text(id="Transkrip yang dilegalisasi", en="Certified transcript")
    changed = papers["transcript"].model_copy(update={"text": words})
    new = papers["transcript"].model_copy(update={"id": "parents_consent", "text": Text(id="Izin", en="Consent")})
    documents = [changed if one.id == "transcript" else one for one in kind.documents if one.id != "cv"]
    types = {**knowledge.types, kind.type: kind.model_copy(update={"documents": (*documents, new)})}
    return replace(knowledge, types=types, _rules={})


async def test_what_was_seen_is_no_news(office: Office) -> None:
    kept = await keep(office)
    assert await look(office, kept.code) is None
    assert await look(office, kept.code) is None


async def test_another_answer_is_told_exactly_and_once(office: Office) -> None:
    kept = await keep(office)
    before = {one.key for one in kept.items}
    await office.tell({"programme": "sit_in_short_course", "duration_days": 20})
    news = await look(office, kept.code)
    assert news is not None
    after = {one.key for one in (await office.applications.get(await office.visit(), kept.code)).items}
    assert {one.key for one in news.appeared} == after - before
    assert len(news.went) == len(before - after)
    assert await look(office, kept.code) is None


async def test_an_answer_and_back_again_is_no_news(office: Office) -> None:
    kept = await keep(office)
    await office.tell({"programme": "sit_in_short_course"})
    await office.tell({"programme": "credit_transfer"})
    assert await look(office, kept.code) is None


async def test_another_language_is_no_news(office: Office) -> None:
    kept = await keep(office)
    visit = await office.visit()
    office.people.set_language(visit, "id")
    await office.visits.end(visit)
    assert await look(office, kept.code) is None


async def test_what_the_result_told_is_not_told_again(office: Office) -> None:
    kept = await keep(office)
    visit = await office.visit()
    office.interview.mark_shown(visit)
    await office.visits.end(visit)
    await office.tell({"programme": "sit_in_short_course"})
    visit = await office.visit()
    changes = office.interview.mark_shown(visit)
    assert changes is not None
    office.interview.told(visit, changes)
    await office.visits.end(visit)
    news = await look(office, kept.code)
    # Only other words of the same item may be left: the result names no words.
    assert news is None or not (news.appeared or news.went or news.verdict or news.mobility_type)


async def test_a_new_release_keeps_ticks_and_files_and_is_told_once(
    database: Database, office: Office, clock: TestClock, knowledge: Knowledge
) -> None:
    kept = await keep(office)
    files = SubmissionRepository(database)
    now = clock.now()
    for key in ("d:cv", "d:transcript"):
        visit = await office.visit()
        await office.applications.mark(visit, kept.code, key, ItemStatus.SUBMITTED)
        await office.visits.end(visit)
        file = StoredFile(f"id {key}", f"u {key}", "document", "a.pdf", "application/pdf", 1, now, seq=1, batch=1)
        async with database.transaction() as connection:
            await files.add(connection, Place(ANI, kept.code, "documents", key[2:]), file)
    later = Office(database, revised(knowledge), clock, updates=office.updates)
    visit = await later.visit()
    ((view, news),) = await later.applications.news_after_release(visit)
    await later.visits.end(visit)
    assert view.code == kept.code
    assert [one.key for one in news.appeared] == ["d:parents_consent"]
    assert [(one.text, one.is_kept) for one in news.went] == [("CV", True)]
    assert [(one.item.key, one.before) for one in news.altered] == [("d:transcript", "Academic transcript")]
    visit = await later.visit()
    assert await later.applications.news_after_release(visit) == ()
    now_there = await later.applications.get(visit, kept.code)
    assert later.applications.news(visit, now_there) is None
    item = now_there.item("d:transcript")
    assert item is not None
    assert item.status is ItemStatus.SUBMITTED
    assert (await later.submissions.record(visit, kept.code, "d:transcript")).present
    # The release is taken back: the item comes back with its tick and its file.
    again = Office(database, knowledge, clock, updates=later.updates)
    visit = await again.visit()
    ((_, back),) = await again.applications.news_after_release(visit)
    assert [one.key for one in back.appeared] == ["d:cv"]
    assert back.appeared[0].status is ItemStatus.SUBMITTED
    assert (await again.submissions.record(visit, kept.code, "d:cv")).present


async def test_whoever_comes_for_the_first_time_hears_nothing(office: Office) -> None:
    visit = await office.visit()
    assert await office.applications.news_after_release(visit) == ()
    assert visit.memory.extra[RELEASE] == office.applications.release


async def test_a_picture_shows_the_checklist_as_it_is(office: Office) -> None:
    kept = await keep(office)
    assert kept.told == picture(kept, "en")
    assert news_of(replace(kept, told=None), "en") is None
    unlike = {**picture(kept, "en"), "verdict": "undetermined", "type": None}
    news = news_of(replace(kept, told=unlike), "en")
    assert news is not None
    assert news.verdict == ("undetermined", kept.verdict)
    assert news.mobility_type == (None, kept.mobility_type)
    assert not news.appeared


ANSWERS = st.sampled_from(
    [
        *({"programme": name} for name in ("credit_transfer", "sit_in_short_course", "joint_degree", "other")),
        *({"host": place} for place in ("abroad", "indonesia")),
        *({"citizenship": one} for one in ("indonesian", "foreign")),
        *({"duration_days": days} for days in (20, 150, 400)),
        {"health_check": True},
        {"role": "lecturer"},
        {"role": "student"},
    ]
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ANSWERS, max_size=6), st.sets(st.sampled_from(["d:cv", "d:transcript", "c:health_check", "d:loa"])))
async def test_ticks_survive_any_answers_and_return(
    databases: Databases, answers: list[dict[str, object]], ticked: set[str]
) -> None:
    database = open_database(await databases.sqlite.migrated())
    try:
        office = Office(database, load(), TestClock())
        kept = await keep(office)
        there = {key for key in ticked if kept.item(key) is not None}
        for key in there:
            visit = await office.visit()
            await office.applications.mark(visit, kept.code, key, ItemStatus.SUBMITTED)
            await office.visits.end(visit)
        for facts in answers:
            await office.tell(facts)
            view = await office.applications.get(await office.visit(), kept.code)
            for item in view.items:
                assert (item.status is ItemStatus.SUBMITTED) == (item.key in there)
        for _ in range(2):
            await office.tell(STUDENT_ABROAD | {"citizenship": None, "duration_days": None, "health_check": None})
        view = await office.applications.get(await office.visit(), kept.code)
        assert {one.key for one in view.items if one.status is ItemStatus.SUBMITTED} >= there
    finally:
        await database.close()
