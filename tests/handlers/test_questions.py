"""Free questions in the private chat: answers with sources, suggestions, thumbs, an honest no; interviews go on."""

from __future__ import annotations

import json

import pytest

from bot.config import Settings
from bot.i18n import Translators
from bot.sandbox import Sandbox
from handlers.applications.callbacks import MyApplications
from handlers.callbacks import Check
from handlers.questions.callbacks import (
    AskHuman,
    Browse,
    Clauses,
    NoneOfThese,
    Suggested,
    Topic,
    Vote,
    type_letters,
    type_of,
)
from knowledge import Knowledge
from knowledge.topics import topics
from tests.handlers.pressing import buttons, press, rows, the_button
from tests.support.chat import ChatClient

PASSPORT = "how long must the passport of an exchange student be valid?"
UNSURE = "visa"


def logged(settings: Settings) -> list[tuple[str, str, int]]:
    """Text, reason and how many wait for an answer, of every question in the log."""
    return rows(
        settings,
        "SELECT text, reason, (SELECT count(*) FROM question_askers WHERE question_id = questions.id) "
        "FROM questions ORDER BY id",
    )


async def test_a_question_is_answered_with_title_text_sources_and_what_is_near(john: ChatClient) -> None:
    await john.say(PASSPORT)
    screen = john.screen
    assert screen.text.startswith("Passport validity for students\n")
    assert "**" not in screen.text
    assert "12 months" in screen.text
    assert "UNNES POB Kerja Sama 2021: III.A.2.d.1.p1" in screen.text
    assert buttons(john, Topic)
    assert [Vote.unpack(one.data).up for one in buttons(john, Vote)] == [True, False]
    title = screen.text.splitlines()[0]
    await press(john, Clauses)
    assert "III.A.2.d.1.p1" in john.screen.text
    assert "the wording of the document counts" in john.screen.text
    await john.press("‹ Answer")
    assert john.screen.text.splitlines()[0] == title


async def test_the_answer_is_in_the_language_of_the_question(ani: ChatClient, john: ChatClient) -> None:
    await ani.say(PASSPORT)
    assert "Passport validity" in ani.screen.text
    await john.say("paspor mahasiswa pertukaran harus berlaku berapa lama ya min?")
    assert "Masa berlaku paspor" in john.screen.text
    assert "Sumber" in the_button(john, Clauses).text


async def test_the_variant_is_that_of_the_asker_unless_the_question_names_one(john: ChatClient) -> None:
    await john.start("type_student_outbound_international")
    await john.say("how long must my passport be valid?")
    (answer,) = [text for text in john.said if text.startswith("Passport validity for students")]
    assert "For: students: UNNES → abroad" in answer
    await john.say("what is the passport validity of foreign students coming to UNNES?")
    answer = [text for text in john.said if text.startswith("Passport validity for students")][-1]
    assert "For: students: abroad → UNNES" in answer


async def test_the_cases_of_a_topic_are_buttons(john: ChatClient) -> None:
    await john.say(PASSPORT)
    cases = {Topic.unpack(one.data).kind: one for one in buttons(john, Topic)}
    assert {"uoi", "uii"} <= set(cases)
    await john.press(cases["uii"])
    assert "abroad → UNNES" in john.screen.text
    await john.press("👥 All cases")
    assert "For:" not in john.screen.text


async def test_suggestions_are_buttons_and_the_choice_is_remembered(john: ChatClient, settings: Settings) -> None:
    await john.say("/ask")
    await john.say(UNSURE)
    assert "Did you mean" in john.screen.text
    offered = buttons(john, Suggested)
    assert 1 <= len(offered) <= 3
    assert buttons(john, NoneOfThese)
    assert logged(settings) == [(UNSURE, "unanswered", 1)]
    await john.press(offered[0])
    assert john.screen.text.startswith(offered[0].text)
    assert logged(settings) == [(UNSURE, "chosen", 0)]


async def test_a_word_alone_is_met_with_the_topics_that_have_it_in_their_title(ani: ChatClient) -> None:
    await ani.say("/ask")
    await ani.say("paspor")
    offered = buttons(ani, Suggested)
    assert 1 <= len(offered) <= 3
    assert all("paspor" in one.text.lower() for one in offered)


async def test_none_of_the_suggestions_is_a_no_with_a_way_to_a_person(john: ChatClient, settings: Settings) -> None:
    await john.say("/ask")
    await john.say(UNSURE)
    await press(john, NoneOfThese)
    assert "I do not have an answer" in john.screen.text
    assert "/human" in john.screen.text
    assert logged(settings) == [(UNSURE, "unanswered", 1)]
    before = len(john.said)
    await press(john, AskHuman)
    assert len(john.said) == before + 1
    assert "Bagian Kerja Sama" in john.screen.text


@pytest.mark.parametrize("question", ["what does a tourist visa for Bali cost?", "berapa UKT teknik?"])
async def test_what_is_not_in_the_rules_gets_an_honest_no(ani: ChatClient, settings: Settings, question: str) -> None:
    await ani.say(question)
    assert not buttons(ani, Vote)
    assert buttons(ani, Browse) or buttons(ani, NoneOfThese)
    assert logged(settings) == [(question, "unanswered", 1)]


async def test_numbers_of_people_are_not_logged(john: ChatClient, settings: Settings) -> None:
    await john.say("how much is the tuition? call me 0812-3456-7890 or budi@example.com")
    ((text, _reason, _waiting),) = logged(settings)
    assert text == "how much is the tuition? call me […] or […]"
    assert "0812" not in rows(settings, "SELECT conversation FROM people")[0][0]


