"""Character references: the four names Telegram knows, and numbers."""

from __future__ import annotations

import string

NAMES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
MOST_DIGITS = 8
LAST_CHARACTER = 0x10FFFF


def reference(source: str, at: int) -> tuple[str, int] | None:
    """The character that the reference at ``at`` stands for and the place behind it.

    None if it is no reference Telegram knows: then ``&`` is just an ampersand.
    """
    start = at + 1
    if source[start : start + 1] == "#":
        hexadecimal = source[start + 1 : start + 2] in ("x", "X")
        start += 2 if hexadecimal else 1
        digits = _run(source, start, string.hexdigits if hexadecimal else string.digits)
        character = _numbered(digits, 16 if hexadecimal else 10)
        end = start + len(digits)
    else:
        name = _run(source, start, string.ascii_letters)
        character = NAMES.get(name, "")
        end = start + len(name)
    if not character:
        return None
    return character, end + (source[end : end + 1] == ";")


def _run(source: str, start: int, alphabet: str) -> str:
    """The longest piece from ``start`` on that is made of ``alphabet``."""
    end = start
    while end < len(source) and source[end] in alphabet:
        end += 1
    return source[start:end]


def _numbered(digits: str, base: int) -> str:
    if not digits or len(digits) > MOST_DIGITS:
        return ""
    number = int(digits, base)
    return chr(number) if 0 < number < LAST_CHARACTER else ""
