"""The interview as a use case: answers by fact, back and change without losing anything, old buttons, old answers."""

from __future__ import annotations

import pytest

from bot.db.engine import Database
from bot.errors import NoSuchFact
from bot.services.interview.prefill import facts_of_type, from_start
from bot.services.interview.steps import MISSING
from bot.services.visit import Visit
from knowledge import Knowledge
from knowledge.answers import InvalidAnswer
from knowledge.interview import Goal
from tests.bot.people import STUDENT_ABROAD, Office
from tests.support.clock import TestClock


@pytest.fixture
def dialect() -> str:
    return "sqlite"


@pytest.fixture
def office(database: Database, knowledge: Knowledge, clock: TestClock) -> Office:
    return Office(database, knowledge, clock)


@pytest.fixture
async def visit(office: Office) -> Visit:
    return await office.visit()


def asked(office: Office, visit: Visit) -> str | None:
    question = office.interview.step(visit).question
    return question.key if question else None


async def test_answers_lead_from_question_to_question(office: Office, visit: Visit) -> None:
    seen = []
    office.interview.start(visit)
    while (fact := asked(office, visit)) in STUDENT_ABROAD:
        seen.append(fact)
        step = office.interview.answer(visit, fact, STUDENT_ABROAD[fact])
        assert step.answered == len(seen)
    assert {"role", "home", "host"} <= set(seen)
    assert office.interview.assessment(visit).mobility_type == "student_outbound_international"


async def test_pressing_twice_is_pressing_once(office: Office, visit: Visit) -> None:
    once = office.interview.answer(visit, "role", "student")
    twice = office.interview.answer(visit, "role", "student")
    assert once == twice
    assert visit.person.answers == {"role": "student"}


async def test_an_old_button_sets_its_own_fact(office: Office, visit: Visit) -> None:
    office.interview.answer(visit, "role", "student")
    office.interview.answer(visit, "home", "unnes")
    office.interview.answer(visit, "role", "lecturer")
    assert visit.person.answers == {"role": "lecturer", "home": "unnes"}


async def test_back_asks_again_and_keeps_the_answer_until_there_is_a_new_one(office: Office, visit: Visit) -> None:
    for fact in ("role", "home", "host"):
        office.interview.answer(visit, fact, STUDENT_ABROAD[fact])
    current = asked(office, visit)
    assert current is not None
    step = office.interview.back(visit, current)
    assert step.question is not None
    assert step.is_repeat
    previous = step.question.key
    assert step.current == STUDENT_ABROAD[previous]
    assert office.interview.back(visit, current) == step, "pressed twice"
    earlier = office.interview.back(visit, previous)
    assert earlier.question is not None
    assert earlier.question.key != previous
    office.interview.answer(visit, earlier.question.key, STUDENT_ABROAD[earlier.question.key])
    assert asked(office, visit) == current


async def test_the_first_question_has_no_way_back(office: Office, visit: Visit) -> None:
    first = office.interview.start(visit)
    assert first.question is not None
    assert not first.can_go_back
    assert office.interview.back(visit, first.question.key) == first


async def test_an_answer_that_stops_mattering_is_named_and_comes_back(office: Office, visit: Visit) -> None:
    for fact, value in STUDENT_ABROAD.items():
        office.interview.answer(visit, fact, value)
    step = office.interview.answer(visit, "role", "lecturer")
    assert "gpa" in step.set_aside
    assert "gpa" not in office.interview.facts(visit)
    aside = {answer.fact for answer in office.interview.answered(visit) if not answer.in_force}
    assert "gpa" in aside
    office.interview.answer(visit, "role", "student")
    assert office.interview.facts(visit)["gpa"] == 3.4


async def test_dont_know_is_kept_and_not_asked_again(office: Office, visit: Visit) -> None:
    for fact in ("role", "home", "host"):
        office.interview.answer(visit, fact, STUDENT_ABROAD[fact])
    unknown = asked(office, visit)
    assert unknown is not None
    office.interview.dont_know(visit, unknown)
    assert visit.person.answers[unknown] is None
    assert asked(office, visit) != unknown
    assert unknown not in office.interview.facts(visit)


