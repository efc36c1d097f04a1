"""The message that shows how far an announcement is: what it says, where it goes, where its buttons lead."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from aiogram.filters.callback_data import CallbackData
from sqlalchemy import insert, select, text

from bot.db import ledger_batches
from bot.db.announcement_after import SentRepository
from bot.db.announcements import ANNOUNCEMENTS, StoredAnnouncement
from bot.db.engine import Database
from bot.db.ledger_report import Batch, Counts
from bot.db.people import PEOPLE
from bot.i18n import load_translators
from bot.outbound.outcome import Ending, Outcome
from bot.outbound.progress import Progress
from bot.outbound.rendering import Call
from bot.services.announcements.chart import Chart, NotDrawn, drawn, lines_of
from bot.services.announcements.report import Part, Report, reason_of
from bot.services.announcements.words import lasting, progress_keyboard, progress_text
from handlers.announcements.sent_callbacks import (
    Announcements,
    Correct,
    OpenAnnouncement,
    OpenList,
    Papers,
    Recall,
    Retry,
    Run,
)
from tests.outbound.rows import add_people, states
from tests.support.clock import TestClock

NOW = TestClock().now()
AUTHOR = 1
STORED = StoredAnnouncement(
    id=1,
    code="abcdefgh",
    author_id=AUTHOR,
    category="general",
    state="started",
    content={"texts": {"id": "Halo <b>semua</b> &amp; kalian"}},
    audience={"all": True},
    on_unknown="again",
    due=None,
    joins_until=None,
    round_id=None,
    approver_id=None,
    version=1,
    progress=None,
    created_at=NOW,
    updated_at=NOW,
    started_at=NOW,
)
BATCH = Batch(1, 1, "send", "announcement", "running", AUTHOR, "again", None, None, NOW, None)
ENDED = replace(BATCH, state="finished", finished_at=NOW + timedelta(seconds=125))
KINDS: tuple[type[CallbackData], ...] = (
    *(Announcements, Correct, OpenAnnouncement, OpenList, Papers, Recall, Retry, Run),
)


class Phone:
    """Takes calls for the author, and answers as it was told."""

    def __init__(self, *outcomes: Outcome) -> None:
        self.calls: list[Call] = []
        self.outcomes = list(outcomes)

    async def call(self, _chat_id: int, what: Call) -> Outcome:
        self.calls.append(what)
        return self.outcomes.pop(0) if self.outcomes else Outcome(Ending.SENT, message_ids=(7,))


def report(*parts: Part, **changes: object) -> Report:
    return Report(replace(STORED, **changes), parts, NOW)  # type: ignore[arg-type]


async def started(database: Database) -> int:
    """An announcement to three people that is on its way; its batch."""
    await add_people(database, range(AUTHOR, AUTHOR + 3))
    async with database.transaction() as connection:
        await connection.execute(insert(ANNOUNCEMENTS), {**vars(STORED)})
        batch = await ledger_batches.open_batch(
            connection, announcement_id=1, purpose="send", kind="announcement", author_id=AUTHOR, now=NOW
        )
        await ledger_batches.fill(connection, batch, select(PEOPLE.c.id.label("person_id")), now=NOW)
    return batch


async def end(database: Database, batch: int) -> None:
    async with database.transaction() as connection:
        await connection.execute(text("UPDATE deliveries SET state = 'sent'"))
        assert await ledger_batches.finish_done(connection, NOW) == [batch]


async def test_one_message_is_sent_and_then_edited_until_the_end(database: Database, clock: TestClock) -> None:
    batch, phone = await started(database), Phone()
    progress = Progress(database, clock, phone.call)
    await progress.run()
    await progress.run()
    assert [call.method for call in phone.calls] == ["sendMessage"], "nothing has changed"
    await end(database, batch)
    await Progress(database, clock, phone.call).run()
    assert [call.method for call in phone.calls] == ["sendMessage", "editMessageText"]
    assert phone.calls[-1].parameters["message_id"] == 7
    assert "selesai" in phone.calls[-1].parameters["text"]
    clock.move(timedelta(hours=1))
    assert await SentRepository(database).to_show(clock.now()) == []


async def test_a_message_that_was_deleted_is_sent_anew(database: Database, clock: TestClock) -> None:
    batch = await started(database)
    phone = Phone(Outcome(Ending.SENT, message_ids=(7,)), Outcome(Ending.RECIPIENT, text="message to edit not found"))
    progress = Progress(database, clock, phone.call)
    await progress.run()
    await end(database, batch)
    await progress.run()
    assert [call.method for call in phone.calls] == ["sendMessage", "editMessageText", "sendMessage"]


@pytest.mark.parametrize("ending", [Ending.HELD, Ending.FLOOD, Ending.AWAY, Ending.UNKNOWN, Ending.MESSAGE])
async def test_what_fails_is_made_up_for_at_the_next_look(database: Database, clock: TestClock, ending: Ending) -> None:
    await started(database)
    phone = Phone(Outcome(ending))
    progress = Progress(database, clock, phone.call)
    await progress.run()
    await progress.run()
    assert [call.method for call in phone.calls] == ["sendMessage", "sendMessage"]
    assert set((await states(database)).values()) == {"queued"}


async def test_an_author_who_blocked_the_bot_is_left_alone(database: Database, clock: TestClock) -> None:
    batch, phone = await started(database), Phone(Outcome(Ending.BLOCKED))
    progress = Progress(database, clock, phone.call)
    await progress.run()
    await end(database, batch)
    await progress.run()
    assert len(phone.calls) == 1
    clock.move(timedelta(hours=1))
    assert await SentRepository(database).to_show(clock.now()) == []


def test_the_rate_gives_the_time_that_is_left() -> None:
    running = report(Part(BATCH, Counts({"queued": 600, "sent": 400}, 0)))
    said = progress_text(load_translators()["en"], running, "Asia/Jakarta", rate=10.0)
    for part in ("400 of 1,000 (40 %)", "10 a second, about 1 min 0 s left", "Halo semua &amp; kalian"):
        assert part in said


def test_the_end_says_why_in_words() -> None:
    reasons = {
        ("blocked", "Forbidden: bot was blocked by the user"): 3,
        ("blocked", "unreachable"): 1,
        ("refused", "Bad Request: can't parse <entities>"): 2,
    }
    part = Part(ENDED, Counts({"sent": 90, "blocked": 4, "refused": 2, "unknown": 1}, 5), reasons)
    said = progress_text(load_translators()["id"], report(part), "Asia/Jakarta")
    for words in ("3: memblokir bot", "can't parse &lt;entities&gt;", "2 mnt 5 dtk", "5 mungkin menerimanya dua kali"):
        assert words in said
    assert report(part).failed == 3


def test_after_a_recall_only_the_recall_is_tried_again() -> None:
    sent = Part(ENDED, Counts({"sent": 3, "refused": 4}, 0))
    recall = Part(replace(ENDED, id=2, purpose="recall"), Counts({"sent": 2, "refused": 1}, 0))
    assert report(sent, recall).failed == 1
    assert reason_of("Bad Request: message can't be deleted", "refused") == "too_old"


def test_every_button_is_understood_by_the_handlers() -> None:
    t = load_translators()["en"]
    unknown = Part(ENDED, Counts({"sent": 1, "unknown": 2}, 0))
    shown = [
        progress_keyboard(
            t, report(Part(replace(BATCH, state=state), Counts({"sent": 1, "queued": 1}, 0))), listed=True
        )
        for state in ("running", "paused")
    ]
    shown.append(progress_keyboard(t, report(unknown, round_id=4), listed=True))
    kinds = {kind.__prefix__: kind for kind in KINDS}
    found = [button["callback_data"] for rows in shown for row in rows for button in row]
    for data in found:
        assert kinds[data.partition(":")[0]].unpack(data).pack() == data
    assert {data.partition(":")[0] for data in found} == set(kinds)


def test_spans_of_time_have_two_units_at_most() -> None:
    t = load_translators()["en"]
    assert [lasting(t, seconds) for seconds in (0.2, 59, 61, 7265)] == ["1 s", "59 s", "1 min 1 s", "2 h 1 min"]


def test_lines_count_up_to_all() -> None:
    moments = [("sent", 0.0), ("sent", 5.0), ("blocked", 10.0)]
    [(_, sent), (_, blocked)] = lines_of(moments, {"a": ("sent",), "b": ("blocked",), "c": ("unknown",)}, 1.0)
    assert (sent[0], sent[-1], blocked[-1]) == ((0.0, 1), (10.0, 2), (10.0, 1))


async def test_a_picture_that_cannot_be_drawn_says_so() -> None:
    with pytest.raises(NotDrawn):
        await drawn(Chart("t", "x", "y", [("a", ["x"])]))  # type: ignore[list-item]
