"""One tap gives the sheet; another name can be typed."""

from __future__ import annotations

from contextlib import closing

import pypdfium2  # type: ignore[import-untyped]

from bot.config import Settings
from bot.i18n import Translators
from handlers.applications.callbacks import Keep, MyApplications
from handlers.deadlines.callbacks import Deadlines, Sheet, SheetName
from tests.handlers.applicant import GOING_ABROAD, interviewed
from tests.handlers.pressing import buttons, press, rows
from tests.handlers.test_deadlines import planning
from tests.support.chat import ChatClient


def printed(chat: ChatClient) -> str:
    """What stands on the sheet that came last."""
    attachment = chat.screen.attachment
    assert attachment is not None
    assert attachment.name.endswith(".pdf")
    with closing(pypdfium2.PdfDocument(attachment.data)) as document:
        words = []
        for at in range(len(document)):
            with closing(document[at]) as page, closing(page.get_textpage()) as text:
                words.append(text.get_text_bounded().replace("\r\n", " "))
    return " ".join(words)


async def test_one_tap_gives_the_sheet(john: ChatClient, settings: Settings) -> None:
    await planning(john)
    await press(john, Sheet)
    text = printed(john)
    ((code,),) = rows(settings, "SELECT code FROM applications")
    for words in ("John", "UNNES student going abroad", "1 Jun 2027", "III.A.2.a.2.b", "Academic transcript", code):
        assert words in text
    assert buttons(john, SheetName)
    await press(john, Deadlines)
    assert "1 June 2027" in john.screen.text


async def test_it_says_what_the_application_says(john: ChatClient) -> None:
    await john.start("type_student_outbound_international")
    await interviewed(john, GOING_ABROAD)
    await press(john, Keep)
    await john.say("/status")
    await john.press(next(one for one in john.person.buttons if "📂" in one.text))
    await press(john, Sheet)
    text = printed(john)
    assert "Meets what the POB asks" in text
    assert "International Credit Transfer" in text


async def test_in_indonesian(ani: ChatClient, translators: Translators) -> None:
    await planning(ani, start="1 September 2027")
    await press(ani, Sheet)
    t = translators["id"]
    assert t.gettext("Checklist") in printed(ani)
    assert "1 Jun 2027" in printed(ani)


async def test_another_name_is_typed_and_kept(john: ChatClient) -> None:
    await planning(john)
    await press(john, Sheet)
    await press(john, SheetName)
    await john.say("李小龍")
    assert "no name that I can print" in john.screen.text
    await john.say("  Bruce   Lee ")
    assert "Bruce Lee" in printed(john)
    await john.say("/deadlines")
    await press(john, Sheet)
    assert "Bruce Lee" in printed(john)


async def test_a_name_that_cannot_be_printed_leaves_a_line(john: ChatClient) -> None:
    somebody = john.other("محمد", language="en")
    await planning(somebody)
    await press(somebody, Sheet)
    assert "line to write your name on" in somebody.screen.text
    assert "Name" in printed(somebody)


async def test_nobody_prints_the_application_of_another(john: ChatClient, ani: ChatClient, settings: Settings) -> None:
    await planning(john)
    ((code,),) = rows(settings, "SELECT code FROM applications")
    await ani.start()
    for button in (Sheet(code=code), SheetName(code=code)):
        await ani.tap(button.pack(), ani.screen.message_id)
        assert all(message.attachment is None for message in ani.messages)
    assert not buttons(ani, MyApplications) or "📁" in ani.screen.text
