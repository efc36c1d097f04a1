"""What handlers ask for by name is there. A misspelt parameter would otherwise show only when a person arrives."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiogram import Router
from aiogram.dispatcher.event.handler import HandlerObject
from aiogram.filters import Command, CommandStart
from aiogram.filters.callback_data import CallbackQueryFilter
from aiogram.types import CallbackQuery, InlineQuery, Message

from bot.sandbox import ManualClock, Sandbox
from handlers import build_router
from handlers.announcements.letters import AtLetters
from handlers.announcements.sent_showing import AtCounter
from handlers.announcements.showing import AtDesk, Awaits
from handlers.applications.showing import AtFolder
from handlers.deadlines.sheet import AtPrinter
from handlers.filters import Refuses
from handlers.interview.flow import OnTheWay
from handlers.questions.inbox import AtTray
from handlers.questions.showing import AtEnquiries
from handlers.review import showing as reviewing
from handlers.review.pipeline import AtBoard
from handlers.words import AboutTheQuestion
from knowledge import load
from tests.support.bot import bot_at_work, settings_for
from tests.support.chat import ChatClient
from tests.support.clock import TestClock
from tests.support.database import Sqlite

EVENTS = ("message", "callback_query", "my_chat_member", "inline_query")
"""Everything the bot listens to; another event may come with other names."""
BY_FILTER = {
    Command: ("command",),
    CallbackQueryFilter: ("callback_data",),
    AtBoard: ("board",),
    AtCounter: ("counter",),
    AtDesk: ("desk",),
    reviewing.AtDesk: ("desk",),
    AtEnquiries: ("enquiries",),
    AtFolder: ("folder",),
    AtLetters: ("letters",),
    AtPrinter: ("printer",),
    AtTray: ("tray",),
    Awaits: ("code", "part"),
    OnTheWay: ("way",),
    Refuses: ("happened", "refusal"),
    AboutTheQuestion: ("fact",),
}
"""What a filter hands on under which name."""


async def names_provided(folder: Path) -> set[str]:
    """Under which names things are handed to a handler, seen by one that takes all of them."""
    seen: dict[str, set[str]] = {}
    router = Router()

    @router.message()
    async def see_message(message: Message, **data: Any) -> None:
        seen["message"] = set(data)
        await message.answer("seen")

    @router.callback_query()
    async def see_tap(query: CallbackQuery, **data: Any) -> None:
        seen["callback_query"] = set(data)
        await query.answer("seen")

    @router.inline_query()
    async def see_inline(query: InlineQuery, **data: Any) -> None:
        seen["inline_query"] = set(data)
        await query.answer([])

    async with await Sandbox.start(clock=ManualClock()) as sandbox:
        settings = settings_for(sandbox, await Sqlite(folder).migrated())
        async with bot_at_work(settings, TestClock(), load(), router=router) as app:
            ani = ChatClient(sandbox, sandbox.person("Ani"), app.inbox.settled)
            await ani.say("hello")
            await ani.tap("anything", ani.screen.message_id)
            await ani.person.ask_inline("visa")
            await ani.quiet()
    # FSM is off: it would offer its names, and lose what is kept under them.
    assert "state" not in seen["message"]
    return seen["message"] & seen["callback_query"] & seen["inline_query"]


def handlers_of(router: Router) -> Iterator[tuple[str, HandlerObject]]:
    """Every registered handler of a router and those within it, with the event it is registered for."""
    for event, observer in router.observers.items():
        for handler in observer.handlers:
            yield event, handler
    for inner in router.sub_routers:
        yield from handlers_of(inner)


def wanted(function: Any) -> set[str]:
    """The parameters without a default that a handler or filter takes beside the event."""
    _event, *others = inspect.signature(function).parameters.values()
    kinds = (inspect.Parameter.VAR_KEYWORD, inspect.Parameter.VAR_POSITIONAL)
    return {one.name for one in others if one.default is inspect.Parameter.empty and one.kind not in kinds}


@pytest.fixture(scope="module")
def registered() -> list[tuple[str, HandlerObject]]:
    return list(handlers_of(build_router()))


async def test_every_handler_gets_what_it_asks_for(registered: list[tuple[str, HandlerObject]], tmp_path: Path) -> None:
    provided = await names_provided(tmp_path)
    wrong = []
    for event, handler in registered:
        filters = [one.callback for one in handler.filters or ()]
        kinds = [kind for kind in BY_FILTER if any(isinstance(one, kind) for one in filters)]
        named = {name for kind in kinds for name in BY_FILTER[kind]}
        for function in (handler.callback, *filters):
            name = getattr(function, "__qualname__", type(function).__name__)
            lacking = wanted(function) - provided - named
            wrong += [f"{event}: {name} asks for {one!r}" for one in sorted(lacking)]
    assert not wrong, "\n".join(wrong)


def test_the_bot_listens_to_nothing_that_was_not_tried(registered: list[tuple[str, HandlerObject]]) -> None:
    assert {event for event, _ in registered} - {"error"} <= set(EVENTS)


def test_the_fallback_is_asked_last() -> None:
    assert build_router().sub_routers[-1].name == "handlers.fallback"


def is_link(command: Command) -> bool:
    """Whether only /start with something behind it is meant: that is a link, and there are several kinds."""
    return isinstance(command, CommandStart) and bool(command.deep_link or command.magic)


def test_every_command_of_the_menu_has_one_handler(registered: list[tuple[str, HandlerObject]]) -> None:
    from bot.profile import COMMANDS

    taken: list[str] = []
    for _, handler in registered:
        for one in handler.filters or ():
            if isinstance(one.callback, Command) and not is_link(one.callback):
                taken += [str(command) for command in one.callback.commands]
    for command in (*COMMANDS, "ask", "human"):
        # In a group a personal command has another handler, which points to the private chat.
        assert 1 <= taken.count(command) <= 2, f"/{command} has {taken.count(command)} handlers"
