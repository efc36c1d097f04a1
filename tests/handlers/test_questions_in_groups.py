"""Questions where others read along: only when spoken to, nothing personal, buttons for everybody."""

from __future__ import annotations

import pytest

from bot.config import Settings
from bot.sandbox import Group, Sandbox
from handlers.applications.callbacks import MyApplications
from handlers.questions.callbacks import Topic, Vote
from tests.handlers.applicant import asked
from tests.handlers.pressing import rows
from tests.support.chat import ChatClient
from tests.support.picture import picture

QUESTION = "how long must the passport of an exchange student be valid?"


@pytest.fixture
def group(sandbox: Sandbox, john: ChatClient, ani: ChatClient) -> Group:
    """A group in which the bot reads everything."""
    made = sandbox.group("Exchange", [john.person, ani.person])
    made.chat.bot_status = "administrator"
    return made


async def said(chat: ChatClient, group: Group, text: str, *, reply_to: int = 0) -> list[str]:
    """What the bot says in the group to a text."""
    before = len([message for message in group.messages if message.from_bot])
    await chat.person.say(text, group=group, reply_to=reply_to)
    await chat.quiet()
    return [message.text for message in group.messages if message.from_bot][before:]


async def test_only_what_is_addressed_to_the_bot_is_answered(john: ChatClient, group: Group, sandbox: Sandbox) -> None:
    name = sandbox.world.bot.username
    assert await said(john, group, QUESTION) == []
    for text in (f"@{name} {QUESTION}", f"{QUESTION} @{name.upper()}", f"/ask@{name} {QUESTION}"):
        (answer,) = await said(john, group, text)
        assert answer.startswith("Passport validity")
    answered = group.screen.message_id
    (again,) = await said(john, group, "and what does VITAS mean?", reply_to=answered)
    assert "VITAS" in again
    assert await said(john, group, f"/ask@other_bot {QUESTION}") == []


async def test_a_command_that_is_none_is_no_question(john: ChatClient, group: Group, sandbox: Sandbox) -> None:
    for text in (f"/review@{sandbox.world.bot.username}", f"/weather@{sandbox.world.bot.username} today"):
        (answer,) = await said(john, group, text)
        assert "Ask me here like this" in answer


async def test_a_picture_with_our_name_below_it_belongs_into_the_private_chat(
    john: ChatClient, group: Group, sandbox: Sandbox
) -> None:
    for caption in (f"@{sandbox.world.bot.username} is this the right form?", "is this the right form?"):
        await john.person.send_photo(picture(300, 200), caption=caption, group=group)
        await john.quiet()
    (answer,) = [message.text for message in group.messages if message.from_bot]
    assert "private chat" in answer


async def test_the_answer_has_nothing_of_the_asker_and_buttons_for_everybody(
    john: ChatClient, group: Group, sandbox: Sandbox, settings: Settings
) -> None:
    await john.start("type_student_outbound_international")
    name = sandbox.world.bot.username
    (answer,) = await said(john, group, f"@{name} {QUESTION}")
    assert "For:" not in answer
    assert "/check" not in answer
    assert group.screen.buttons
    for button in group.screen.buttons:
        assert not button.data
        assert button.url.startswith(f"https://t.me/{name}?start=topic_")
    assert asked(john) is not None, "what was asked in private still is"


async def test_what_has_no_answer_is_noted_without_anybody(
    john: ChatClient, group: Group, sandbox: Sandbox, settings: Settings
) -> None:
    name = sandbox.world.bot.username
    (answer,) = await said(john, group, f"@{name} berapa UKT teknik?")
    assert "?" in answer or "jawaban" in answer or "answer" in answer
    assert all(button.url for button in group.screen.buttons)
    assert rows(settings, "SELECT count(*) FROM questions") == [(1,)]
    assert rows(settings, "SELECT count(*) FROM question_askers") == [(0,)]


async def test_ones_own_case_is_for_the_private_chat(john: ChatClient, group: Group, sandbox: Sandbox) -> None:
    (answer,) = await said(john, group, f"@{sandbox.world.bot.username} am I eligible?")
    assert "private" in answer
    (small,) = await said(john, group, f"@{sandbox.world.bot.username} apa kabar min?")
    assert small
    (only_named,) = await said(john, group, f"@{sandbox.world.bot.username}")
    assert "Ask me here like this" in only_named


async def test_buttons_of_the_private_chat_do_nothing_in_a_group(
    john: ChatClient, group: Group, sandbox: Sandbox
) -> None:
    await said(john, group, "/help")
    for data in (
        Topic(topic="permit_fee", lang="en").pack(),
        Vote(token="12345678", topic="permit_fee", up=False).pack(),
        MyApplications().pack(),
    ):
        text = group.screen.text
        await john.person.tap(data, group.screen.message_id, group=group)
        await john.quiet()
        assert group.screen.text == text
        assert john.notices


async def test_ask_alone_explains_in_a_group(john: ChatClient, group: Group) -> None:
    (explained,) = await said(john, group, "/ask")
    assert "your own words" in explained
