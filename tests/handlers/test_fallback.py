"""Whatever nobody expects gets an answer that leads on; what is not meant for us gets none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.i18n import Translators
from bot.sandbox import Sandbox
from handlers.applications.callbacks import MyApplications
from handlers.callbacks import Answer, Check, Section
from handlers.fallback import COMMANDS
from handlers.questions.callbacks import Browse, Suggested, Vote
from handlers.screens.fallback import outdated_in_group_text, outdated_text
from tests.handlers.pressing import buttons, press
from tests.support.chat import ChatClient


async def test_any_text_gets_one_helpful_answer(john: ChatClient) -> None:
    for text in ("what is love", "🤷", "?", "<b>&", "x" * 4096, "bisa kak", "\u202e\u0000abc"):
        before = len(john.said)
        await john.say(text)
        assert len(john.said) == before + 1
        assert any(buttons(john, kind) for kind in (Check, Browse, Suggested, Vote)), text
    await john.say("di mana kantin terdekat?")
    assert "🙏" in john.screen.text
    await press(john, Check)
    assert buttons(john, Answer)


async def test_an_unknown_command_may_be_a_slip(john: ChatClient) -> None:
    for command, meant in (("/docments", "documents"), ("/STATSU", "status"), ("/", None), ("/x y z", None)):
        before = len(john.said)
        await john.say(command)
        assert len(john.said) == before + 1
        assert "do not know that command" in john.screen.text
        assert (f"Did you mean /{meant}?" in john.screen.text) == (meant is not None)


async def test_every_command_is_known(john: ChatClient) -> None:
    for command in COMMANDS:
        number = await john.person.say(f"/{command}")
        await john.quiet()
        assert john.screen.message_id > number
        assert "do not know that command" not in john.screen.text


FILE: Final = {"file_id": "f", "file_unique_id": "u"}
VOICE: Final = {"voice": FILE | {"duration": 3}}
VIDEO: Final = {"video": FILE | {"duration": 3, "width": 1, "height": 1}}
STICKER: Final = {
    "sticker": FILE | {"type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}
}


async def send(chat: ChatClient, content: Mapping[str, object]) -> None:
    """A message that is no text and no file."""
    world, person = chat.sandbox.world, chat.person
    message = world.post(person.chat, person.user, dict(content))
    world.tell("message", message.body, chat_id=person.chat.id)
    await chat.quiet()


async def test_what_is_no_text_gets_a_word(john: ChatClient) -> None:
    await john.start()
    for content, word in ((VOICE, "Please type it"), (STICKER, "Nice one"), (VIDEO, "cannot listen or watch")):
        await send(john, content)
        assert word in john.screen.text
        assert buttons(john, Check)


async def test_an_album_gets_one_answer(john: ChatClient) -> None:
    await john.start()
    before = len(john.said)
    for album in ("1", "1", "1", "2"):
        await send(john, VIDEO | {"media_group_id": album})
    assert len(john.said) == before + 2


async def test_a_button_nobody_knows_gets_new_ones(john: ChatClient, translators: Translators) -> None:
    for data in ("zz9:old", "a1", "a1:role", "p3", "p5;x", "g3:nothing", "r1:many", "é" * 32, ":"):
        await john.start()
        text, told = john.screen.text, len(john.notices)
        await john.tap(data, john.screen.message_id)
        assert john.notices[told:] == [outdated_text(translators["en"])], data
        assert john.screen.text == text
        await press(john, MyApplications)
        assert "My applications" in john.screen.text


async def test_an_outdated_button_of_a_message_that_is_gone(john: ChatClient, translators: Translators) -> None:
    await john.start()
    await john.tap("zz9:old", 777)
    assert john.notices[-1] == outdated_text(translators["en"])


async def test_edited_messages_are_ignored(john: ChatClient) -> None:
    number = await john.person.say("hello")
    await john.quiet()
    before = john.said
    await john.person.edit(number, "/check")
    await john.quiet()
    assert john.said == before


async def test_whom_to_ask_depends_on_the_kind_of_mobility(john: ChatClient) -> None:
    await john.say("/human")
    assert "Bagian Kerja Sama" in john.screen.text
    assert "International Office" in john.screen.text
    assert "KP.p2" in john.screen.text
    await john.start("type_student_outbound_national")
    await john.say("/human")
    assert "For your kind of mobility" in john.screen.text
    assert "Subbag KSDN" in john.screen.text
    await press(john, Section, name="contacts")
    assert "Subbag KSDN" in john.screen.text


async def test_in_a_group_only_what_is_meant_for_us_is_answered(
    john: ChatClient, sandbox: Sandbox, translators: Translators
) -> None:
    group = sandbox.group("Friends", [john.person])
    for text in ("hello all", "/weather", "/weather@other_bot"):
        await john.person.say(text, group=group)
        await john.quiet()
    assert not [message for message in group.messages if message.from_bot]
    await john.person.say("/help", group=group)
    await john.quiet()
    answered = group.screen.message_id
    await john.person.say("🙏", group=group, reply_to=answered)
    await john.quiet()
    assert "Ask me here like this" in group.screen.text
    await john.person.tap("zz9:old", answered, group=group)
    await john.quiet()
    assert john.notices[-1] == outdated_in_group_text(translators["en"])
