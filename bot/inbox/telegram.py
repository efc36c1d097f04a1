"""Raw calls to the Bot API: updates are wanted as Telegram sent them, before any model reads them."""

from __future__ import annotations

import json
from typing import Any

import aiohttp
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession

from bot.errors import ConfigError, LintasError

NetworkError = (aiohttp.ClientError, TimeoutError, OSError)
"""What a call raises when no answer came."""


class RefusedError(LintasError):
    """Telegram said no. `retry_after` are seconds, where it says when to come again."""

    def __init__(self, code: int, description: str, retry_after: float | None) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.retry_after = retry_after


class RawApi:
    """Calls over the connections of aiogram's session."""

    def __init__(self, bot: Bot) -> None:
        if not isinstance(bot.session, AiohttpSession):
            raise TypeError("raw calls need aiogram's session for aiohttp")
        self._bot = bot
        self._session = bot.session

    async def call(self, method: str, params: dict[str, Any], *, patience: float) -> Any:
        """The result of a method, within `patience` seconds.

        Raises:
            RefusedError: Telegram refused.
            NetworkError: no answer, or none that is one of Telegram's.
        """
        session = await self._session.create_session()
        url = self._session.api.api_url(token=self._bot.token, method=method)
        limit = aiohttp.ClientTimeout(total=patience)
        async with session.post(url, json=params, timeout=limit) as response:
            body = await response.read()
        try:
            answer = json.loads(body)
            if answer["ok"]:
                return answer["result"]
            raise RefusedError(
                int(answer.get("error_code", response.status)),
                str(answer.get("description", "")),
                answer.get("parameters", {}).get("retry_after"),
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            # A proxy or a gateway between us and Telegram answers in its own way.
            raise aiohttp.ClientPayloadError(f"HTTP {response.status} that is no answer of the Bot API") from None


def wrong_token(error: object) -> ConfigError:
    """What to say when Telegram does not know the token."""
    return ConfigError(
        "BOT_TOKEN", f"Telegram refuses it ({error})", "Copy it again from @BotFather, or ask there for a new one"
    )
