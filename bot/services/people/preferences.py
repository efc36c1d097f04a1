"""What a person wishes to be sent: kept in one column of their row, so that a new wish needs no new column."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final, Self

from bot.errors import N_


@dataclass(frozen=True)
class Preferences:
    """Wishes of a person; whoever has said nothing wants to be reminded and to be told."""

    reminders: bool = True
    """Whether the worker may remind them of their deadlines."""
    muted: frozenset[str] = frozenset()
    """Categories of announcements that they do not want."""

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """Read what `as_json` wrote; what an older version wrote and we do not know is dropped."""
        return cls(reminders=stored.get("reminders", True) is not False, muted=frozenset(stored.get("muted", ())))

    def as_json(self) -> dict[str, Any]:
        """What is kept; what is as for everybody is left out."""
        kept: dict[str, Any] = {}
        if not self.reminders:
            kept["reminders"] = False
        if self.muted:
            kept["muted"] = sorted(self.muted)
        return kept

    def wants(self, key: str) -> bool:
        """Whether the toggle of this key is on: `reminders`, or a category of announcements."""
        return self.reminders if key == REMINDERS else key not in self.muted

    def switched(self, key: str, *, on: bool) -> Preferences:
        """The same with one toggle set."""
        if key == REMINDERS:
            return replace(self, reminders=on)
        return replace(self, muted=self.muted - {key} if on else self.muted | {key})


REMINDERS: Final = "reminders"
"""Key of the toggle for reminders; every other key is a category of announcements."""


@dataclass(frozen=True)
class Toggle:
    """Something in /settings that is on or off."""

    key: str
    """`REMINDERS`, or a category of announcements; 20 characters at most."""
    label: str
    """English, marked with `N_`; what is sent while it is on."""


TOGGLES: Final[tuple[Toggle, ...]] = (
    Toggle(REMINDERS, N_("Reminders of deadlines")),
    Toggle("selection", N_("News: selections")),
    Toggle("programme", N_("News: new programmes")),
    Toggle("deadline", N_("News: deadlines")),
    Toggle("event", N_("News: events")),
    Toggle("general", N_("News: everything else")),
)
"""What can be switched in /settings, in this order: reminders, and every category of announcements. The results of
their own applications everybody gets."""