async def test_typed_answers_are_understood_or_kindly_refused(office: Office, visit: Visit) -> None:
    office.interview.answer_text(visit, "gpa", "IPK 3,4")
    assert visit.person.answers["gpa"] == 3.4
    with pytest.raises(InvalidAnswer) as caught:
        office.interview.answer_text(visit, "gpa", "34")
    assert caught.value.message("en")


@pytest.mark.parametrize(("fact", "value"), [("shoe_size", 42), ("role", "king"), ("gpa", "3.4"), ("gpa", 34)])
async def test_a_button_the_knowledge_no_longer_has_is_refused(
    office: Office, visit: Visit, fact: str, value: object
) -> None:
    with pytest.raises(NoSuchFact):
        office.interview.answer(visit, fact, value)
    assert visit.person.answers == {}


async def test_answers_of_an_older_knowledge_are_left_alone(office: Office, visit: Visit) -> None:
    visit.person.answers = {"role": "student", "shoe_size": 42, "home": "the moon", "active_student": 1}
    visit.memory.asking = "shoe_size"
    assert office.interview.facts(visit) == {"role": "student"}
    assert asked(office, visit) == "home"
    assert {answer.fact for answer in office.interview.answered(visit)} == {"role"}


async def test_what_changed_in_the_result_is_told_once(office: Office, visit: Visit) -> None:
    for fact, value in STUDENT_ABROAD.items():
        office.interview.answer(visit, fact, value)
    assert office.interview.mark_shown(visit) is None
    assert office.interview.mark_shown(visit) is None
    office.interview.answer(visit, "gpa", 3.0)
    changed = office.interview.mark_shown(visit)
    assert changed is not None
    assert changed.verdict is not None
    assert changed.verdict[1] == "not_eligible"
    assert office.interview.mark_shown(visit) is None


async def test_restarting_forgets_the_answers(office: Office, visit: Visit) -> None:
    first = office.interview.start(visit)
    for fact, value in STUDENT_ABROAD.items():
        office.interview.answer(visit, fact, value)
    assert office.interview.restart(visit).question == first.question
    assert visit.person.answers == {}


async def test_the_visa_alone_needs_fewer_questions(office: Office, visit: Visit) -> None:
    facts = {**facts_of_type("student_inbound_international"), "citizenship": "foreign"}
    everything = office.interview.start(visit, Goal.ALL, facts).remaining
    visa = office.interview.start(visit, Goal.IMMIGRATION).remaining
    assert visa < everything


async def test_a_link_does_not_change_the_application_that_is_open(office: Office) -> None:
    await office.tell(STUDENT_ABROAD)
    visit = await office.visit()
    kept = await office.applications.keep(visit, "Japan")
    await office.visits.end(visit)
    visit = await office.visit()
    office.interview.start(visit, Goal.ALL, facts_of_type("student_inbound_national"))
    await office.visits.end(visit)
    after = await office.visit()
    assert after.person.application is None
    assert (await office.applications.get(after, kept.code)).mobility_type == "student_outbound_international"


def test_deep_links(knowledge: Knowledge) -> None:
    assert from_start("", knowledge).kind == "home"
    assert from_start("check", knowledge).goal is Goal.ALL
    assert from_start("visa", knowledge).goal is Goal.IMMIGRATION
    assert from_start("poster_2019", knowledge).kind == "unknown"
    assert from_start("type_kings", knowledge).kind == "unknown"
    assert from_start("type_staff_inbound_national", knowledge).facts == {"home": "indonesia", "host": "unnes"}
    for mobility_type in knowledge.types:
        payload = f"type_{mobility_type}"
        assert from_start(payload, knowledge).kind == "check"
        assert len(payload) <= 64
    for programme in knowledge.programmes:
        assert from_start(f"prog_{programme}", knowledge).facts["programme"] == programme


async def test_every_step_knows_whether_it_has_an_answer(office: Office, visit: Visit) -> None:
    assert office.interview.start(visit).current is MISSING
    assert not MISSING
    office.interview.answer(visit, "role", "student")
    assert office.interview.change(visit, "role").current == "student"
