"""The way to Telegram: a session that forgives and persists, and what it means when Telegram does not let us in."""

from __future__ import annotations

import logging

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import PRODUCTION, TelegramAPIServer
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramServerError,
    TelegramUnauthorizedError,
)

from bot.config import Settings
from bot.errors import ConfigError
from bot.inbox.telegram import wrong_token
from bot.middlewares import Forgiving, Persistent

log = logging.getLogger(__name__)

REQUEST_TIMEOUT = 30.0
"""Seconds for one call to Telegram."""


def session_of(settings: Settings) -> AiohttpSession:
    """The session for the Telegram of the settings."""
    base = settings.telegram_api_url
    session = AiohttpSession(timeout=REQUEST_TIMEOUT, api=TelegramAPIServer.from_base(base) if base else PRODUCTION)
    # The first one registered is the outermost.
    session.middleware(Forgiving())
    session.middleware(Persistent())
    return session


async def greet(bot: Bot) -> None:
    """Ask Telegram who we are: the first thing that shows whether token and network work.

    Raises:
        ConfigError: they do not.
    """
    address = bot.session.api.base.partition("/bot")[0]
    try:
        me = await bot.me()
    except (TelegramUnauthorizedError, TelegramNotFound) as error:
        raise wrong_token(error.message) from error
    except TelegramNetworkError as error:
        raise ConfigError(
            "TELEGRAM_API_URL", f"no answer from {address} ({error.message})", "Check the network and the address"
        ) from error
    except TelegramServerError as error:
        raise ConfigError(
            "TELEGRAM_API_URL",
            f"{address} does not work as it should ({error.message})",
            "Check the address, or try again in a while",
        ) from error
    except TelegramAPIError as error:
        raise ConfigError("BOT_TOKEN", f"Telegram does not let us in ({error})", "Try again in a while") from error
    log.info("this is @%s", me.username)
