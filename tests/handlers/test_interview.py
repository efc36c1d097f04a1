"""The questions: buttons and typed answers, back, don't know, why, change, old buttons, pressing twice."""

from __future__ import annotations

import json

import pytest

from bot.config import Settings
from handlers.callbacks import (
    Answer,
    Answers,
    Back,
    Change,
    Check,
    DontKnow,
    FollowUp,
    More,
    Resume,
    SkipRest,
    StartOver,
    Why,
)
from tests.handlers.applicant import GOING_ABROAD, asked, interviewed, reply
from tests.handlers.pressing import buttons, press, rows, the_button
from tests.support.chat import ChatClient


def answers(settings: Settings) -> dict[str, object]:
    """What is kept of the one person there is."""
    [[kept]] = rows(settings, "SELECT answers FROM people")
    found: dict[str, object] = json.loads(kept)
    return found


async def up_to_gpa(chat: ChatClient) -> None:
    """A student on the way abroad who is asked for the GPA."""
    await chat.start("check")
    await interviewed(chat, until="gpa")


async def eligible(chat: ChatClient) -> None:
    """The same up to a good result."""
    await chat.start("check")
    await interviewed(chat)


@pytest.mark.parametrize("lang", ["id", "en"])
async def test_one_question_at_a_time_in_one_message(ani: ChatClient, john: ChatClient, lang: str) -> None:
    chat = ani if lang == "id" else john
    await up_to_gpa(chat)
    assert ("IPK" if lang == "id" else "GPA") in chat.screen.text
    assert len(chat.messages) == 2, "the link and one message that is edited"
    assert ("kira-kira" if lang == "id" else "about") in chat.screen.text


async def test_typed_answers_are_understood_and_echoed_and_the_old_question_goes(
    ani: ChatClient, settings: Settings
) -> None:
    await up_to_gpa(ani)
    await ani.say("IPK 3.4")
    assert "IPK: 3,4" in ani.screen.text
    assert answers(settings)["gpa"] == 3.4
    questions = [one for one in ani.messages if one.from_bot]
    assert len(questions) == 1, "the answered question does not stay in the chat"


async def test_an_answer_can_name_another_fact_than_the_one_asked(ani: ChatClient, settings: Settings) -> None:
    await up_to_gpa(ani)
    await ani.say("TOEFL 480")
    assert "480" in ani.screen.text
    assert asked(ani) == "gpa", "the question that is open stays open"
    assert answers(settings)["toefl_itp"] == 480


@pytest.mark.parametrize(
    ("typed", "told"), [("34", "Did you mean 3.4?"), ("nine", "number from 0 to 4"), ("-1", "number from 0 to 4")]
)
async def test_what_is_wrong_with_an_answer_is_said_above_the_question(
    john: ChatClient, settings: Settings, typed: str, told: str
) -> None:
    await up_to_gpa(john)
    await john.say(typed)
    assert told in john.screen.text
    assert john.screen.text.index(told) < john.screen.text.index("What is your current GPA")
    assert "gpa" not in answers(settings)


async def test_what_was_meant_is_one_tap_away(john: ChatClient, settings: Settings) -> None:
    await up_to_gpa(john)
    await john.say("34")
    await john.press("Yes: 3.4")
    assert answers(settings)["gpa"] == 3.4


async def test_what_people_type_is_never_markup(john: ChatClient) -> None:
    await up_to_gpa(john)
    await john.say("<b>3</b> & more")
    assert "<b>3</b> & more" in john.screen.text


async def test_a_choice_can_be_typed_too(ani: ChatClient, settings: Settings) -> None:
    await ani.start("check")
    typed = {"role": "mahasiswi", "home": "unnes", "host": "malaysia"}
    for _ in typed:
        await ani.say(typed[asked(ani) or ""])
    assert answers(settings) == {"role": "student", "home": "unnes", "host": "abroad"}


async def test_back_asks_again_and_keeps_the_answer_until_there_is_a_new_one(
    john: ChatClient, settings: Settings
) -> None:
    await up_to_gpa(john)
    await john.say("3.4")
    await press(john, Back)
    assert "Your answer so far: 3.4" in john.screen.text
    assert answers(settings)["gpa"] == 3.4
    await john.press("✓ Keep 3.4")
    assert asked(john) not in (None, "gpa")
    while asked(john) != "programme":
        await press(john, Back)
    assert "✓ International Credit Transfer" in john.screen.labels
    await reply(john, "internship")
    assert answers(settings)["programme"] == "internship"
    assert answers(settings)["gpa"] == 3.4


async def test_back_goes_as_far_as_the_first_question(john: ChatClient) -> None:
    await john.start("check")
    first = asked(john)
    await interviewed(john, until="gpa")
    seen = []
    while buttons(john, Back):
        await press(john, Back)
        seen.append(asked(john))
    assert seen[-1] == first
    assert len(seen) == len(set(seen))


async def test_not_knowing_is_an_answer_in_the_words_of_the_fact(john: ChatClient, settings: Settings) -> None:
    await up_to_gpa(john)
    await john.press("I don't know")
    assert answers(settings)["gpa"] is None
    await interviewed(john, until="ielts")
    await john.press("I have not taken it")
    assert answers(settings)["ielts"] is None


