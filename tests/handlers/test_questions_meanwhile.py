"""Questions in the middle of an interview are answered, and it goes on; any text gets one sensible answer."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.config import Settings
from bot.handling import SORRY
from handlers.callbacks import Answer, DontKnow
from handlers.questions.callbacks import Browse, Suggested, Vote
from tests.handlers.applicant import asked, interviewed
from tests.handlers.pressing import buttons, press, rows
from tests.support.chat import ChatClient


async def test_a_question_in_the_middle_of_the_interview_is_answered_and_it_goes_on(john: ChatClient) -> None:
    await john.start("check")
    await interviewed(john, until="gpa")
    for question in ("what is the minimum GPA for credit transfer?", "visa bayar berapa?", "berapa ukt teknik"):
        before = len(john.said)
        await john.say(question)
        assert asked(john) == "gpa"
        assert len(john.said) == before + 1, "the answer is new, the question moved below it"
        assert "⚠️" not in john.screen.text
    await john.say("my GPA is good")
    assert "⚠️" in john.screen.text, "an attempt at an answer is still told what is accepted"
    await john.say("3.4")
    assert asked(john) not in (None, "gpa")


@pytest.mark.parametrize(
    "text",
    ["documents for the SP Setneg of lecturers", "syarat visa mahasiswa asing di UNNES", "thank you so much"],
)
async def test_a_statement_that_is_no_answer_is_taken_as_a_question(john: ChatClient, text: str) -> None:
    await john.start("check")
    await interviewed(john, until="gpa")
    await john.say(text)
    assert "⚠️" not in "".join(john.said[-2:])
    assert asked(john) == "gpa"


async def test_an_answer_with_a_slip_is_still_an_answer(john: ChatClient) -> None:
    await john.start("check")
    await interviewed(john, until="programme")
    await john.say("credit transfr")
    assert asked(john) not in (None, "programme") or any(label.startswith("Yes: ") for label in john.screen.labels)


async def test_an_answer_that_asks_nothing_is_an_answer(john: ChatClient, settings: Settings) -> None:
    await john.start("type_staff_outbound_national")
    assert asked(john) == "role"
    await john.say("apa syarat untuk dosen?")
    assert asked(john) == "role"
    await john.say("dosen")
    assert "lecturer" in rows(settings, "SELECT answers FROM people")[0][0]


async def test_a_question_that_names_a_fact_is_a_question(john: ChatClient, settings: Settings) -> None:
    await john.say("kalau IPK 2.9 gimana, boleh ikut?")
    assert buttons(john, Vote) or buttons(john, Suggested) or buttons(john, Browse)
    assert rows(settings, "SELECT answers FROM people") == [("{}",)]
    await john.say("IPK 3.4")
    assert "3.4" in rows(settings, "SELECT answers FROM people")[0][0]


async def test_after_ask_a_single_word_is_a_question_and_the_interview_waits(john: ChatClient) -> None:
    await john.start("check")
    fact = asked(john)
    await john.say("/ask")
    await john.say("visa")
    assert "Did you mean" in "".join(john.said[-2:])
    assert asked(john) == fact
    await press(john, DontKnow)
    assert asked(john) not in (None, fact)


async def test_buttons_of_the_interview_work_beside_answers(john: ChatClient) -> None:
    await john.start("check")
    await john.say("what is a semester?")
    assert asked(john) is not None
    await press(john, Answer)
    assert asked(john) is not None


WORDS = ("visa", "berapa", "?", "dosen", "IPK", "3.4", "what", "kapan", "student", "to", "UNNES", "tidak tahu", "kak")
TEXTS = st.one_of(
    st.text(min_size=1, max_size=60),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join),
).filter(lambda text: text.strip() and not text.strip().startswith("/"))
STATES = ("nothing", "choice", "number", "ask", "name")


async def put_into(chat: ChatClient, state: str) -> None:
    """Bring the conversation to where a text may mean something."""
    await chat.say("/delete")
    await chat.press(chat.screen.labels[0])
    if state in ("choice", "ask"):
        await chat.start("check")
    if state == "number":
        await chat.start("type_student_outbound_international")
        await interviewed(chat, until="semester")
    if state == "name":
        await chat.start("type_student_outbound_national")
        await chat.say("/status")
        await chat.press(chat.screen.labels[0])
    if state == "ask":
        await chat.say("/ask")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS, state=st.sampled_from(STATES))
async def test_any_text_in_any_state_gets_a_sensible_answer(
    john: ChatClient, caplog: pytest.LogCaptureFixture, text: str, state: str
) -> None:
    await put_into(john, state)
    pending, before = asked(john), {message.message_id for message in john.messages}
    await john.say(text)
    new = [one for one in john.messages if one.from_bot and one.message_id not in before]
    assert 1 <= len(new) <= 2, "one answer, and perhaps the question that was open before"
    assert all(one.text and one.text != SORRY for one in new)
    if len(new) == 2:
        assert state == "ask" or pending is not None
        assert asked(john) is not None
    assert not [record.getMessage() for record in caplog.records if record.levelname in ("WARNING", "ERROR")]
