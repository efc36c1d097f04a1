"""Whoever is not on the staff, or lacks the right, changes nothing and learns nothing, whatever they send."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import pytest
from aiogram.filters.callback_data import CallbackData

from bot.config import Settings
from bot.services.staff.staff import Role
from handlers.staff import callbacks
from handlers.staff.callbacks import (
    AuditLog,
    ByForwarding,
    Choose,
    Colleague,
    Dismiss,
    Grant,
    Invite,
    Invites,
    MakeExport,
    NewInvite,
    RevokeInvite,
    SetRole,
    Stats,
    Team,
)
from tests.handlers.pressing import press, rows
from tests.handlers.test_staff import boss, dewi, hire, settings
from tests.support.chat import ChatClient

__all__ = ["boss", "dewi", "settings"]

NOBODY = "zz9"
"""A button that never existed."""
A_MINUTE = 2**25
OF_ADMINISTRATORS: tuple[CallbackData, ...] = (
    Team(),
    Colleague(person=1),
    SetRole(person=1, role=Role.ADMINISTRATOR),
    Dismiss(person=1),
    Dismiss(person=1, sure=True),
    Invite(),
    NewInvite(role=Role.ADMINISTRATOR),
    Invites(),
    RevokeInvite(handle="0" * 12),
    ByForwarding(),
    Grant(person=1, role=Role.ADMINISTRATOR, asked=A_MINUTE),
    AuditLog(form="csv"),
    AuditLog(form="xlsx"),
)
OF_REVIEWERS: tuple[CallbackData, ...] = (Stats(), Choose(), Choose(of="verdict"), MakeExport())


def kinds() -> Iterator[type[CallbackData]]:
    for name, kind in inspect.getmembers(callbacks, inspect.isclass):
        if issubclass(kind, CallbackData) and kind is not CallbackData and not name.startswith("_"):
            yield kind


def aimed_at(button: CallbackData, somebody: int) -> str:
    """The button, about a real member of staff where it is about anybody."""
    return button.model_copy(update={"person": somebody} if hasattr(button, "person") else {}).pack()


def state(settings: Settings) -> list[Any]:
    """Everything that staff can change."""
    tables = ("staff", "staff_invites", "audit", "deliveries")
    return [rows(settings, f"SELECT * FROM {table}") for table in tables]  # noqa: S608 - names of ours


async def seen_by(chat: ChatClient, data: str) -> tuple[str, list[str], list[str]]:
    """What somebody sees who taps this on the greeting: its text, its buttons, the notice."""
    await chat.start()
    await chat.tap(data, chat.screen.message_id)
    return chat.screen.text, chat.screen.labels, chat.notices[-1:]


def test_every_button_of_staff_is_tried_here() -> None:
    assert {type(button) for button in (*OF_ADMINISTRATORS, *OF_REVIEWERS)} == set(kinds())


@pytest.mark.parametrize(
    ("role", "forbidden"),
    [
        (None, (*OF_ADMINISTRATORS, *OF_REVIEWERS)),
        (Role.REVIEWER, OF_ADMINISTRATORS),
        (Role.ANNOUNCER, (*OF_ADMINISTRATORS, *OF_REVIEWERS)),
    ],
    ids=["a stranger", "a reviewer", "an announcer"],
)
async def test_buttons_one_has_no_right_to(
    boss: ChatClient, dewi: ChatClient, settings: Settings, role: Role | None, forbidden: tuple[CallbackData, ...]
) -> None:
    if role is not None:
        await hire(boss, dewi, role)
    before, usual = state(settings), await seen_by(dewi, NOBODY)
    for button in forbidden:
        packed = aimed_at(button, boss.person.id)
        assert await seen_by(dewi, packed) == usual, packed
        assert state(settings) == before, packed


@pytest.mark.parametrize("command", ["staff", "stats"])
async def test_a_command_of_staff_is_unknown_to_everybody_else(
    boss: ChatClient, dewi: ChatClient, settings: Settings, command: str
) -> None:
    await hire(boss, dewi, Role.ANNOUNCER)
    before = state(settings)
    for somebody in (dewi, boss.other("Eve", language="id")):
        await somebody.say(f"/{command}")
        assert "tidak mengenal perintah itu" in somebody.screen.text
        assert not any(button.data[:2] in {kind.__prefix__ for kind in kinds()} for button in somebody.screen.buttons)
    assert state(settings) == before


async def test_a_forwarded_message_of_a_stranger_adds_nobody(
    boss: ChatClient, dewi: ChatClient, settings: Settings
) -> None:
    await hire(boss, dewi, Role.ADMINISTRATOR)
    await dewi.say("/staff")
    await press(dewi, ByForwarding)
    await boss.say("/staff")
    await press(boss, Colleague, person=dewi.person.id)
    await press(boss, SetRole, role=Role.REVIEWER)
    before = state(settings)
    await dewi.person.forward_words(boss.other("Eve").person.user, "hello")
    await dewi.quiet()
    assert "Eve" not in dewi.screen.text
    assert state(settings) == before
