"""What holds for every test: no network beyond this machine, no settings from the shell, the same run every time."""

from __future__ import annotations

import gc
import ipaddress
import os
import socket
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from hypothesis import settings
from pytest_asyncio import is_async_test

from tests.support.leftovers import left_on_the_loop, left_without_a_loop, sqlite_threads

SETTINGS = (
    *("BOT_TOKEN", "TELEGRAM_API_URL", "DATABASE_URL", "LINTAS_DATA", "STAFF_IDS", "TIMEZONE", "BROADCAST_RATE"),
    *("WEBHOOK_URL", "WEBHOOK_SECRET", "PORT"),
)

# Examples are the same in every run, and a slow machine is no failure.
settings.register_profile("lintas", deadline=None, derandomize=True, database=None)
settings.load_profile("lintas")


def pytest_configure() -> None:
    """Before any test module is imported: a token in the shell must never reach a test."""
    for name in SETTINGS:
        os.environ.pop(name, None)


@pytest.fixture(scope="module", autouse=True)
def what_bots_leave_is_collected() -> Iterator[None]:
    """A bot that starts freezes what is there, so that nobody looks at it again; a hundred bots later that is much."""
    yield
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def is_this_machine(address: Any) -> bool:
    """Whether `address`, as given to socket.connect, stays here: a loopback or wildcard address, or a UNIX socket."""
    if not isinstance(address, tuple):
        return True
    host = address[0]
    try:
        parsed = ipaddress.ip_address(host)
    except ValueError:
        return bool(host == "localhost")
    return parsed.is_loopback or parsed.is_unspecified


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that wants to leave this machine fails at once, whatever library it uses to get there."""
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> None:
        if not is_this_machine(address):
            pytest.fail(f"the test connects to {address!r}; use the sandbox server on loopback")
        connect(self, address)

    def guarded_look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        if host and not is_this_machine((host,)):
            pytest.fail(f"the test looks up {host!r}; use the sandbox server on loopback")
        return look_up(host, *args, **kwargs)

    monkeypatch.setattr(socket.socket, "connect", guarded_connect)
    monkeypatch.setattr(socket, "getaddrinfo", guarded_look_up)


@pytest.fixture(autouse=True)
def nothing_is_left_running(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that leaves a task or an SQLite connection behind fails itself, and not the one after it."""
    if is_async_test(request.node):
        request.getfixturevalue("nothing_is_left_on_the_loop")
        yield
        return
    known = sqlite_threads()
    yield
    complain_about(left_without_a_loop(known))


@pytest.fixture
async def nothing_is_left_on_the_loop() -> AsyncIterator[None]:
    """Set up before everything else that uses the test's event loop, so looks at it last, just before it is closed."""
    known = sqlite_threads()
    yield
    complain_about(await left_on_the_loop(known))


def complain_about(leftovers: list[str]) -> None:
    if leftovers:
        pytest.fail("the test leaves behind " + "; ".join(leftovers), pytrace=False)
