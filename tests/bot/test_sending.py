"""The worker in the process of the bot, and as a process of its own."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiogram import Router
from aiogram.types import Message

from bot.app import running
from bot.chat import at_home, polling
from bot.clock import SystemClock
from bot.config import Settings
from bot.db.engine import Database, open_database
from bot.db.url import DatabaseUrl, sqlite_url
from bot.sandbox import Person, Sandbox
from bot.sending import Sending, sending
from bot.services.outbox import Outbox, Outgoing
from bot.services.visit import Visit
from handlers.outgoing import outgoing
from handlers.screens.screen import screen
from knowledge import Knowledge
from tests.outbound.rows import message, put, states
from tests.support.clock import TestClock
from tests.support.source import ROOT
from tests.support.waiting import eventually


def telling(reader: Person) -> Router:
    """Whatever anybody says, the reader is told; `twice` is told twice, `never mind` is withdrawn."""
    router = Router()

    @router.message()
    async def tell(said: Message, visit: Visit, outbox: Outbox) -> None:
        text = said.text or ""
        method, parameters = outgoing(screen(f"<b>{text}</b>"))
        key = f"told {text}"
        one = Outgoing(key, reader.id, "answer", method, parameters)
        for _ in range(2 if text == "twice" else 1):
            outbox.put(visit, one)
        if text == "never mind":
            outbox.withdraw(visit, key)

    return router


@asynccontextmanager
async def office(settings: Settings, knowledge: Knowledge, reader: Person) -> AsyncIterator[tuple[Database, Sending]]:
    async with (
        running(settings, knowledge=knowledge, router=telling(reader)) as app,
        sending(app) as worker,
        polling(app),
    ):
        yield app.database, worker


async def test_what_a_handler_puts_into_the_outbox_reaches_the_other_person(
    connected: Settings, knowledge: Knowledge, sandbox: Sandbox, ani: Person
) -> None:
    budi = sandbox.person("Budi")
    await budi.start()
    async with office(connected, knowledge, budi) as (database, worker):
        for text in ("hello", "twice", "twice", "never mind"):
            await ani.say(text)
        await eventually(lambda: len([one for one in budi.messages if one.from_bot]) == 3)
        await worker.settled()
        found = await states(database)
    assert sorted(one.text for one in budi.messages if one.from_bot) == ["/start", "hello", "twice"]
    assert found["told hello"] == found["told twice"] == "sent"
    assert found.get("told never mind", "dropped") == "dropped"


@pytest.mark.parametrize("one", [message(1, "k" * 121), message(1, kind="spam")])
def test_a_message_that_the_ledger_cannot_hold_is_a_mistake_at_once(one: Outgoing) -> None:
    with pytest.raises(ValueError, match=r"k{121}|spam"):
        Outbox().put(None, one)  # type: ignore[arg-type]


async def test_on_a_laptop_a_message_waits_for_somebody_who_is_not_there(tmp_path: Path) -> None:
    settings = Settings(database=sqlite_url(tmp_path / "chat.sqlite3"))
    clock = TestClock()
    async with at_home(settings, clock=clock) as (home, app, worker):
        budi = home.person("Budi")
        await put(app.database, message(budi.id), now=clock.now())
        worker.wake()
        await worker.settled()
        assert list((await states(app.database)).values()) == ["queued"]
    async with at_home(settings, clock=clock) as (home, app, worker):
        budi = home.person("Budi")
        await budi.start()
        await app.inbox.settled()
        worker.wake()
        await worker.settled()
        assert "Hi" in [one.text for one in budi.messages]
        assert list((await states(app.database)).values()) == ["sent"]


async def test_the_worker_as_a_process_of_its_own(connected: Settings, sandbox: Sandbox, ani: Person) -> None:
    """It sends, ends well when it is asked to, and never loads the bot's library."""
    await ani.start()
    database = open_database(connected.database)
    await put(database, message(ani.id), now=SystemClock().now())
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-X", "importtime", "-m", "bot", "worker"),
        cwd=ROOT,
        env={
            "BOT_TOKEN": sandbox.token,
            "TELEGRAM_API_URL": sandbox.url,
            "DATABASE_URL": address(connected.database),
        },
        stderr=asyncio.subprocess.PIPE,
    )

    async def is_sent() -> bool:
        return list((await states(database)).values()) == ["sent"]

    told = asyncio.create_task(process.communicate())
    try:
        await eventually(is_sent, seconds=60)
    finally:
        process.send_signal(signal.SIGTERM)
        _, errors = await told
        await database.close()
    assert process.returncode == 0
    assert ani.screen.text == "Hi"
    imported = {line.rpartition("|")[2].strip() for line in errors.decode().splitlines()}
    assert "telegram" in imported
    assert not {"aiogram", "handlers"} & imported


def address(url: DatabaseUrl) -> str:
    return url.shown if url.dialect == "sqlite" else url.url
