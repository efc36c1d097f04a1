"""Whatever nobody expects gets an answer that leads on; what is not meant for us gets none."""

from __future__ import annotations

from bot.i18n import Translators
from bot.sandbox import Sandbox
from handlers.application_callbacks import MyApplications
from handlers.callbacks import Answer, Check, Help, Section
from handlers.fallback import COMMANDS
from handlers.screens.fallback import outdated_in_group_text, outdated_text
from tests.handlers.pressing import buttons, press
from tests.support.chat import ChatClient

GIF = b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"


async def test_any_text_gets_a_helpful_answer(john: ChatClient) -> None:
    for text in ("what is love", "🤷", "?", "<b>&", "x" * 4096, "bisa kak", "\u202e\u0000abc"):
        before = len(john.said)
        await john.say(text)
        assert len(john.said) == before + 1
        assert "cannot answer free questions yet" in john.screen.text
        for kind in (Check, MyApplications, Help):
            assert buttons(john, kind)
    await press(john, Check)
    assert buttons(john, Answer)


async def test_in_indonesian_too(ani: ChatClient, translators: Translators) -> None:
    await ani.say("apa kabar")
    assert translators["id"].gettext("I am sorry, I cannot answer free questions yet. 🙏") in ani.screen.text


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


async def test_files_and_pictures_get_a_word(john: ChatClient) -> None:
    await john.upload("passport.pdf", b"%PDF-1.7")
    assert "cannot take files yet" in john.screen.text
    assert "/status" in john.screen.text
    await john.person.send_photo(GIF)
    await john.quiet()
    assert "cannot look at pictures" in john.screen.text


async def test_an_album_gets_one_answer(john: ChatClient) -> None:
    await john.start()
    before = len(john.said)
    await john.person.send_album([(f"page{n}.pdf", b"%PDF-1.7") for n in range(4)])
    await john.quiet()
    assert len(john.said) == before + 1
    await john.person.send_album([("more.pdf", b"%PDF-1.7"), ("again.pdf", b"%PDF-1.7")])
    await john.quiet()
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
    await john.person.say("and what about visas?", group=group, reply_to=answered)
    await john.quiet()
    assert "In a group I only follow commands" in group.screen.text
    await john.person.tap("zz9:old", answered, group=group)
    await john.quiet()
    assert john.notices[-1] == outdated_in_group_text(translators["en"])
