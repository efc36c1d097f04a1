"""The result and its lists: verdicts, pages, sources, what changed."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from handlers.applications.callbacks import Keep
from handlers.callbacks import Answer, Answers, Change, FactJson, FollowUp, More, Result, Section, Sources, StartOver
from knowledge import Knowledge
from tests.handlers.applicant import GOING_ABROAD, asked, interviewed, reply
from tests.handlers.pressing import buttons, press, the_button
from tests.support.chat import ChatClient

FOREIGN_STUDENT: Mapping[str, FactJson] = {
    "role": "student",
    "home": "abroad",
    "host": "unnes",
    "programme": "credit_transfer",
    "citizenship": "foreign",
    "duration_days": 65,
    "start_date": "2027-06-15",
    "arrival_date": "2027-06-15",
    "return_date": "2027-08-18",
    "has_agreement": True,
}


async def result_of(chat: ChatClient, profile: Mapping[str, FactJson] = GOING_ABROAD) -> None:
    await chat.start("check")
    await interviewed(chat, profile)
    assert asked(chat) is None


async def test_a_good_result_names_type_programme_verdict_and_each_criterion_with_its_clause(
    ani: ChatClient, john: ChatClient
) -> None:
    await result_of(john)
    text = john.screen.text
    assert text.index("UNNES student going abroad") < text.index("International Credit Transfer")
    assert "✅ You meet every requirement" in text
    assert text.count("✅") == 6
    for clause in ("p1", "1", "2", "3", "4"):
        assert f"III.A.2.a.1.a.{clause}" in text
    assert "12 of 2021" in text
    await result_of(ani)
    assert "✅ Anda memenuhi semua syarat" in ani.screen.text
    assert "Mahasiswa UNNES ke luar negeri" in ani.screen.text


async def test_a_no_is_kind_and_says_what_would_have_to_change(john: ChatClient) -> None:
    await result_of(john, {**GOING_ABROAD, "gpa": 3.1})
    text = john.screen.text
    assert "Not yet, I am sorry" in text
    assert "❌ Your GPA (IPK) is at least 3.25. III.A.2.a.1.a.3" in text
    assert text.index("What would have to change") < text.index("❌ Your GPA") < text.index("The other requirements")


async def test_a_verdict_that_waits_for_an_answer_offers_to_give_it(john: ChatClient) -> None:
    await result_of(john, {**GOING_ABROAD, "gpa": None})
    assert "❔ I cannot say yet. For that I need to know: GPA (IPK)." in john.screen.text
    assert [Change.unpack(one.data).fact for one in buttons(john, Change)] == ["gpa"]
    await press(john, Change, fact="gpa")
    await reply(john, 3.5)
    assert "❔ Not certain yet → ✅ Meets what the POB asks" in john.screen.text


async def test_an_unclear_point_is_to_be_confirmed(john: ChatClient) -> None:
    await result_of(john, {**GOING_ABROAD, "level": "other"})
    assert "⚠️ One requirement" in john.screen.text
    assert "⚠️ You are an S1, S2 or S3 student." in john.screen.text


async def test_where_others_decide_the_result_says_who(john: ChatClient) -> None:
    await result_of(john, FOREIGN_STUDENT)
    assert "🏛 The POB sets no requirements of its own" in john.screen.text
    assert "🏛 Your home university chooses who goes" in john.screen.text


async def test_what_is_not_in_order_stands_on_the_result_and_is_no_failure(john: ChatClient) -> None:
    await result_of(john, {**FOREIGN_STUDENT, "has_agreement": False})
    open_point = "⬜ Your home university has a cooperation agreement with UNNES. III.B.2.e.1"
    assert f"Still to be put in order\n{open_point}" in john.screen.text
    await press(john, Section, name="conditions")
    assert open_point in john.screen.text
    assert "❌" not in john.screen.text
    await press(john, Result)
    await press(john, Answers)
    while not any(Change.unpack(one.data).fact == "has_agreement" for one in buttons(john, Change)):
        await john.press("Next ▶")
    await press(john, Change, fact="has_agreement")
    await reply(john, True)
    await interviewed(john, FOREIGN_STUDENT)
    assert "agreement with UNNES. (⬜ → ✅)" in john.screen.text
    assert "Still to be put in order" not in john.screen.text


async def test_an_answer_taken_back_leaves_open_which_rules_hold(john: ChatClient) -> None:
    await result_of(john)
    await press(john, Answers)
    await press(john, Change, fact="home")
    await reply(john, None)
    await interviewed(john)
    assert "I can no longer tell which rules are yours.\n\n" in john.screen.text
    assert "does not cover" not in john.screen.text


async def test_outside_the_scope_the_result_says_why_and_on_which_clause(john: ChatClient) -> None:
    await result_of(john, {"role": "student", "home": "indonesia", "host": "abroad"})
    for part in ("does not cover your plan", "UNNES is on neither side", "I.C.2.b", "UNNES POB Kerja Sama 2021"):
        assert part in john.screen.text
    assert not buttons(john, Keep)
    await press(john, Answers)
    await press(john, Change, fact="home")
    await reply(john, "unnes")
    assert asked(john) is not None


async def test_without_the_kind_of_mobility_the_result_asks_for_what_decides_it(john: ChatClient) -> None:
    await result_of(john, {})
    assert "cannot tell yet which rules" in john.screen.text
    assert not buttons(john, Section)
    fact = Change.unpack(buttons(john, Change)[0].data).fact
    await press(john, Change, fact=fact)
    assert asked(john) == fact


@pytest.mark.parametrize("profile", [GOING_ABROAD, FOREIGN_STUDENT], ids=["going abroad", "coming to UNNES"])
async def test_every_list_that_is_not_empty_is_behind_a_button_with_its_number(
    john: ChatClient, profile: Mapping[str, FactJson]
) -> None:
    await result_of(john, profile)
    on_result = buttons(john, Section)
    assert len(john.screen.buttons) <= 10, "more do not fit a phone"
    await press(john, More)
    behind = buttons(john, Section)
    assert len(on_result) + len(behind) >= 9
    assert not {one.data for one in on_result} & {one.data for one in behind}
    for one in (*on_result, *behind):
        assert one.text.endswith(")")
        assert not one.text.endswith("(0)")
        await john.tap(one.data, john.screen.message_id)
        items = int(one.text.rpartition("(")[2].rstrip(")"))
        pages = [john.screen.text]
        while any(label.startswith("Next") for label in john.screen.labels):
            await john.press("Next ▶")
            pages.append(john.screen.text)
        assert len(pages) >= items / 7
        assert all(sum(clause in page for clause in ("I.", "II.", "III.", "IV.", "KP.")) for page in pages)
        await press(john, Result)
        assert buttons(john, Section) == on_result


async def test_documents_stand_under_their_stage(john: ChatClient) -> None:
    await result_of(john)
    await press(john, Section, name="documents")
    assert "To register\n• CV" in john.screen.text
    await john.press("Next ▶")
    assert "Permits · SP Setneg" in john.screen.text
    await john.press("◀ Previous")
    assert "page 1 of" in john.screen.text


async def test_sources_give_the_sentence_and_the_document_of_every_clause_on_the_page(
    john: ChatClient, knowledge: Knowledge
) -> None:
    await result_of(john)
    await press(john, Section, name="documents")
    await press(john, Sources)
    text = john.screen.text
    assert knowledge.main.document.title.get("en") in text
    assert knowledge.clauses["III.A.2.a.2.d.1"].text("en") in text
    assert "III.A.2.d.4.b" not in text, "that one is on the next page"
    await press(john, Section)
    assert "• CV" in john.screen.text


async def test_fees_and_visa_carry_year_and_advice(john: ChatClient) -> None:
    await result_of(john, {**FOREIGN_STUDENT, "duration_days": 150, "return_date": None, "stay_days": 150})
    await press(john, Section, name="fees")
    assert "figure of 2021" in john.screen.text
    assert "may have changed" in john.screen.text
    await press(john, Result)
    await press(john, Section, name="immigration")
    assert "may have changed" in john.screen.text


async def test_a_fee_that_is_not_in_the_source_is_never_guessed(john: ChatClient) -> None:
    await result_of(john, FOREIGN_STUDENT)
    await press(john, Section, name="fees")
    assert "the POB states no amount" in john.screen.text


async def test_a_deadline_without_its_date_asks_for_it_and_then_has_a_day(john: ChatClient) -> None:
    await result_of(john, {key: value for key, value in GOING_ABROAD.items() if not key.endswith("_date")})
    await press(john, Section, name="deadlines")
    assert "❔ No date yet" in john.screen.text
    await press(john, Change, fact="departure_date")
    assert asked(john) == "departure_date"
    await john.say("1 september 2027")
    assert "📅 1 Jun 2027" in john.screen.text, "what changed is said with the result"
    await press(john, Section, name="deadlines")
    assert "Tuesday, 1 June 2027" in john.screen.text
    assert "the last one before it is Monday, 31 May 2027" in john.screen.text


async def test_a_deadline_that_has_passed_says_so(john: ChatClient) -> None:
    await result_of(john)
    await press(john, Section, name="deadlines")
    await press(john, Change, fact="departure_date")
    await john.say("1 April 2027")
    await press(john, Section, name="deadlines")
    assert "This day has passed." in john.screen.text


async def test_changing_an_answer_says_what_it_changed(john: ChatClient) -> None:
    await result_of(john, FOREIGN_STUDENT)
    await press(john, Answers)
    await press(john, Change, fact="duration_days")
    await john.say("30 days")
    while asked(john):
        await reply(john, None)
    assert "What changed" in john.screen.text
    assert "➖ " in john.screen.text
    await press(john, Section)
    await press(john, Result)
    assert "What changed" not in john.screen.text, "it is said once"


async def test_another_kind_of_mobility_is_said_in_one_line(john: ChatClient) -> None:
    await result_of(john)
    await press(john, Answers)
    await press(john, Change, fact="host")
    await reply(john, "indonesia")
    await interviewed(john)
    assert "Now you are: UNNES student going to another institution in Indonesia." in john.screen.text
    assert "➕" not in john.screen.text


async def test_the_answers_are_listed_in_pages(john: ChatClient) -> None:
    await result_of(john)
    await press(john, Answers)
    seen = [one.text for one in buttons(john, Change)]
    await john.press("Next ▶")
    seen += [one.text for one in buttons(john, Change)]
    assert len(seen) == len(set(seen)) >= 10
    assert "GPA (IPK): 3.4" in seen


async def test_old_buttons_of_a_result_work_after_starting_over(john: ChatClient) -> None:
    await result_of(john)
    await press(john, More)
    await press(john, StartOver)
    await press(john, StartOver, sure=True)
    panel = john.screen.message_id
    await john.tap(Section(name="documents", page=7).pack(), panel)
    assert "Nothing in this list" in john.screen.text
    await john.tap(Sources(name="fees", page=3, at=2).pack(), panel)
    assert john.screen.text
    await john.tap(Result(page=5).pack(), panel)
    assert asked(john) is not None
    await john.tap(FollowUp().pack(), panel)
    assert asked(john) is not None
    await john.tap(Answers(page=9).pack(), panel)
    assert "not answered anything" in john.screen.text


async def test_a_page_that_has_gone_shows_the_nearest(john: ChatClient) -> None:
    await result_of(john)
    await john.tap(Section(name="documents", page=99).pack(), john.screen.message_id)
    assert "page 3 of 3" in john.screen.text
    await john.tap(Sources(name="documents", page=99, at=99).pack(), john.screen.message_id)
    assert "Sources" in john.screen.text


async def test_the_result_can_be_kept(john: ChatClient) -> None:
    await result_of(john)
    await press(john, Keep)
    await john.say("/check")
    assert "📋 My checklist" in john.screen.labels
    assert not buttons(john, Keep)
    assert the_button(john, Result if buttons(john, Result) else Section).data
    await john.tap(Answer.of("gpa", 3.0).pack(), john.screen.message_id)
    assert "❌ Not yet" in john.screen.text
