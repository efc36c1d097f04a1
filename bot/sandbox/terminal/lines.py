"""Lines of standard input without blocking the event loop."""

from __future__ import annotations

import asyncio
import os
import stat
from collections import deque
from typing import TextIO

CHUNK = 65_536


class Lines:
    """Reads a terminal, a pipe, a file or text in memory, line by line."""

    def __init__(self, stdin: TextIO) -> None:
        self._stdin = stdin
        self._descriptor = _descriptor(stdin)
        self._rest = b""
        self._ready: deque[str] = deque()
        self._ended = False

    async def next(self) -> str | None:
        """The next line without its end; None after the last."""
        if self._descriptor is None:
            line = await asyncio.to_thread(self._stdin.readline)
            return line.rstrip("\r\n") if line else None
        while not self._ready and not self._ended:
            await _readable(self._descriptor)
            self._take(os.read(self._descriptor, CHUNK))
        return self._ready.popleft() if self._ready else None

    def _take(self, data: bytes) -> None:
        *lines, self._rest = (self._rest + data).split(b"\n")
        self._ready.extend(line.decode("utf-8", "replace").rstrip("\r") for line in lines)
        if not data:
            self._ended = True
            if self._rest:
                self._ready.append(self._rest.decode("utf-8", "replace"))


def _descriptor(stdin: TextIO) -> int | None:
    """A descriptor that can be waited for; files and text in memory never make one wait."""
    try:
        descriptor = stdin.fileno()
    except (OSError, ValueError):
        return None
    return None if stat.S_ISREG(os.fstat(descriptor).st_mode) else descriptor


async def _readable(descriptor: int) -> None:
    loop = asyncio.get_running_loop()
    ready = asyncio.Event()
    loop.add_reader(descriptor, ready.set)
    try:
        await ready.wait()
    finally:
        loop.remove_reader(descriptor)
