"""/documents, /visa and /deadlines: answered from what is known, and asked only what they need."""

from __future__ import annotations

from bot.config import Settings
from bot.i18n import Translators
from bot.sandbox import Sandbox
from handlers.applications.callbacks import AskOn, Checklist, Keep, Situation, Timeline
from handlers.callbacks import Answer, Change, Check, Sources
from handlers.screens.interview.lists import SITUATIONS
from knowledge.interview import Goal
from tests.handlers.pressing import answer, buttons, press, rows
from tests.support.chat import ChatClient


async def test_a_foreign_student_learns_the_visa_rule_with_one_tap_and_two_answers(john: ChatClient) -> None:
    await john.say("/visa")
    await press(john, Situation, key="guest_student")
    asked = await answer(john, {"needs_calling_visa": "no", "stay_days": "65 days"})
    assert sorted(asked) == ["needs_calling_visa", "stay_days"]
    assert "Study permit (Izin Belajar)" in john.screen.text
    assert "III.B.2.c.2.c" in john.screen.text
    assert "visit visa" not in john.screen.text
    await press(john, Sources)
    assert "UNNES Rector Regulation No. 12 of 2021" in john.screen.text


async def test_every_situation_leads_to_the_visa_list(ani: ChatClient) -> None:
    for key in SITUATIONS:
        somebody = ani.other(key)
        await somebody.say("/visa")
        await press(somebody, Situation, key=key)
        await answer(somebody, {"role": "dosen", "home": "UNNES", "host": "luar negeri", "stay_days": "65 hari"})
        assert "🛂" in somebody.screen.text
        assert buttons(somebody, Sources)


async def test_a_foreign_guest_is_asked_for_their_role(john: ChatClient) -> None:
    await john.say("/visa")
    await press(john, Situation, key="guest_staff")
    assert buttons(john, Answer)
    assert Answer.unpack(buttons(john, Answer)[0].data).fact == "role"


async def test_who_was_a_student_before_and_comes_as_staff_is_asked_for_their_role(john: ChatClient) -> None:
    await john.say("/check")
    await john.tap(Answer.of("role", "student").pack(), john.screen.message_id)
    await john.say("/visa")
    await press(john, Situation, key="staff_abroad")
    await press(john, Answer, fact="role", value="lecturer")
    assert "UNNES lecturer or staff member going abroad" in john.screen.text


async def test_within_indonesia_no_visa_is_needed_and_the_clause_is_named(john: ChatClient) -> None:
    await john.start("type_student_outbound_national")
    await john.say("/visa")
    assert "you need no visa" in john.screen.text
    assert "III.A.1.d.p2.2" in john.screen.text
    eve = john.other("Eve", language="en")
    await eve.start("type_staff_outbound_national")
    await press(eve, Answer, value="lecturer")
    await eve.say("/visa")
    assert "names no visa" in eve.screen.text


async def test_documents_are_asked_for_when_nothing_is_known(ani: ChatClient) -> None:
    await ani.say("/documents")
    assert buttons(ani, Answer)
    assert not buttons(ani, Sources)


async def test_documents_are_shown_at_once_and_refined_on_request(john: ChatClient) -> None:
    await john.start("type_student_outbound_national")
    await john.say("/documents")
    assert "Academic transcript" in john.screen.text
    assert "Only if your programme earns credit" in john.screen.text
    await press(john, AskOn, goal=Goal.DOCUMENTS)
    await answer(john, {"bears_credit": "yes"})
    assert "Academic transcript" in john.screen.text
    assert "Only if your programme earns credit" not in john.screen.text


async def test_lists_follow_the_open_application(john: ChatClient) -> None:
    await john.start("type_student_outbound_international")
    await john.say("/status")
    await press(john, Keep)
    await john.say("/documents")
    assert "UNNES student going abroad" in john.screen.text
    assert buttons(john, Checklist)


async def test_deadlines_ask_for_a_date_and_then_stand_in_order(john: ChatClient, settings: Settings) -> None:
    await john.start("type_student_outbound_international")
    await john.say("/deadlines")
    assert "When does the programme start?" in john.screen.text
    await answer(john, {"start_date": "1 September 2027", "departure_date": "1 September 2027"})
    text = john.screen.text
    assert text.index("1 June 2027") < text.index("31 August 2027")
    assert "the last one before it is Monday, 31 May 2027" in text
    assert "91 days left" in text  # from 1 March to the working day
    await john.say("/deadlines")
    assert john.screen.text.endswith(text.partition("UNNES student going abroad")[2])


async def test_passed_deadlines_are_marked(john: ChatClient) -> None:
    await john.start("type_student_outbound_international")
    await john.say("/deadlines")
    await answer(john, {"start_date": "12 April 2027", "departure_date": "12 April 2027"})
    assert "Overdue" in john.screen.text
    assert "❗️ Tuesday, 12 January 2027" in john.screen.text


async def test_deadlines_without_a_date_offer_to_enter_it(john: ChatClient) -> None:
    await john.start("type_student_outbound_international")
    await john.say("/deadlines")
    await answer(john, {})
    assert "Still without a date" in john.screen.text
    assert "Departure date" in john.screen.text
    await press(john, Change, fact="departure_date")
    await john.say("1 September 2027")
    assert "1 June 2027" in john.screen.text


async def test_a_list_that_is_empty_says_so(ani: ChatClient, translators: Translators) -> None:
    await ani.start("type_staff_outbound_national")
    await press(ani, Answer, value="lecturer")
    await ani.say("/deadlines")
    t = translators["id"]
    wanted = t.gettext("The POB sets no deadline in days for your case. Start early: its steps take time all the same.")
    assert wanted in ani.screen.text
    assert buttons(ani, Check)


async def test_an_old_page_of_the_timeline_still_works(john: ChatClient) -> None:
    await john.start("type_student_outbound_international")
    await john.tap(Timeline(page=7).pack(), john.screen.message_id)
    assert "Deadlines" in john.screen.text


async def test_a_situation_pressed_later_leaves_the_kept_application_alone(
    john: ChatClient, settings: Settings, sandbox: Sandbox
) -> None:
    await john.start("type_student_outbound_national")
    await john.say("/status")
    await press(john, Keep)
    before = rows(settings, "SELECT answers FROM applications")
    await john.tap(Situation(key="guest_student").pack(), john.screen.message_id)
    assert rows(settings, "SELECT answers FROM applications") == before
    assert rows(settings, "SELECT application FROM people") == [(None,)]


async def test_an_unknown_situation_asks_everything(john: ChatClient) -> None:
    await john.start()
    await john.tap(Situation(key="of_last_year").pack(), john.screen.message_id)
    asked = await answer(john, {"role": "student", "home": "UNNES", "host": "abroad"})
    assert {"role", "home", "host"} < set(asked)
