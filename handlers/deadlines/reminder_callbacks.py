"""What the buttons below a reminder carry. The worker writes the first two by itself, see bot/outbound: a test holds
the two together. The day is that of the reminder: its number, counted from the year 1."""

from __future__ import annotations

from datetime import date

from aiogram.filters.callback_data import CallbackData


class _OfDay:
    """What names a reminder by the day on which it came."""

    day: int

    @property
    def came_on(self) -> date:
        """The day; a number that is none, which a button of ours never has, is taken for a day without a reminder."""
        return date.fromordinal(self.day) if 0 < self.day <= date.max.toordinal() else date.min


class Snooze(_OfDay, CallbackData, prefix="t1"):
    """Put it off: by 1 or 3 days, or (w) until a week before."""

    day: int
    until: str


class Mute(_OfDay, CallbackData, prefix="t2"):
    """Which of them shall be muted?"""

    day: int


class MuteOne(_OfDay, CallbackData, prefix="t3"):
    """Mute one deadline, by its place in the reminder; -1 mutes all it tells of."""

    day: int
    at: int


class MuteAll(_OfDay, CallbackData, prefix="t4"):
    """No reminders any more."""

    day: int


class AsUsual(_OfDay, CallbackData, prefix="t5"):
    """Tell of these deadlines as usual."""

    day: int


class Back(_OfDay, CallbackData, prefix="t6"):
    """The buttons as they were."""

    day: int
