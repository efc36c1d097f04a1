"""The log of questions on both databases: without the person, grouped, forgotten in time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from bot.db.engine import Database
from bot.db.questions import QuestionRepository
from bot.errors import Overtaken
from bot.services.outbox import Outbox
from bot.services.questions.inbox import Asker, QuestionInbox
from bot.services.questions.questions import QuestionService
from bot.services.questions.search import QuestionSearch
from bot.services.visit import Visit
from knowledge import Knowledge
from tests.bot.people import ANI, BUDI, Office
from tests.support.clock import TestClock

UKT = "berapa UKT teknik?"
Ask = Callable[..., Awaitable[str]]


@pytest.fixture
def office(database: Database, knowledge: Knowledge, clock: TestClock) -> Office:
    return Office(database, knowledge, clock)


@pytest.fixture
def search(knowledge: Knowledge) -> QuestionSearch:
    return QuestionSearch(knowledge)


@pytest.fixture
def questions(database: Database, search: QuestionSearch) -> QuestionService:
    return QuestionService(search, QuestionRepository(database))


@pytest.fixture
def inbox(database: Database, search: QuestionSearch) -> QuestionInbox:
    return QuestionInbox(search, QuestionRepository(database), Outbox())


@pytest.fixture
def ask(office: Office, questions: QuestionService) -> Ask:
    async def asked(question: str, person_id: int = ANI, *, openly: bool = False) -> str:
        visit = await office.visit(person_id)
        reply = await questions.ask(visit, question, openly=openly)
        await office.visits.end(visit)
        return reply.token

    return asked


async def found(database: Database, query: str) -> list[tuple[Any, ...]]:
    async with database.connect() as connection:
        return [tuple(row) for row in await connection.execute(text(query))]


def rendered(asker: Asker) -> tuple[str, dict[str, str]]:
    return "sendMessage", {"text": f"{asker.language}: {asker.text}"}


async def test_a_question_is_logged_without_its_asker(database: Database, ask: Ask) -> None:
    await ask(UKT)
    ((question,),) = await found(database, "SELECT text FROM questions")
    assert question == UKT
    for table in ("questions", "question_groups"):
        columns = await found(database, f"SELECT * FROM {table}")  # noqa: S608 - names of our own
        assert all(ANI not in row for row in columns)
    assert await found(database, "SELECT person_id FROM question_askers") == [(ANI,)]
    await ask(UKT, openly=True)
    assert len(await found(database, "SELECT 1 FROM question_askers")) == 1
    assert len(await found(database, "SELECT 1 FROM questions")) == 2


async def test_alike_questions_are_one_group_and_others_are_not(inbox: QuestionInbox, ask: Ask) -> None:
    for question in (UKT, "UKT teknik berapa ya kak?", "ukt fakultas teknik berapaan", "di mana kantin terdekat?"):
        await ask(question)
    page = await inbox.page("open", 0)
    assert [group.asked for group in page.groups] == [3, 1]
    assert (page.open, page.closed, page.place.count) == (2, 0, 1)


async def test_both_languages_meet_where_the_topic_is_the_same(
    office: Office, questions: QuestionService, inbox: QuestionInbox, ask: Ask
) -> None:
    for question, person_id in (("paspor mahasiswa pertukaran berlaku berapa lama?", ANI), ("paspor mahasiswa?", BUDI)):
        token = await ask(question, person_id)
        visit = await office.visit(person_id)
        await questions.vote(visit, token, "passport_student", up=False)
        await office.visits.end(visit)
    (group,) = (await inbox.page("open", 0)).groups
    assert (group.asked, group.down, group.askers, group.topic) == (2, 2, 2, "passport_student")


async def test_an_answer_reaches_everybody_once_and_closes_the_group(
    office: Office, inbox: QuestionInbox, ask: Ask, database: Database
) -> None:
    for person_id in (ANI, ANI, BUDI):
        await ask(UKT, person_id)
    (group,) = (await inbox.page("open", 0)).groups
    visit = await office.visit(BUDI)
    assert await inbox.answer(visit, group.id, "Ask the faculty.", rendered) == 2
    slower = await office.visit(ANI)
    assert await inbox.answer(slower, group.id, "Too late.", rendered) == 2
    await office.visits.end(visit)
    with pytest.raises(Overtaken):
        await office.visits.end(slower)
    sent = await found(database, "SELECT person_id FROM deliveries WHERE kind = 'answer' ORDER BY id")
    assert sent == [(ANI,), (BUDI,)]
    assert await found(database, "SELECT status, answer FROM question_groups") == [("answered", "Ask the faculty.")]
    assert await found(database, "SELECT action, subject FROM audit") == [("questions answered", str(group.id))]


async def test_erasing_somebody_leaves_their_questions_to_nobody(office: Office, ask: Ask, database: Database) -> None:
    await ask(UKT)
    visit = await office.visit(ANI)
    office.privacy.erase(visit)
    await office.visits.end(visit)
    assert await found(database, "SELECT count(*) FROM question_askers") == [(0,)]
    assert await found(database, "SELECT text FROM questions") == [(UKT,)]


async def test_everything_is_forgotten_in_time(
    questions: QuestionService, ask: Ask, database: Database, clock: TestClock
) -> None:
    await ask(UKT)
    for days, askers, logged, groups in ((29, 1, 1, 1), (31, 0, 1, 1), (366, 0, 0, 0)):
        await questions.tidy(clock.now() + timedelta(days=days))
        for table, count in (("question_askers", askers), ("questions", logged), ("question_groups", groups)):
            assert await found(database, f"SELECT count(*) FROM {table}") == [(count,)], (days, table)  # noqa: S608


async def test_a_question_that_was_handled_twice_is_logged_once(
    office: Office, questions: QuestionService, database: Database
) -> None:
    visit: Visit = await office.visit(ANI)
    await questions.ask(visit, UKT)
    await office.visits.end(visit)
    again = await office.visit(ANI)
    await questions.none_of_these(again, again.memory.extra["asked"][0][0])
    await office.visits.end(again)
    assert await found(database, "SELECT reason FROM questions") == [("unanswered",)]
