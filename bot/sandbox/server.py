"""The Bot API over HTTP: routes, token, files, and the answers with Telegram's status codes."""

from __future__ import annotations

import asyncio
import re

from aiohttp import web

from bot.sandbox.api import Answer, Api
from bot.sandbox.errors import RefusalError, not_found, too_large, unauthorized
from bot.sandbox.files import LARGEST_UPLOAD
from bot.sandbox.reading import read_call

TOKEN = re.compile(r"[0-9]{1,16}:[A-Za-z0-9_-]{1,80}")
ROOM_FOR_FORM = 1024 * 1024
GOODBYE = 0.2
"""Seconds that open requests get when the server goes away."""


class Server:
    """One HTTP server on loopback; after a stop it comes back on the same port."""

    def __init__(self, api: Api, token: str | None, host: str, port: int) -> None:
        self.api = api
        self.token = token
        self.host = host
        self.port = port
        self.app = web.Application(client_max_size=LARGEST_UPLOAD + ROOM_FOR_FORM)
        self.app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        self.app.router.add_route("*", "/bot{token}/{method}", self._method)
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    async def start(self) -> None:
        """Listen. Raises OSError if the port is taken."""
        self.api.polling.closing = False
        self._runner = web.AppRunner(self.app, access_log=None, handler_cancellation=True, shutdown_timeout=GOODBYE)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self.host, self.port, reuse_address=True)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        self.api.polling.closing = True
        self.api.world.bell.ring()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def _admit(self, request: web.Request) -> None:
        """Let a bot with its token in. Raises RefusalError 404 for nonsense, 401 for a wrong one."""
        token = request.match_info["token"]
        if not TOKEN.fullmatch(token):
            raise not_found()
        if self.token is not None and token != self.token:
            raise unauthorized()
        self.api.world.bot.id = int(token.split(":")[0])

    async def _method(self, request: web.Request) -> web.StreamResponse:
        self.api.busy += 1
        try:
            self._admit(request)
            call = await read_call(request, request.match_info["method"])
            answer = await self.api.execute(call)
        except RefusalError as refusal:
            answer = Answer(refusal.code, refusal.as_json())
        except web.HTTPRequestEntityTooLarge:
            answer = Answer(413, too_large().as_json())
        finally:
            self.api.busy -= 1
        if answer.delay:
            await self.api.world.clock.sleep(answer.delay)
        if answer.lost:
            return await _hang_up(request)
        return web.json_response(answer.body, status=answer.status)

    async def _download(self, request: web.Request) -> web.StreamResponse:
        try:
            self._admit(request)
            stored = self.api.world.files.by_path(request.match_info["path"])
            if stored is None:
                raise not_found()
        except RefusalError as refusal:
            return web.json_response(refusal.as_json(), status=refusal.code)
        return web.Response(body=stored.data, content_type="application/octet-stream")


async def _hang_up(request: web.Request) -> web.StreamResponse:
    """Cut the connection as a failing network does."""
    if request.transport is not None:
        request.transport.abort()
    await asyncio.sleep(0)
    return web.Response(status=500)
