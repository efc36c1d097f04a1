"""What Telegram finds in plain text: commands, mentions, hashtags, addresses."""

from __future__ import annotations

import re

from bot.sandbox import utf16
from bot.sandbox.wire import JSON

PATTERNS = (
    ("url", re.compile(r"\bhttps?://[^\s<>\"]*[^\s<>\".,;:!?)\]]")),
    ("email", re.compile(r"\b[\w.+-]+@[\w-]+\.[\w.-]*\w")),
    (
        "url",
        re.compile(
            r"(?<![\w@./])(?:[a-z0-9-]+\.)+(?:ac\.id|go\.id|id|org|com|net|me)\b(?:/[^\s<>\"]*[^\s<>\".,;:!?)\]])?",
            re.IGNORECASE,
        ),
    ),
    ("bot_command", re.compile(r"(?<![\w/<>])/[a-zA-Z0-9_]{1,64}(?:@\w{3,32})?(?![\w/])")),
    ("mention", re.compile(r"(?<![\w@])@[a-zA-Z]\w{3,31}\b")),
    ("hashtag", re.compile(r"(?<!\w)#\w*[^\W\d]\w*")),
)


def detect(text: str) -> list[JSON]:
    """Entities of ``text``; where two could stand, the earlier pattern of the list wins."""
    found: list[JSON] = []
    spans: list[tuple[int, int]] = []
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < other_end and other < end for other, other_end in spans):
                continue
            spans.append((start, end))
            offset = utf16.length(text[:start])
            found.append({"type": kind, "offset": offset, "length": utf16.length(match.group())})
    return sorted(found, key=lambda entity: int(entity["offset"]))
