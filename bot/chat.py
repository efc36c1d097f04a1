"""The bot on a laptop: the real bot and a Telegram for this machine in one process, without token and network."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TextIO
from zlib import crc32

from bot.app import App, running
from bot.clock import Clock, SystemClock
from bot.config import Settings
from bot.sandbox import Person, Sandbox
from bot.sandbox.terminal import chat
from bot.sandbox.updates import Updates
from bot.secret import Secret
from bot.sending import Sending, sending

FIRST_PERSON = 1_000_000


class Home(Sandbox):
    """A sandbox that is begun anew while the bot's database goes on: numbers must not mean something else this time."""

    def begin_anew(self, moment: datetime) -> None:
        """Count updates and messages from the milliseconds of `moment`: higher than any number of an earlier time."""
        first = int(moment.timestamp() * 1000)
        self.world.updates = Updates(self.world.clock, self.world.bell, first_id=first)
        self.world.number("message", first % 1_000_000_000)

    def present(self) -> frozenset[int]:
        """Chats that the bot may write to: of people who have said something, and groups."""
        return frozenset(number for number, chat in self.world.chats.items() if chat.started)

    def person(
        self,
        name: str,
        *,
        language: str = "id",
        username: str = "",
        id: int | None = None,  # noqa: A002 - the sandbox's own name
    ) -> Person:
        """The person of this name: the same one every time, whoever else is there."""
        return super().person(name, language=language, username=username, id=id or person_id(name))


def person_id(name: str) -> int:
    """The Telegram id of somebody on this laptop."""
    return FIRST_PERSON + crc32(name.casefold().encode())


async def talk(
    settings: Settings,
    *,
    name: str,
    language: str,
    downloads: Path,
    is_staff: bool = False,
    clock: Clock | None = None,
    stdin: TextIO | None = None,
    stdout: TextIO | None = None,
) -> None:
    """Chat until the input ends: in this terminal, unless other streams are given. `clock` is what the bot goes by.

    Raises:
        ConfigError: the database cannot be used.
    """
    stdin, stdout = stdin or sys.stdin, stdout or sys.stdout
    staff = settings.staff_ids | ({person_id(name)} if is_staff else set())
    async with at_home(replace(settings, staff_ids=frozenset(staff)), clock=clock) as (home, app, worker):
        person = home.person(name, language=language)

        async def settled() -> None:
            await app.inbox.settled()
            await worker.settled()

        await chat(
            home,
            person,
            settled=settled,
            stdin=stdin,
            stdout=stdout,
            downloads=downloads,
            opening="/start" if stdin.isatty() else "",
        )


async def show_page(settings: Settings, stop: asyncio.Event, *, port: int) -> None:
    """Serve the web page of the sandbox until `stop` is set.

    Raises:
        ConfigError: the database cannot be used.
    """
    async with at_home(settings, port=port) as (home, _app, _worker):
        print(f"The bot is at {home.url}/ - Ctrl+C ends it.", flush=True)  # noqa: T201 - said to whoever started it
        await stop.wait()


@asynccontextmanager
async def at_home(
    settings: Settings, *, port: int = 0, clock: Clock | None = None
) -> AsyncIterator[tuple[Home, App, Sending]]:
    """A sandbox, a bot that takes its updates from it, and the worker. Messages to people who are not here wait for
    them in the database."""
    home = Home(port=port)
    home.begin_anew(SystemClock().now())
    await home.resume()
    try:
        connected = replace(settings, bot_token=Secret(home.token), telegram_api_url=home.url)
        async with running(connected, clock=clock) as app, sending(app, present=home.present) as worker, polling(app):
            yield home, app, worker
    finally:
        await home.stop()


@asynccontextmanager
async def polling(app: App) -> AsyncIterator[None]:
    """Take updates by long polling as long as the context lasts."""
    stop = asyncio.Event()
    task = asyncio.create_task(app.poll(stop))
    try:
        yield
    finally:
        stop.set()
        await task
