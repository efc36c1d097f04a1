"""The worker: what goes first, what is not sent any more, two of them, a database that goes away."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.engine import Database
from bot.db.ledger_lease import LEASE
from bot.outbound.outcome import Ending, Outcome
from bot.outbound.pacing import CHAT_GAP
from bot.outbound.rendering import Call
from bot.outbound.worker import AT_ONCE
from tests.outbound.desk import LeapingTimer, Postbox, Saying, at_work, desk_for
from tests.outbound.rows import NOW, add_people, batch_to_all, message, put, states
from tests.support.clock import TestClock
from tests.support.waiting import eventually


async def test_replies_overtake_reminders_and_these_overtake_announcements(
    database: Database, clock: TestClock
) -> None:
    await add_people(database, range(1, 41))
    await batch_to_all(database)
    await put(database, *(message(number, kind="reminder") for number in range(101, 121)))
    await put(database, message(200, kind="review"), message(201, kind="answer"))
    box = Postbox()
    late = [message(300, kind="review")]
    counter = asyncio.Lock()

    async def something_urgent(_chat: int, _call: Call) -> None:
        async with counter:  # nothing else is sent while it is put in
            if len(box.sent) >= 40 and late:
                await put(database, late.pop())

    box.before = something_urgent
    await desk_for(database, box, clock, renderers={"announcement": Saying()}).worker.drain()
    assert sorted(box.chats[:2]) == [200, 201]
    assert sorted(box.chats[2:22]) == list(range(101, 121))
    assert 40 < box.chats.index(300) < 55, "it waited for no more than what was claimed already"
    assert sorted(box.chats[22:]) == [*range(1, 41), 300]


async def test_messages_to_one_person_keep_their_order_and_a_second_between_them(
    database: Database, clock: TestClock
) -> None:
    timer = LeapingTimer()
    box = Postbox(timer)
    for number in range(4):
        await put(database, message(5, f"{number}", parameters={"text": f"{number}"}))
    await desk_for(database, box, clock, timer=timer).worker.drain()
    assert [call.parameters["text"] for _, call in box.sent] == ["0", "1", "2", "3"]
    gaps = [later - earlier for earlier, later in zip(box.slots, box.slots[1:], strict=False)]
    assert all(gap >= CHAT_GAP - 1e-6 for gap in gaps)


async def test_what_is_not_due_waits_and_what_is_too_late_is_dropped(database: Database, clock: TestClock) -> None:
    box = Postbox()
    hour = timedelta(hours=1)
    await put(
        database,
        message(1, "later", due=NOW + hour),
        message(2, "stale", due=NOW + hour, useful_until=NOW + hour + hour),
        message(3, "now", useful_until=NOW + hour),
    )
    desk = desk_for(database, box, clock)
    await desk.worker.drain()
    assert box.chats == [3]
    clock.move(timedelta(hours=3))
    desk.timer.advance(3)
    await desk.worker.drain()
    assert await states(database) == {"later": "sent", "stale": "dropped", "now": "sent"}


async def test_who_cannot_be_reached_is_skipped_without_a_call(database: Database, clock: TestClock) -> None:
    await add_people(database, range(1, 3), reachable=False)
    await put(database, message(1), message(2), message(3))
    box = Postbox()
    await desk_for(database, box, clock).worker.drain()
    assert box.chats == [3]
    assert await states(database) == {"to 1": "blocked", "to 2": "blocked", "to 3": "sent"}


async def test_no_more_than_a_handful_is_in_the_air(database: Database, clock: TestClock) -> None:
    await put(database, *(message(number) for number in range(1, 101)))
    release, most = asyncio.Event(), 0
    box = Postbox()

    async def wait(_chat: int, _call: Call) -> None:
        nonlocal most
        found = list((await states(database)).values()).count("sending")
        most = max(most, found)
        await release.wait()

    box.before = wait
    desk = desk_for(database, box, clock)
    draining = asyncio.create_task(desk.worker.drain())
    await eventually(lambda: most == AT_ONCE)
    release.set()
    await draining
    assert most == AT_ONCE
    assert set((await states(database)).values()) == {"sent"}


async def test_of_two_workers_one_sends_and_the_other_takes_over_after_a_death(
    database: Database, clock: TestClock
) -> None:
    first, second = Postbox(), Postbox()
    one = desk_for(database, first, clock, name="host:1:one")
    two = desk_for(database, second, clock, name="host:1:two")
    await put(database, message(1))
    await one.worker.drain()
    await put(database, message(2))
    await two.worker.drain()
    assert (first.chats, second.chats) == ([1], [])
    clock.move(LEASE + timedelta(seconds=1))
    await two.worker.drain()
    assert second.chats == [2]
    await put(database, message(3))
    await one.worker.drain()
    assert first.chats == [1], "whoever lost the lease sends nothing"


async def test_a_clean_stop_hands_over_at_once(database: Database, clock: TestClock) -> None:
    first, second = Postbox(), Postbox()
    one = desk_for(database, first, clock, name="host:1:one")
    await put(database, message(1))
    async with at_work(one):
        await eventually(lambda: len(first.sent) == 1)
    await put(database, message(2))
    await desk_for(database, second, clock, name="host:1:two").worker.drain()
    assert second.chats == [2]
    assert set((await states(database)).values()) == {"sent"}


async def test_one_that_was_taken_for_dead_changes_nothing_any_more(database: Database, clock: TestClock) -> None:
    """It stalls in the middle of a call; another one takes over; then its answer comes after all."""
    stalled, box = asyncio.Event(), Postbox()
    await put(database, message(1), message(2, on_unknown="leave"))

    async def stall(_chat: int, _call: Call) -> None:
        await stalled.wait()

    slow = Postbox()
    slow.before = stall
    one = desk_for(database, slow, clock, name="host:1:one")
    draining = asyncio.create_task(one.worker.drain())

    async def both_in_the_air() -> bool:
        return list((await states(database)).values()) == ["sending", "sending"]

    await eventually(both_in_the_air)
    clock.move(LEASE + timedelta(seconds=1))
    await desk_for(database, box, clock, name="host:1:two").worker.drain()
    assert await states(database) == {"to 1": "sent", "to 2": "unknown"}
    stalled.set()
    await draining
    assert await states(database) == {"to 1": "sent", "to 2": "unknown"}
    assert (sorted(slow.chats), box.chats) == ([1, 2], [1])


async def test_the_database_goes_away_and_comes_back(
    database: Database, clock: TestClock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    box, away = Postbox(), asyncio.Event()
    real = database.transaction

    @asynccontextmanager
    async def transaction() -> AsyncIterator[AsyncConnection]:
        if away.is_set():
            raise OperationalError("", {}, OSError("the server is gone"))
        async with real() as connection:
            yield connection

    monkeypatch.setattr(database, "transaction", transaction)

    async def goes_away(_chat: int, _call: Call) -> None:
        away.set()

    box.before = goes_away
    await put(database, *(message(number) for number in range(1, 8)))
    desk = desk_for(database, box, clock)

    async def all_sent() -> bool:
        desk.timer.advance(40)
        return set((await states(database)).values()) == {"sent"}

    async with at_work(desk):
        await eventually(lambda: "the database is away" in caplog.text)
        box.before = None
        for _ in range(3):
            desk.timer.advance(40)
            await asyncio.sleep(0)
        away.clear()
        await eventually(all_sent)
    assert sorted(box.chats) == list(range(1, 8)), "nobody twice, nobody lost"
    assert caplog.text.count("the database is away") == 1


async def test_a_mistake_in_the_sender_ends_one_delivery_and_not_the_worker(
    database: Database, clock: TestClock
) -> None:
    box = Postbox()

    async def stumble(chat: int, _call: Call) -> None:
        if chat == 1:
            raise RuntimeError("nobody thought of this")

    box.before = stumble
    await put(database, message(1, on_unknown="leave"), message(2))
    await desk_for(database, box, clock).worker.drain()
    assert await states(database) == {"to 1": "unknown", "to 2": "sent"}


async def test_settled_is_when_all_is_sent_and_recorded(database: Database, clock: TestClock) -> None:
    box = Postbox()
    desk = desk_for(database, box, clock)
    box.answer(2, *[Outcome(Ending.AWAY, text="no route")] * 20)
    async with at_work(desk):
        await put(database, *(message(number) for number in (1, 3, 4)))
        await desk.worker.settled()
        assert set((await states(database)).values()) == {"sent"}
        await put(database, message(2))
        await desk.worker.settled()
        assert (await states(database))["to 2"] == "queued", "Telegram is away, so nothing more can be waited for"
