"""Calls of the Bot API by python-telegram-bot, at our own pace, and what its exceptions mean.

Its stock limiter lifts a pause after 429 as soon as any request in the air completes, and knows no limit for a single
chat. So pace and pauses are ours; the library only asks when a request may go.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any, Final

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.ext import BaseRateLimiter, ExtBot
from telegram.request import HTTPXRequest

from bot.outbound.outcome import Ending, Outcome, TokenRefused
from bot.outbound.pacing import JITTER, HeldBack, Pace
from bot.outbound.rendering import Call
from bot.outbound.timer import Timer

CONNECTIONS: Final = 32
"""Requests in the air at once; the library gets slow with more."""
READ_TIMEOUT: Final = 20.0
CONNECT_TIMEOUT: Final = 5.0
"""Seconds."""
TELEGRAM: Final = "https://api.telegram.org"

NEVER_LEFT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
"""Reasons of httpx for which the call did not reach anybody."""
UNCHANGED: Final = "message is not modified"
OF_THE_RECIPIENT: Final = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "user_id_invalid",
    "input_user_deactivated",
    "group chat was deactivated",
    "group chat was upgraded",
    "chat_write_forbidden",
    "chat_admin_required",
    "have no rights to send",
    "not enough rights",
    "need administrator rights",
    "bot is not a member",
    "voice_messages_forbidden",
    "message thread not found",
    "topic_closed",
    "topic_deleted",
    "message to edit not found",
    "message to delete not found",
    "message can't be edited",
    "message can't be deleted",
    "message to be replied not found",
    "message_id_invalid",
)
"""Parts of a 400 that concern one recipient; every other 400 concerns what we send."""


class Limiter(BaseRateLimiter[float]):
    """Lets a request go at its slot, which comes along as `rate_limit_args`, and none while there is a pause."""

    def __init__(self, pace: Pace, timer: Timer) -> None:
        self._pace = pace
        self._timer = timer

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to end."""

    async def process_request(  # noqa: PLR0917 - as the library calls it
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: float | None,
    ) -> Any:
        """The result of the request.

        Raises:
            HeldBack: a pause began before the slot had come.
        """
        if rate_limit_args is None:
            # Not a message: who are you, and the like.
            return await callback(*args, **kwargs)
        wait = rate_limit_args - self._timer.seconds()
        if wait > 0:
            await self._timer.sleep(wait)
        if self._pace.paused_for(self._timer.seconds()):
            raise HeldBack
        try:
            return await callback(*args, **kwargs)
        except RetryAfter as flood:
            seconds = _seconds(flood)
            self._pace.pause(self._timer.seconds(), seconds + seconds * random.uniform(0, JITTER))
            raise


class Courier(ExtBot[float]):
    """The bot, with one way for all methods: parameters as JSON in, the result as JSON out."""

    async def call(self, method: str, parameters: dict[str, Any], slot: float | None = None) -> Any:
        """Call a method; with a slot it is a message and waits for it.

        The library's own way for this (`do_api_request`) warns of every method that it has a wrapper for, and the
        wrappers build objects of what nobody looks at.
        """
        return await self._post(method, self._merge_api_rl_kwargs(dict(parameters), slot))


class Sender:
    """Sends one message and says how it went."""

    def __init__(self, courier: Courier) -> None:
        self._courier = courier

    async def send(self, chat_id: int, call: Call, slot: float) -> Outcome:
        """Make the call at its slot.

        Raises:
            TokenRefused: Telegram does not know the token.
        """
        try:
            result = await self._courier.call(call.method, {**call.parameters, "chat_id": chat_id}, slot)
        except HeldBack:
            return Outcome(Ending.HELD)
        except InvalidToken as error:
            raise TokenRefused(str(error)) from error
        except TelegramError as error:
            return outcome_of(error)
        return Outcome(Ending.SENT, message_ids=_ids(result))


def courier_for(
    token: str, base: str | None, pace: Pace, timer: Timer, *, read_timeout: float = READ_TIMEOUT
) -> Courier:
    """The bot of this token, at a Bot API server of this address (None: Telegram's own)."""
    # Otherwise the library warns of every 429 that a number will be a duration one day.
    os.environ["PTB_TIMEDELTA"] = "1"
    # A proxy from the environment is for the world outside, not for a server of one's own.
    options: dict[str, Any] = {"httpx_kwargs": {"trust_env": base is None}}

    def request(connections: int) -> HTTPXRequest:
        return HTTPXRequest(
            connection_pool_size=connections,
            read_timeout=read_timeout,
            write_timeout=READ_TIMEOUT,
            connect_timeout=CONNECT_TIMEOUT,
            pool_timeout=READ_TIMEOUT,
            **options,
        )

    root = (base or TELEGRAM).rstrip("/")
    return Courier(
        token,
        base_url=f"{root}/bot",
        base_file_url=f"{root}/file/bot",
        request=request(CONNECTIONS),
        get_updates_request=request(1),
        rate_limiter=Limiter(pace, timer),
    )


def outcome_of(error: TelegramError) -> Outcome:
    """What an exception of the library means. The most special first: BadRequest and TimedOut are NetworkErrors."""
    match error:
        case RetryAfter():
            return Outcome(Ending.FLOOD, retry_after=_seconds(error), code=429, text=error.message)
        case ChatMigrated():
            return Outcome(Ending.MOVED, chat_id=error.new_chat_id, code=400, text=error.message)
        case Forbidden():
            return Outcome(Ending.BLOCKED, code=403, text=error.message)
        case BadRequest():
            return _refused(error.message)
        case TimedOut() | NetworkError():
            return _lost(error)
        case _:
            # An answer that is none of the Bot API's.
            return Outcome(Ending.UNKNOWN, text=error.message)


def _refused(text: str) -> Outcome:
    words = text.lower()
    if UNCHANGED in words:
        return Outcome(Ending.SENT)
    ending = Ending.RECIPIENT if any(part in words for part in OF_THE_RECIPIENT) else Ending.MESSAGE
    return Outcome(ending, code=400, text=text)


def _lost(error: TelegramError) -> Outcome:
    cause = error.__cause__
    if isinstance(cause, NEVER_LEFT):
        return Outcome(Ending.AWAY, text=error.message)
    if cause is not None and not isinstance(cause, TelegramError):
        return Outcome(Ending.UNKNOWN, text=error.message)
    return Outcome(Ending.FAILED, code=_code(error.message), text=error.message)


def _code(text: str) -> int | None:
    """The status of an answer, where the library's message names it as in "Bad Gateway (502)"."""
    number = text.partition("(")[2].partition(")")[0]
    if number.isdecimal():
        return int(number)
    return 502 if text.startswith("Bad Gateway") else None


def _ids(result: Any) -> tuple[int, ...]:
    """The ids of the messages that a method made; none where it made none."""
    messages = result if isinstance(result, list) else [result]
    return tuple(one["message_id"] for one in messages if isinstance(one, dict) and "message_id" in one)


def _seconds(flood: RetryAfter) -> float:
    after = flood.retry_after
    return after.total_seconds() if isinstance(after, timedelta) else float(after)
