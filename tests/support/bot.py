"""The real bot in this process, taking updates from a sandbox."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiogram import Router

from bot.app import App, running
from bot.chat import polling
from bot.config import Settings
from bot.db.url import DatabaseUrl
from bot.sandbox import Sandbox
from bot.secret import Secret
from knowledge import Knowledge
from tests.support.clock import TestClock


def settings_for(sandbox: Sandbox, database: DatabaseUrl) -> Settings:
    """Settings that lead to the sandbox and to a migrated database."""
    return Settings(database=database, bot_token=Secret(sandbox.token), telegram_api_url=sandbox.url)


@asynccontextmanager
async def bot_at_work(
    settings: Settings, clock: TestClock, knowledge: Knowledge, *, router: Router | None = None
) -> AsyncIterator[App]:
    """The bot, taking updates; leave the context and enter it again for a restart."""
    async with running(settings, knowledge=knowledge, clock=clock, router=router) as app, polling(app):
        yield app
