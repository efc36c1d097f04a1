"""What a test leaves running: it would go on in the next test, or raise in a thread when its event loop is closed."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Collection

PATIENCE = 30.0
"""Seconds for what is about to end; SQLite alone may wait half of them for a lock."""


def sqlite_threads() -> set[threading.Thread]:
    """The threads of open SQLite connections."""
    return {thread for thread in threading.enumerate() if "_connection_worker_thread" in thread.name}


async def left_on_the_loop(known: Collection[threading.Thread], *, patience: float = PATIENCE) -> list[str]:
    """The tasks of this event loop and the SQLite threads other than the known ones that do not end within `patience`
    seconds. In the meantime the threads can deliver what they were asked for."""
    deadline = time.monotonic() + patience
    while True:
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        threads = sqlite_threads().difference(known)
        if not (tasks or threads) or time.monotonic() > deadline:
            return [*map(_task_shown, tasks), *map(_thread_shown, threads)]
        await asyncio.sleep(0.001)


def left_without_a_loop(known: Collection[threading.Thread], *, patience: float = PATIENCE) -> list[str]:
    """The SQLite threads other than the known ones that do not end within `patience` seconds."""
    deadline = time.monotonic() + patience
    threads = sqlite_threads().difference(known)
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))
    return [_thread_shown(thread) for thread in threads if thread.is_alive()]


def _task_shown(task: asyncio.Task[object]) -> str:
    return f"a task: {task!r}"


def _thread_shown(thread: threading.Thread) -> str:
    return f"an open SQLite connection: {thread.name}"
