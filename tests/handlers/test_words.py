"""Plain words open what they name, in either language; they never take an answer or a question for one."""

from __future__ import annotations

import pytest

from bot.config import Settings
from handlers.applications.callbacks import Checklist, Keep, Mark
from handlers.callbacks import Answer, Language, Result, Section, Why
from handlers.questions.callbacks import Suggested, Vote
from handlers.words import PLACES
from tests.handlers.applicant import asked, interviewed
from tests.handlers.pressing import buttons, press, rows
from tests.support.chat import ChatClient


@pytest.mark.parametrize(
    ("word", "seen"),
    [
        ("Dokumen", "📄 Documents"),
        ("📄 Documents (17)", "📄 Documents"),
        ("visa", "🛂 Visa"),
        ("dokumen saya dong kak", "📄 Documents"),
        ("deadlines?", "When does the programme start?"),
        ("BIAYA", "💰 Fees"),
        ("beasiswa", "🏦 Funding"),
        ("kontak", "🏢 Contacts"),
        ("hasil", "You meet every requirement"),
        ("ubah jawaban", "Your answers"),
        ("IPK", "What is your current GPA"),
        ("citizenship", "What is your citizenship?"),
        ("mulai dari awal", "Start over?"),
        ("status", "My applications"),
        ("help", "What I can do"),
        ("halo", "Hello, John!"),
        ("terima kasih", "You are welcome"),
        ("privasi", "What I keep about you"),
    ],
)
async def test_a_word_opens_what_it_names(john: ChatClient, word: str, seen: str) -> None:
    await john.start("check")
    await interviewed(john)
    await john.say(word)
    assert seen in john.screen.text


async def test_without_a_result_the_word_for_a_list_begins_the_questions(ani: ChatClient) -> None:
    await ani.say("biaya")
    assert asked(ani) is not None


async def test_a_word_opens_its_list_in_the_middle_of_the_questions_too(john: ChatClient) -> None:
    await john.start("check")
    await interviewed(john, until="gpa")
    await john.say("dokumen")
    assert "📄 Documents" in john.screen.text
    assert asked(john) is None


async def test_a_word_that_is_an_answer_is_one(john: ChatClient, settings: Settings) -> None:
    await john.start("check")
    await interviewed(john, until="gpa")
    await john.say("lanjut")
    assert asked(john) not in (None, "gpa"), "skipped"
    await john.start("type_staff_outbound_national")
    await john.say("dosen")
    assert "lecturer" in rows(settings, "SELECT answers FROM people")[0][0]


async def test_a_question_or_the_name_of_a_list_is_no_name(john: ChatClient, settings: Settings) -> None:
    await john.start("type_student_outbound_national")
    await john.say("/status")
    await press(john, Keep)
    before = rows(settings, "SELECT name FROM applications")
    await john.say("When do I get my visa?")
    assert buttons(john, Vote) or buttons(john, Suggested)
    await john.say("dokumen")
    assert "📄 Documents" in john.screen.text
    assert rows(settings, "SELECT name FROM applications") == before
    await press(john, Checklist)
    assert not buttons(john, Mark)


async def test_words_are_for_one_place_each(john: ChatClient) -> None:
    words = [word for words in PLACES.values() for word in words.split("|")]
    assert len(words) == len(set(words))
    await john.say("English please")
    assert buttons(john, Language)
    assert not buttons(john, Answer)
    assert not buttons(john, Section)
    assert not buttons(john, Result)


async def test_a_sentence_with_such_a_word_is_a_question(john: ChatClient) -> None:
    for sentence in ("visa bayar berapa ya?", "what documents does a foreign student need?", "deadline laporan kapan"):
        await john.say(sentence)
        assert buttons(john, Vote) or buttons(john, Suggested), sentence


@pytest.mark.parametrize(
    "typed", ["Why do you ask?", "why", "kenapa ditanya sih kak?", "Mengapa ditanya?", "buat apa?"]
)
async def test_why_can_be_typed(john: ChatClient, typed: str) -> None:
    await john.start("check")
    await press(john, Answer, value="unnes")
    fact = asked(john)
    await press(john, Why)
    reason = john.screen.text
    await john.say("/check")
    assert asked(john) == fact
    await john.say(typed)
    assert john.screen.text == reason


@pytest.mark.parametrize("typed", ["kembali", "Back", "go back please"])
async def test_back_can_be_typed(john: ChatClient, typed: str) -> None:
    await john.start("check")
    first = asked(john)
    await press(john, Answer, value="unnes")
    assert asked(john) != first
    await john.say(typed)
    assert asked(john) == first


async def test_why_and_back_mean_nothing_where_nothing_is_asked(john: ChatClient) -> None:
    for typed in ("why", "back"):
        await john.say(typed)
        assert asked(john) is None
        assert john.screen.buttons
