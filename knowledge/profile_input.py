"""Profiles as the command line gets them: one JSON object, or one a line."""

from __future__ import annotations

import json
import sys
from codecs import BOM_UTF8
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

_MOST_DIGITS: Final = 1000
"""Python itself refuses to read whole numbers of more than 4300 digits."""


class UsageError(Exception):
    """Input that cannot be read; the message is one line."""


def read_text(name: str) -> str:
    """The file *name*, or standard input for `-`. Raises UsageError."""
    try:
        content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return content.decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"--facts {name}: {error.strerror}; name a JSON file, or - for standard input") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"--facts {name}: not UTF-8 at byte {error.start}; save it as UTF-8") from error


def read_lines(name: str) -> Iterator[bytes]:
    """The lines of *name* as they come in; blank ones at the end do not count. Raises UsageError."""
    blank = 0
    try:
        with sys.stdin.buffer if name == "-" else Path(name).open("rb") as source:
            for number, line in enumerate(source):
                text = (line.removeprefix(BOM_UTF8) if number == 0 else line).strip()
                if text:
                    yield from [b""] * blank
                    yield text
                blank = 0 if text else blank + 1
    except OSError as error:
        raise UsageError(f"--facts {name}: {error.strerror}; name a JSON file, or - for standard input") from error


def parse_line(line: bytes) -> Any:
    """The JSON value of one line. Raises UsageError."""
    try:
        return parse(line.decode())
    except UnicodeDecodeError as error:
        raise UsageError(f"facts: not UTF-8 at byte {error.start}; write the line as UTF-8") from error


def parse(text: str) -> Any:
    """The JSON value of *text*. Raises UsageError, also where a key stands twice."""
    try:
        return json.loads(text, object_pairs_hook=_without_twins, parse_int=_whole)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}" if "\n" in text else f"column {error.colno}"
        raise UsageError(f"facts: not JSON at {place}: {error.msg}; a JSON object of facts is expected") from error
    except RecursionError as error:
        raise UsageError("facts: nested too deeply; a flat JSON object is expected") from error


def _whole(digits: str) -> float:
    """A whole number; one of more digits than any fact can have is as good as infinite."""
    return int(digits) if len(digits) <= _MOST_DIGITS else float(digits)


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twin = next(key for key in keys if keys.count(key) > 1)
        raise UsageError(f"{json.dumps(twin, ensure_ascii=False)}: stands twice; keep one")
    return found
