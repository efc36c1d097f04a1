"""What the buttons of /settings carry. The rules are those of `handlers.callbacks`."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData

from bot.services.people.zones import Region


class Settings(CallbackData, prefix="i1"):
    """The settings."""


class Speak(CallbackData, prefix="i2"):
    """Speak this language from now on."""

    code: str


class Zones(CallbackData, prefix="i3"):
    """The choice of a time zone."""


class ZonesOf(CallbackData, prefix="i4"):
    """The zones of a region."""

    region: Region


class SetZone(CallbackData, prefix="i5"):
    """Count days and hours in this zone."""

    zone: str


class Switch(CallbackData, prefix="i6"):
    """Turn something on or off: sets it, whatever it was."""

    key: str
    on: bool
