"""Webhook: Telegram calls us. Check that it is Telegram, store the update, answer 200; it is handled afterwards.

Any number of such processes may share one PostgreSQL database.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import logging
from datetime import timedelta
from urllib.parse import urlsplit

from aiohttp import web

from bot.clock import Clock
from bot.db.engine import DATABASE_TROUBLE
from bot.db.inbox import InboxRepository
from bot.inbox.inbox import Inbox
from bot.inbox.raw import arrival

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
LARGEST_UPDATE = 2**20
"""Bytes; Telegram's updates are some kilobytes."""
REPEATED_FOR = timedelta(hours=25)
"""Telegram keeps an update for a day, and may bring it again as long as it has not seen our 200."""
TIDY_EVERY = 10.0
"""Seconds."""


def derived_secret(token: str) -> str:
    """The secret when none was set: every process with the same token has the same, and nobody else knows it."""
    return hmac.new(token.encode(), b"lintas webhook", hashlib.sha256).hexdigest()


def webhook_app(inbox: Inbox, clock: Clock, *, url: str, secret: str) -> web.Application:
    """The web application: the path of `url` takes updates, /health says that we live."""
    app = web.Application(client_max_size=LARGEST_UPDATE)
    expected = secret.encode()

    async def take(request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, expected):
            return web.Response(status=401)
        try:
            one = arrival(json.loads(await request.read()), clock.now())
        except (ValueError, KeyError, TypeError):
            return web.Response(status=400)
        try:
            await inbox.accept([one])
        except DATABASE_TROUBLE as error:
            log.error("an update could not be stored, Telegram will bring it again: %s", error)
            return web.Response(status=503)
        return web.Response()

    async def health(_request: web.Request) -> web.Response:
        return web.Response(text="ok")

    app.router.add_post(urlsplit(url).path or "/", take)
    app.router.add_get("/health", health)
    return app


async def keep_tidy(store: InboxRepository, clock: Clock) -> None:
    """For ever: remove the content of what is finished soon, and its number when Telegram cannot repeat it any more."""
    while True:
        await asyncio.sleep(TIDY_EVERY)
        try:
            await store.empty_finished()
            await store.forget_before(clock.now() - REPEATED_FOR)
        except DATABASE_TROUBLE as error:
            log.warning("cannot tidy the inbox: %s", error)
