"""Two members of staff announce to everybody while people block the bot, answers get lost and Telegram says 429: what
the chat reports, row by row, is what the server itself has recorded.

`make faults` does it with 5,000 applicants, `make test` with 150; ANNOUNCED_PEOPLE says how many, FAULT_SEED repeats a
run.
"""

from __future__ import annotations

import csv
import os
import random
from collections import Counter
from datetime import datetime
from io import StringIO

import pytest
from sqlalchemy import insert, select

from bot.db.engine import Database
from bot.db.ledger import BATCHES
from bot.db.models import PersonRow, StaffRow
from bot.sandbox import ManualClock, Sandbox
from bot.sandbox.state import Chat, User
from handlers.announcements.callbacks import Confirm
from handlers.announcements.sent_callbacks import OpenAnnouncement, Papers, Run
from knowledge import Knowledge, load
from tests.bot.conftest import Databases, databases, dialect
from tests.handlers.announcing import drafted
from tests.handlers.pressing import press
from tests.handlers.sending_out import Dispatch, dispatch_at
from tests.support.bot import bot_at_work, settings_for
from tests.support.chat import ChatClient
from tests.support.clock import TestClock

__all__ = ["databases", "dialect"]

pytestmark = pytest.mark.faults

PEOPLE = int(os.environ.get("ANNOUNCED_PEOPLE", "150"))
SEED = int(os.environ.get("FAULT_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
STAFF = 2


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


async def test_the_report_is_the_servers_own_record(databases: Databases, dialect: str, knowledge: Knowledge) -> None:
    chance, clock = random.Random(SEED), TestClock()
    async with await Sandbox.start(clock=ManualClock()) as sandbox:
        settings = settings_for(sandbox, await databases.migrated(dialect))
        async with bot_at_work(settings, clock, knowledge) as app, dispatch_at(settings, sandbox, clock) as dispatch:
            staff = [
                ChatClient(sandbox, sandbox.person(name, language="en"), app.inbox.settled) for name in ("Dewi", "Rudi")
            ]
            await hire(dispatch.database, staff, clock.now())
            crowd = range(10**9, 10**9 + PEOPLE)
            await settle(dispatch.database, sandbox, crowd, clock.now())
            blocked = trouble(sandbox, chance, crowd)
            [dewi, rudi] = staff
            texts = {dewi: "From Dewi", rudi: "From Rudi"}
            for one in staff:
                await one.start()
            for one, text in texts.items():
                await announce(one, text)
            await dispatch.start()
            await dispatch.show()
            await at_the_same_time(dewi, rudi, dispatch)
            await sent_to_the_end(dispatch)
            for one, text in texts.items():
                arrived = Counter(
                    int(str(call.params["chat_id"]))
                    for call in sandbox.calls.of("sendMessage", ok=True)
                    if call.params.get("text") == text
                )
                people = {*crowd, *(member.person.id for member in staff)}
                problems = await compared(one, arrived, people=people, blocked=blocked)
                assert not problems, f"FAULT_SEED={SEED} {problems[:5]}"


async def hire(database: Database, staff: list[ChatClient], now: datetime) -> None:
    rows = [
        {"person_id": one.person.id, "role": "announcer", "name": one.person.user.first_name, "granted_at": now}
        for one in staff
    ]
    async with database.transaction() as connection:
        await connection.execute(insert(StaffRow), rows)


async def settle(database: Database, sandbox: Sandbox, crowd: range, now: datetime) -> None:
    """Applicants who have written once."""
    alike = {"language": "id", "language_chosen": False, "timezone": "Asia/Jakarta", "answers": {}, "goal": "all"}
    rows = [
        {**alike, "id": number, "conversation": {}, "preferences": {}, "applied_seq": 0, "reachable": True}
        | {"created_at": now, "seen_at": now}
        for number in crowd
    ]
    async with database.transaction() as connection:
        await connection.execute(insert(PersonRow), rows)
    for number in crowd:
        user = User(number, f"person {number}", "", "id")
        sandbox.world.users[number] = user
        sandbox.world.chats[number] = Chat(number, "private", user=user, started=True)


def trouble(sandbox: Sandbox, chance: random.Random, crowd: range) -> set[int]:
    """One in a hundred has blocked the bot, one in a hundred answers is lost, and a few times it is too much for
    Telegram. Returns who has blocked."""
    few = max(2, len(crowd) // 100)
    blocked = set(chance.sample(crowd, few))
    for number in blocked:
        sandbox.faults.refuse(403, "Forbidden: bot was blocked by the user", times=9, chat_id=number)
    for number in chance.sample(crowd, few):
        sandbox.faults.lose_answer(method="sendMessage", chat_id=number)
    for number in chance.sample(crowd, max(2, few // 4)):
        sandbox.faults.refuse(429, "Too Many Requests: retry after 3", retry_after=3, chat_id=number)
    return blocked


async def announce(chat: ChatClient, text: str) -> None:
    await drafted(chat, text)
    await press(chat, Confirm)
    await chat.say(str(PEOPLE + STAFF))
    assert "It starts now" in chat.screen.text


async def at_the_same_time(dewi: ChatClient, rudi: ChatClient, dispatch: Dispatch) -> None:
    """Rudi pauses what Dewi wrote, his own goes out meanwhile, and it goes on."""
    await dewi.say("/announcements")
    await rudi.say("/announcements")
    own = {
        OpenAnnouncement.unpack(one.data).code
        for one in rudi.person.buttons
        if one.data.startswith("Y5:") and "2" in one.text
    }
    await press(rudi, OpenAnnouncement, code=own.pop())
    await press(rudi, Run, do="pause")
    await dispatch.send()
    await press(rudi, Run, do="resume")


async def sent_to_the_end(dispatch: Dispatch) -> None:
    alive = select(BATCHES.c.id).where(BATCHES.c.state.in_(("running", "paused")))
    for _ in range(1000):
        await dispatch.send()
        dispatch.pass_time(5)
        async with dispatch.database.connect() as connection:
            if (await connection.execute(alive)).first() is None:
                break
    await dispatch.show()


async def compared(chat: ChatClient, arrived: Counter[int], *, people: set[int], blocked: set[int]) -> list[str]:
    """Where the file that the chat gives differs from what the server has seen of this person's announcement."""
    await chat.say("/announcements")
    found: list[str] = []
    for button in [one for one in chat.person.buttons if one.data.startswith("Y5:")]:
        await chat.say("/announcements")
        await press(chat, OpenAnnouncement, code=OpenAnnouncement.unpack(button.data).code)
        if f"From {chat.person.user.first_name}" in chat.screen.text:
            report = chat.screen.text
            await press(chat, Papers, what="csv")
            assert chat.screen.attachment is not None
            lines = list(csv.DictReader(StringIO(chat.screen.attachment.data.decode("utf-8-sig"))))
            found += differing(lines, arrived, people=people, blocked=blocked)
            if f"Sent: {len(arrived):,}" not in report:
                found.append(report)
            return found
    return ["the announcement is not in the list"]


def differing(lines: list[dict[str, str]], arrived: Counter[int], *, people: set[int], blocked: set[int]) -> list[str]:
    fates = {int(line["Telegram id"]): line for line in lines}
    found = [] if len(fates) == len(lines) and set(fates) == people else ["not a row for everybody"]
    for number, line in fates.items():
        wanted = "not reachable" if number in blocked else "arrived"
        times, twice = arrived[number], line["Maybe twice"] == "yes"
        if line["State"] != wanted or bool(times) is not (wanted == "arrived") or (times > 1 and not twice):
            found.append(f"{number}: {line['State']}, arrived {times} times, maybe twice: {twice}")
    return found
