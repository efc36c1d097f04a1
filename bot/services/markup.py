"""Texts that must fit: what is seen of Telegram's HTML, how long Telegram finds it, where it is cut; and a bar."""

from __future__ import annotations

import html
import re
from typing import Final

TAG: Final = re.compile(r"<[^>]*>")
"""A mark of the formatting."""
ON_A_BUTTON: Final = 34
"""Characters of a label that a phone shows on a button with a row of its own."""


def plain(text: str) -> str:
    """What is seen of a formatted text."""
    return html.unescape(TAG.sub("", text))


def length(text: str) -> int:
    """How long Telegram finds a text: UTF-16 units of what is seen."""
    return len(plain(text).encode("utf-16-le")) // 2


def cut(text: str, most: int = ON_A_BUTTON, *, after: str = "") -> str:
    """A plain text that fits, a button of a phone if not said otherwise: its first words and "…", or where a word is
    longer than half of that, its first characters. `after` always stands behind it."""
    room = most - len(after)
    if len(text) <= room:
        return text + after
    words = text[:room].rpartition(" ")[0]
    kept = words if 2 * len(words) >= room else text[: room - 1]
    return f"{kept.rstrip(' ,.;:(–-')}…{after}"


def start_of(text: str, most: int = 60) -> str:
    """The first words of a formatted text, `most` characters of them, without its formatting, ready for HTML."""
    return html.escape(cut(" ".join(plain(text).split()), most + 1), quote=False)


def progress_bar(done: int, total: int, *, cells: int = 10) -> str:
    """`▰▰▰▱▱▱▱▱▱▱`; full only when all is done, and not empty once something is."""
    filled = 0 if total <= 0 else done * cells // total
    filled = max(filled, 1) if done > 0 else filled
    return "▰" * min(filled, cells) + "▱" * (cells - min(filled, cells))
