"""Sending to many: filling, pausing, stopping, trying again, correcting, recalling, and what the counts say."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import BigInteger, String, literal, select, union_all

from bot.db import ledger_batches
from bot.db.engine import Database
from bot.db.ledger_batches import Purpose
from bot.db.ledger_report import Counts, LedgerReports
from bot.db.people import PEOPLE
from bot.outbound.outcome import Ending, Outcome
from tests.outbound.desk import Postbox, Saying, desk_for
from tests.outbound.rows import NOW, add_people, batch_to_all
from tests.support.clock import TestClock

MISTAKE = Outcome(Ending.MESSAGE, code=400, text="can't parse entities")


async def counts(database: Database, batch: int) -> Counts:
    return await LedgerReports(database).counts([batch])


async def state_of(database: Database, batch: int) -> str:
    found = await LedgerReports(database).batch(batch)
    assert found is not None
    return found.state


async def test_everybody_gets_it_once_and_then_it_is_finished(database: Database, clock: TestClock) -> None:
    await add_people(database, range(1, 31))
    await add_people(database, range(31, 34), reachable=False)
    batch = await batch_to_all(database)
    box, text = Postbox(), Saying("Hasil seleksi")
    desk = desk_for(database, box, clock, renderers={"announcement": text})
    await desk.worker.drain()
    assert sorted(box.chats) == list(range(1, 31))
    assert {call.parameters["text"] for _, call in box.sent} == {"Hasil seleksi"}
    desk.timer.advance(2)
    await desk.worker.drain()
    assert await state_of(database, batch) == "finished"
    assert (await counts(database, batch)).by_state == {"sent": 30, "blocked": 3}
    fates = [fate async for fate in LedgerReports(database).fates([batch])]
    assert [fate.person_id for fate in fates if fate.state == "blocked"] == [31, 32, 33]


async def test_filling_again_adds_only_who_joined(database: Database, clock: TestClock) -> None:
    await add_people(database, range(1, 4))
    batch = await batch_to_all(database, open_until=NOW + timedelta(days=1))
    everybody = select(PEOPLE.c.id.label("person_id"))
    box = Postbox()
    desk = desk_for(database, box, clock, renderers={"announcement": Saying()})
    await desk.worker.drain()
    await add_people(database, range(4, 6))
    async with database.transaction() as connection:
        assert await ledger_batches.fill(connection, batch, everybody, now=NOW) == 2
    desk.timer.advance(2)
    await desk.worker.drain()
    assert await state_of(database, batch) == "running", "more may still join"
    assert sorted(box.chats) == [1, 2, 3, 4, 5]


async def test_one_person_may_get_several_by_subject(database: Database, clock: TestClock) -> None:
    await add_people(database, range(1, 3))
    results: list[tuple[int, str | None]] = [(1, "abcd2345"), (1, "efgh6789"), (2, "jkmn2345"), (7, None)]
    listed = union_all(
        *(
            select(literal(person_id, BigInteger).label("person_id"), literal(subject, String).label("subject"))
            for person_id, subject in [*results, results[2]]
        )
    ).subquery()
    async with database.transaction() as connection:
        batch = await ledger_batches.open_batch(
            connection, announcement_id=1, purpose="send", kind="announcement", author_id=None, now=NOW
        )
        assert await ledger_batches.fill(connection, batch, select(listed), now=NOW) == 4
    fates = [fate async for fate in LedgerReports(database).fates([batch])]
    assert {(fate.person_id, fate.subject) for fate in fates} == set(results)


async def test_a_paused_one_waits_and_goes_on(database: Database, clock: TestClock) -> None:
    await add_people(database, range(1, 4))
    batch = await batch_to_all(database)
    box = Postbox()
    desk = desk_for(database, box, clock, renderers={"announcement": Saying()})
    async with database.transaction() as connection:
        assert await ledger_batches.pause(connection, batch)
        assert not await ledger_batches.pause(connection, batch)
    await desk.worker.drain()
    assert box.sent == []
    async with database.transaction() as connection:
        assert await ledger_batches.resume(connection, batch)
    await desk.worker.drain()
    assert len(box.sent) == 3


async def test_a_stopped_one_drops_what_was_left(database: Database, clock: TestClock) -> None:
    await add_people(database, range(1, 4))
    batch = await batch_to_all(database)
    async with database.transaction() as connection:
        assert await ledger_batches.stop(connection, batch, NOW) == 3
        assert await ledger_batches.stop(connection, batch, NOW) is None
        assert not await ledger_batches.resume(connection, batch)
    box = Postbox()
    await desk_for(database, box, clock, renderers={"announcement": Saying()}).worker.drain()
    assert (box.sent, (await counts(database, batch)).by_state) == ([], {"dropped": 3})


async def test_three_refusals_of_the_message_in_a_row_pause_it_and_tell_the_author(
    database: Database, clock: TestClock
) -> None:
    await add_people(database, range(1, 41))
    batch = await batch_to_all(database)
    box, told = Postbox(), []

    async def tell(number: int, reason: str) -> None:
        told.append((number, reason))

    for person in range(1, 41):
        box.answer(person, MISTAKE)
    desk = desk_for(database, box, clock, renderers={"announcement": Saying()}, tell=tell)
    await desk.worker.drain()
    assert await state_of(database, batch) == "paused"
    assert told[0] == (batch, "can't parse entities")
    assert len(box.sent) < 15, "only what was in the air already"
    box.endings.clear()
    refused = len(box.sent)
    async with database.transaction() as connection:
        assert await ledger_batches.retry(connection, batch, NOW) == refused
    desk.timer.advance(2)
    await desk.worker.drain()
    assert (await counts(database, batch)).by_state == {"sent": 40}


async def test_two_refusals_and_a_success_are_no_reason_to_pause(database: Database, clock: TestClock) -> None:
    await add_people(database, range(1, 13))
    batch = await batch_to_all(database)
    box = Postbox()
    for person in range(1, 13):
        if person % 3:
            box.answer(person, MISTAKE)
    desk = desk_for(database, box, clock, renderers={"announcement": Saying()})
    await desk.worker.drain()
    assert await state_of(database, batch) == "running"
    assert (await counts(database, batch)).by_state == {"refused": 8, "sent": 4}


async def test_only_what_failed_is_tried_again(database: Database, clock: TestClock) -> None:
    await add_people(database, range(1, 7))
    batch = await batch_to_all(database, on_unknown="leave")
    box = Postbox()
    box.answer(2, Outcome(Ending.RECIPIENT, code=400, text="chat not found"))
    box.answer(4, Outcome(Ending.UNKNOWN, text="timed out"))
    box.answer(5, Outcome(Ending.BLOCKED, code=403))
    desk = desk_for(database, box, clock, renderers={"announcement": Saying()})
    await desk.worker.drain()
    desk.timer.advance(2)
    await desk.worker.drain()
    assert await state_of(database, batch) == "finished"
    async with database.transaction() as connection:
        assert await ledger_batches.retry(connection, batch, NOW) == 2
    desk.timer.advance(2)
    await desk.worker.drain()
    assert sorted(box.chats[6:]) == [2, 4]
    found = await counts(database, batch)
    assert (found.by_state, found.maybe_twice) == ({"sent": 5, "blocked": 1}, 1)


async def test_a_correction_edits_and_a_recall_deletes_what_arrived(database: Database, clock: TestClock) -> None:
    await add_people(database, range(1, 4))
    batch = await batch_to_all(database)
    box = Postbox()
    box.answer(2, Outcome(Ending.RECIPIENT, text="chat not found"))
    box.answer(3, Outcome(Ending.SENT, message_ids=(70, 71, 72)))
    desk = desk_for(database, box, clock, renderers={"announcement": Saying()})
    await desk.worker.drain()

    async def change(purpose: Purpose, method: str | None) -> int:
        async with database.transaction() as connection:
            number = await ledger_batches.open_batch(
                connection, announcement_id=1, purpose=purpose, kind="announcement", author_id=1, now=NOW
            )
            assert await ledger_batches.fill_changes(connection, number, [batch], now=NOW, method=method) == 2
            assert await ledger_batches.fill_changes(connection, number, [batch], now=NOW, method=method) == 0
        box.sent.clear()
        desk.timer.advance(2)
        await desk.worker.drain()
        return number

    # The answer to the first edit is lost: it is done again, and nobody has anything twice.
    box.answer(1, Outcome(Ending.UNKNOWN, text="timed out"))
    corrected = await change("correct", None)
    clock.move(timedelta(seconds=3))
    desk.timer.advance(3)
    await desk.worker.drain()
    edits = dict(box.sent)
    assert {call.method for call in edits.values()} == {"editMessageText"}
    assert edits[3].parameters["message_id"] == 70
    assert (await counts(database, corrected)).maybe_twice == 0
    await change("recall", "deleteMessage")
    deletions = dict(box.sent)
    assert (deletions[1].method, deletions[3].method) == ("deleteMessage", "deleteMessages")
    assert deletions[3].parameters == {"message_ids": [70, 71, 72]}
    assert [one.purpose for one in await LedgerReports(database).batches_of(1)] == ["send", "correct", "recall"]


async def test_a_text_that_cannot_be_made_pauses_the_batch_and_loses_nobody(
    database: Database, clock: TestClock
) -> None:
    await add_people(database, range(1, 11))
    batch = await batch_to_all(database)
    desk = desk_for(database, Postbox(), clock)
    await desk.worker.drain()
    found = await LedgerReports(database).batch(batch)
    assert found is not None
    assert (found.state, found.pause_reason) == ("paused", "nobody makes messages of the kind announcement")
    assert (await counts(database, batch)).total == 10
