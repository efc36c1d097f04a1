"""Text as Telegram keeps it: parsed, trimmed, its entities in order and found ones added."""

from __future__ import annotations

from bot.sandbox import utf16
from bot.sandbox.detect import detect
from bot.sandbox.errors import bad_request
from bot.sandbox.formatting import parse_html
from bot.sandbox.wire import JSON

MOST_ENTITIES = 100
"""Telegram shows so many and ignores the rest."""


def styled(source: str, parse_mode: str, given: list[JSON] | None) -> tuple[str, list[JSON]]:
    """Text and entities of what a bot sent.

    Raises RefusalError 400 for broken markup and for a parse mode other than HTML: the sandbox does
    not read Markdown.
    """
    if parse_mode.lower() == "html":
        text, entities = parse_html(source)
    elif parse_mode:
        raise bad_request("unsupported parse_mode")
    else:
        text, entities = source, list(given or [])
    text, entities = _trimmed(text, _settled(entities))
    return text, with_detected(text, entities)


def with_detected(text: str, entities: list[JSON]) -> list[JSON]:
    """``entities`` and the commands, links and names that Telegram finds by itself."""
    taken = [(e["offset"], e["offset"] + e["length"]) for e in entities if _exclusive(e)]
    found = [
        e
        for e in detect(text)
        if not any(e["offset"] < end and start < e["offset"] + e["length"] for start, end in taken)
    ]
    return _ordered([*entities, *found])[:MOST_ENTITIES]


def _exclusive(entity: JSON) -> bool:
    return entity["type"] in ("code", "pre", "text_link", "text_mention", "date_time")


def _ordered(entities: list[JSON]) -> list[JSON]:
    return sorted(entities, key=lambda e: (e["offset"], -e["length"], e["type"] != "pre"))


def _settled(entities: list[JSON]) -> list[JSON]:
    """Code inside pre becomes the language of the pre; nothing else stands inside either."""
    kept: list[JSON] = []
    for entity in _ordered(entities):
        around = [e for e in kept if e["type"] in ("pre", "code") and _inside(entity, e)]
        if not around:
            kept.append({k: v for k, v in entity.items() if not _stray_language(entity, k)})
        elif around[0]["type"] == "pre" and entity.get("language") and _same(entity, around[0]):
            around[0]["language"] = entity["language"]
    return kept


def _stray_language(entity: JSON, key: str) -> bool:
    return key == "language" and entity["type"] == "code"


def _inside(entity: JSON, other: JSON) -> bool:
    end = entity["offset"] + entity["length"]
    return bool(other["offset"] <= entity["offset"] and end <= other["offset"] + other["length"])


def _same(entity: JSON, other: JSON) -> bool:
    return (entity["offset"], entity["length"]) == (other["offset"], other["length"])


def _trimmed(text: str, entities: list[JSON]) -> tuple[str, list[JSON]]:
    """White space at both ends goes; entities move and shrink with it."""
    front = utf16.length(text) - utf16.length(text.lstrip())
    text = text.strip()
    size = utf16.length(text)
    kept = []
    for entity in entities:
        start = max(0, entity["offset"] - front)
        end = min(size, entity["offset"] + entity["length"] - front)
        if end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    return text, kept
