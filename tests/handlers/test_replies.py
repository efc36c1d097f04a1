"""One message that is edited in place, and what happens when it cannot be."""

from __future__ import annotations

import json

import pytest

from bot.app import App
from bot.config import Settings
from bot.sandbox import Sandbox
from handlers.applications.callbacks import Situation
from handlers.callbacks import Answer, Answers, Check, Result, Resume, Section
from handlers.interview.asking import build_router
from knowledge import Knowledge
from tests.handlers.applicant import asked, interviewed, reply
from tests.handlers.pressing import press, rows, the_button
from tests.support.bot import bot_at_work
from tests.support.chat import ChatClient
from tests.support.clock import TestClock


def kept_answers(settings: Settings, person_id: int) -> dict[str, object]:
    found = rows(settings, "SELECT answers FROM people WHERE id = ?", person_id)
    answers: dict[str, object] = json.loads(found[0][0]) if found else {}
    return answers


async def test_a_command_takes_the_buttons_of_the_old_panel_away(john: ChatClient) -> None:
    await john.start()
    old = john.screen.message_id
    await john.say("/help")
    [greeting] = [one for one in john.messages if one.message_id == old]
    assert greeting.text.startswith("Hello")
    assert not greeting.buttons
    assert john.screen.buttons


async def test_an_old_message_is_edited_when_its_button_is_pressed(john: ChatClient) -> None:
    await john.start("check")
    await interviewed(john)
    result = john.screen
    await john.say("/help")
    await john.tap(Resume().pack(), result.message_id)
    assert john.screen.message_id == result.message_id
    assert "You meet every requirement" in john.screen.text


async def test_a_panel_that_was_deleted_comes_back_as_a_new_message(john: ChatClient) -> None:
    await john.start()
    gone = john.screen.message_id
    pressed = the_button(john, Check)
    del john.person.chat.messages[gone]
    await john.tap(pressed.data, gone)
    assert asked(john) is not None
    assert john.screen.message_id != gone
    await reply(john, "student") if asked(john) == "role" else await press(john, Answer)
    await john.say("/help")
    assert "What I can do" in john.screen.text


async def test_a_panel_that_was_deleted_does_not_hinder_a_typed_answer(john: ChatClient) -> None:
    await john.start("check")
    await interviewed(john, until="gpa")
    del john.person.chat.messages[john.screen.message_id]
    await john.say("3.4")
    assert "GPA (IPK): 3.4" in john.screen.text


async def test_pressing_what_changes_nothing_is_quiet(john: ChatClient) -> None:
    await john.start()
    await john.press("🌐 Bahasa Indonesia")
    await john.tap("y2:id", john.screen.message_id)
    assert john.notices == []
    assert "Halo, John!" in john.screen.text


async def test_the_conversation_goes_on_after_a_restart(
    settings: Settings, sandbox: Sandbox, clock: TestClock, knowledge: Knowledge
) -> None:
    person = sandbox.person("Dewi", language="en")
    async with bot_at_work(settings, clock, knowledge) as app:
        dewi = ChatClient(sandbox, person, app.inbox.settled)
        await dewi.start("check")
        await interviewed(dewi, until="gpa")
        panel = dewi.screen.message_id
    async with bot_at_work(settings, clock, knowledge) as app:
        dewi = ChatClient(sandbox, person, app.inbox.settled)
        await dewi.say("3.4")
        assert "GPA (IPK): 3.4" in dewi.screen.text
        assert panel not in {one.message_id for one in dewi.messages}
        await interviewed(dewi)
        assert "You meet every requirement" in dewi.screen.text


async def test_in_a_group_everybody_has_a_message_of_their_own(
    john: ChatClient, settings: Settings, sandbox: Sandbox
) -> None:
    eve = john.other("Eve", language="en")
    group = sandbox.group("Friends", [john.person, eve.person])
    await john.person.say("/check", group=group)
    await john.quiet()
    mine = group.screen
    assert "reply_to_message" in mine.body
    button = next(one for one in mine.buttons if one.data.startswith("a1:"))
    await john.person.press(button, group=group)
    await john.quiet()
    assert group.screen.message_id == mine.message_id, "one's own message is edited"
    after = group.screen
    await eve.person.press(after.buttons[0], group=group)
    await eve.quiet()
    assert "somebody else's" in eve.notices[-1]
    assert group.screen == after, "nothing happens to his message"
    assert not kept_answers(settings, eve.person.id)
    await eve.person.say("/check", group=group)
    await eve.quiet()
    hers = group.screen
    assert hers.message_id != mine.message_id
    await eve.person.press(hers.buttons[0], group=group)
    await eve.quiet()
    assert group.screen.message_id == hers.message_id
    assert len(kept_answers(settings, john.person.id)) == 1
    assert len(kept_answers(settings, eve.person.id)) == 1


async def test_what_was_told_in_private_is_not_shown_in_a_group(john: ChatClient, sandbox: Sandbox) -> None:
    await john.start("check")
    await interviewed(john)
    group = sandbox.group("Friends", [john.person])
    for command in ("/check", "/documents", "/visa", "/deadlines", "/human", "/start", "/language", "/start check"):
        await john.person.say(command, group=group)
        await john.quiet()
        assert "going abroad" not in group.screen.text, command
        assert "GPA" not in group.screen.text, command
        assert "Continue" not in " ".join(group.screen.labels), command
    await john.person.say("/check", group=group)
    await john.quiet()
    assert "private chat" in group.screen.text
    answered = group.screen.message_id
    for data in (Check().pack(), Resume().pack(), Result().pack(), Answers().pack(), Section(name="fees").pack()):
        await john.person.tap(data, answered, group=group)
        await john.quiet()
        assert "private chat" in john.notices[-1]
        assert "private chat" in group.screen.text


async def test_answers_given_in_a_group_make_a_result_there(
    john: ChatClient, settings: Settings, sandbox: Sandbox
) -> None:
    group = sandbox.group("Friends", [john.person])
    await john.person.say("/visa", group=group)
    await john.quiet()
    situation = next(one for one in group.screen.buttons if one.data == Situation(key="guest_student").pack())
    await john.person.press(situation, group=group)
    await john.quiet()
    await john.person.say("/visa", group=group)
    await john.quiet()
    assert "Student from abroad" in group.screen.text
    other = sandbox.group("Family", [john.person])
    await john.person.say("/visa", group=other)
    await john.quiet()
    assert "private chat" in other.screen.text
    await john.say("/check")
    await john.person.say("/visa", group=group)
    await john.quiet()
    assert "private chat" in group.screen.text, "what is told from now on is private"
    assert kept_answers(settings, john.person.id)["home"] == "abroad"


async def test_in_a_group_only_an_answer_to_the_bot_is_an_answer(
    john: ChatClient, settings: Settings, sandbox: Sandbox
) -> None:
    group = sandbox.group("Friends", [john.person])
    group.chat.bot_status = "administrator"
    await john.person.say("/check", group=group)
    await john.quiet()
    question = group.screen
    label = next(one.text for one in question.buttons if one.data.startswith("a1:"))
    for text in (f"{label} is where it is, or what do you think?", label):
        await john.person.say(text, group=group)
        await john.quiet()
    assert not kept_answers(settings, john.person.id)
    await john.person.say(label, group=group, reply_to=question.message_id)
    await john.quiet()
    assert len(kept_answers(settings, john.person.id)) == 1


@pytest.mark.parametrize("times", [2])
def test_routers_are_built_fresh_each_time(times: int, app: App) -> None:
    assert len({id(build_router()) for _ in range(times)}) == times
