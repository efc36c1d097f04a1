"""Webhook mode: only Telegram is listened to, and what it brings is stored before it hears "thank you"."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import aiohttp

from bot.app import running
from bot.config import Settings
from bot.inbox.webhook import SECRET_HEADER, derived_secret
from bot.sandbox import Person, Sandbox
from knowledge import Knowledge
from tests.bot.small_bot import say, small_router
from tests.support.waiting import eventually


async def test_the_webhook_takes_what_is_telegrams_and_nothing_else(
    connected: Settings, sandbox: Sandbox, ani: Person, knowledge: Knowledge, unused_port: int
) -> None:
    url = f"http://127.0.0.1:{unused_port}/hook"
    settings = replace(connected, webhook_url=url, port=unused_port)
    stop = asyncio.Event()
    async with running(settings, knowledge=knowledge, router=small_router()) as app:
        serving = asyncio.create_task(app.serve_webhook(stop))
        await eventually(lambda: bool(sandbox.calls.of("setWebhook")))
        await ani.start()
        assert await say(app, sandbox, ani, "/count") == "1"
        secret = {SECRET_HEADER: derived_secret(sandbox.token)}
        async with aiohttp.ClientSession() as client:
            for body, headers, status in (
                (b"{}", {}, 401),
                (b"{}", {SECRET_HEADER: "wrong"}, 401),
                (b"{}", {SECRET_HEADER: "fälsch"}, 401),
                (b"not json", secret, 400),
                (b"[]", secret, 400),
                (b'{"update_id": "x"}', secret, 400),
                (b'{"update_id": 1}', secret, 200),
            ):
                async with client.post(url, data=body, headers=headers) as response:
                    assert response.status == status, body
            async with client.get(f"http://127.0.0.1:{unused_port}/health") as response:
                assert response.status == 200
        stop.set()
        await serving
