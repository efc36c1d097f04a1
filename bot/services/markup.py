"""Texts that must fit: what is seen of Telegram's HTML, how long Telegram finds it, where it is cut; and a bar."""

from __future__ import annotations

import html
import re
from typing import Final

TAG: Final = re.compile(r"<[^>]*>")
"""A mark of the formatting."""


def plain(text: str) -> str:
    """What is seen of a formatted text."""
    return html.unescape(TAG.sub("", text))


def length(text: str) -> int:
    """How long Telegram finds a text: UTF-16 units of what is seen."""
    return len(plain(text).encode("utf-16-le")) // 2


def cut(text: str, most: int = 40, *, end: str | None = None) -> str:
    """A plain text that fits, a button of a phone if not said otherwise; cut at its end. `end`: characters (else space)
    that do not stand before the "…"."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip(end)}…"


def start_of(text: str, most: int = 60) -> str:
    """The first words of a formatted text, `most` characters of them, without its formatting, ready for HTML."""
    return html.escape(cut(" ".join(plain(text).split()), most + 1), quote=False)


def progress_bar(done: int, total: int, *, cells: int = 10) -> str:
    """`▰▰▰▱▱▱▱▱▱▱`; full only when all is done, and not empty once something is."""
    filled = 0 if total <= 0 else done * cells // total
    filled = max(filled, 1) if done > 0 else filled
    return "▰" * min(filled, cells) + "▱" * (cells - min(filled, cells))
