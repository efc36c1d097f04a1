"""What became of a call, and what follows from it for the delivery: the one place that decides this."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from bot.db.ledger_claims import Change, Delivery
from bot.errors import LintasError

LONGEST_WAIT: Final = 600.0
"""Seconds between two tries at the very most."""
FIRST_WAIT: Final = 2.0
MOST_RESENDS: Final = 3
"""How often a message is sent again that may have arrived each time; after that it is left as unknown."""
MOST_MOVES: Final = 3
"""How often a chat is followed to its new id."""
LONGEST_ERROR: Final = 200


class TokenRefused(LintasError):
    """Telegram does not know the token (any more): no call can be made at all."""


class Ending(StrEnum):
    """How a call ended."""

    SENT = "sent"
    BLOCKED = "blocked"
    """403: the person does not want us, or is no more."""
    RECIPIENT = "recipient"
    """400 because of the recipient: no such chat, no right to write there, the message to change is gone."""
    MESSAGE = "message"
    """400 because of what we send: broken markup, a file id that Telegram does not know. The next one fails as well."""
    FLOOD = "flood"
    """429: nothing was done, and nobody may send for a while. No failure."""
    MOVED = "moved"
    """The group has another id now."""
    FAILED = "failed"
    """5xx: something is broken there."""
    AWAY = "away"
    """The call never reached Telegram."""
    UNKNOWN = "unknown"
    """The call went out and no answer came."""
    HELD = "held"
    """Not called, because a pause began."""


@dataclass(frozen=True)
class Outcome:
    """How a call ended, and what came with it."""

    ending: Ending
    message_ids: tuple[int, ...] = ()
    retry_after: float = 0.0
    """Seconds, with FLOOD."""
    chat_id: int | None = None
    """The new id, with MOVED."""
    code: int | None = None
    text: str = ""
    """What Telegram said."""


def settled(delivery: Delivery, outcome: Outcome, now: datetime) -> Change:
    """What is written about the delivery. No outcome loses it: it ends in a final state, or is queued again."""
    match outcome.ending:
        case Ending.SENT:
            return _change(delivery, outcome, now, "sent", message_ids=list(outcome.message_ids) or None)
        case Ending.BLOCKED:
            return _change(delivery, outcome, now, "blocked")
        case Ending.RECIPIENT | Ending.MESSAGE:
            return _change(delivery, outcome, now, "refused")
        case Ending.FLOOD:
            return _change(delivery, outcome, now, "queued", wait=outcome.retry_after)
        case Ending.AWAY | Ending.HELD:
            return _change(delivery, outcome, now, "queued")
        case Ending.MOVED:
            return _moved(delivery, outcome, now)
        case Ending.FAILED:
            # A gateway in between may have lost the answer of a call that was carried out.
            doubtful = outcome.code in (502, 504) and not delivery.is_change
            return _again(delivery, outcome, now, doubtful=doubtful)
        case Ending.UNKNOWN:
            return _unknown(delivery, outcome, now)


def _unknown(delivery: Delivery, outcome: Outcome, now: datetime) -> Change:
    if delivery.is_change:
        return _again(delivery, outcome, now, doubtful=False)
    if delivery.on_unknown == "leave" or delivery.attempts >= MOST_RESENDS:
        return _change(delivery, outcome, now, "unknown")
    return _again(delivery, outcome, now, doubtful=True)


def _moved(delivery: Delivery, outcome: Outcome, now: datetime) -> Change:
    if outcome.chat_id is None or delivery.attempts >= MOST_MOVES:
        return _change(delivery, outcome, now, "refused")
    return _change(delivery, outcome, now, "queued", attempts=delivery.attempts + 1, chat_id=outcome.chat_id)


def _again(delivery: Delivery, outcome: Outcome, now: datetime, *, doubtful: bool) -> Change:
    wait = min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(delivery.attempts, 20))
    return _change(
        delivery,
        outcome,
        now,
        "queued",
        wait=wait,
        attempts=delivery.attempts + 1,
        maybe_twice=delivery.maybe_twice or doubtful,
    )


def _change(
    delivery: Delivery, outcome: Outcome, now: datetime, state: str, *, wait: float = 0.0, **different: Any
) -> Change:
    parts: dict[str, Any] = {
        "attempts": delivery.attempts,
        "maybe_twice": delivery.maybe_twice,
        "chat_id": delivery.chat_id,
        "error_code": outcome.code,
        "error": _storable(outcome.text) or None,
    } | different
    return Change(id=delivery.id, state=state, not_before=now + timedelta(seconds=wait), **parts)


def _storable(text: str) -> str:
    """Half a surrogate pair, or a zero, is a character to Python but not to a database."""
    return text.encode(errors="replace").decode().replace("\0", "")[:LONGEST_ERROR]
