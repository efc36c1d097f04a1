"""What happened in the chats, in order: terminal, web page and outside drivers read it."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from bot.sandbox.bell import Bell
from bot.sandbox.wire import JSON


@dataclass(frozen=True)
class Event:
    """``kind``: message, edit, delete, notice (answer to a tap), typing or draft."""

    number: int
    kind: str
    chat_id: int
    body: JSON

    def as_json(self) -> JSON:
        return {
            "number": self.number,
            "kind": self.kind,
            "chat_id": self.chat_id,
            "body": self.body,
        }


class Events:
    """The last events, and a bell that rings with each new one."""

    def __init__(self, bell: Bell, keep: int = 10_000) -> None:
        self.bell = bell
        self.last = 0
        self._events: deque[Event] = deque(maxlen=keep)

    def add(self, kind: str, chat_id: int, body: JSON) -> None:
        self.last += 1
        self._events.append(Event(self.last, kind, chat_id, body))
        self.bell.ring()

    def after(self, number: int, chat_id: int | None = None) -> list[Event]:
        """Events later than ``number``, of one chat or of all."""
        newer: list[Event] = []
        for event in reversed(self._events):
            if event.number <= number:
                break
            if chat_id is None or event.chat_id == chat_id:
                newer.append(event)
        return newer[::-1]