async def test_why_names_the_reason_the_clause_and_the_document_and_leads_back(john: ChatClient) -> None:
    await up_to_gpa(john)
    question = john.screen.text
    await press(john, Why)
    for part in ("Why I ask", "minimum GPA", "III.A.2.a.1.a.3", "GPA (IPK) ≥ 3.25", "UNNES POB Kerja Sama 2021"):
        assert part in john.screen.text
    await press(john, Resume)
    assert john.screen.text == question


async def test_an_answer_typed_below_the_reason_is_taken(john: ChatClient, settings: Settings) -> None:
    await up_to_gpa(john)
    await press(john, Why)
    await john.say("3.4")
    assert answers(settings)["gpa"] == 3.4


async def test_a_button_pressed_twice_answers_once(john: ChatClient, settings: Settings) -> None:
    await john.start("check")
    fact = asked(john)
    button = buttons(john, Answer)[0]
    await john.press(button)
    following = john.screen.text
    await john.press(button)
    assert john.screen.text == following
    assert list(answers(settings)) == [fact]


async def test_an_old_button_changes_its_own_answer_and_nothing_else(john: ChatClient, settings: Settings) -> None:
    await up_to_gpa(john)
    before = answers(settings)
    await john.tap(Answer.of("host", "indonesia").pack(), john.screen.message_id)
    assert answers(settings) == {**before, "host": "indonesia"}


async def test_a_button_about_a_fact_that_is_no_more_is_answered_calmly(john: ChatClient, settings: Settings) -> None:
    await up_to_gpa(john)
    before = answers(settings)
    for data in (
        Answer(fact="shoe_size", value="t").pack(),
        Answer(fact="gpa", value="nan").pack(),
        Answer(fact="host", value="moon").pack(),
        Why(fact="shoe_size").pack(),
        Change(fact="shoe_size").pack(),
        DontKnow(fact="shoe_size").pack(),
    ):
        told = len(john.notices)
        await john.tap(data, john.screen.message_id)
        assert "has changed" in john.notices[told]
    await john.tap(Back(fact="shoe_size").pack(), john.screen.message_id)
    assert answers(settings) == before


async def test_an_answer_that_no_longer_matters_is_named_once_and_comes_back(
    john: ChatClient, settings: Settings
) -> None:
    await eligible(john)
    await press(john, Answers)
    await press(john, Change, fact="host")
    await reply(john, "indonesia")
    assert "Set aside" in john.screen.text
    assert "IELTS" in john.screen.text
    await reply(john, GOING_ABROAD.get(asked(john) or ""))
    assert "IELTS" not in john.screen.text
    assert answers(settings)["gpa"] == 3.4
    await john.tap(Answer.of("host", "abroad").pack(), john.screen.message_id)
    await interviewed(john)
    assert "You meet every requirement" in john.screen.text, "nothing had to be asked again that was known"


async def test_an_answer_that_is_asked_again_can_be_unknown_but_not_skipped(john: ChatClient) -> None:
    await eligible(john)
    await press(john, Answers)
    await press(john, Change, fact="gpa")
    assert "I don't know" in john.screen.labels
    assert "Skip" not in john.screen.labels


async def test_follow_ups_are_asked_on_request_and_can_be_skipped_one_or_all(
    john: ChatClient, settings: Settings
) -> None:
    await eligible(john)
    left = the_button(john, FollowUp).text
    await press(john, FollowUp)
    assert "follow-up" in john.screen.text
    first, second = asked(john), None
    await reply(john, None)
    second = asked(john)
    assert second not in (first, None)
    await press(john, SkipRest)
    assert "You meet every requirement" in john.screen.text
    assert answers(settings)[first or ""] is None
    assert second not in answers(settings)
    assert the_button(john, FollowUp).text != left


async def test_a_date_is_echoed_as_it_was_understood(ani: ChatClient, settings: Settings) -> None:
    await eligible(ani)
    await press(ani, FollowUp)
    await interviewed(ani, until="start_date")
    await ani.say("12 januari 2027")
    assert "12 Januari 2027" in ani.screen.text
    assert answers(settings)["start_date"] == "2027-01-12"


async def test_changing_can_be_given_up(john: ChatClient) -> None:
    await eligible(john)
    await press(john, Answers)
    await press(john, Change, fact="gpa")
    await john.press("‹ Result")
    assert "You meet every requirement" in john.screen.text


async def test_starting_over_asks_once(john: ChatClient, settings: Settings) -> None:
    await eligible(john)
    await press(john, More)
    await press(john, StartOver)
    await press(john, Resume)
    assert "You meet every requirement" in john.screen.text
    await press(john, More)
    await press(john, StartOver)
    await press(john, StartOver, sure=True)
    assert asked(john) is not None
    assert answers(settings) == {}


async def test_an_interview_goes_on_with_check_and_from_the_start_page(john: ChatClient) -> None:
    await up_to_gpa(john)
    question = john.screen.text
    await john.say("/check")
    assert john.screen.text == question
    await john.start()
    await press(john, Check)
    assert john.screen.text == question


async def test_a_fact_typed_when_nothing_is_asked_changes_the_result(john: ChatClient) -> None:
    await eligible(john)
    await john.say("IPK 3.1")
    assert "✅ Meets what the POB asks → ❌ Not yet" in john.screen.text
    await john.say("IPK 34")
    assert "Did you mean 3.4?" in john.screen.text
    await john.press("Yes: 3.4")
    assert "❌ Not yet → ✅ Meets what the POB asks" in john.screen.text
