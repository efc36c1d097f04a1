"""Files sent at any time: where they go, what is asked, what is refused, what can be taken back."""

from __future__ import annotations

import pytest

from bot.config import Settings
from bot.sandbox.images import size_of
from handlers.applications.callbacks import Checklist, ItemCard, Keep, Mark
from handlers.callbacks import Resume
from handlers.uploads.callbacks import (
    Files,
    ForgetFiles,
    HandIn,
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
from tests.handlers.pressing import buttons, change, press, rows, the_button
from tests.support.chat import ChatClient
from tests.support.picture import picture

OUTBOUND = "type_student_outbound_international"
PDF = b"%PDF-1.7 "
CV, TRANSCRIPT, LOA = "d:cv", "d:transcript", "d:loa"
KEPT = "SELECT item, file_name FROM submissions WHERE removed_at IS NULL ORDER BY id"


async def kept(chat: ChatClient, payload: str = OUTBOUND) -> str:
    """Keep what a link says of somebody; the code of the application, whose checklist is on the screen."""
    await chat.start(payload)
    await chat.say("/status")
    await press(chat, Keep)
    return Checklist.unpack((await press(chat, Checklist)).data).code


async def awaited(chat: ChatClient, key: str = CV) -> None:
    """Open an item and press "Upload"."""
    await press(chat, ItemCard, key=key)
    await press(chat, Upload, key=key)


async def photo(chat: ChatClient, number: int = 1, caption: str = "") -> None:
    await chat.person.send_photo(picture(20 + number, 30), caption=caption)
    await chat.quiet()


def test_the_pictures_of_these_tests_are_pictures() -> None:
    assert size_of(picture(21, 30)) == (21, 30)


@pytest.mark.parametrize("lang", ["id", "en"])
async def test_the_item_that_was_opened_gets_the_file(ani: ChatClient, lang: str, settings: Settings) -> None:
    chat = ani.other("Rina", language=lang)
    await kept(chat)
    await awaited(chat)
    await chat.upload("scan.pdf", PDF)
    assert rows(settings, KEPT) == [("cv", "scan.pdf")]
    assert rows(settings, "SELECT item, status FROM checklist_items") == [("cv", "have")]
    await photo(chat)
    assert "2" in chat.screen.text
    await press(chat, HandIn)
    assert rows(settings, "SELECT status FROM checklist_items") == [("submitted",)]
    assert rows(settings, "SELECT kind, mime_type FROM submissions") == [
        ("document", "application/pdf"),
        ("photo", "image/jpeg"),
    ]


async def test_a_file_that_tells_its_item_goes_there_and_can_be_moved(john: ChatClient, settings: Settings) -> None:
    await kept(john)
    await john.upload("Academic_Transcript_John.pdf", PDF)
    assert "looks like" in john.screen.text
    assert rows(settings, KEPT) == [("transcript", "Academic_Transcript_John.pdf")]
    await press(john, OtherItem)
    assert rows(settings, KEPT) == []
    assert rows(settings, "SELECT status FROM checklist_items") == [("todo",)]
    await press(john, PutTo, key=CV)
    assert rows(settings, KEPT) == [("cv", "Academic_Transcript_John.pdf")]


async def test_an_upload_is_over_when_something_else_is_shown(john: ChatClient, settings: Settings) -> None:
    await kept(john)
    await awaited(john)
    await john.say("/status")
    await john.upload("scan.pdf", PDF)
    assert rows(settings, KEPT) == []
    assert buttons(john, PutTo)


async def test_a_caption_tells_it_too(john: ChatClient, settings: Settings) -> None:
    await kept(john)
    await photo(john, caption="my TOEFL score")
    assert rows(settings, "SELECT item FROM submissions") == [("english_certificate",)]


async def test_else_it_asks_with_one_tap(john: ChatClient, settings: Settings) -> None:
    await kept(john)
    await john.upload("scan001.pdf", PDF)
    assert "Which document" in john.screen.text
    assert rows(settings, KEPT) == []
    first = [PutTo.unpack(one.data).key for one in buttons(john, PutTo)]
    assert first[:2] == [CV, TRANSCRIPT]
    await press(john, WhichItem, page=1)
    await press(john, PutTo)
    assert len(rows(settings, KEPT)) == 1
    assert rows(settings, "SELECT * FROM waiting_files") == []


async def test_an_album_is_asked_about_once_and_stays_together(john: ChatClient, settings: Settings) -> None:
    await kept(john)
    before = len(john.messages)
    await john.person.send_album([(f"page{n}.pdf", PDF + bytes([n])) for n in range(4)])
    await john.quiet()
    assert len([one for one in john.messages[before:] if one.from_bot]) == 1
    assert "page0.pdf" in john.screen.text
    assert "page3.pdf" in john.screen.text
    await press(john, PutTo, key=TRANSCRIPT)
    assert [item for item, _ in rows(settings, KEPT)] == ["transcript"] * 4


async def test_an_album_for_an_opened_item(john: ChatClient, settings: Settings) -> None:
    await kept(john)
    await awaited(john)
    await john.person.send_album([(f"page{n}.pdf", PDF + bytes([n])) for n in range(3)])
    await john.quiet()
    assert "3 files" in john.screen.text
    assert [item for item, _ in rows(settings, KEPT)] == ["cv"] * 3
    await press(john, OtherItem)
    await press(john, PutTo, key=TRANSCRIPT)
    assert [item for item, _ in rows(settings, KEPT)] == ["transcript"] * 3


async def test_different_documents_are_asked_about_one_by_one(john: ChatClient, settings: Settings) -> None:
    await kept(john)
    for number in range(3):
        await john.upload(f"scan{number}.pdf", PDF + bytes([number]))
    await press(john, OneByOne)
    await press(john, PutTo, key=CV)
    await press(john, WhichItem, batch=0)
    await press(john, PutTo, key=TRANSCRIPT)
    await press(john, WhichItem, batch=0)
    await press(john, ForgetFiles)
    assert sorted(item for item, _ in rows(settings, KEPT)) == ["cv", "transcript"]
    assert rows(settings, "SELECT * FROM waiting_files") == []


async def test_while_the_interview_is_open_it_goes_on_afterwards(john: ChatClient, settings: Settings) -> None:
    await kept(john)
    await john.say("/check")
    question = john.screen.text
    await john.upload("transcript.pdf", PDF)
    assert rows(settings, KEPT) == [("transcript", "transcript.pdf")]
    await press(john, Resume)
    assert john.screen.text == question
    await photo(john)
    await john.say("IPK 3.2")
    assert rows(settings, "SELECT answers FROM people")[0][0].count("gpa") == 1


@pytest.mark.parametrize("lang", ["id", "en"])
async def test_without_an_application_nothing_is_lost(ani: ChatClient, lang: str, settings: Settings) -> None:
    chat = ani.other("Rina", language=lang)
    await chat.upload("transcript.pdf", PDF)
    assert not buttons(chat, Keep)
    assert len(rows(settings, "SELECT * FROM waiting_files")) == 1
    await chat.start(OUTBOUND)
    await chat.say("/status")
    await press(chat, Keep)
    await press(chat, WhichItem)
    assert [PutTo.unpack(one.data).key for one in buttons(chat, PutTo)][:2] == [TRANSCRIPT, CV]
    await chat.upload("scan.pdf", PDF + b"2")
    assert [PutTo.unpack(one.data).key for one in buttons(chat, PutTo)][:2] == [CV, TRANSCRIPT]
    await press(chat, PutTo, key=CV)
    assert [item for item, _ in rows(settings, KEPT)] == ["cv", "cv"]


async def test_among_several_applications_the_open_one_is_meant(john: ChatClient, settings: Settings) -> None:
    first = await kept(john)
    second = await kept(john, "type_student_inbound_international")
    await john.upload("scan.pdf", PDF)
    assert {PutTo.unpack(one.data).code for one in buttons(john, PutTo)} == {second}
    await press(john, WhichApplication)
    await press(john, WhichItem, code=first)
    await press(john, PutTo, code=first, key=CV)
    query = "SELECT code FROM applications JOIN submissions ON application_id = applications.id"
    assert rows(settings, query) == [(first,)]


async def test_the_same_file_twice(john: ChatClient, settings: Settings) -> None:
    await kept(john)
    await awaited(john)
    await john.upload("scan.pdf", PDF)
    await john.upload("copy.pdf", PDF)
    assert "already" in john.screen.text
    assert rows(settings, KEPT) == [("cv", "scan.pdf")]
    await press(john, Checklist)
    await awaited(john, TRANSCRIPT)
    await john.upload("copy.pdf", PDF)
    assert "also at CV" in john.screen.text
    assert len(rows(settings, KEPT)) == 2


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("cv.exe", b"MZ", "I cannot take cv.exe"),
        ("film.mp4", b"....", "I cannot take film.mp4"),
        ("cv.pdf", b"%PDF" + b"0" * 20_000_001, "too large: 20"),
        ("<b>.exe", b"MZ", "I cannot take <b>.exe"),
    ],
)
async def test_what_does_not_work_gets_a_clear_word(
    john: ChatClient, name: str, data: bytes, said: str, settings: Settings
) -> None:
    await kept(john)
    await awaited(john)
    await john.upload(name, data)
    assert said in john.screen.text
    assert rows(settings, KEPT) == []
    await john.upload("right.pdf", PDF)
    assert rows(settings, KEPT) == [("cv", "right.pdf")]


