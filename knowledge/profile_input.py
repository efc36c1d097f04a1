"""Profiles as the command line gets them: one JSON object, or one a line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any


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


def read_lines(name: str) -> Iterator[str]:
    """The lines of *name* that are not blank, as they come in. A byte that is not UTF-8 is kept as a question mark."""
    try:
        with sys.stdin.buffer if name == "-" else Path(name).open("rb") as source:
            for number, line in enumerate(source):
                text = line.decode("utf-8-sig" if number == 0 else "utf-8", errors="replace")
                if text.strip():
                    yield text
    except OSError as error:
        raise UsageError(f"--facts {name}: {error.strerror}; name a JSON file, or - for standard input") from error


def parse(text: str) -> Any:
    """The JSON value of *text*. Raises UsageError, also where a key stands twice."""
    try:
        return json.loads(text, object_pairs_hook=_without_twins)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise UsageError(f"facts: not JSON at {place}: {error.msg}; a JSON object of facts is expected") from error
    except RecursionError as error:
        raise UsageError("facts: nested too deeply; a flat JSON object is expected") from error
    except ValueError as error:  # an integer of more digits than Python reads
        raise UsageError(f"facts: {error}".splitlines()[0]) from error


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twin = next(key for key in keys if keys.count(key) > 1)
        raise UsageError(f"{json.dumps(twin, ensure_ascii=False)}: stands twice; keep one")
    return found
