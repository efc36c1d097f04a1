"""Announcements on their way: everybody gets what is meant for them, in their language, and only they."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from bot.db.announcements import ANNOUNCEMENTS
from bot.db.applications import APPLICATIONS, ApplicationRepository, Move
from bot.db.audience import EVERYONE, Audience, Is, as_json
from bot.db.audiences import AudienceRepository
from bot.db.engine import Database
from bot.db.ledger import DELIVERIES
from bot.db.people import PEOPLE
from bot.db.pipeline import PipelineRepository
from bot.outbound.announcements import AnnouncementRenderer, AnnouncementStarter
from bot.services.announcements.audience_sweep import AudienceSweep
from bot.services.announcements.content import Content
from bot.services.announcements.start import KIND, AnnouncementStart
from bot.services.announcements.values import AnnouncementValues
from bot.services.engine import Engine
from knowledge import Knowledge
from tests.outbound.desk import Desk, Postbox, desk_for
from tests.outbound.reminder_world import GOING_ABROAD
from tests.outbound.rows import NOW, add_people
from tests.support.clock import TestClock

HELLO = Content(texts={"id": "Halo {name}", "en": "Hello {name}"})


class Newsroom:
    """Announcements that start, and a worker that brings them to a Telegram which takes everything."""

    def __init__(self, database: Database, knowledge: Knowledge, clock: TestClock) -> None:
        engine = Engine(knowledge)
        sweep = AudienceSweep(lambda: engine, PipelineRepository(database))
        start = AnnouncementStart(database, AudienceRepository(database), sweep)
        self.database, self.clock = database, clock
        self.starter = AnnouncementStarter(database, clock, start)
        self.box = Postbox()
        renderer = AnnouncementRenderer(database, clock, AnnouncementValues(lambda: engine))
        self.desk: Desk = desk_for(database, self.box, clock, renderers={KIND: renderer})

    async def schedule(self, content: Content = HELLO, audience: Audience = EVERYONE, **columns: Any) -> None:
        row: Mapping[str, Any] = {
            "code": f"code{len(columns)}",
            "author_id": 1,
            "category": "general",
            "state": "scheduled",
            "content": content.as_json(),
            "audience": as_json(audience),
            "on_unknown": "again",
            "version": 1,
            "created_at": NOW,
            "updated_at": NOW,
            **columns,
        }
        async with self.database.transaction() as connection:
            await connection.execute(insert(ANNOUNCEMENTS), row)

    async def go(self) -> dict[int, str]:
        """Start what is due and send it; who got which text."""
        self.box.sent.clear()
        await self.starter.start_due()
        await self.starter.let_join()
        self.desk.timer.advance(2)
        await self.desk.worker.drain()
        return {chat: str(call.parameters["text"]) for chat, call in self.box.sent}

    async def say_who(self, names: Mapping[int, str], **columns: Any) -> None:
        async with self.database.transaction() as connection:
            for person_id, name in names.items():
                await connection.execute(update(PEOPLE).where(PEOPLE.c.id == person_id).values(name=name, **columns))

    async def apply(self, person_id: int, code: str, **columns: Any) -> None:
        row = {"code": code, "person_id": person_id, "name": "Plan", "answers": {}, "verdict": "undetermined"}
        async with self.database.transaction() as connection:
            times = {"created_at": NOW, "updated_at": NOW}
            await connection.execute(insert(APPLICATIONS), {**row, **times, **columns})

    async def fates(self) -> dict[int, tuple[str, str | None]]:
        async with self.database.connect() as connection:
            rows = await connection.execute(select(DELIVERIES.c.person_id, DELIVERIES.c.state, DELIVERIES.c.error))
            return {person_id: (state, error) for person_id, state, error in rows}


@pytest.fixture
def news(database: Database, knowledge: Knowledge, clock: TestClock) -> Newsroom:
    return Newsroom(database, knowledge, clock)


async def test_everybody_is_told_once_in_their_language_by_their_name(news: Newsroom) -> None:
    await add_people(news.database, range(1, 4))
    await news.say_who({1: "Ani", 2: "<Budi>"}, language="id")
    await news.say_who({3: "John"}, language="en")
    await news.schedule()
    assert await news.go() == {1: "Halo Ani", 2: "Halo &lt;Budi&gt;", 3: "Hello John"}
    assert await news.go() == {}


async def test_what_is_not_due_waits(news: Newsroom) -> None:
    await add_people(news.database, [1])
    await news.say_who({1: "Ani"})
    await news.schedule(due=NOW + timedelta(hours=1))
    assert await news.go() == {}
    news.clock.move(timedelta(hours=1))
    assert list(await news.go()) == [1]


@pytest.mark.parametrize("state", ["draft", "approval", "started", "discarded"])
async def test_only_what_is_scheduled_starts(news: Newsroom, state: str) -> None:
    await add_people(news.database, [1])
    await news.schedule(state=state)
    assert await news.go() == {}


async def test_who_has_muted_the_kind_or_reads_another_language_gets_nothing(news: Newsroom) -> None:
    await add_people(news.database, range(1, 5))
    await news.say_who({1: "Ani", 2: "Budi"}, language="id")
    await news.say_who({3: "John", 4: "Kim"}, language="en")
    await news.say_who({2: "Budi"}, preferences={"muted": ["deadline"]})
    await news.schedule(Content(texts={"id": "Halo"}), category="deadline")
    assert await news.go() == {1: "Halo"}
    assert set(await news.fates()) == {1, 3, 4}
    await news.schedule(Content(texts={"id": "Halo"}, one_for_all=True), code="again")
    assert set(await news.go()) == {1, 2, 3, 4}


async def test_who_has_nothing_to_fill_in_gets_nothing_and_the_report_says_why(news: Newsroom) -> None:
    """And many of them in a row are no mistake of the message, which would pause it for the others."""
    await add_people(news.database, range(1, 8))
    await news.say_who({6: "Ani"})
    await news.schedule()
    assert list(await news.go()) == [6]
    nothing = ("refused", "nothing to fill in for {name}")
    assert await news.fates() == {6: ("sent", None)} | dict.fromkeys((1, 2, 3, 4, 5, 7), nothing)


async def test_who_joins_until_the_end_gets_it_too_and_once(news: Newsroom) -> None:
    await add_people(news.database, [1])
    await news.schedule(Content(texts={"id": "Halo"}, one_for_all=True), joins_until=NOW + timedelta(days=1))
    assert list(await news.go()) == [1]
    await add_people(news.database, [2])
    assert list(await news.go()) == [2]
    news.clock.move(timedelta(days=2))
    await add_people(news.database, [3])
    assert await news.go() == {}


async def test_an_audience_by_stage_is_worked_out_when_it_starts(news: Newsroom) -> None:
    await add_people(news.database, [1, 2])
    answers = {"role": "lecturer", "home": "unnes", "host": "indonesia"}
    await news.apply(1, "lecturer", mobility_type="staff_outbound_national", answers=answers)
    await news.apply(2, "unclear0", mobility_type="student_outbound_international")
    everybody = Content(texts={"id": "Halo"}, one_for_all=True)
    await news.schedule(everybody, Is("status", ("begun",)))
    assert set(await news.go()) == {1, 2}
    await news.schedule(everybody, Is("stage", ("unclear",)), code="stage")
    assert set(await news.go()) == {2}
    await news.schedule(replace(everybody, texts={"id": "Kode {code}"}), Is("missing", ("nothing",)), code="none")
    assert await news.go() == {}


async def test_results_are_told_to_nobody_but_their_owner(news: Newsroom) -> None:
    from bot.db.selections import SelectionRepository

    await add_people(news.database, [1, 2, 3])
    await news.say_who({1: "Ani", 2: "Budi", 3: "Citra"}, language="id")
    for person_id, code in ((1, "ani00001"), (2, "budi0001"), (3, "citra001"), (1, "ani00002")):
        await news.apply(person_id, code)
    async with news.database.connect() as connection:
        ids = {row.code: row.id for row in await connection.execute(select(APPLICATIONS.c.code, APPLICATIONS.c.id))}
    selections = SelectionRepository(news.database)
    async with news.database.transaction() as connection:
        number = await selections.keep(
            connection,
            {"code": "round001", "name": "Kredit 2027", "created_by": 1, "created_at": NOW},
            [
                {"application_id": ids["ani00001"], "result": "selected", "note": "Kursi 4"},
                {"application_id": ids["budi0001"], "result": "not_selected", "note": None},
            ],
        )
    assert await selections.announced_to(1) == []
    await news.schedule(Content(texts={"id": "{code}: {result}"}, one_for_all=True), round_id=number, category="result")
    assert await news.go() == {1: "ani00001: lolos seleksi", 2: "budi0001: belum lolos seleksi"}
    assert [one.result for one in await selections.announced_to(1)] == ["selected"]
    assert await selections.announced_to(3) == []


async def test_the_deadline_that_is_named_is_the_next_one_that_is_still_open(news: Newsroom) -> None:
    await add_people(news.database, [1, 2])
    await news.say_who({1: "Ani", 2: "Budi"}, language="en")
    for person_id, code in ((1, "aaaa"), (2, "bbbb")):
        await news.apply(person_id, code, answers=dict(GOING_ABROAD))
    ticked = Move("deadlines", "selection_finished", "todo", "have", actor_id=1, at=NOW)
    async with news.database.transaction() as connection:
        await ApplicationRepository(news.database).move(connection, 1, "aaaa", ticked)
    await news.schedule(Content(texts={"en": "Your next day: {deadline}"}))
    assert await news.go() == {1: "Your next day: 31 August 2027", 2: "Your next day: 19 May 2027"}
