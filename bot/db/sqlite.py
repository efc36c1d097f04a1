"""SQLite's connections. Each has a thread that hands every result to the event loop: none may outlive it.

SQLAlchemy and aiosqlite wait for that thread when all goes well. After a cancellation they may not: a connection that
was just being opened, or whose closing was cancelled as well, is told to end and left alone with its statement.
"""

from __future__ import annotations

import asyncio
import logging
import os
import shlex
import sqlite3
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Final

import aiosqlite

PRIVATE: Final = 0o600


log = logging.getLogger(__name__)


def make_private(path: Path) -> None:
    """A file that is not there yet is for the bot's user alone: personal data will stand in it. What SQLite puts beside
    it has the same rights."""
    # It is there already, or it cannot be: then SQLite says why.
    with suppress(OSError):
        path.touch(mode=PRIVATE, exist_ok=False)


def keep_private(path: Path) -> None:
    """The same for a file that is there already, and for what lies beside it: copied or restored, it may have got the
    rights of any other file. Where nobody but its owner may change that, it is said and left."""
    if os.name != "posix":
        return
    path = path.resolve()
    beside = (path.with_name(path.name + ending) for ending in ("-wal", "-shm"))
    open_to_others = [file for file in (path, *beside) if _is_open_to_others(file)]
    for file in open_to_others:
        with suppress(OSError):
            file.chmod(PRIVATE)
    if left := [str(file) for file in open_to_others if _is_open_to_others(file)]:
        log.warning(
            "others on this machine can open the database, and its rights cannot be changed from here; "
            "as its owner, run: chmod 600 %s",
            shlex.join(left),
        )
    elif open_to_others:
        log.info("others on this machine could open %s; now only its owner can", path)


def _is_open_to_others(file: Path) -> bool:
    try:
        return bool(file.stat().st_mode & 0o077)
    except OSError:
        return False


class SqliteConnection(aiosqlite.Connection):
    """A connection that may be told to end at any time and more than once, and whose end can be waited for."""

    def __init__(self, path: str, options: dict[str, Any]) -> None:
        super().__init__(partial(self._open, path, options), iter_chunk_size=64)
        # Not even a statement that never returns keeps the process from ending.
        self._thread.daemon = True
        self._file: sqlite3.Connection | None = None
        self._is_ending = False

    @property
    def is_fit(self) -> bool:
        """Whether somebody else may use it next: it is open and not in the middle of a transaction."""
        return not self._is_ending and not self.in_transaction

    @property
    def is_over(self) -> bool:
        """Whether its thread has handed over its last result."""
        return self._thread.ident is not None and not self._thread.is_alive()

    def stop(self) -> asyncio.Future[Any] | None:
        """Do what was asked for before, close the file, end. None if that is under way already."""
        if self._is_ending:
            return None
        self._is_ending = True
        self._tx.put_nowait((None, self._close_file))
        return super().stop()

    async def close(self) -> None:
        """End, and wait for it. The wait may be cancelled, the end not."""
        closing = self.stop()
        if closing is None:
            await self.ended()
        else:
            await closing

    async def ended(self) -> None:
        """Wait until its thread has handed over its last result."""
        pause = 0.0
        while self._thread.is_alive():
            await asyncio.sleep(pause)
            pause = min(0.05, 2 * pause + 0.001)

    def _open(self, path: str, options: dict[str, Any]) -> sqlite3.Connection:
        make_private(Path(path))
        # Kept, because aiosqlite forgets it when the opening is cancelled.
        self._file = sqlite3.connect(path, **options)
        return self._file

    def _close_file(self) -> None:
        if self._file is not None:
            # A file with an unfinished statement stays open until that is collected, and would keep its locks.
            with suppress(sqlite3.Error):
                self._file.rollback()
            self._file.close()


class SqliteConnections:
    """Every connection of an engine, also those that the pool knows nothing of (any more)."""

    def __init__(self) -> None:
        self._all: list[SqliteConnection] = []
        self._is_closed = False

    def open(self, path: str, **options: Any) -> SqliteConnection:
        """A new connection, open once it is awaited. To be given to an engine as `async_creator_fn`."""
        if self._is_closed:
            raise sqlite3.OperationalError("the database was closed")
        connection = SqliteConnection(path, options)
        self._all = [*(one for one in self._all if not one.is_over), connection]
        return connection

    async def close(self) -> None:
        """End all of them: what is being executed is finished, and nobody is handed anything afterwards."""
        self._is_closed = True
        for connection in self._all:
            connection.stop()
        for connection in self._all:
            await connection.ended()
