"""Around every call to Telegram: what is no failure is no failure, and what can be tried again is.

429 was not executed, so it is waited for. A call that never reached Telegram is repeated. One whose answer was lost, or
is none of the Bot API (a gateway's page of HTML), is repeated only if doing it twice is the same as doing it once; a
message that may have arrived is not sent again.
"""

from __future__ import annotations

import asyncio
import logging
from contextvars import ContextVar
from typing import Any, Final

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramBadRequest,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import AnswerCallbackQuery, TelegramMethod
from aiogram.methods.base import Response, TelegramType
from aiohttp import ClientConnectorError

log = logging.getLogger(__name__)

PAUSES: Final = (0.5, 1.0, 2.0, 4.0)
"""Seconds before each new try after a lost connection."""
LONGEST_FLOOD: Final = 30
"""Seconds of a 429 that we wait for; after more, whoever pressed has given up."""
REPEATABLE: Final = ("edit", "answer", "delete", "get", "set")
"""How the methods begin that can be done twice."""

answered_taps: ContextVar[set[str] | None] = ContextVar("answered_taps", default=None)
"""Ids of the taps that were answered while the present update was handled."""


class Forgiving(BaseRequestMiddleware):
    """Takes for success what is none of our business: an edit that changes nothing, a tap that waited too long."""

    async def __call__(
        self, make_request: NextRequestMiddlewareType[TelegramType], bot: Bot, method: TelegramMethod[TelegramType]
    ) -> Any:
        if isinstance(method, AnswerCallbackQuery):
            answered = answered_taps.get()
            if answered is not None:
                answered.add(method.callback_query_id)
        try:
            return await make_request(bot, method)
        except TelegramBadRequest as error:
            if "message is not modified" in error.message:
                return True
            if isinstance(method, AnswerCallbackQuery) and "query is too old" in error.message:
                return True
            raise


class Persistent(BaseRequestMiddleware):
    """Tries again what may be tried again."""

    async def __call__(
        self, make_request: NextRequestMiddlewareType[TelegramType], bot: Bot, method: TelegramMethod[TelegramType]
    ) -> Response[TelegramType]:
        for pause in PAUSES:
            try:
                return await _understood(make_request, bot, method)
            except TelegramRetryAfter as error:
                if error.retry_after > LONGEST_FLOOD:
                    raise
                log.info("%s: told to wait %s s", type(method).__name__, error.retry_after)
                await asyncio.sleep(error.retry_after + 0.1)
            except (TelegramNetworkError, TelegramServerError) as error:
                if not _may_repeat(method, error):
                    raise
                log.info("%s: %s; trying again", type(method).__name__, error.message)
                await asyncio.sleep(pause)
        return await _understood(make_request, bot, method)


async def _understood(
    make_request: NextRequestMiddlewareType[TelegramType], bot: Bot, method: TelegramMethod[TelegramType]
) -> Response[TelegramType]:
    """The answer. One that nobody can read is an error such as callers expect from Telegram, not one of aiogram's."""
    try:
        return await make_request(bot, method)
    except ClientDecodeError as error:
        raise TelegramServerError(method, "an answer that is none of the Bot API") from error


def _may_repeat(method: TelegramMethod[Any], error: BaseException) -> bool:
    never_left = isinstance(error.__cause__, ClientConnectorError)
    return never_left or method.__api_method__.startswith(REPEATABLE)
