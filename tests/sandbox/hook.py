"""A webhook that remembers what came and answers as it is told."""

from __future__ import annotations

import asyncio
from typing import Any, Self

from aiohttp import web


class Hook:
    """Listens on a free port. ``statuses`` are the next answers; then 200."""

    def __init__(self) -> None:
        self.updates: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.statuses: list[int] = []
        self.reply: dict[str, Any] = {}
        self.headers: dict[str, str] = {}
        self.came = asyncio.Event()
        self.open = asyncio.Event()
        self.open.set()
        app = web.Application()
        app.router.add_post("/hook", self._take)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/hook"
        return self

    async def __aexit__(self, *_: object) -> None:
        self.open.set()
        await self._runner.cleanup()

    async def _take(self, request: web.Request) -> web.Response:
        self.updates.append(await request.json())
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.came.set()
        await self.open.wait()
        status = self.statuses.pop(0) if self.statuses else 200
        return web.json_response(self.reply, status=status, headers=self.headers)

    async def next(self) -> dict[str, Any]:
        """The next update that comes."""
        self.came.clear()
        async with asyncio.timeout(5):
            await self.came.wait()
        return self.updates[-1]

    @property
    def texts(self) -> list[str]:
        return [update.get("message", {}).get("text", "") for update in self.updates]
