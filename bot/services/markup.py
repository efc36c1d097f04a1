"""Telegram's HTML, read: what is seen of a text, and how long Telegram finds it."""

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


def start_of(text: str, most: int = 60) -> str:
    """The first words of a formatted text, without its formatting, ready for HTML."""
    seen = " ".join(plain(text).split())
    return html.escape(seen[:most].rstrip() + "…" if len(seen) > most else seen, quote=False)
