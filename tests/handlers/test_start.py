"""The front door: greeting, links, language, help, cancel."""

from __future__ import annotations

import json

import pytest

from bot.app import App
from bot.config import Settings
from bot.sandbox import Sandbox
from handlers.callbacks import Answer, AskQuestion, Check, Home, Language, Resume
from tests.handlers.applicant import asked, interviewed
from tests.handlers.pressing import buttons, press, rows
from tests.support.chat import ChatClient


async def test_the_greeting_is_in_the_language_of_the_phone_and_offers_the_other(
    ani: ChatClient, john: ChatClient
) -> None:
    await ani.start()
    assert "Halo, Ani!" in ani.screen.text
    assert "🌐 English" in ani.screen.labels
    await john.start()
    assert "Hello, John!" in john.screen.text
    await john.press("🌐 Bahasa Indonesia")
    assert "Halo, John!" in john.screen.text
    assert len(john.messages) == 2, "the greeting is translated in place"


async def test_a_name_cannot_smuggle_markup_in(sandbox: Sandbox, app: App) -> None:
    eve = ChatClient(sandbox, sandbox.person("<b>Eve & co", language="en"), app.inbox.settled)
    await eve.start()
    assert "Hello, <b>Eve & co!" in eve.screen.text


@pytest.mark.parametrize("typed", ["/HELP", "/Help", "/HeLp@LINTAS_BOT"])
async def test_commands_in_capitals_are_commands(john: ChatClient, typed: str) -> None:
    await john.say(typed)
    assert john.screen.text.startswith("What I can do")


async def test_what_stands_behind_a_command_in_capitals_stays_as_it_was_typed(john: ChatClient) -> None:
    await john.say("/Start topic_passport_student")
    assert john.screen.text.startswith("Passport validity")
    await john.say("/ASK What does VITAS mean?")
    assert "VITAS" in john.screen.text


async def test_the_greeting_leads_everywhere(john: ChatClient) -> None:
    await john.start()
    kinds = [one.data.partition(":")[0] for one in john.screen.buttons]
    assert kinds == [Check.__prefix__, Check.__prefix__, Check.__prefix__, AskQuestion.__prefix__, Language.__prefix__]


async def test_somebody_who_comes_back_goes_on(john: ChatClient) -> None:
    await john.start()
    await press(john, Check)
    await press(john, Answer)
    question = john.screen.text
    await john.start()
    assert "▶️ Continue my check" in john.screen.labels
    await john.press("▶️ Continue my check")
    assert john.screen.text == question


@pytest.mark.parametrize("payload", ["check", "type_student_inbound_international", "prog_guest_lecturer"])
async def test_a_link_leads_to_its_question_with_a_greeting_and_the_other_language(
    john: ChatClient, payload: str
) -> None:
    await john.start(payload)
    fact = asked(john)
    assert fact is not None
    assert "Hello, John!" in john.screen.text
    await john.press("🌐 Bahasa Indonesia")
    assert asked(john) == fact, "the same question in the other language"
    assert "Tidak tahu" in john.screen.labels


async def test_what_a_link_says_is_not_asked(john: ChatClient) -> None:
    await john.start("type_student_inbound_international")
    questions = await interviewed(john, {})
    assert not {"role", "home", "host"} & set(questions)
    assert "Student from abroad coming to UNNES" in john.screen.text


async def test_a_link_to_the_visa_rule_leads_there_in_few_taps(ani: ChatClient) -> None:
    await ani.start("visa")
    await ani.press("🎓 Mahasiswa asing ke UNNES")
    questions = await interviewed(ani, {"stay_days": 65, "duration_days": 65, "needs_calling_visa": False})
    assert "Izin Belajar" in ani.screen.text
    assert "III.B.2.c.2.c" in ani.screen.text
    assert len(questions) <= 3


async def test_a_link_of_an_old_poster_still_leads_in(john: ChatClient) -> None:
    await john.start("openday2019")
    assert "no longer in use" in john.screen.text
    assert buttons(john, Check)


async def test_the_language_that_was_chosen_stays(john: ChatClient, settings: Settings) -> None:
    await john.say("/language")
    assert john.screen.labels == ["Bahasa Indonesia", "✓ English"]
    await john.press("Bahasa Indonesia")
    await john.start()
    assert "Halo, John!" in john.screen.text
    assert rows(settings, "SELECT language, language_chosen FROM people") == [("id", 1)]


async def test_a_language_that_is_none_changes_nothing(john: ChatClient) -> None:
    await john.start()
    await john.tap(Language(code="xx").pack(), john.screen.message_id)
    assert "Hello, John!" in john.screen.text


async def test_help_names_every_command(john: ChatClient) -> None:
    await john.say("/help")
    for command in ("check", "documents", "visa", "deadlines", "ask", "human", "status", "cancel"):
        assert f"/{command}" in john.screen.text
    for command in ("language", "settings", "privacy", "mydata", "delete"):
        assert f"/{command}" in john.screen.text


async def test_cancel_stops_what_is_pending_and_keeps_the_answers(john: ChatClient) -> None:
    await john.start("check")
    await press(john, Answer)
    question = john.screen.text
    await john.say("/cancel")
    assert "Stopped" in john.screen.text
    await john.say("UNNES")
    assert asked(john) is None, "nothing is expected any more"
    await john.say("/cancel")
    assert "Nothing was going on" in john.screen.text
    await press(john, Resume)
    assert john.screen.text == question


async def test_what_is_typed_after_ask_is_no_answer_to_a_fact(john: ChatClient, settings: Settings) -> None:
    await john.start("check")
    await john.say("/ask")
    assert buttons(john, Home)
    await john.say("lecturer")
    assert rows(settings, "SELECT answers FROM people") == [("{}",)]
    assert asked(john) is not None, "what was asked before is asked again"


async def test_a_link_for_staff_does_not_take_somebody_for_the_student_they_were_before(john: ChatClient) -> None:
    await john.start("type_student_outbound_international")
    await john.start("type_staff_outbound_international")
    assert asked(john) == "role"
    await press(john, Answer, value="lecturer")
    await john.start("type_staff_outbound_international")
    assert asked(john) != "role", "a lecturer stays one"


async def test_a_link_to_a_programme_forgets_where_it_does_not_lead(john: ChatClient, settings: Settings) -> None:
    await john.start("type_student_outbound_national")
    await john.start("prog_darmasiswa")
    assert json.loads(rows(settings, "SELECT answers FROM people")[0][0]) == {
        "role": "student",
        "home": "abroad",
        "host": "unnes",
        "programme": "darmasiswa",
    }
    await john.start("prog_credit_transfer")
    await john.start("type_student_outbound_national")
    await john.start("prog_credit_transfer")
    assert asked(john) == "host", "within Indonesia that programme does not exist"
