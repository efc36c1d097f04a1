"""Telegram for a laptop: the town and its server, started and stopped together."""

from __future__ import annotations

from pathlib import Path
from typing import Self, TypedDict, Unpack

from bot.sandbox.api import Api
from bot.sandbox.calls import CallLog
from bot.sandbox.clock import Clock, WallClock
from bot.sandbox.control import Control
from bot.sandbox.page import add_page
from bot.sandbox.server import Server
from bot.sandbox.state import User
from bot.sandbox.town import Town
from bot.sandbox.webhook import WebhookSender
from bot.sandbox.world import World

TOKEN = "4200000001:SANDBOX-TOKEN-OPENS-NOTHING"  # noqa: S105  a token for this machine only


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


class Sandbox(Town):
    """A Bot API server on loopback with people in it.

    Use ``await Sandbox.start()`` and ``await sandbox.stop()``, or ``async with``.
    """

    def __init__(self, port: int = 0, **options: Unpack[Options]) -> None:
        token = options.get("token")
        bot_id = int((token or TOKEN).split(":")[0])
        bot = User(bot_id, options.get("name", "Lintas"), options.get("username", "lintas_bot"), is_bot=True)
        log = CallLog(options.get("record"), options.get("keep_calls"))
        super().__init__(World(options.get("clock") or WallClock(), bot, log, options.get("first_number", 1)))
        self._server = Server(Api(self.world), token, options.get("host", "127.0.0.1"), port)
        self._sender = WebhookSender(self._server.api)
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
