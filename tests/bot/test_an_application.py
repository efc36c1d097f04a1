"""An application from empty to fully accepted: an applicant and a member of staff in the chat, the worker between them,
with one return and one waiver; on both databases."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from bot.app import App
from bot.config import Settings
from bot.db.ledger import DELIVERIES
from bot.sandbox import Sandbox
from bot.sending import Sending, sending
from handlers.applications.callbacks import Checklist, ItemCard, Keep, Mark
from handlers.callbacks import Answer
from handlers.review.callbacks import Decide, NextItem, OpenFiles, Pipeline
from handlers.uploads.callbacks import HandIn, NotThere, Upload
from knowledge import Knowledge
from tests.handlers.pressing import buttons, press, the_button
from tests.support.bot import bot_at_work
from tests.support.chat import ChatClient
from tests.support.clock import TestClock
from tests.support.waiting import eventually

STAFF = "type_staff_outbound_national"
MINUTE = timedelta(seconds=61)


@dataclass(frozen=True)
class Day:
    """The two people, and the time between them."""

    app: App
    worker: Sending
    clock: TestClock
    rina: ChatClient
    boss: ChatClient

    async def pass_time(self) -> None:
        """Until what was decided is told."""
        self.clock.move(MINUTE)
        await eventually(self.all_is_sent)
        await self.rina.quiet()

    async def all_is_sent(self) -> bool:
        """Whether nothing that is due waits. After a leap of the clock the worker has to become the one that sends
        anew, so it is asked more than once."""
        await self.worker.settled()
        waiting = DELIVERIES.c.state.in_(("queued", "sending")) & (DELIVERIES.c.due <= self.clock.now())
        async with self.app.database.connect() as connection:
            return await connection.scalar(select(func.count()).select_from(DELIVERIES).where(waiting)) == 0

    async def statuses(self) -> list[str]:
        async with self.app.database.connect() as connection:
            return list(await connection.scalars(text("SELECT status FROM checklist_items ORDER BY status")))


@pytest.fixture
async def day(connected: Settings, sandbox: Sandbox, clock: TestClock, knowledge: Knowledge) -> AsyncIterator[Day]:
    rina, boss = sandbox.person("Rina", language="en"), sandbox.person("Bu Tri", language="id")
    settings = replace(connected, staff_ids=frozenset({boss.id}))
    async with bot_at_work(settings, clock, knowledge) as app, sending(app) as worker:
        people = (ChatClient(sandbox, person, app.inbox.settled) for person in (rina, boss))
        yield Day(app, worker, clock, *people)


def paper(name: str) -> bytes:
    return b"%PDF-1.4\n%" + name.encode() + b"\n%%EOF\n"


async def handed_in(rina: ChatClient, upload: Upload, name: str) -> None:
    """Send a file for an item and say that it is complete."""
    await rina.tap(upload.pack(), rina.screen.message_id)
    await rina.upload(name, paper(name))
    await press(rina, HandIn)


async def kept(rina: ChatClient) -> str:
    """Rina, a lecturer, keeps an application and opens its checklist; its code."""
    await rina.start(STAFF)
    await rina.tap(Answer.of("role", "lecturer").pack(), rina.screen.message_id)
    await rina.say("/status")
    await press(rina, Keep)
    return Checklist.unpack((await press(rina, Checklist)).data).code


async def everything_handed_in(rina: ChatClient) -> tuple[str, list[str]]:
    """Keep an application and hand in all it asks for; its code, and the keys in the order of handing in."""
    code = await kept(rina)
    keys = [ItemCard.unpack(one.data).key for one in buttons(rina, ItemCard)]
    papers = [key for key in keys if key.startswith("d:")]
    for key in papers[:-1]:
        await handed_in(rina, Upload(code=code, key=key), f"{key[2:]}.pdf")
    await rina.tap(NotThere(code=code, key=papers[-1]).pack(), rina.screen.message_id)
    await rina.say("My unit issues it only in March")
    others = [key for key in keys if key not in papers]
    for key in others:
        await rina.tap(Mark(code=code, key=key, status="s").pack(), rina.screen.message_id)
    return code, [*papers, *others]


async def test_from_empty_to_fully_accepted(day: Day) -> None:
    rina, boss = day.rina, day.boss
    code, keys = await everything_handed_in(rina)
    before = list(rina.said)
    last_paper = [key.startswith("d:") for key in keys].index(False) - 1

    await boss.say("/review")
    await press(boss, NextItem)
    await press(boss, OpenFiles)
    assert any(one.attachment for one in boss.messages)
    await press(boss, Decide, decision="r")
    await press(boss, Decide, decision="r", reason="incomplete")
    for at in range(1, len(keys)):
        if at == last_paper:
            assert "My unit issues it only in March" in boss.screen.text
            await press(boss, Decide, decision="w")
            await press(boss, Decide, decision="w", reason="not_needed")
        else:
            await press(boss, Decide, decision="a")
    assert not buttons(boss, NextItem)
    accepted = len(keys) - 2
    assert await day.statuses() == sorted([*["accepted"] * accepted, "returned", "waived"])

    assert rina.said == before, "nothing is told before the minute is over"
    await day.pass_time()
    (news,) = rina.said[len(before) :]
    for part in (f"{len(keys)} items", "something is missing", "it is not needed in your case", "Accepted"):
        assert part in news

    again = Upload.unpack(the_button(rina, Upload, code=code).data)
    assert again.key == keys[0]
    await handed_in(rina, again, "complete.pdf")
    await boss.say("/review")
    await press(boss, NextItem)
    assert "1 berkas" in boss.screen.text
    assert "complete.pdf" in boss.screen.text
    await press(boss, Decide, decision="a")
    await day.pass_time()
    assert "Accepted" in rina.said[-1]
    assert await day.statuses() == sorted([*["accepted"] * (accepted + 1), "waived"])

    await rina.say("/status")
    assert "All done" in rina.screen.text
    await boss.say("/pipeline")
    await press(boss, Pipeline, mobility="staff_outbound_national")
    assert the_button(boss, Pipeline, bucket="complete").text.endswith(": 1")


async def test_what_is_undone_is_never_told(day: Day) -> None:
    rina, boss = day.rina, day.boss
    code = await kept(rina)
    key = ItemCard.unpack(buttons(rina, ItemCard)[0].data).key
    await handed_in(rina, Upload(code=code, key=key), "cv.pdf")
    await boss.say("/review")
    await press(boss, NextItem)
    await press(boss, Decide, decision="a")
    day.clock.move(timedelta(seconds=30))
    await boss.press(boss.person.buttons[0])
    before = list(rina.said)
    for _ in range(3):
        await day.pass_time()
    assert rina.said == before
    assert await day.statuses() == ["submitted"]
