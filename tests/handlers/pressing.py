"""Pressing a button by what it means, so that a conversation reads the same in every language."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from typing import Any

from aiogram.filters.callback_data import CallbackData

from bot.config import Settings
from bot.sandbox import Button, NotOnScreenError
from handlers.callbacks import DontKnow
from tests.support.chat import ChatClient


def buttons(chat: ChatClient, kind: type[CallbackData]) -> list[Button]:
    """The buttons of this kind within reach."""
    start = f"{kind.__prefix__}{kind.__separator__}"
    return [one for one in chat.person.buttons if one.data == kind.__prefix__ or one.data.startswith(start)]


def the_button(chat: ChatClient, kind: type[CallbackData], **fields: object) -> Button:
    """The first button of this kind with these fields. Raises NotOnScreenError if there is none."""
    for one in buttons(chat, kind):
        meant = kind.unpack(one.data)
        if all(getattr(meant, name) == value for name, value in fields.items()):
            return one
    there = ", ".join(f"{one.text!r} ({one.data})" for one in chat.person.buttons)
    raise NotOnScreenError(f"no {kind.__name__} {fields} on screen; there is: {there}")


async def press(chat: ChatClient, kind: type[CallbackData], **fields: object) -> Button:
    """Press the button of this kind."""
    button = the_button(chat, kind, **fields)
    await chat.press(button)
    return button


async def answer(chat: ChatClient, answers: Mapping[str, str]) -> list[str]:
    """Type the answers to what is asked, in whatever order it is asked; the facts that were asked for."""
    asked: list[str] = []
    while there := buttons(chat, DontKnow):
        fact = DontKnow.unpack(there[0].data).fact
        assert fact not in asked, f"{fact} is asked again"
        asked.append(fact)
        await (chat.say(answers[fact]) if fact in answers else chat.press(there[0]))
    return asked


def rows(settings: Settings, question: str, *parameters: object) -> list[tuple[Any, ...]]:
    """What the database answers, looked at from outside."""
    assert settings.database.path is not None
    with closing(sqlite3.connect(settings.database.path)) as connection:
        return connection.execute(question, parameters).fetchall()


def change(settings: Settings, statement: str, *parameters: object) -> None:
    """Do to the database what a later release will do."""
    assert settings.database.path is not None
    with closing(sqlite3.connect(settings.database.path)) as connection, connection:
        connection.execute(statement, parameters)
