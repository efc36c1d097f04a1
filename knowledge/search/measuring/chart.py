"""A small line chart as a PNG, drawn without any library: precision against coverage."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

_WIDTH, _HEIGHT, _MARGIN = 640, 480, 60
_WHITE, _GREY, _BLACK, _BLUE = (255, 255, 255), (221, 221, 221), (40, 40, 40), (0, 90, 181)
_LETTER: Final = 8
"""Width of a letter with the gap behind it, pixels."""
# Letters of five by seven points, one number a row, the leftmost point worth 16.
_FONT: Final = {
    "0": (14, 17, 19, 21, 25, 17, 14),
    "1": (4, 12, 4, 4, 4, 4, 14),
    "2": (14, 17, 1, 2, 4, 8, 31),
    "3": (31, 2, 4, 2, 1, 17, 14),
    "4": (2, 6, 10, 18, 31, 2, 2),
    "5": (31, 16, 30, 1, 1, 17, 14),
    "6": (6, 8, 16, 30, 17, 17, 14),
    "7": (31, 1, 2, 4, 8, 8, 8),
    "8": (14, 17, 17, 14, 17, 17, 14),
    "9": (14, 17, 17, 15, 1, 2, 12),
    "%": (24, 25, 2, 4, 8, 19, 3),
    "a": (0, 0, 14, 1, 15, 17, 15),
    "c": (0, 0, 14, 16, 16, 17, 14),
    "e": (0, 0, 14, 17, 31, 16, 14),
    "g": (0, 15, 17, 17, 15, 1, 14),
    "i": (4, 0, 12, 4, 4, 4, 14),
    "n": (0, 0, 22, 25, 17, 17, 17),
    "o": (0, 0, 14, 17, 17, 17, 14),
    "p": (0, 0, 30, 17, 30, 16, 16),
    "r": (0, 0, 22, 25, 16, 16, 16),
    "s": (0, 0, 14, 16, 14, 1, 30),
    "v": (0, 0, 17, 17, 17, 10, 4),
}
Colour = tuple[int, int, int]
Point = tuple[float, float]


def precision_against_coverage(points: Sequence[Point], lowest: float = 0.5) -> bytes:
    """The PNG of a curve; each point is a coverage and a precision, 0 to 1. Precision is shown from *lowest* on."""
    canvas = _Canvas()
    for tenth in range(11):
        canvas.line(_place(tenth / 10, lowest, lowest), _place(tenth / 10, 1, lowest), _GREY)
        x, y = _place(tenth / 10, lowest, lowest)
        canvas.text(x - 12, y + 8, f"{tenth * 10}%")
        share = lowest + (1 - lowest) * tenth / 10
        canvas.line(_place(0, share, lowest), _place(1, share, lowest), _GREY)
        x, y = _place(0, share, lowest)
        canvas.text(x - 40, y - 3, f"{share * 100:.0f}%")
    canvas.text(_WIDTH // 2 - 32, _HEIGHT - 24, "coverage")
    canvas.text(16, 24, "precision")
    for one, other in pairwise(points):
        for shift in (0, 1):
            start, end = _place(*one, lowest), _place(*other, lowest)
            canvas.line((start[0], start[1] + shift), (end[0], end[1] + shift), _BLUE)
    return canvas.png()


def _place(coverage: float, precision: float, lowest: float) -> tuple[int, int]:
    across, up = _WIDTH - 2 * _MARGIN, _HEIGHT - 2 * _MARGIN
    height = (max(precision, lowest) - lowest) / (1 - lowest)
    return round(_MARGIN + across * coverage), round(_HEIGHT - _MARGIN - up * height)


class _Canvas:
    """Pixels that can be drawn on."""

    def __init__(self) -> None:
        self._rows = [bytearray(_WHITE * _WIDTH) for _ in range(_HEIGHT)]

    def line(self, start: tuple[int, int], end: tuple[int, int], colour: Colour) -> None:
        """A straight line, one pixel wide."""
        steps = max(abs(end[0] - start[0]), abs(end[1] - start[1]), 1)
        for step in range(steps + 1):
            x = round(start[0] + (end[0] - start[0]) * step / steps)
            y = round(start[1] + (end[1] - start[1]) * step / steps)
            self._dot(x, y, colour)

    def text(self, x: int, y: int, text: str) -> None:
        """Small letters, from the upper left corner."""
        for number, letter in enumerate(text):
            self._letter(x + number * _LETTER, y, _FONT[letter])

    def png(self) -> bytes:
        """The picture as a file."""
        head = struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 8, 2, 0, 0, 0)
        body = zlib.compress(b"".join(b"\0" + row for row in self._rows), 9)
        chunks = ((b"IHDR", head), (b"IDAT", body), (b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in chunks)

    def _letter(self, x: int, y: int, rows: Iterable[int]) -> None:
        for down, row in enumerate(rows):
            for right in range(5):
                if row >> (4 - right) & 1:
                    self._dot(x + right, y + down, _BLACK)

    def _dot(self, x: int, y: int, colour: Colour) -> None:
        if 0 <= x < _WIDTH and 0 <= y < _HEIGHT:
            self._rows[y][3 * x : 3 * x + 3] = bytes(colour)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
