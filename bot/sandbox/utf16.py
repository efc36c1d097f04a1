"""Telegram counts text in UTF-16 code units: an emoji outside the first plane is two."""

from __future__ import annotations


def length(text: str) -> int:
    """Length of ``text`` in UTF-16 code units."""
    return len(text) if text.isascii() else len(text) + sum(1 for character in text if character > "\uffff")


def cut(text: str, offset: int, size: int) -> str:
    """The part of ``text`` from ``offset`` on, both figures in UTF-16 code units."""
    raw = text.encode("utf-16-le", "surrogatepass")
    return raw[2 * offset : 2 * (offset + size)].decode("utf-16-le", "replace")
