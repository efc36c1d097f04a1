"""What handlers ask for by name is there, and what is for staff is reached by staff alone. A misspelt parameter, or a
guard that was forgotten, would otherwise show only when a person arrives."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiogram import Router
from aiogram.dispatcher.event.handler import FilterObject, HandlerObject
from aiogram.filters import Command, CommandStart
from aiogram.filters.callback_data import CallbackQueryFilter
from aiogram.types import CallbackQuery, InlineQuery, Message

from bot.profile import COMMANDS, STAFF_COMMANDS
from bot.sandbox import ManualClock, Sandbox
from bot.services.staff.staff import Right
from handlers import build_router
from handlers.announcements import sent
from handlers.announcements.letters import AtLetters
from handlers.announcements.sent_showing import AtCounter
from handlers.announcements.showing import AtDesk, Awaits
from handlers.applications.showing import AtFolder
from handlers.deadlines.sheet import AtPrinter
from handlers.filters import Allowed, Refuses
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
from tests.support.source import within

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
FOR_STAFF = {
    "handlers.announcements": Right.ANNOUNCE,
    "handlers.questions.inbox": Right.REVIEW,
    "handlers.review": Right.REVIEW,
    "handlers.staff.adding": Right.ADMINISTRATE,
    "handlers.staff.export": Right.REVIEW,
    "handlers.staff.stats": Right.REVIEW,
    "handlers.staff.team": Right.ADMINISTRATE,
}
"""The right that each room of the office takes."""
FOR_EVERYBODY = (
    *(f"handlers.{room}" for room in ("applications", "deadlines", "interview", "people", "uploads")),
    *(f"handlers.questions.{door}" for door in ("answering", "ask", "inline")),
    *(f"handlers.{door}" for door in ("fallback", "membership", "nobody", "privately", "start", "words")),
)
IN_THE_OFFICE_BY_INVITATION = "handlers.staff.adding.arrived"
"""Opens a link that makes somebody staff: nobody who does that is on the staff yet."""
OF_STAFF = {"after", "announcements", "decisions", "export", "invites", "lists", "log"}
OF_STAFF |= {"pipeline", "question_inbox", "review", "selections", "stats", "team"}
"""The services that only staff may use, by the name under which handlers get them."""


@dataclass(frozen=True)
class Wired:
    """A registered handler, and every filter that an event passes on its way to it."""

    event: str
    router: str
    handler: HandlerObject
    filters: tuple[Any, ...]

    @property
    def name(self) -> str:
        return f"{self.handler.callback.__module__}.{self.handler.callback.__qualname__}"

    @property
    def wants(self) -> set[str]:
        """What it and its filters ask for."""
        return set().union(*(wanted(function) for function in (self.handler.callback, *self.filters)))

    @property
    def rights(self) -> list[Right]:
        """What a person must be allowed, to reach it."""
        return [one.right for one in self.filters if isinstance(one, Allowed)]


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


def handlers_of(router: Router, *passed: Router) -> Iterator[Wired]:
    """Every registered handler of a router and those within it; an event comes through `passed` to it."""
    way = (*passed, router)
    for event, observer in router.observers.items():
        before = [one.callback for each in way for one in filters_of(each, event)]
        for handler in observer.handlers:
            yield Wired(event, router.name, handler, (*before, *(one.callback for one in handler.filters or ())))
    for inner in router.sub_routers:
        yield from handlers_of(inner, *way)


def filters_of(router: Router, event: str) -> list[FilterObject]:
    """What `router.<event>.filter(…)` was given; aiogram has no public way to read it."""
    return router.observers[event]._handler.filters or []


def wanted(function: Any) -> set[str]:
    """The parameters without a default that a handler or filter takes beside the event."""
    _event, *others = inspect.signature(function).parameters.values()
    kinds = (inspect.Parameter.VAR_KEYWORD, inspect.Parameter.VAR_POSITIONAL)
    return {one.name for one in others if one.default is inspect.Parameter.empty and one.kind not in kinds}


@pytest.fixture(scope="module")
def registered() -> list[Wired]:
    return list(handlers_of(build_router()))


async def test_every_handler_gets_what_it_asks_for(registered: list[Wired], tmp_path: Path) -> None:
    provided = await names_provided(tmp_path)
    wrong = []
    for one in registered:
        kinds = [kind for kind in BY_FILTER if any(isinstance(each, kind) for each in one.filters)]
        named = {name for kind in kinds for name in BY_FILTER[kind]}
        wrong += [f"{one.event}: {one.name} asks for {name!r}" for name in sorted(one.wants - provided - named)]
    assert not wrong, "\n".join(wrong)


def test_the_bot_listens_to_nothing_that_was_not_tried(registered: list[Wired]) -> None:
    assert {one.event for one in registered} - {"error"} <= set(EVENTS)


def test_a_module_puts_its_own_handlers_on_routers_of_its_own(registered: list[Wired]) -> None:
    """In its `build_router`. Words open what belongs to others, and outside private chats one answer serves all."""
    strange = [
        f"{one.router} has {one.name}"
        for one in registered
        if not within(one.router, one.handler.callback.__module__, "handlers.words")
        and not within(one.name, "handlers.privately")
    ]
    assert not strange, "\n".join(strange)


def unguarded(registered: list[Wired]) -> Iterator[str]:
    """What of the office somebody could reach without the right that it takes. An error handler is asked only about
    what a handler raised, and that is looked at."""
    for one in registered:
        if one.event == "error" or one.name == IN_THE_OFFICE_BY_INVITATION:
            continue
        room = next((room for room in FOR_STAFF if within(one.name, room)), None)
        if room is None and not within(one.name, *FOR_EVERYBODY):
            yield f"{one.name}: say in this file whether it is for staff"
        elif room is not None and FOR_STAFF[room] not in one.rights:
            yield f"{one.event}: {one.name} can be reached without the right to {FOR_STAFF[room]}"
        elif one.wants & OF_STAFF and not one.rights:
            yield f"{one.event}: {one.name} asks for {sorted(one.wants & OF_STAFF)} and is open to everybody"


def test_nobody_reaches_a_handler_of_staff_without_the_right(registered: list[Wired]) -> None:
    assert not (faults := list(unguarded(registered))), "\n".join(faults)


def test_a_forgotten_guard_is_named() -> None:
    room = Router(name="handlers.announcements.sent")
    room.callback_query.register(sent.papers, AtCounter())
    assert list(unguarded(list(handlers_of(room))))
    room.message.filter(Allowed(Right.ANNOUNCE))
    assert list(unguarded(list(handlers_of(room)))), "a guard of messages does not guard buttons"
    room.callback_query.filter(Allowed(Right.REVIEW))
    assert list(unguarded(list(handlers_of(room)))), "another right is not enough"
    room.callback_query.filter(Allowed(Right.ANNOUNCE))
    assert not list(unguarded(list(handlers_of(room))))


def test_the_fallback_is_asked_last() -> None:
    assert build_router().sub_routers[-1].name == "handlers.fallback"


def is_link(command: Command) -> bool:
    """Whether only /start with something behind it is meant: that is a link, and there are several kinds."""
    return isinstance(command, CommandStart) and bool(command.deep_link or command.magic)


def test_every_command_of_the_menu_has_one_handler(registered: list[Wired]) -> None:
    taken: list[str] = []
    for one in registered:
        for command in one.filters:
            if isinstance(command, Command) and not is_link(command):
                taken += [str(name) for name in command.commands]
    for name in (*COMMANDS, *STAFF_COMMANDS, "human"):
        # In a group a personal command has another handler, which points to the private chat.
        assert 1 <= taken.count(name) <= 2, f"/{name} has {taken.count(name)} handlers"


def test_a_command_of_staff_takes_the_right_that_brings_it_into_the_menu(registered: list[Wired]) -> None:
    for one in registered:
        for command in (each for each in one.filters if isinstance(each, Command)):
            for name in STAFF_COMMANDS.keys() & set(command.commands):
                assert STAFF_COMMANDS[name][0] in one.rights, f"/{name} leads to {one.name} without its right"
