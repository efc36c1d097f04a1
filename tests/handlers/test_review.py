"""The queue of the staff: one item after the other, decided, told, and taken back for a minute."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.config import Settings
from handlers.review.callbacks import Decide, NextItem, OpenFiles, ReopenItem, ReviewFilter, UndoDecision
from handlers.uploads.callbacks import Upload
from tests.handlers.pressing import buttons, change, press, rows
from tests.handlers.reviewing import begun, handed_in, hired, statuses, told
from tests.support.chat import ChatClient
from tests.support.clock import TestClock


@pytest.fixture
def rita(john: ChatClient, settings: Settings) -> ChatClient:
    """A reviewer who speaks English."""
    return hired(john, settings, "Rita")


@pytest.fixture
def sari(john: ChatClient, settings: Settings) -> ChatClient:
    """Another one, who speaks Indonesian."""
    return hired(john, settings, "Sari", language="id")


async def test_an_empty_queue_is_nice(rita: ChatClient) -> None:
    await rita.say("/review")
    assert "Nothing waits" in rita.screen.text
    assert not buttons(rita, NextItem)


async def test_items_are_accepted_one_after_the_other_oldest_first(
    john: ChatClient, rita: ChatClient, settings: Settings, clock: TestClock
) -> None:
    code, _keys = await handed_in(john, 2)
    clock.move(timedelta(hours=3))
    await rita.say("/review")
    assert "2 items wait" in rita.screen.text
    await press(rita, NextItem)
    for part in ("John", "III.A.1.a.2.d.1", code, "3 hours", "Yours until", "ticked as handed in"):
        assert part in rita.screen.text
    assert [one.data for one in rita.screen.buttons if one.text.startswith("‹ Queue (2)")]
    await press(rita, Decide, decision="a")
    assert "Accepted: CV" in rita.screen.text
    assert buttons(rita, UndoDecision)
    await press(rita, Decide, decision="a")
    assert "Nothing waits" in rita.screen.text
    assert statuses(settings) == ["accepted", "accepted"]
    (message,) = told(settings)
    assert "2 items" in message["text"]
    assert rows(settings, "SELECT count(*) FROM audit WHERE action = 'item accepted'") == [(2,)]
    assert rows(settings, "SELECT count(*) FROM review_claims") == [(0,)]


@pytest.mark.parametrize("language", ["en", "id"])
async def test_a_returned_item_is_told_in_the_language_of_the_applicant_with_the_way_to_send_it_again(
    john: ChatClient, ani: ChatClient, sari: ChatClient, settings: Settings, language: str
) -> None:
    code, (key,) = await handed_in(john if language == "en" else ani)
    await begun(sari)
    await press(sari, Decide, decision="r")
    assert "Mengapa dikembalikan" in sari.screen.text
    await press(sari, Decide, decision="r", reason="outdated")
    assert "Dikembalikan" in sari.screen.text
    assert statuses(settings) == ["returned"]
    (message,) = told(settings)
    assert {"en": "it is too old", "id": "habis masa berlakunya"}[language] in message["text"]
    again = message["reply_markup"]["inline_keyboard"][0][0]
    assert again["callback_data"] == Upload(code=code, key=key, replace=True).pack()
    assert again["text"].startswith({"en": "📤 Upload again", "id": "📤 Unggah lagi"}[language])


async def test_a_reason_in_ones_own_words_is_escaped_and_has_a_length(
    john: ChatClient, rita: ChatClient, settings: Settings
) -> None:
    await handed_in(john)
    await begun(rita)
    await press(rita, Decide, decision="r")
    await press(rita, Decide, decision="r", reason="other")
    await rita.say("x" * 301)
    assert "1 to 300 characters" in rita.screen.text
    await rita.say("  the <b>stamp</b> is\nmissing & blurred ")
    assert "Returned: CV" in rita.screen.text
    (message,) = told(settings)
    assert "“the &lt;b&gt;stamp&lt;/b&gt; is missing &amp; blurred”" in message["text"]
    assert rows(settings, "SELECT reason FROM item_moves ORDER BY id DESC LIMIT 1") == [
        ("other: the <b>stamp</b> is missing & blurred",)
    ]
    assert "stamp" not in str(rows(settings, "SELECT details FROM audit"))
    assert rows(settings, "SELECT count(*) FROM review_decisions") == [(1,)]


async def test_an_item_is_waived_with_a_reason(john: ChatClient, rita: ChatClient, settings: Settings) -> None:
    await handed_in(john)
    await begun(rita)
    await press(rita, Decide, decision="w")
    await press(rita, Decide, decision="w", reason="replaced")
    assert "Waived: CV" in rita.screen.text
    assert statuses(settings) == ["waived"]
    (message,) = told(settings)
    assert "another paper stands for it" in message["text"]
    assert not any("Upload" in one["text"] for row in message["reply_markup"]["inline_keyboard"] for one in row)


async def test_undoing_brings_the_item_back_and_the_applicant_hears_nothing(
    john: ChatClient, rita: ChatClient, settings: Settings, clock: TestClock
) -> None:
    await handed_in(john)
    await begun(rita)
    await press(rita, Decide, decision="r")
    await press(rita, Decide, decision="r", reason="incomplete")
    clock.move(timedelta(seconds=59))
    undo = await press(rita, UndoDecision)
    assert "heard nothing" in rita.screen.text
    assert "Returned" not in rita.screen.text
    assert buttons(rita, Decide)
    assert not buttons(rita, UndoDecision)
    assert statuses(settings) == ["submitted"]
    assert told(settings) == []
    await press(rita, Decide, decision="a")
    assert len(told(settings)) == 1
    await rita.tap(undo.data, rita.screen.message_id)
    assert "too late" in rita.screen.text
    assert statuses(settings) == ["accepted"]


async def test_when_it_is_too_late_to_undo_one_can_decide_anew(
    john: ChatClient, rita: ChatClient, settings: Settings, clock: TestClock
) -> None:
    await handed_in(john)
    await begun(rita)
    await press(rita, Decide, decision="a")
    clock.move(timedelta(seconds=60))
    await press(rita, UndoDecision)
    assert "too late" in rita.screen.text
    assert statuses(settings) == ["accepted"]
    await press(rita, ReopenItem)
    assert statuses(settings) == ["submitted"]
    await press(rita, Decide, decision="r")
    await press(rita, Decide, decision="r", reason="wrong_document")
    assert statuses(settings) == ["returned"]
    (message,) = told(settings)
    assert "another document" in message["text"]


async def test_filters_are_shown_kept_and_cleared(john: ChatClient, ani: ChatClient, rita: ChatClient) -> None:
    await handed_in(john)
    await handed_in(ani, payload="type_student_outbound_international")
    await rita.say("/review")
    assert "2 items wait" in rita.screen.text
    await press(rita, ReviewFilter, by="")
    await press(rita, ReviewFilter, by="t")
    assert all("(1)" in one.text for one in buttons(rita, ReviewFilter) if one.text != "‹ Filter")
    await press(rita, ReviewFilter, by="t", value="student_outbound_international")
    assert "🔎 Only:" in rita.screen.text
    assert "1 item" in rita.screen.text
    await press(rita, ReviewFilter, by="")
    await press(rita, ReviewFilter, by="s")
    await press(rita, ReviewFilter, by="s", value="registration")
    assert "To register" in rita.screen.text
    await rita.say("/review")
    assert "1 item" in rita.screen.text
    await press(rita, NextItem)
    assert "🔎 Only:" in rita.screen.text
    await rita.tap(ReviewFilter(by="p", value="no_such_programme").pack(), rita.screen.message_id)
    assert "Nothing that fits waits" in rita.screen.text
    await press(rita, ReviewFilter, by="*")
    assert "2 items wait" in rita.screen.text


async def test_files_are_shown_in_the_chat_with_the_card_below(
    john: ChatClient, rita: ChatClient, settings: Settings
) -> None:
    code, (key,) = await handed_in(john)
    for name in ("cv.pdf", "cv page 2.pdf"):
        await john.tap(Upload(code=code, key=key).pack(), john.screen.message_id)
        await john.upload(name, b"%PDF-1.4\n" + name.encode() + b"\n%%EOF\n")
    await begun(rita)
    assert "2 files" in rita.screen.text
    card = rita.screen.message_id
    await press(rita, OpenFiles)
    shown = [one for one in rita.messages if one.attachment is not None]
    assert [one.attachment.name for one in shown if one.attachment] == ["cv.pdf", "cv page 2.pdf"]
    assert rita.screen.message_id > shown[-1].message_id
    assert card not in {one.message_id for one in rita.messages}
    assert rows(settings, "SELECT subject FROM audit WHERE action = 'files opened'") == [(code,)]
    await press(rita, Decide, decision="a")
    assert statuses(settings) == ["accepted"]


async def test_a_file_that_telegram_has_lost_is_said_and_the_others_are_shown(
    john: ChatClient, rita: ChatClient, settings: Settings
) -> None:
    code, (key,) = await handed_in(john)
    for name in ("a.pdf", "b.pdf", "c.pdf"):
        await john.tap(Upload(code=code, key=key).pack(), john.screen.message_id)
        await john.upload(name, b"%PDF-1.4\n" + name.encode() + b"\n%%EOF\n")
    change(settings, "UPDATE submissions SET file_id = 'lost' WHERE file_name = 'b.pdf'")
    await begun(rita)
    await press(rita, OpenFiles)
    assert "1 file cannot be opened" in rita.screen.text
    assert [one.attachment.name for one in rita.messages if one.attachment] == ["a.pdf", "c.pdf"]
