"""Telegram for a laptop: one object that starts the server and knows the people."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Self

from bot.sandbox.api import Api
from bot.sandbox.calls import CallLog
from bot.sandbox.clock import Clock, WallClock
from bot.sandbox.control import Control
from bot.sandbox.faults import Faults
from bot.sandbox.group import Group
from bot.sandbox.page import add_page
from bot.sandbox.people import Person
from bot.sandbox.server import Server
from bot.sandbox.state import Chat, User
from bot.sandbox.webhook import WebhookSender
from bot.sandbox.world import World

TOKEN = "4200000001:SANDBOX-TOKEN-OPENS-NOTHING"  # noqa: S105  a token for this machine only
FIRST_PERSON = 900_000_001
SILENCE = 0.05
"""Seconds without a call after which an unknown bot is taken to have finished."""


class Sandbox:
    """A Bot API server on loopback with people in it.

    Use ``await Sandbox.start()`` and ``await sandbox.stop()``, or ``async with``.
    """

    def __init__(self, world: World, server: Server) -> None:
        self.world = world
        self._server = server
        self._sender = WebhookSender(server.api)
        self._people: dict[str, Person] = {}
        Control(self).add_to(server.app)
        add_page(server.app)

    @classmethod
    async def start(
        cls,
        port: int = 0,
        *,
        host: str = "127.0.0.1",
        token: str | None = None,
        username: str = "lintas_bot",
        name: str = "Lintas",
        clock: Clock | None = None,
        record: Path | None = None,
        keep_calls: int | None = None,
    ) -> Self:
        """A sandbox that listens. ``port`` 0 takes a free one.

        Without ``token`` every well-formed token is let in. ``record`` is a file that gets
        every accepted call as a JSON line; in memory the last ``keep_calls`` are kept, or all.
        Raises OSError if the port is taken.
        """
        bot = User(int((token or TOKEN).split(":")[0]), name, username, is_bot=True)
        world = World(clock or WallClock(), bot, CallLog(record, keep_calls))
        sandbox = cls(world, Server(Api(world), token, host, port))
        await sandbox.resume()
        return sandbox

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def resume(self) -> None:
        """Listen again on the same port, everything as it was."""
        await self._server.start()
        self._sender = WebhookSender(self._server.api)
        self._sender.start()

    async def stop(self) -> None:
        """Go away; what people and the bot did is kept."""
        await self._sender.stop()
        await self._server.stop()

    @property
    def token(self) -> str:
        """A token that is let in."""
        return self._server.token or TOKEN

    @property
    def url(self) -> str:
        """The base for TELEGRAM_API_URL."""
        return self._server.url

    @property
    def port(self) -> int:
        return self._server.port

    @property
    def calls(self) -> CallLog:
        """All calls of the bot but getUpdates."""
        return self.world.calls

    @property
    def faults(self) -> Faults:
        return self.world.faults

    @property
    def people(self) -> list[Person]:
        return list(self._people.values())

    def person(
        self,
        name: str,
        *,
        language: str = "id",
        username: str = "",
        id: int | None = None,  # noqa: A002
    ) -> Person:
        """The person of this name, made if there is none yet."""
        if name in self._people:
            return self._people[name]
        number = id or self.world.number("person", FIRST_PERSON)
        user = User(number, name, username, language)
        chat = Chat(number, "private", user=user)
        self.world.users[number] = user
        self.world.chats[number] = chat
        self._people[name] = Person(self.world, user, chat)
        return self._people[name]

    def group(self, title: str, members: Sequence[Person]) -> Group:
        """A new group of these people, the first one its owner, with the bot in it."""
        number = -self.world.number("group", 5_000_000_001)
        status = {p.id: "creator" if p is members[0] else "member" for p in members}
        chat = Chat(number, "group", title, members=status, started=True, bot_status="left")
        self.world.chats[number] = chat
        members[0].add_bot(chat)
        return Group(self.world, chat)

    async def confirmed(self) -> None:
        """Until the bot has confirmed or accepted every update."""
        await self.world.bell.until(lambda: not len(self.world.updates))

    async def quiet(
        self,
        settled: Callable[[], Awaitable[object]] | None = None,
        *,
        seconds: float = 30.0,
        silence: float = SILENCE,
    ) -> None:
        """Until the bot has nothing left to do; TimeoutError after ``seconds``.

        ``settled`` is the bot's own word for it (every update handled) and makes this exact.
        Without it ``silence`` seconds in which the bot does nothing are taken for its end.
        """
        async with asyncio.timeout(seconds):
            while True:
                await self.confirmed()
                if settled is not None:
                    await settled()
                    if not len(self.world.updates):
                        return
                elif await self._silent(silence):
                    return

    async def _silent(self, seconds: float) -> bool:
        """Whether the bot calls nothing for so long."""
        before = self.calls.total
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self.world.bell.until(lambda: self.calls.total > before)
        return self.calls.total == before
