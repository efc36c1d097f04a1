"""The loop of the terminal chat: show what happened, read a line, do it, wait for the bot."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TextIO

from bot.sandbox.people import Person
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.terminal.board import PROMPT, Board
from bot.sandbox.terminal.doing import Doing
from bot.sandbox.terminal.lines import Lines
from bot.sandbox.terminal.paint import Paint
from bot.sandbox.terminal.watching import Watching

PHONE = 60
"""Columns of a phone; wider terminals are not used further."""


async def chat(
    sandbox: Sandbox,
    person: Person,
    *,
    settled: Callable[[], Awaitable[object]] | None,
    stdin: TextIO,
    stdout: TextIO,
    downloads: Path,
    opening: str = "",
) -> None:
    """Chat as ``person`` until the input ends or ``:quit``.

    ``settled`` returns when the bot has handled every update; before that the next line is not
    read. ``opening`` is said first. Files from the bot go to ``downloads``. On a terminal messages
    are coloured (unless NO_COLOR is set) and redrawn in place, otherwise they are plain lines.
    """
    on_terminal = stdout.isatty()
    size = shutil.get_terminal_size((PHONE, 24))
    paint = Paint(
        width=min(PHONE, size.columns) if on_terminal else None,
        colour=on_terminal and not os.environ.get("NO_COLOR"),
    )
    board = Board(stdout, size.lines if on_terminal and stdin.isatty() else 0, size.columns)
    watching = Watching(sandbox, person, board, paint, downloads)
    doing = Doing(sandbox, watching, board, paint)
    await Session(sandbox, doing, watching, board, settled).run(stdin, opening)


class Session:
    """One chat; with input from a pipe everything typed is shown, so that it reads as a talk."""

    def __init__(
        self,
        sandbox: Sandbox,
        doing: Doing,
        watching: Watching,
        board: Board,
        settled: Callable[[], Awaitable[object]] | None,
    ) -> None:
        self.sandbox = sandbox
        self.doing = doing
        self.watching = watching
        self.board = board
        self.settled = settled

    async def run(self, stdin: TextIO, opening: str) -> None:
        lines = Lines(stdin)
        live = stdin.isatty()
        follower = asyncio.create_task(self.watching.follow()) if live else None
        try:
            if opening:
                await self._turn(opening, shown=False)
            while True:
                self.board.prompt()
                line = await lines.next()
                if line is None or not await self._turn(line, shown=live):
                    return
        finally:
            if follower is not None:
                follower.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await follower

    async def _turn(self, line: str, *, shown: bool) -> bool:
        """Do one line and wait for the bot; false if it was the last."""
        if shown:
            self.board.typed(line, passing=self.doing.is_press(line.strip()))
        elif line.strip():
            self.board.line(PROMPT + line.strip())
        goes_on = await self.doing.do(line.strip())
        try:
            await self.sandbox.quiet(self.settled)
        except TimeoutError:
            self.board.line("The bot has not answered for half a minute.")
        self.watching.catch_up()
        return goes_on
