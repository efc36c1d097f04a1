"""JSON values in error lines: what a value is, shown on one printable line, and the fact it was given for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Final

_LONGEST_SHOWN: Final = 80


class InvalidFact(ValueError):
    """A profile names an unknown fact, or gives one a value that is not accepted.

    The message is one line: the key, the value, what is wrong with it and what is accepted.
    """

    def __init__(self, key: str, problem: str) -> None:
        self.key = key
        super().__init__(f"{_plain_key(key)}: {problem}")


def what(value: object) -> str:
    """What kind of JSON value this is, as the middle of a sentence."""
    if value is None:
        return "is not a value"
    names = {bool: "is a truth value", str: "is text", dict: "is an object", list: "is a list"}
    return names.get(type(value), "is a number")


def either(words: Iterable[str]) -> str:
    """`a, b or c`; there must be at least one word."""
    *rest, last = words
    return f"{', '.join(rest)} or {last}" if rest else last


def shown(value: object) -> str:
    """The value as JSON on one printable line, cut where it is long."""
    try:
        text = json.dumps(value, ensure_ascii=False, default=str)
    except RecursionError:  # read just before the limit of nesting, too deep to be written again
        text = "{…}" if isinstance(value, dict) else "[…]"
    return _printable(text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…")


def _plain_key(key: str) -> str:
    return key if re.fullmatch(r"\w{1,60}", key, re.ASCII) else shown(key)


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)
