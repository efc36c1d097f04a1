"""The composition root: from settings to a bot that runs. Everything is made here, once, and handed down by name."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import AsyncIterator, Coroutine
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from aiogram import Bot, Dispatcher, Router
from aiogram.client.default import DefaultBotProperties
from aiogram.enums import ParseMode
from aiogram.exceptions import TelegramAPIError
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteMessage,
    EditMessageReplyMarkup,
    EditMessageText,
    Response,
    SendDocument,
    SendMessage,
)

from bot.assembly import assemble
from bot.clock import Clock, SystemClock
from bot.config import Settings
from bot.connection import greet, session_of
from bot.db.engine import DATABASE_TROUBLE, Database, open_database
from bot.db.inbox import InboxRepository
from bot.db.people import PeopleRepository
from bot.db.schema import require_head
from bot.db.staff import StaffRepository
from bot.db.url import unreachable
from bot.errors import ConfigError
from bot.handling import UpdateHandler
from bot.i18n import Translators
from bot.inbox.claims import claims_for
from bot.inbox.inbox import Inbox
from bot.inbox.polling import Poller
from bot.inbox.telegram import RawApi
from bot.profile import present
from bot.services.outbox import Outbox
from bot.services.questions.questions import QuestionService
from bot.services.visits import VisitStore
from handlers import build_router
from knowledge import Knowledge, load

if TYPE_CHECKING:
    from aiohttp.web import TCPSite

log = logging.getLogger(__name__)

T = TypeVar("T")

REPLIES = tuple(
    Response[method.__returning__]  # type: ignore[name-defined]
    for method in (
        AnswerCallbackQuery,
        DeleteMessage,
        EditMessageReplyMarkup,
        EditMessageText,
        SendDocument,
        SendMessage,
    )
)
"""What Telegram answers to our calls. pydantic forgets such a model when nobody holds it, and building it takes longer
than the whole call."""


@dataclass(frozen=True)
class App:
    """A bot that is put together and connected; its inbox is at work."""

    settings: Settings
    clock: Clock
    database: Database
    bot: Bot
    dispatcher: Dispatcher
    translators: Translators
    store: InboxRepository
    inbox: Inbox
    outbox: Outbox

    @property
    def allowed_updates(self) -> list[str]:
        """The kinds of updates that some handler takes."""
        return self.dispatcher.resolve_used_update_types()

    async def poll(self, stop: asyncio.Event) -> None:
        """Take updates by long polling until `stop` is set.

        Raises:
            ConfigError: the token is refused.
        """
        poller = Poller(RawApi(self.bot), self.inbox, self.store, self.clock, allowed_updates=self.allowed_updates)
        # Polling is refused while a webhook is set.
        await unless(stop, poller.delete_webhook())
        await self._while_alive(poller.run(stop))

    async def serve_webhook(self, stop: asyncio.Event) -> None:
        """Be called by Telegram until `stop` is set.

        Raises:
            ConfigError: no address is set, the port is taken, or Telegram refuses the address.
        """
        url, settings = self.settings.webhook_url, self.settings
        if url is None:
            raise ConfigError("WEBHOOK_URL", "not set", "Set the https address at which Telegram reaches this bot")
        # aiohttp's server is big, and long polling does without it.
        from aiohttp import web

        from bot.inbox.webhook import derived_secret, keep_tidy, webhook_app

        secret = settings.webhook_secret.reveal() if settings.webhook_secret else derived_secret(self.bot.token)
        runner = web.AppRunner(webhook_app(self.inbox, self.clock, url=url, secret=secret), access_log=None)
        await runner.setup()
        tidying = asyncio.create_task(keep_tidy(self.store, self.clock))
        try:
            await _listen(web.TCPSite(runner, port=settings.port), settings.port)
            await unless(stop, self._set_webhook(url, secret))
            log.info("listening on port %d for %s", settings.port, url)
            await self._while_alive(stop.wait())
        finally:
            tidying.cancel()
            try:
                await runner.cleanup()
            finally:
                await asyncio.gather(tidying, return_exceptions=True)

    async def _while_alive(self, work: Coroutine[Any, Any, object]) -> None:
        """Do the work, but not on and on with an inbox that nobody works at."""
        working = asyncio.ensure_future(work)
        watching = asyncio.create_task(self.inbox.died())
        try:
            await asyncio.wait({working, watching}, return_when=asyncio.FIRST_COMPLETED)
            if not working.done():
                await watching
            await working
        finally:
            for task in (working, watching):
                task.cancel()
            await asyncio.gather(working, watching, return_exceptions=True)

    async def _set_webhook(self, url: str, secret: str) -> None:
        try:
            await self.bot.set_webhook(url, secret_token=secret, allowed_updates=self.allowed_updates)
        except TelegramAPIError as error:
            raise ConfigError("WEBHOOK_URL", f"Telegram refuses it ({error})", "Check the address") from error


@asynccontextmanager
async def running(
    settings: Settings,
    *,
    knowledge: Knowledge | None = None,
    clock: Clock | None = None,
    router: Router | None = None,
    stay_ready: bool = False,
) -> AsyncIterator[App]:
    """Put the bot together and start its inbox; at the end, finish what is being handled and close everything.
    `stay_ready`: what free questions need is loaded before somebody asks one.

    Raises:
        ConfigError: the settings do not work: database, token, network.
    """
    token = settings.token().reveal()
    app_clock = clock or SystemClock()
    database = open_database(settings.database)
    session = session_of(settings)
    bot = Bot(
        token,
        session=session,
        default=DefaultBotProperties(parse_mode=ParseMode.HTML, link_preview_is_disabled=True),
    )
    try:
        await _prepare(database, settings, app_clock)
        await greet(bot)
        dispatcher = assemble(settings, app_clock, database, knowledge or load())
        dispatcher.include_router(router or build_router())
        app = _compose(settings, app_clock, database, bot, dispatcher)
        await app.inbox.start()
        questions: QuestionService = dispatcher["questions"]
        beside = [asyncio.create_task(present(bot, app.translators), name="presenting")]
        if stay_ready:
            beside.append(asyncio.create_task(questions.stay_ready(app_clock), name="questions"))
        gc.collect()
        # aiogram's models are many and stay for ever; the collector need not look at them again and again.
        gc.freeze()
        try:
            yield app
        finally:
            for task in beside:
                task.cancel()
            try:
                await app.inbox.stop()
            finally:
                await asyncio.gather(*beside, return_exceptions=True)
                questions.search.close()
    finally:
        try:
            await session.close()
        finally:
            await database.close()


@asynccontextmanager
async def starting(app: AbstractAsyncContextManager[App], stop: asyncio.Event) -> AsyncIterator[App | None]:
    """The app, or None if `stop` is set before it is up: with a Telegram that does not answer, that takes minutes."""
    async with AsyncExitStack() as stack:
        yield await unless(stop, stack.enter_async_context(app))


async def unless(stop: asyncio.Event, work: Coroutine[Any, Any, T]) -> T | None:
    """What the work returns, or None if it is given up because `stop` is set."""
    working, stopped = asyncio.ensure_future(work), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({working, stopped}, return_when=asyncio.FIRST_COMPLETED)
        return await working if working.done() else None
    finally:
        for task in (working, stopped):
            task.cancel()
        await asyncio.gather(working, stopped, return_exceptions=True)


async def _prepare(database: Database, settings: Settings, clock: Clock) -> None:
    await require_head(database)
    try:
        await StaffRepository(database).ensure_administrators(settings.staff_ids, clock.now())
    except DATABASE_TROUBLE as error:
        raise unreachable(database.url, error) from error


def _compose(settings: Settings, clock: Clock, database: Database, bot: Bot, dispatcher: Dispatcher) -> App:
    store = InboxRepository(database)
    visits = VisitStore(database, PeopleRepository(database), store, clock=clock, timezone=settings.timezone)
    translators: Translators = dispatcher["translators"]
    outbox: Outbox = dispatcher["outbox"]
    inbox = Inbox(store, UpdateHandler(bot, dispatcher, visits, translators, outbox), claims_for(database))
    return App(settings, clock, database, bot, dispatcher, translators, store, inbox, outbox)


async def _listen(site: TCPSite, port: int) -> None:
    try:
        await site.start()
    except OSError as error:
        raise ConfigError("PORT", f"cannot listen on {port} ({error.strerror})", "Choose a free port") from error
