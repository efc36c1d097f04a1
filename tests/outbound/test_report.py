"""A whole announcement with all that goes wrong in a real one: the report is the server's own record, row by row."""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta

from bot.db.engine import Database
from bot.db.ledger_report import LedgerReports
from bot.sandbox import Sandbox
from bot.sandbox.state import Chat, User
from tests.outbound.desk import Saying, desk_at
from tests.outbound.rows import add_people, batch_to_all
from tests.support.clock import TestClock

PEOPLE = range(1, 401)


async def test_the_report_is_what_the_server_saw(database: Database, sandbox: Sandbox, clock: TestClock) -> None:
    chance = random.Random(4)
    blocked, lost, slow, never = (set(chance.sample(PEOPLE, 8)) for _ in range(4))
    for number in PEOPLE:
        user = User(number, f"person {number}", "", "id")
        sandbox.world.users[number] = user
        sandbox.world.chats[number] = Chat(number, "private", user=user, started=number not in never)
    for number in blocked:
        sandbox.faults.refuse(403, "Forbidden: bot was blocked by the user", times=9, chat_id=number)
    for number in lost:
        sandbox.faults.lose_answer(chat_id=number)
    for number in slow:
        sandbox.faults.refuse(500, "Internal Server Error", chat_id=number)
    for number in chance.sample(PEOPLE, 5):
        sandbox.faults.refuse(429, "Too Many Requests: retry after 3", retry_after=3, chat_id=number)
    await add_people(database, PEOPLE)
    batch = await batch_to_all(database)
    reports = LedgerReports(database)
    async with desk_at(sandbox, database, clock, renderers={"announcement": Saying()}) as desk:
        while (await reports.counts([batch])).open:
            await desk.worker.drain()
            desk.timer.advance(5)
            clock.move(timedelta(seconds=5))
        await desk.worker.drain()
    arrived = Counter(int(str(call.params["chat_id"])) for call in sandbox.calls.of("sendMessage", ok=True))
    fates = {fate.person_id: fate async for fate in reports.fates([batch])}
    assert set(fates) == set(PEOPLE)
    assert {number for number, fate in fates.items() if fate.state == "sent"} == set(arrived)
    assert {number for number, fate in fates.items() if fate.state == "blocked"} >= blocked
    assert {number for number in arrived if arrived[number] > 1} == lost - blocked - never
    assert {number for number, fate in fates.items() if fate.maybe_twice} == lost - blocked - never
    finished = await reports.batch(batch)
    assert finished is not None
    assert finished.state == "finished"
