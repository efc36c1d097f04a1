"""Updates that wait for the bot: stored until it confirms them or they expire."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice, takewhile

from bot.sandbox.bell import Bell
from bot.sandbox.clock import Clock
from bot.sandbox.wire import JSON

LIFETIME = {"callback_query": 150.0, "inline_query": 30.0, "chosen_inline_result": 600.0}
"""Seconds an update of a kind is kept; everything else a day."""
DAY = 86_400.0
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(eq=False)
class Waiting:
    """One update. ``queue`` names the order it belongs to: those of one queue go one by one."""

    id: int
    kind: str
    body: JSON
    queue: str
    expires: float


class Updates:
    """The queue of one bot."""

    def __init__(self, clock: Clock, bell: Bell, first_id: int = 1) -> None:
        self.clock = clock
        self.bell = bell
        self.allowed: frozenset[str] = frozenset()
        self._next_id = first_id
        self._waiting: deque[Waiting] = deque()

    def __len__(self) -> int:
        self._expire()
        return len(self._waiting)

    def add(self, kind: str, content: JSON, queue: str) -> int | None:
        """Queue an update and give its id; None if the bot does not want this kind."""
        if self.allowed and kind not in self.allowed:
            return None
        if not self.allowed and kind in NOT_BY_DEFAULT:
            return None
        number = self._next_id
        self._next_id += 1
        expires = self.clock.now() + LIFETIME.get(kind, DAY)
        body = {"update_id": number, kind: content}
        self._waiting.append(Waiting(number, kind, body, queue, expires))
        self.bell.ring()
        return number

    def allow(self, kinds: Iterable[str]) -> None:
        """From now on only these kinds are queued; none means Telegram's default."""
        self.allowed = frozenset(kinds)

    def confirm(self, offset: int) -> None:
        """Forget updates before ``offset``; a negative one keeps only the last ones."""
        if offset < 0:
            while len(self._waiting) > -offset:
                self._waiting.popleft()
        while offset > 0 and self._waiting and self._waiting[0].id < offset:
            self._waiting.popleft()
        self.bell.ring()

    def remove(self, update: Waiting) -> None:
        """Forget an update that was delivered."""
        with suppress(ValueError):
            self._waiting.remove(update)
        self.bell.ring()

    def first(self, limit: int) -> list[Waiting]:
        """The oldest ``limit`` updates that are still of use."""
        self._expire()
        return list(islice(self._waiting, limit))

    def after(self, number: int) -> list[Waiting]:
        """Updates with an id above ``number``, oldest first."""
        return list(takewhile(lambda update: update.id > number, reversed(self._waiting)))[::-1]

    def clear(self) -> None:
        self._waiting.clear()
        self.bell.ring()

    def _expire(self) -> None:
        now = self.clock.now()
        if any(update.expires <= now for update in self._waiting):
            self._waiting = deque(u for u in self._waiting if u.expires > now)
