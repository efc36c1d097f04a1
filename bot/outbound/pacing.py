"""When the next message may go: so many a second for the whole bot, one a second to a chat, none during a 429.

The rate is kept by giving every message a slot before it goes (GCRA, the leaky bucket as a meter): the slots of a
second are `rate` in number, and a sender that was held up for a moment may catch up by a fifth of a second, no more. So
in any period of t seconds at most rate × (t + 0.2) messages go, and at least rate × t if there are enough of them.

Pure: moments are handed in, in seconds of a timer.
"""

from __future__ import annotations

import math
from typing import Final

CATCH_UP: Final = 0.2
"""Seconds of sending that may be made up for at once."""
CHAT_GAP: Final = 1.05
"""Seconds between two messages to one person; Telegram wants one."""
GROUP_GAP: Final = 3.05
"""The same for a group: 20 a minute."""
JITTER: Final = 0.1
"""Part of a pause that is added to it, so that nobody comes back in step with a window that is still closed."""


class HeldBack(Exception):
    """A pause began while a message waited for its slot."""


class Pace:
    """Slots for the messages of one bot. The first one is free `CATCH_UP` seconds after `now`, so that a restart adds
    nothing to what went out before it."""

    def __init__(self, rate: float, now: float) -> None:
        self._interval = 1 / rate
        self._tolerance = max(0.0, CATCH_UP - self._interval)
        # Where the line of slots would be if each was used exactly when it was due.
        self._line = now + CATCH_UP
        self._chats: dict[int, float] = {}
        self._paused_until = now

    def room(self, now: float, horizon: float) -> int:
        """How many messages may go within `horizon` seconds from now."""
        free = now + horizon - max(now, self._line) + self._tolerance
        return max(0, math.floor(free / self._interval + 1e-6) + 1)

    def reserve(self, now: float, chat_id: int, weight: int = 1) -> float:
        """The slot of a message to this chat: the moment at which it may go. An album weighs as many as it has parts.
        The chat must not be one of the `busy`."""
        slot = max(now, self._line - self._tolerance)
        self._line = max(self._line, slot) + weight * self._interval
        gap = GROUP_GAP if chat_id < 0 else CHAT_GAP
        self._chats[chat_id] = slot + weight * gap
        return slot

    def busy(self, now: float) -> dict[int, float]:
        """Chats that have had a message just now, and when each may have the next."""
        self._chats = {chat: free for chat, free in self._chats.items() if free > now}
        return self._chats

    def pause(self, now: float, seconds: float) -> None:
        """Nothing goes for so many seconds; a longer pause that is under way stays."""
        self._paused_until = max(self._paused_until, now + seconds)
        # What could not go meanwhile is not made up for.
        self._line = max(self._line, self._paused_until + self._tolerance)

    def paused_for(self, now: float) -> float:
        """Seconds until the pause ends; 0 if there is none."""
        return max(0.0, self._paused_until - now)
