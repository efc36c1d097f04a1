"""Files the chats hold: what was uploaded, by whom ever, and how it is named."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass

from bot.sandbox.wire import JSON

LARGEST_PHOTO = 10 * 1024 * 1024
LARGEST_UPLOAD = 50 * 1024 * 1024
LARGEST_DOWNLOAD = 20 * 1024 * 1024
"""Bytes. Limits of Telegram's own server."""

PREFIXES = {"photo": "AgACAgUAAxk", "document": "BQACAgUAAxk"}


@dataclass(frozen=True)
class StoredFile:
    """One file; ``path`` is where a bot downloads it from."""

    file_id: str
    unique_id: str
    kind: str
    data: bytes
    name: str
    mime: str
    path: str
    width: int = 0
    height: int = 0

    def as_json(self) -> JSON:
        """As a Document or a PhotoSize."""
        body: JSON = {"file_id": self.file_id, "file_unique_id": self.unique_id}
        if self.kind == "photo":
            body |= {"width": self.width, "height": self.height}
        else:
            body |= {"file_name": self.name, "mime_type": self.mime}
        return body | {"file_size": len(self.data)}


class Files:
    """All files by their id."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}
        self._unique: dict[tuple[str, int, int, bytes], str] = {}

    def add(
        self,
        data: bytes,
        name: str,
        mime: str,
        *,
        kind: str = "document",
        width: int = 0,
        height: int = 0,
    ) -> StoredFile:
        number = len(self._by_id) + 1
        mark = _mark(number)
        # A file that Telegram has already is known again, whoever sends it; each sending has an id of its own.
        unique = self._unique.setdefault((kind, width, height, hashlib.sha256(data).digest()), mark)
        ending = name.rsplit(".", 1)[-1] if "." in name else "bin"
        folder = "photos" if kind == "photo" else "documents"
        stored = StoredFile(
            file_id=PREFIXES[kind] + mark,
            unique_id="AgAD" + unique,
            kind=kind,
            data=data,
            name=name,
            mime=mime,
            path=f"{folder}/file_{number}.{ending}",
            width=width,
            height=height,
        )
        self._by_id[stored.file_id] = stored
        self._by_path[stored.path] = stored
        return stored

    def by_id(self, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id)

    def by_path(self, path: str) -> StoredFile | None:
        return self._by_path.get(path)


def _mark(number: int) -> str:
    return base64.urlsafe_b64encode(number.to_bytes(6, "big")).decode().rstrip("=")
