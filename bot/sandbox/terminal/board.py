"""What stands on the terminal: blocks of lines, redrawn in place while they are in sight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TextIO

from bot.sandbox.terminal.cells import columns

PROMPT = "> "
SPARE = 2
"""Lines of the terminal that stay free when a block is redrawn."""


@dataclass
class Block:
    """Lines that belong together; a passing one goes away with the next redraw.

    A notice becomes passing as soon as the person types something.
    """

    key: str
    lines: list[str]
    passing: bool = False
    notice: bool = False


class Board:
    """Writes blocks to a terminal of this size; with ``height`` 0 nothing is ever redrawn."""

    def __init__(self, stdout: TextIO, height: int = 0, width: int = 80) -> None:
        self._stdout = stdout
        self._height = height
        self._width = width
        self._blocks: list[Block] = []
        self._shown: dict[str, list[str]] = {}

    def put(self, key: str, lines: Sequence[str], *, again: bool = False) -> None:
        """Show a block under ``key``; lines in which nothing is new only if they are wanted ``again``.

        A block that can no longer be redrawn and only lost its last lines, the buttons, has nothing new.
        """
        before = self._shown.get(key, [])
        if before == list(lines) and not again:
            return
        self._shown[key] = list(lines)
        at = self._in_sight(key)
        if at is None:
            if before[: len(lines)] == list(lines) and not again:
                return
            self._write([*lines, ""])
            self._blocks.append(Block(key, [*lines, ""]))
            return
        self._redraw(at, [*lines, ""])

    def drop(self, key: str) -> None:
        """Take a block away, if it is still in sight."""
        self._shown.pop(key, None)
        at = self._in_sight(key)
        if at is not None:
            self._redraw(at, [])

    def line(self, text: str, *, notice: bool = False) -> None:
        """A remark that belongs to no message."""
        self._write([text])
        self._blocks.append(Block("", [text], notice=notice))

    def typed(self, line: str, *, passing: bool) -> None:
        """The terminal itself has shown a line the person typed."""
        for block in self._blocks:
            block.passing = block.passing or block.notice
        taken = [PROMPT + line, *[""] * (columns(PROMPT + line) // self._width)]
        self._blocks.append(Block("", taken, passing))

    def prompt(self) -> None:
        if self._height:
            self._stdout.write(f"\r\x1b[2K{PROMPT}")
            self._stdout.flush()

    def _in_sight(self, key: str) -> int | None:
        """Where the block stands, if it and all below it fit on the terminal."""
        for at in range(len(self._blocks) - 1, -1, -1):
            if self._blocks[at].key == key:
                needed = sum(len(block.lines) for block in self._blocks[at:])
                return at if needed <= self._height - SPARE else None
        return None

    def _redraw(self, at: int, lines: list[str]) -> None:
        below = self._blocks[at:]
        self._stdout.write(f"\x1b[{sum(len(block.lines) for block in below)}F\x1b[J")
        below[0].lines = lines
        kept = [block for block in below if block.lines and not block.passing]
        self._blocks[at:] = kept
        for block in kept:
            self._write(block.lines)

    def _write(self, lines: Sequence[str]) -> None:
        start = "\r\x1b[2K" if self._height else ""
        self._stdout.write(start + "".join(f"{line}\n" for line in lines))
        self._stdout.flush()
