"""An applicant whose papers wait, and a member of staff who looks at them."""

from __future__ import annotations

import json
from typing import Any

from bot.config import Settings
from handlers.applications.callbacks import Checklist, ItemCard, Keep, Mark
from handlers.review.callbacks import NextItem
from tests.handlers.pressing import buttons, change, press, rows
from tests.support.chat import ChatClient

OUTBOUND = "type_student_outbound_national"


async def kept(chat: ChatClient, payload: str = OUTBOUND) -> str:
    """Keep what a link says of somebody, open the checklist; the code of the application."""
    await chat.start(payload)
    await chat.say("/status")
    await press(chat, Keep)
    return Checklist.unpack((await press(chat, Checklist)).data).code


async def handed_in(chat: ChatClient, count: int = 1, *, payload: str = OUTBOUND) -> tuple[str, list[str]]:
    """The code of an application with `count` items that wait for the staff, and their keys."""
    code = await kept(chat, payload)
    keys = [ItemCard.unpack(one.data).key for one in buttons(chat, ItemCard)][:count]
    for key in keys:
        await chat.tap(Mark(code=code, key=key, status="s").pack(), chat.screen.message_id)
    return code, keys


def hire(settings: Settings, chat: ChatClient, role: str = "reviewer") -> None:
    """Make somebody a member of staff."""
    change(
        settings,
        "INSERT INTO staff (person_id, role, name, granted_at) VALUES (?, ?, ?, '2027-01-01 00:00:00.000000')",
        chat.person.id,
        role,
        chat.person.user.first_name,
    )


def hired(chat: ChatClient, settings: Settings, name: str, *, language: str = "en") -> ChatClient:
    """A reviewer who talks to the same bot."""
    found = chat.other(name, language=language)
    hire(settings, found)
    return found


def told(settings: Settings) -> list[dict[str, Any]]:
    """The messages that wait for applicants."""
    found = rows(settings, "SELECT payload FROM deliveries WHERE state = 'queued' ORDER BY id")
    return [json.loads(payload) for (payload,) in found]


def statuses(settings: Settings) -> list[str]:
    """How far the items are, in the order in which they were touched."""
    return [status for (status,) in rows(settings, "SELECT status FROM checklist_items ORDER BY id")]


async def begun(chat: ChatClient) -> None:
    """The reviewer has the oldest item before them."""
    await chat.say("/review")
    await press(chat, NextItem)
