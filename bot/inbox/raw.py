"""Raw updates: what must be known of one before it is parsed."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, Final

from bot.db.inbox import Arrival

RawUpdate = dict[str, Any]
"""An update as Telegram sent it."""
LONGEST_NAME: Final = 130
LONGEST_USERNAME: Final = 32
LARGEST: Final = 2**63 - 1
"""The largest number that a column can hold; Telegram's have at most 52 bits."""


def arrival(update: RawUpdate, received_at: datetime) -> Arrival:
    """The update, ready to be stored.

    Raises:
        KeyError, TypeError, ValueError: it is not an update.
    """
    number, person_id = int(update["update_id"]), person_of_update(update)
    if max(abs(number), abs(person_id)) > LARGEST:
        raise ValueError("a number that no database can hold")
    payload = json.dumps(update, ensure_ascii=False, separators=(",", ":"))
    # Half a surrogate pair is a character to Python, but not to a database.
    return Arrival(number, person_id, payload.encode(errors="replace").decode(), received_at)


def person_of_update(update: RawUpdate) -> int:
    """Whose update it is: the user's id; the chat's where there is no user; 0 where there is neither.

    Updates of one person are handled in order, one at a time.
    """
    for event in _events(update):
        user = event.get("from") or event.get("user") or event.get("voter")
        if isinstance(user, dict):
            return int(user["id"])
    for event in _events(update):
        chat = event.get("chat")
        if isinstance(chat, dict):
            return int(chat["id"])
    return 0


def phone_language(update: RawUpdate) -> str | None:
    """The language of the person's Telegram app, if it says."""
    for event in _events(update):
        user = event.get("from")
        if isinstance(user, dict):
            language = user.get("language_code")
            return language if isinstance(language, str) else None
    return None


def names(update: RawUpdate) -> tuple[str | None, str | None]:
    """The person's name as Telegram shows it, and their username without the @."""
    for event in _events(update):
        user = event.get("from")
        if isinstance(user, dict):
            parts = [user.get("first_name"), user.get("last_name")]
            name = " ".join(part for part in parts if isinstance(part, str))[:LONGEST_NAME]
            username = user.get("username")
            return name or None, username[:LONGEST_USERNAME] if isinstance(username, str) and username else None
    return None, None


def is_private(update: RawUpdate) -> bool:
    """Whether it comes from a conversation between the person and the bot alone."""
    for event in _events(update):
        message = event.get("message")
        chat = event.get("chat") or (message.get("chat") if isinstance(message, dict) else None)
        if isinstance(chat, dict):
            return bool(chat.get("type") == "private")
    return False


def is_nobody(update: RawUpdate) -> bool:
    """Whether it is a message of a bot, or of a chat: these share ids of Telegram's own, in every group."""
    message = update.get("message")
    if not isinstance(message, dict):
        return False
    return "sender_chat" in message or bool(message.get("from", {}).get("is_bot"))


def _events(update: RawUpdate) -> list[RawUpdate]:
    return [event for event in update.values() if isinstance(event, dict)]
