"""/inbox: staff see what had no good answer, answer it, decide, export; everybody else sees nothing of it."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from bot.config import Settings
from bot.i18n import Translators
from handlers.questions.callbacks import (
    DecideGroup,
    ExportGroup,
    Inbox,
    InboxGroup,
    ReopenGroup,
    SendAnswer,
    StaffAnswer,
    Vote,
)
from tests.handlers.pressing import buttons, change, press, rows
from tests.handlers.reviewing import hire
from tests.support.chat import ChatClient
from tests.support.clock import TestClock

UKT = "berapa UKT teknik?"


@pytest.fixture
async def staff(john: ChatClient, settings: Settings) -> ChatClient:
    """John is a reviewer."""
    hire(settings, john)
    return john


def queued(settings: Settings) -> list[tuple[int, dict[str, Any]]]:
    """To whom messages are queued, and their parameters."""
    found = rows(settings, "SELECT person_id, payload FROM deliveries WHERE kind = 'answer' ORDER BY id")
    return [(person, json.loads(payload)) for person, payload in found]


def audited(settings: Settings) -> list[str]:
    return [action for (action,) in rows(settings, "SELECT action FROM audit ORDER BY id") if "question" in action]


async def test_the_inbox_is_empty_at_first(staff: ChatClient) -> None:
    await staff.say("/inbox")
    assert "Nothing is waiting" in staff.screen.text
    await press(staff, Inbox, pile="closed")
    assert "Nothing here yet" in staff.screen.text


async def test_alike_questions_stand_together_the_most_asked_first(staff: ChatClient, ani: ChatClient) -> None:
    await ani.say("apakah ada kantin halal dekat kampus?")
    for name in ("Budi", "Citra"):
        await ani.other(name).say(UKT)
    await ani.other("Dewi").say("UKT teknik berapa kak")
    await staff.say("/inbox")
    first, second = buttons(staff, InboxGroup)
    assert first.text.startswith("1. 💬 3×")
    assert second.text.startswith("2. 💬 1×")
    await staff.press(first)
    for part in ("Asked 3 times", "3 people can still be answered", UKT, "UKT teknik berapa kak", "% sure"):
        assert part in staff.screen.text
    assert "Ani" not in staff.screen.text
    assert "Budi" not in staff.screen.text


async def test_a_long_question_is_short_on_its_button_and_whole_above_it(staff: ChatClient, ani: ChatClient) -> None:
    question = "apakah ada kantin halal yang buka sampai malam di dekat asrama kampus?"
    await ani.say(question)
    await staff.say("/inbox")
    (label,) = (one.text for one in buttons(staff, InboxGroup))
    assert label == "1. 💬 1× apakah ada kantin halal…"
    assert f"1. 💬 1× {question}" in staff.screen.text


async def test_staff_answer_those_who_asked(staff: ChatClient, ani: ChatClient, settings: Settings) -> None:
    tom = ani.other("Tom", language="en")
    await ani.say(UKT)
    await tom.say(UKT)
    await tom.say(UKT)
    await staff.say("/inbox")
    await press(staff, InboxGroup)
    await press(staff, StaffAnswer)
    assert "Write your answer" in staff.screen.text
    await staff.say("Lihat <b>ukt.unnes.ac.id</b> & tanya fakultas")
    assert "This is what 2 people will read" in staff.screen.text
    assert "Lihat <b>ukt" in staff.screen.text
    assert queued(settings) == []
    await press(staff, SendAnswer)
    assert "Your answer goes to 2 people" in staff.screen.text
    assert "Nothing is waiting" in staff.screen.text
    assert [person for person, _ in queued(settings)] == [ani.person.id, tom.person.id]
    (_, to_ani), (_, to_tom) = queued(settings)
    assert "Jawaban dari kantor internasional" in to_ani["text"]
    assert "Answer from the international office" in to_tom["text"]
    assert "&lt;b&gt;ukt.unnes.ac.id" in to_ani["text"]
    assert UKT in to_ani["text"]
    assert audited(settings) == ["questions answered"]
    assert rows(settings, "SELECT count(*) FROM question_askers") == [(0,)]
    await press(staff, Inbox, pile="closed")
    await press(staff, InboxGroup)
    assert "Answered" in staff.screen.text
    assert "tanya fakultas" in staff.screen.text


async def test_sending_twice_sends_once(staff: ChatClient, ani: ChatClient, settings: Settings) -> None:
    await ani.say(UKT)
    await staff.say("/inbox")
    await press(staff, InboxGroup)
    await press(staff, StaffAnswer)
    await staff.say("Tanya fakultas.")
    send = await press(staff, SendAnswer)
    await staff.tap(send.data, send.message_id)
    assert len(queued(settings)) == 1


async def test_a_colleague_who_was_slower_sends_nothing(staff: ChatClient, ani: ChatClient, settings: Settings) -> None:
    colleague = ani.other("Kolega", language="en")
    await colleague.start()
    hire(settings, colleague)
    await ani.say(UKT)
    for one in (staff, colleague):
        await one.say("/inbox")
        await press(one, InboxGroup)
        await press(one, StaffAnswer)
        await one.say(f"from {one.person.name}")
    await press(staff, SendAnswer)
    await press(colleague, SendAnswer)
    assert "Nobody waits" in colleague.screen.text
    assert len(queued(settings)) == 1


async def test_an_answer_can_be_written_anew_or_not_at_all(
    staff: ChatClient, ani: ChatClient, settings: Settings
) -> None:
    await ani.say(UKT)
    await staff.say("/inbox")
    await press(staff, InboxGroup)
    await press(staff, StaffAnswer)
    await staff.say("x" * 1501)
    assert "1 to 1500 characters" in staff.screen.text
    await staff.say("visa")
    assert "This is what 1 person will read" in staff.screen.text
    await press(staff, StaffAnswer)
    await staff.say("Better.")
    await press(staff, InboxGroup)
    await staff.say("dokumen")
    assert "This is what" not in staff.screen.text
    await staff.say("/inbox")
    assert queued(settings) == []


async def test_questions_are_marked_and_opened_again(staff: ChatClient, ani: ChatClient, settings: Settings) -> None:
    await ani.say(UKT)
    for decision in ("out_of_scope", "done"):
        await staff.say("/inbox")
        await press(staff, InboxGroup)
        await press(staff, DecideGroup, decision=decision)
        assert "Nothing is waiting" in staff.screen.text
        await press(staff, Inbox, pile="closed")
        await press(staff, InboxGroup)
        await press(staff, ReopenGroup)
    assert audited(settings) == ["questions out of scope", "questions reopened", "questions done", "questions reopened"]
    await staff.say("/inbox")
    await press(staff, InboxGroup)
    assert "Nobody can be answered any more" in staff.screen.text
    assert not buttons(staff, StaffAnswer)


async def test_what_is_asked_again_after_it_was_done_is_open_again(staff: ChatClient, ani: ChatClient) -> None:
    for decision, is_open in (("done", True), ("out_of_scope", False)):
        await ani.say(UKT)
        await staff.say("/inbox")
        await press(staff, InboxGroup)
        await press(staff, DecideGroup, decision=decision)
        await ani.other(f"After {decision}").say(UKT)
        await staff.say("/inbox")
        assert bool(buttons(staff, InboxGroup)) is is_open


async def test_a_bad_answer_is_exported_as_phrasings_of_its_topic(
    staff: ChatClient, ani: ChatClient, settings: Settings
) -> None:
    await ani.say("paspor mahasiswa pertukaran berlaku berapa lama?")
    await press(ani, Vote, up=False)
    await staff.say("/inbox")
    assert buttons(staff, InboxGroup)[0].text.startswith("1. 👎 1×")
    await press(staff, InboxGroup)
    assert "Passport validity for students" in staff.screen.text
    await press(staff, ExportGroup, as_new=False)
    sent = staff.messages[-1]
    assert sent.attachment is not None
    assert sent.attachment.name == "phrasings-passport_student.yaml"
    assert "paspor mahasiswa pertukaran berlaku berapa lama?" in sent.attachment.data.decode()
    await press(staff, ExportGroup, as_new=True)
    assert staff.messages[-1].attachment is not None
    assert staff.messages[-1].attachment.name.startswith("new-topic-")
    assert audited(settings) == ["questions exported"] * 2


async def test_there_are_pages(staff: ChatClient, ani: ChatClient) -> None:
    for number, thing in enumerate(("kantin", "parkir", "kolam renang", "bioskop", "salon", "kucing", "futsal")):
        await ani.other(f"Person {number}").say(f"apakah ada {thing} di kota itu?")
    await staff.say("/inbox")
    assert "page 1 of 2" in staff.screen.text
    assert len(buttons(staff, InboxGroup)) == 6
    await press(staff, Inbox, page=1)
    assert len(buttons(staff, InboxGroup)) == 1
    await staff.tap(Inbox(page=77).pack(), staff.screen.message_id)
    assert "page 2 of 2" in staff.screen.text


async def test_after_a_month_nobody_knows_who_asked(staff: ChatClient, ani: ChatClient, clock: TestClock) -> None:
    await ani.say(UKT)
    clock.move(timedelta(days=31))
    await staff.say("/inbox")
    await press(staff, InboxGroup)
    await staff.tap(StaffAnswer(group=1).pack(), staff.screen.message_id)
    await staff.say("Too late")
    assert "Nobody waits" in staff.screen.text


async def test_a_group_that_is_gone(staff: ChatClient) -> None:
    await staff.say("/inbox")
    for data in (
        InboxGroup(group=5).pack(),
        StaffAnswer(group=5).pack(),
        SendAnswer(group=5).pack(),
        ExportGroup(group=5, as_new=True).pack(),
    ):
        await staff.tap(data, staff.screen.message_id)
        assert "no longer here" in staff.screen.text


async def test_for_everybody_else_it_does_not_exist(
    john: ChatClient, ani: ChatClient, settings: Settings, translators: Translators
) -> None:
    await ani.say(UKT)
    await john.say("/inbox")
    assert "do not know that command" in john.screen.text
    for data in (
        Inbox().pack(),
        InboxGroup(group=1).pack(),
        StaffAnswer(group=1).pack(),
        SendAnswer(group=1).pack(),
        DecideGroup(group=1, decision="done").pack(),
        ReopenGroup(group=1).pack(),
        ExportGroup(group=1, as_new=True).pack(),
    ):
        await john.start()
        text = john.screen.text
        await john.tap(data, john.screen.message_id)
        assert "outdated" in john.notices[-1]
        assert john.screen.text == text
    assert rows(settings, "SELECT status FROM question_groups") == [("open",)]
    assert audited(settings) == []


async def test_a_right_that_was_taken_away_ends_at_once(staff: ChatClient, ani: ChatClient, settings: Settings) -> None:
    await ani.say(UKT)
    await staff.say("/inbox")
    await press(staff, InboxGroup)
    await press(staff, StaffAnswer)
    change(settings, "DELETE FROM staff")
    await staff.say("Tanya fakultas.")
    assert "This is what" not in staff.screen.text
    assert queued(settings) == []
