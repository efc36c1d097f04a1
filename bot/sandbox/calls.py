"""The record of all calls: what the bot asked, when, and what became of it."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.sandbox.wire import JSON


@dataclass(frozen=True)
class Record:
    """One finished call. ``outcome`` is "ok" or the description of the refusal."""

    time: float
    method: str
    params: dict[str, object]
    code: int
    outcome: str
    result: object
    answered: bool = True

    @property
    def ok(self) -> bool:
        return self.code == 200


class CallLog:
    """The last ``keep`` calls in memory (all if None), accepted ones also as JSON lines; ``total`` counts all."""

    def __init__(self, path: Path | None = None, keep: int | None = None) -> None:
        self._records: deque[Record] = deque(maxlen=keep)
        self._path = path
        self.total = 0

    def __iter__(self) -> Iterator[Record]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)

    def add(self, record: Record) -> None:
        self._records.append(record)
        self.total += 1
        if self._path is not None and record.ok:
            line = json.dumps(asdict(record), ensure_ascii=False)
            with self._path.open("a", encoding="utf-8") as file:
                file.write(line + "\n")

    def of(self, *methods: str, chat_id: int | None = None, ok: bool | None = None) -> list[Record]:
        """Records of these methods (any if none is named), to a chat, accepted or refused."""
        wanted = {method.lower() for method in methods}
        return [
            record
            for record in self._records
            if (not wanted or record.method.lower() in wanted)
            and (chat_id is None or str(record.params.get("chat_id")) == str(chat_id))
            and (ok is None or record.ok == ok)
        ]

    def as_json(self) -> list[JSON]:
        return [asdict(record) for record in self._records]
