"""Somebody who writes announcements."""

from __future__ import annotations

import json
from typing import Any

from bot.config import Settings
from handlers.announcements.callbacks import (
    OneForAll,
    Write,
)
from tests.handlers.pressing import press, rows
from tests.support.chat import ChatClient

ABROAD = "student_outbound_international"


def announcement(settings: Settings) -> dict[str, Any]:
    """The newest announcement as it is kept."""
    columns = ("code", "state", "category", "content", "audience", "due", "joins_until", "on_unknown")
    query = "SELECT code, state, category, content, audience, due, joins_until, on_unknown FROM announcements"
    found = dict(zip(columns, rows(settings, f"{query} ORDER BY id DESC")[0], strict=True))
    return {**found, "content": json.loads(found["content"]), "audience": json.loads(found["audience"])}


async def drafted(chat: ChatClient, text: str = "Hello") -> None:
    """A draft with an English text for all, and its card on the screen."""
    await chat.say("/announce")
    await press(chat, Write, lang="en")
    await chat.say(text)
    await press(chat, OneForAll, yes=True)
