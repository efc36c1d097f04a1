"""Telegram for a laptop: one object that starts the server and knows the people."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Self, TypedDict, Unpack
from zlib import crc32

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
FIRST_PERSON = 1_000_000
SILENCE = 0.05
"""Seconds without a call after which an unknown bot is taken to have finished."""


class Options(TypedDict, total=False):
    """How a sandbox may differ from the usual.

    Without ``token`` every well-formed token is let in. ``record`` is a file that gets every
    accepted call as a JSON line; in memory the last ``keep_calls`` are kept, or all. Update and
    message ids begin at ``first_number``: give a later one each time, for instance the time in
    seconds, when the bot's database outlives the sandbox.
    """

    host: str
    token: str | None
    username: str
    name: str
    clock: Clock | None
    record: Path | None
    keep_calls: int | None
    first_number: int


def person_id(name: str) -> int:
    """The Telegram id of the person of this name."""
    return FIRST_PERSON + crc32(name.casefold().encode())


class Sandbox:
    """A Bot API server on loopback with people in it.

    Use ``await Sandbox.start()`` and ``await sandbox.stop()``, or ``async with``.
    """

    def __init__(self, port: int = 0, **options: Unpack[Options]) -> None:
        token = options.get("token")
        bot_id = int((token or TOKEN).split(":")[0])
        bot = User(bot_id, options.get("name", "Lintas"), options.get("username", "lintas_bot"), is_bot=True)
        log = CallLog(options.get("record"), options.get("keep_calls"))
        self.world = World(options.get("clock") or WallClock(), bot, log, options.get("first_number", 1))
        self._server = Server(Api(self.world), token, options.get("host", "127.0.0.1"), port)
        self._sender = WebhookSender(self._server.api)
        self._people: dict[str, Person] = {}
        Control(self).add_to(self._server.app)
        add_page(self._server.app)

    @classmethod
    async def start(cls, port: int = 0, **options: Unpack[Options]) -> Self:
        """A sandbox that listens; ``port`` 0 takes a free one. Raises OSError if the port is taken."""
        sandbox = cls(port, **options)
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
        id: int | None = None,  # noqa: A002  the word of the Bot API
    ) -> Person:
        """The person of this name, in any case of letters; made if there is none yet.

        The id follows from the name, so that the same person comes back after a restart.
        """
        if name.casefold() in self._people:
            return self._people[name.casefold()]
        number = id or person_id(name)
        user = User(number, name, username, language)
        chat = Chat(number, "private", user=user)
        self.world.users[number] = user
        self.world.chats[number] = chat
        return self._people.setdefault(name.casefold(), Person(self.world, user, chat))

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