async def test_small_talk_gets_a_short_reply_in_its_language(john: ChatClient, settings: Settings) -> None:
    for text in ("apa kabar min?", "you are stupid", "who are you?", "mantap kak makasih banyak ya"):
        before = len(john.said)
        await john.say(text)
        assert len(john.said) == before + 1
        assert not buttons(john, Vote)
        assert "I do not have an answer" not in john.screen.text
    assert logged(settings) == []


async def test_a_question_about_ones_own_case_leads_to_a_check(john: ChatClient) -> None:
    await john.say("am I eligible?")
    assert "your own case" in john.screen.text
    assert buttons(john, Check)
    assert buttons(john, MyApplications)
    await john.say("my passport has nine months left, can I still come as an exchange student?")
    assert "12 months" in john.screen.text
    assert "/check" in john.screen.text


async def test_a_vote_is_acknowledged_and_can_be_changed(
    john: ChatClient, settings: Settings, translators: Translators
) -> None:
    await john.say(PASSPORT)
    text = john.screen.text
    await press(john, Vote, up=False)
    assert "We will look at it" in john.notices[-1]
    assert john.screen.text == text
    assert the_button(john, Vote, up=False).text == "👎 ✓"
    assert buttons(john, AskHuman)
    assert logged(settings) == [(PASSPORT, "down", 1)]
    await press(john, Vote, up=True)
    assert "glad" in john.notices[-1]
    assert [one.text for one in buttons(john, Vote)] == ["👍 ✓", "👎"]
    assert not buttons(john, AskHuman)
    assert logged(settings) == []
    assert rows(settings, "SELECT count(*) FROM question_groups") == [(0,)]


async def test_a_thumb_down_for_a_chosen_suggestion_waits_again(john: ChatClient, settings: Settings) -> None:
    await john.say("/ask")
    await john.say(UNSURE)
    await press(john, Suggested)
    await press(john, Vote, up=False)
    assert logged(settings) == [(UNSURE, "down", 1)]
    await press(john, Vote, up=True)
    assert logged(settings) == [(UNSURE, "chosen", 0)]


async def test_a_thumb_for_a_question_of_long_ago_is_a_kind_word_only(john: ChatClient, settings: Settings) -> None:
    await john.say(PASSPORT)
    vote = the_button(john, Vote, up=False)
    for number in range(6):
        await john.say(f"{PASSPORT} {number}")
    await john.tap(vote.data, vote.message_id)
    assert "We will look at it" in john.notices[-1]
    assert logged(settings) == []
    (conversation,) = rows(settings, "SELECT conversation FROM people")[0]
    assert len(json.loads(conversation)["extra"]["asked"]) == 5


async def test_answers_stay_with_their_buttons(john: ChatClient) -> None:
    await john.say(PASSPORT)
    first = john.screen.message_id
    await john.say("what is a semester?")
    assert next(message for message in john.messages if message.message_id == first).buttons


async def test_typing_is_shown_while_the_answer_is_slow(
    john: ChatClient, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.typing_sign.SLOW", 0)
    await john.say(PASSPORT)
    assert sandbox.calls.of("sendChatAction", chat_id=john.person.id)


async def test_an_old_button_of_a_topic_that_is_gone(john: ChatClient) -> None:
    await john.say(PASSPORT)
    for data in (
        Topic(topic="no_such_topic", lang="en").pack(),
        Clauses(topic="no_such_topic", lang="en").pack(),
        Suggested(token="12345678", topic="no_such_topic", lang="en").pack(),
    ):
        await john.tap(data, john.screen.message_id)
        assert "no longer here" in john.screen.text
        await john.say(PASSPORT)


async def test_erasing_takes_the_asker_and_leaves_the_question(john: ChatClient, settings: Settings) -> None:
    await john.say("berapa UKT teknik?")
    await john.say("/mydata")
    exported = next(message.attachment for message in john.messages if message.attachment)
    assert json.loads(exported.data)["questions_waiting_for_an_answer"][0]["question"] == "berapa UKT teknik?"
    await john.say("/privacy")
    assert "1 question that waits for an answer" in john.screen.text
    await john.say("/delete")
    await john.press("🗑 Yes, erase everything")
    assert logged(settings) == [("berapa UKT teknik?", "unanswered", 0)]
    assert rows(settings, "SELECT count(*) FROM people") == [(0,)]


async def test_nobody_fills_the_log(john: ChatClient, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.services.questions.questions.MOST_WAITING", 3)
    for word in ("apples", "pears", "plums", "cherries", "lemons"):
        await john.say(f"how much are {word} in engineering?")
    assert len(logged(settings)) == 3


def test_every_type_and_topic_fits_into_a_button(knowledge: Knowledge) -> None:
    letters = {type_letters(one) for one in knowledge.types}
    assert len(letters) == len(knowledge.types)
    assert all(type_of(type_letters(one), knowledge.types) == one for one in knowledge.types)
    assert type_of("xyz", knowledge.types) is None
    for topic in topics():
        Topic(topic=topic, lang="id", kind="uoi", token="12345678").pack()
        Clauses(topic=topic, lang="id", kind="uoi", token="12345678", page=99).pack()
        Suggested(token="12345678", topic=topic, lang="id").pack()
        Vote(token="12345678", topic=topic, up=True).pack()
