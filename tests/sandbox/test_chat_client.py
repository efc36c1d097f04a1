"""The chat client the tests of the bot use."""

from __future__ import annotations

import pytest

from bot.sandbox import NotOnScreenError, Sandbox
from tests.sandbox.parrot import Parrot
from tests.support.chat import ChatClient


@pytest.fixture
def chat(sandbox: Sandbox, parrot: Parrot) -> ChatClient:
    return ChatClient(sandbox, sandbox.person("Ani"), parrot.settled)


async def test_the_screen_shows_the_answer_as_soon_as_one_has_spoken(chat: ChatClient) -> None:
    await chat.start("check")
    assert "/start check" in chat.screen.text
    await chat.say("halo")
    assert chat.screen.labels == ["More", "Site", "Copy"]
    await chat.press_each(["More", "More"])
    assert chat.screen.text == "Pressed more: 2"
    await chat.press(1)
    await chat.tap("forged", chat.screen.message_id)
    assert chat.said == ["You said /start check, see UNNES", "Pressed forged: 4"]
    assert chat.notices == ["counted"] * 4
    await chat.upload("letter.txt", b"content")
    assert chat.messages[-1].attachment is not None


async def test_a_button_that_is_not_there_fails_the_test(chat: ChatClient) -> None:
    await chat.say("halo")
    with pytest.raises(NotOnScreenError, match="there is: 'More', 'Site', 'Copy'"):
        await chat.press("Less")


async def test_several_people_talk_to_one_bot(chat: ChatClient) -> None:
    budi = chat.other("Budi", language="en")
    await budi.say("hi")
    await chat.say("halo")
    assert (budi.said, chat.said) == (["You said hi, see UNNES"], ["You said halo, see UNNES"])


async def test_without_a_word_of_the_bot_its_silence_counts(sandbox: Sandbox, parrot: Parrot) -> None:
    chat = ChatClient(sandbox, sandbox.person("Ani"))
    await chat.say("halo")
    assert chat.said == ["You said halo, see UNNES"]
    assert parrot.idle.is_set()