async def test_mime_and_ending_must_agree(john: ChatClient, settings: Settings) -> None:
    await kept(john)
    await john.person.send_document("cv.pdf", b"MZ", mime="application/x-msdownload")
    await john.quiet()
    assert "not what its name says" in john.screen.text
    assert rows(settings, "SELECT * FROM waiting_files") == []


async def test_files_are_shown_removed_and_brought_back(john: ChatClient, settings: Settings) -> None:
    await kept(john)
    await awaited(john)
    await john.upload("a.pdf", PDF)
    await photo(john)
    await press(john, Files)
    await press(john, ShowFiles)
    sent = [call.method for call in john.sandbox.calls if call.method in ("sendDocument", "sendPhoto")]
    assert sorted(sent) == ["sendDocument", "sendPhoto"]
    remove = await press(john, RemoveFile)
    assert len(rows(settings, KEPT)) == 1
    await john.tap(remove.data, john.screen.message_id)
    assert len(rows(settings, KEPT)) == 1
    await press(john, RestoreFiles)
    assert len(rows(settings, KEPT)) == 2


async def test_replacing_waits_for_the_new_one(john: ChatClient, settings: Settings) -> None:
    await kept(john)
    await awaited(john)
    await john.upload("old.pdf", PDF)
    await press(john, Files)
    await press(john, Upload, replace=True)
    assert rows(settings, KEPT) == [("cv", "old.pdf")]
    await john.upload("new1.pdf", PDF + b"1")
    await john.upload("new2.pdf", PDF + b"2")
    assert rows(settings, KEPT) == [("cv", "new1.pdf"), ("cv", "new2.pdf")]


