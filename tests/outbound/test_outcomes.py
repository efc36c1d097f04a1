"""What Telegram answers, and what becomes of the delivery: with the real library, over HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Select, literal_column, select, table, text

from bot.db.engine import Database
from bot.db.people import PeopleRepository
from bot.outbound.outcome import TokenRefused
from bot.sandbox import Person, Sandbox
from tests.outbound.desk import Desk, desk_at
from tests.outbound.rows import add_people, message, put, states
from tests.support.clock import TestClock


async def rows(database: Database, columns: str) -> list[Sequence[Any]]:
    async with database.connect() as connection:
        found: Select[Any] = (
            select(literal_column(columns)).select_from(table("deliveries")).order_by(literal_column("id"))
        )
        return [tuple(row) for row in await connection.execute(found)]


async def test_a_message_arrives_once_and_its_id_is_kept(
    database: Database, sandbox: Sandbox, ani: Person, desk: Desk
) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Unggah lagi", "callback_data": "u1:x"}]]}
    parameters = {"text": "<b>Diterima</b>", "parse_mode": "HTML", "reply_markup": keyboard}
    await put(database, message(ani.id, parameters=parameters), message(ani.id, parameters=parameters))
    await desk.worker.drain()
    await desk.worker.drain()
    assert [screen.text for screen in ani.messages if screen.from_bot] == ["Diterima"]
    assert ani.screen.labels == ["Unggah lagi"]
    assert await rows(database, "state, maybe_twice, attempts, payload") == [("sent", False, 0, None)]
    ((sent,),) = await rows(database, "message_ids")
    assert str(ani.screen.message_id) in str(sent)


async def test_who_blocked_the_bot_is_left_alone_until_they_return(
    database: Database, sandbox: Sandbox, ani: Person, desk: Desk, clock: TestClock
) -> None:
    await add_people(database, range(ani.id, ani.id + 1))
    await ani.block()
    await put(database, message(ani.id, "first"))
    await desk.worker.drain()
    await put(database, message(ani.id, "second"))
    await desk.worker.drain()
    assert await states(database) == {"first": "blocked", "second": "blocked"}
    assert len(sandbox.calls.of("sendMessage")) == 1, "the second one was not even tried"
    person = await PeopleRepository(database).load(ani.id)
    assert person is not None
    assert not person.reachable


async def test_who_wrote_after_the_call_is_not_taken_for_gone(
    database: Database, sandbox: Sandbox, ani: Person, desk: Desk, clock: TestClock
) -> None:
    await add_people(database, range(ani.id, ani.id + 1))
    async with database.connect() as connection:
        later = clock.now() + timedelta(seconds=5)
        await connection.execute(text("UPDATE people SET seen_at = :later"), {"later": later.replace(tzinfo=None)})
    sandbox.faults.refuse(403, "Forbidden: bot was blocked by the user", method="sendMessage")
    await put(database, message(ani.id))
    await desk.worker.drain()
    person = await PeopleRepository(database).load(ani.id)
    assert person is not None
    assert person.reachable


async def test_no_such_chat_is_refused_for_that_one_only(
    database: Database, sandbox: Sandbox, ani: Person, desk: Desk
) -> None:
    await put(database, message(77, "nobody"), message(ani.id, "ani"))
    await desk.worker.drain()
    assert await states(database) == {"nobody": "refused", "ani": "sent"}
    assert ("refused", 400, "Chat not found") in await rows(database, "state, error_code, error")


async def test_a_flood_pauses_everything_and_is_no_failure(
    database: Database, sandbox: Sandbox, ani: Person, desk: Desk, clock: TestClock
) -> None:
    sandbox.faults.refuse(429, "Too Many Requests: retry after 7", retry_after=7, method="sendMessage")
    await put(database, message(ani.id))
    await desk.worker.drain()
    assert await rows(database, "state, attempts, maybe_twice") == [("queued", 0, False)]
    assert 6 < desk.pace.paused_for(desk.timer.seconds()) <= 7.7
    async with database.connect() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM sender WHERE paused_until IS NOT NULL"))
    desk.timer.advance(8)
    clock.move(timedelta(seconds=8))
    await desk.worker.drain()
    assert await states(database) == {f"to {ani.id}": "sent"}


async def test_a_pause_outlives_the_worker(
    database: Database, sandbox: Sandbox, ani: Person, desk: Desk, clock: TestClock
) -> None:
    sandbox.faults.refuse(429, "Too Many Requests: retry after 30", retry_after=30, method="sendMessage")
    await put(database, message(ani.id))
    await desk.worker.drain()
    await desk.lease.release()
    async with desk_at(sandbox, database, clock, name="test:1:next") as following:
        await put(database, message(ani.id, "more"))
        await following.worker.drain()
        assert following.pace.paused_for(following.timer.seconds()) > 20
    assert len(sandbox.calls.of("sendMessage")) == 1


async def test_a_failure_of_telegram_is_tried_again_later_each_time(
    database: Database, sandbox: Sandbox, ani: Person, desk: Desk, clock: TestClock
) -> None:
    sandbox.faults.refuse(500, "Internal Server Error", times=2, method="sendMessage")
    await put(database, message(ani.id))
    for wait in (2, 4):
        await desk.worker.drain()
        assert list((await states(database)).values()) == ["queued"]
        clock.move(timedelta(seconds=wait - 0.1))
        await desk.worker.drain()
        clock.move(timedelta(seconds=0.1))
    await desk.worker.drain()
    assert await rows(database, "state, attempts, maybe_twice") == [("sent", 2, False)]
    assert len(sandbox.calls.of("sendMessage")) == 3


@pytest.mark.parametrize("choice", ["again", "leave"])
async def test_a_lost_answer_follows_the_choice_of_the_author(
    database: Database, sandbox: Sandbox, ani: Person, desk: Desk, clock: TestClock, choice: str
) -> None:
    sandbox.faults.lose_answer(method="sendMessage")
    await put(database, message(ani.id, on_unknown=choice))
    await desk.worker.drain()
    clock.move(timedelta(seconds=3))
    await desk.worker.drain()
    arrived = len([screen for screen in ani.messages if screen.from_bot])
    found = await rows(database, "state, maybe_twice")
    assert (found, arrived) == (([("sent", True)], 2) if choice == "again" else ([("unknown", False)], 1))


async def test_a_slow_answer_is_not_waited_for_for_ever(
    database: Database, sandbox: Sandbox, ani: Person, clock: TestClock
) -> None:
    sandbox.faults.delay(60, method="sendMessage")
    async with desk_at(sandbox, database, clock, read_timeout=0.05) as desk:
        await put(database, message(ani.id, on_unknown="leave"))
        await desk.worker.drain()
    assert await rows(database, "state, error") == [("unknown", "Timed out")]


async def test_what_may_have_arrived_again_and_again_is_left_at_last(
    database: Database, sandbox: Sandbox, ani: Person, desk: Desk, clock: TestClock
) -> None:
    sandbox.faults.lose_answer(times=100, method="sendMessage")
    await put(database, message(ani.id))
    for _ in range(10):
        await desk.worker.drain()
        clock.move(timedelta(minutes=1))
    assert await rows(database, "state, maybe_twice") == [("unknown", True)]
    assert len(sandbox.calls.of("sendMessage")) == 4


async def test_telegram_away_costs_no_delivery_and_one_line_in_the_log(
    database: Database, sandbox: Sandbox, ani: Person, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    await put(database, message(ani.id), message(77, "other"))
    await sandbox.stop()
    for _ in range(4):
        await desk.worker.drain()
        desk.timer.advance(40)
    assert await rows(database, "state, attempts, maybe_twice") == [("queued", 0, False)] * 2
    await sandbox.resume()
    await desk.worker.drain()
    assert await states(database) == {f"to {ani.id}": "sent", "other": "refused"}
    assert sum("Telegram is away" in record.message for record in caplog.records) == 1


async def test_a_group_that_became_a_supergroup_is_followed(
    database: Database, sandbox: Sandbox, ani: Person, desk: Desk
) -> None:
    group = sandbox.group("Seleksi", [ani])
    await put(database, message(group.id))
    moved = await group.upgrade()
    await desk.worker.drain()
    await desk.worker.drain()
    assert await rows(database, "state, chat_id") == [("sent", moved.id)]


async def test_a_refused_token_stops_the_worker_and_loses_nothing(
    database: Database, sandbox: Sandbox, ani: Person, desk: Desk
) -> None:
    sandbox.faults.refuse(401, "Unauthorized", method="sendMessage")
    await put(database, message(ani.id))
    with pytest.raises(TokenRefused):
        await desk.worker.drain()
    assert list((await states(database)).values()) == ["queued"]
