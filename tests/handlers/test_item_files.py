"""Papers that somebody does not have, what happened to an item, what a new release changed; nobody else's hands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.config import Settings
from bot.sandbox import Sandbox
from handlers.applications.callbacks import Checklist, ItemCard, Mark
from handlers.uploads.callbacks import (
    Files,
    ForgetFiles,
    HandIn,
    History,
    NotThere,
    OneByOne,
    OtherItem,
    PutTo,
    RemoveFile,
    RestoreFiles,
    ShowFiles,
    Upload,
    WhichApplication,
    WhichItem,
)
from knowledge import Knowledge
from knowledge.text import Text
from tests.handlers.pressing import buttons, change, press, rows
from tests.handlers.test_uploads import CV, PDF, awaited, kept
from tests.support.bot import bot_at_work
from tests.support.chat import ChatClient
from tests.support.clock import TestClock
from tests.support.picture import picture

ENGLISH = "d:english_certificate"
MINE = (
    "SELECT * FROM applications",
    "SELECT * FROM checklist_items",
    "SELECT * FROM item_moves",
    "SELECT * FROM submissions",
    "SELECT * FROM statements",
    "SELECT * FROM waiting_files",
)


@pytest.mark.parametrize("lang", ["id", "en"])
async def test_the_reason_goes_to_staff(ani: ChatClient, lang: str, settings: Settings) -> None:
    chat = ani.other("Rina", language=lang)
    await kept(chat)
    await press(chat, ItemCard, key=CV)
    await press(chat, NotThere)
    await chat.say("x" * 501)
    assert "500" in chat.screen.text
    await chat.say("Lost it  <b>at home</b>, is a letter enough?")
    assert rows(settings, "SELECT text, withdrawn_at FROM statements") == [
        ("Lost it <b>at home</b>, is a letter enough?", None)
    ]
    assert rows(settings, "SELECT status FROM checklist_items") == [("submitted",)]
    assert "Lost it <b>at home</b>" in chat.screen.text
    await press(chat, Mark, status="t")
    assert "Lost it" not in chat.screen.text
    assert rows(settings, "SELECT withdrawn_at IS NULL FROM statements") == [(0,)]


async def test_an_equivalent_is_offered_where_the_knowledge_has_one(john: ChatClient, settings: Settings) -> None:
    await kept(john)
    await press(john, ItemCard, key=ENGLISH)
    await press(john, NotThere)
    assert "IELTS or TOEFL, either will do" in john.screen.text
    assert "III.A.2.a.1.a.4" in john.screen.text
    await press(john, Upload, key=ENGLISH)
    await john.upload("toefl.pdf", PDF)
    assert rows(settings, "SELECT item FROM submissions") == [("english_certificate",)]
    await john.say("this is no reason any more")
    assert rows(settings, "SELECT * FROM statements") == []


async def test_a_file_takes_the_place_of_the_reason(john: ChatClient, settings: Settings) -> None:
    await kept(john)
    await press(john, ItemCard, key=CV)
    await press(john, NotThere)
    await john.say("Lost it")
    await press(john, Upload)
    await john.upload("found.pdf", PDF)
    assert rows(settings, "SELECT withdrawn_at IS NULL FROM statements") == [(0,)]


async def test_a_reason_for_what_is_gone_or_settled_is_not_kept(john: ChatClient, settings: Settings) -> None:
    await kept(john)
    await press(john, ItemCard, key=CV)
    await press(john, Mark, status="h")
    await press(john, NotThere)
    change(settings, "UPDATE checklist_items SET status = 'waived'")
    await john.say("Lost it")
    assert "moved on" in john.screen.text
    assert rows(settings, "SELECT * FROM statements") == []
    await john.say("/status")
    assert "My applications" in john.screen.text


async def test_what_happened_is_told_line_by_line(john: ChatClient, settings: Settings) -> None:
    code = await kept(john)
    await awaited(john)
    await john.upload("a.pdf", PDF)
    await press(john, HandIn)
    application = rows(settings, "SELECT id FROM applications")[0][0]
    change(
        settings,
        "INSERT INTO item_moves (application_id, list_name, item, from_status, to_status, actor_id, reason, at) "
        "VALUES (?, 'documents', 'cv', 'submitted', 'returned', 99, 'other: the stamp is missing', "
        "'2031-01-01 00:00:00.000000')",
        application,
    )
    change(settings, "UPDATE checklist_items SET status = 'returned'")
    await john.tap(ItemCard(code=code, key=CV).pack(), john.screen.message_id)
    assert "the stamp is missing" in john.screen.text
    await press(john, History)
    told = john.screen.text.splitlines()
    assert [
        ("sent a.pdf" in line, "handed in" in line, "stamp" in line) for line in told[2:] if "I have it" not in line
    ] == [
        (True, False, False),
        (False, True, False),
        (False, False, True),
    ]
    await press(john, ItemCard)
    await press(john, Upload)
    await john.upload("b.pdf", PDF + b"b")
    await press(john, HandIn)
    assert rows(settings, "SELECT status FROM checklist_items") == [("submitted",)]


async def test_nobody_else_touches_anything_by_changing_codes(john: ChatClient, settings: Settings) -> None:
    code = await kept(john)
    await awaited(john)
    await john.upload("secret.pdf", PDF)
    seq = rows(settings, "SELECT seq FROM submissions")[0][0]
    await john.say("/status")
    await john.upload("scan007.pdf", PDF + b"7")
    batch = rows(settings, "SELECT batch FROM waiting_files")[0][0]
    mine = rows(settings, "SELECT id FROM applications")[0][0]
    before = [rows(settings, query) for query in MINE]
    eve = john.other("Eve", language="en")
    await kept(eve)
    await eve.upload("mine.pdf", PDF + b"eve")
    own = PutTo.unpack(buttons(eve, PutTo)[0].data)
    foreign = {"code": code, "key": CV}
    taps = [
        Upload(code=code, key=CV),
        Upload(code=code, key=CV, replace=True),
        WhichItem(batch=batch),
        WhichItem(batch=own.batch, code=code),
        PutTo(**foreign, batch=own.batch),
        PutTo(code=own.code, key=CV, batch=batch),
        WhichApplication(batch=batch),
        OneByOne(batch=batch),
        ForgetFiles(batch=batch),
        OtherItem(**foreign, batch=seq),
        Files(**foreign),
        ShowFiles(**foreign),
        RemoveFile(**foreign, seq=seq),
        RemoveFile(code=own.code, key=CV, seq=seq),
        RestoreFiles(**foreign, seq=seq),
        HandIn(**foreign),
        NotThere(**foreign),
        History(**foreign),
        ItemCard(**foreign),
    ]
    for tap in taps:
        await eve.tap(tap.pack(), eve.screen.message_id)
        await eve.say("a reason that nobody asked for")
    await eve.upload("another.pdf", PDF + b"another")
    for query, found in zip(MINE, before, strict=True):
        assert [one for one in rows(settings, query) if one in found] == found
    assert rows(settings, "SELECT count(*) FROM submissions WHERE application_id = ?", mine) == [(1,)]
    assert rows(settings, "SELECT count(*) FROM statements") == [(0,)]
    seen = "\n".join((*eve.said, *eve.notices))
    assert "secret.pdf" not in seen
    assert "scan007" not in seen
    assert not [call for call in john.sandbox.calls if call.method in ("sendDocument", "sendPhoto", "sendMediaGroup")]


def revised(knowledge: Knowledge) -> Knowledge:
    """A later release with another name for a paper and one more of them."""
    kind = knowledge.types["student_outbound_international"]
    consent = next(one for one in kind.documents if one.id == "cv").model_copy(
        update={"id": "parents_consent", "text": Text(id="Izin orang tua", en="Consent of your parents")}
    )
    types = {**knowledge.types, kind.type: kind.model_copy(update={"documents": (*kind.documents, consent)})}
    return replace(knowledge, types=types, _rules={})


@pytest.mark.parametrize(("lang", "paper"), [("id", "Izin orang tua"), ("en", "Consent of your parents")])
async def test_a_new_release_is_told_at_the_next_visit_once(
    settings: Settings, sandbox: Sandbox, clock: TestClock, knowledge: Knowledge, lang: str, paper: str
) -> None:
    person = sandbox.person("Rina", language=lang)
    async with bot_at_work(settings, clock, knowledge) as app:
        rina = ChatClient(sandbox, person, app.inbox.settled)
        await kept(rina)
        await awaited(rina)
        await rina.upload("a.pdf", PDF)
        await rina.say("/help")
        assert paper not in "\n".join(rina.said)
    async with bot_at_work(settings, clock, revised(knowledge)) as app:
        rina = ChatClient(sandbox, person, app.inbox.settled)
        await rina.say("/help")
        assert "➕ " in rina.screen.text
        assert paper in rina.screen.text
        told = len(rina.messages)
        await rina.say("/help")
        assert len(rina.messages) == told + 2
        await rina.say("/status")
        await press(rina, Checklist)
        assert "📎1" in rina.screen.text
        assert "➕" not in rina.screen.text


async def test_a_film_is_no_paper(john: ChatClient, settings: Settings) -> None:
    await kept(john)
    await awaited(john)
    world = john.sandbox.world
    message = {"video": {"file_id": "v", "file_unique_id": "v", "width": 1, "height": 1, "duration": 1}}
    body = world.post(john.person.chat, john.person.user, message).body
    world.tell("message", body, chat_id=john.person.chat.id)
    await john.quiet()
    assert "the paper itself" in john.screen.text
    assert rows(settings, "SELECT * FROM waiting_files") == []


async def test_the_still_of_a_live_photo_is_a_photo(john: ChatClient, settings: Settings) -> None:
    await kept(john)
    await awaited(john)
    await john.person.send_photo(picture(30, 40))
    world = john.sandbox.world
    sizes = next(message.body["photo"] for message in john.person.chat.messages.values() if "photo" in message.body)
    live = {"file_id": "l", "file_unique_id": "l", "width": 30, "height": 40, "duration": 1, "photo": sizes}
    body = world.post(john.person.chat, john.person.user, {"live_photo": live}).body
    world.tell("message", body, chat_id=john.person.chat.id)
    await john.quiet()
    assert "already" in john.screen.text
    assert rows(settings, "SELECT kind FROM submissions") == [("photo",)]


async def test_the_files_of_an_album_that_its_caption_names_are_all_named(john: ChatClient, settings: Settings) -> None:
    await kept(john)
    await john.person.send_album([(f"page{n}.pdf", PDF + bytes([n])) for n in range(3)], caption="my TOEFL score")
    await john.quiet()
    assert rows(settings, "SELECT item FROM submissions") == [("english_certificate",)] * 3
    assert [name for name in ("page0.pdf", "page1.pdf", "page2.pdf") if name not in john.screen.text] == []
