"""Parts of the recorded conversations that README.md shows: a comment says which, the block below it is filled in."""

from __future__ import annotations

import re
from typing import Final

from tests.transcripts.playing import FOLDER

EXCERPT: Final = re.compile(
    r'(?P<comment><!-- (?P<name>\S+) from "(?P<start>[^"]+)" to "(?P<stop>[^"]+)" -->\n```text\n)'
    r"(?P<text>.*?)(?P<end>```\n)",
    re.DOTALL,
)


def excerpt(name: str, start: str, stop: str) -> str:
    """What the recording of this name shows from the typed line `start` to before the next line `stop`."""
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    first = lines.index(start)
    last = lines.index(stop, first + 1)
    return "\n".join(lines[first:last]).rstrip() + "\n"


def refreshed(readme: str) -> str:
    """The text of README.md with its excerpts as the conversations now are."""

    def filled(found: re.Match[str]) -> str:
        return found["comment"] + excerpt(found["name"], found["start"], found["stop"]) + found["end"]

    return EXCERPT.sub(filled, readme)