async def test_what_staff_settled_stays(john: ChatClient, settings: Settings) -> None:
    code = await kept(john)
    await awaited(john)
    await john.upload("a.pdf", PDF)
    old = {kind: the_button(john, kind).data for kind in (HandIn, Upload, OtherItem)}
    seq = rows(settings, "SELECT seq FROM submissions")[0][0]
    change(settings, "UPDATE checklist_items SET status = 'accepted'")
    before = rows(settings, "SELECT * FROM submissions"), rows(settings, "SELECT * FROM item_moves")
    for data in (
        *old.values(),
        RemoveFile(code=code, key=CV, seq=seq).pack(),
        Mark(code=code, key=CV, status="t").pack(),
    ):
        await john.tap(data, john.screen.message_id)
    await john.upload("b.pdf", PDF + b"b")
    assert CV not in {PutTo.unpack(one.data).key for one in buttons(john, PutTo)}
    batch = PutTo.unpack(buttons(john, PutTo)[0].data).batch
    await john.tap(PutTo(code=code, key=CV, batch=batch).pack(), john.screen.message_id)
    assert (rows(settings, "SELECT * FROM submissions"), rows(settings, "SELECT * FROM item_moves")) == before
    assert len(rows(settings, "SELECT * FROM waiting_files")) == 1


async def test_files_in_a_group_are_none_of_ours(john: ChatClient, settings: Settings) -> None:
    await kept(john)
    await awaited(john)
    group = john.sandbox.group("Students", [john.person])
    await john.person.send_document("cv.pdf", PDF, group=group)
    await john.quiet()
    assert rows(settings, KEPT) == []
    assert rows(settings, "SELECT * FROM waiting_files") == []
