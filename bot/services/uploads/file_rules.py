"""Which files are taken: the one place that names kinds and sizes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final, Literal

MOST_BYTES: Final = 20_000_000
"""What a bot can fetch (platform-facts §1.2: the smaller of the two figures)."""
MEGABYTE: Final = 1_000_000
MOST_FILES: Final = 20
"""Files of one item."""
MOST_WAITING: Final = 30
"""Files of one person that wait for an item to be named."""
WAITING_DAYS: Final = 30
"""How long they wait."""
LONGEST_STATEMENT: Final = 500
"""Characters of the reason why somebody does not have a paper."""

_JPEG = frozenset({"image/jpeg", "image/jpg", "image/pjpeg"})
_HEIC = frozenset({"image/heic", "image/heif", "image/heic-sequence", "image/heif-sequence"})
KINDS: Final[Mapping[str, frozenset[str]]] = {
    "pdf": frozenset({"application/pdf", "application/x-pdf"}),
    "jpg": _JPEG,
    "jpeg": _JPEG,
    "jfif": _JPEG,
    "png": frozenset({"image/png", "image/x-png"}),
    "heic": _HEIC,
    "heif": _HEIC,
    "docx": frozenset({"application/vnd.openxmlformats-officedocument.wordprocessingml.document"}),
}
"""The endings of names that are taken, each with the media types that go with it."""
SAYS_NOTHING: Final = frozenset({"", "application/octet-stream", "binary/octet-stream"})
"""Media types by which a phone says that it does not know: then the ending decides."""
SHOWN_KINDS: Final = "PDF, JPEG, PNG, HEIC, DOCX"

Trouble = Literal["kind", "mismatch", "size", "empty"]


@dataclass(frozen=True)
class Refusal:
    """Why a file is not taken."""

    trouble: Trouble
    ending: str
    """The ending of its name, in small letters; empty if it has none."""
    size: int


def ending_of(name: str | None) -> str:
    """The ending of a file's name in small letters, without the point."""
    return PurePosixPath((name or "").strip().replace("\\", "/")).suffix.lstrip(".").lower()


def refusal(kind: str, name: str | None, mime: str | None, size: int | None) -> Refusal | None:
    """Why a file cannot be taken, from what Telegram says of it; None if it can. `kind`: photo or document."""
    ending, media = ending_of(name), (mime or "").split(";")[0].strip().lower()
    bytes_ = -1 if size is None else size
    trouble = _kind_trouble(ending, media) if kind != "photo" else None
    if trouble is None:
        trouble = "empty" if bytes_ == 0 else "size" if bytes_ > MOST_BYTES else None
    return None if trouble is None else Refusal(trouble, ending, max(bytes_, 0))


def _kind_trouble(ending: str, media: str) -> Trouble | None:
    """Both the ending and the media type must be of a kind that is taken, and of the same one."""
    if not ending:
        return None if any(media in types for types in KINDS.values()) else "kind"
    if ending not in KINDS:
        return "kind"
    return None if media in SAYS_NOTHING or media in KINDS[ending] else "mismatch"
