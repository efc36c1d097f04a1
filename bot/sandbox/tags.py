"""The tags the Bot API knows and the message entity each becomes."""

from __future__ import annotations

from urllib.parse import urlsplit

from bot.sandbox.errors import bad_request
from bot.sandbox.wire import JSON

SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "pre": "pre",
}
TAGS = frozenset({*SIMPLE, "a", "code", "blockquote", "tg-emoji", "tg-time"})


def entity(tag: str, attributes: dict[str, str], content: str) -> JSON | None:
    """The entity for a tag around ``content``; None if Telegram shows plain text there."""
    if tag in SIMPLE:
        return {"type": SIMPLE[tag]}
    if tag == "a":
        return _link(attributes.get("href") or content)
    if tag == "code":
        language = attributes.get("class", "").removeprefix("language-")
        known = language != attributes.get("class", "")
        return {"type": "code", "language": language} if known and language else {"type": "code"}
    if tag == "blockquote":
        return {"type": "expandable_blockquote" if "expandable" in attributes else "blockquote"}
    if tag == "tg-emoji":
        return _emoji(attributes.get("emoji-id", ""))
    return _time(attributes)


def _emoji(number: str) -> JSON:
    if not number.isdigit() or int(number) == 0:
        raise bad_request("can't parse entities: Invalid custom emoji identifier specified")
    return {"type": "custom_emoji", "custom_emoji_id": number}


def _time(attributes: dict[str, str]) -> JSON | None:
    unix = attributes.get("unix", "")
    if not unix.isdigit():
        return None
    found: JSON = {"type": "date_time", "unix_time": int(unix)}
    if attributes.get("format"):
        found["date_time_format"] = attributes["format"]
    return found


def _link(address: str) -> JSON | None:
    """A text link, its address completed as Telegram does it; None if it is no address."""
    address = address.strip()
    if address.startswith(("tg://", "mailto:")):
        return {"type": "text_link", "url": address}
    if "://" not in address:
        address = f"http://{address}"
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https", "ftp", "tonsite") or "." not in host:
        return None
    if not parts.path:
        tail = f"?{parts.query}" if parts.query else ""
        address = f"{parts.scheme}://{parts.netloc}/{tail}"
    return {"type": "text_link", "url": address}
