"""What a person decides about themselves: language, time zone, what they are sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from aiogram.types import InlineKeyboardButton

from bot.i18n import Translator
from bot.services.people.preferences import TOGGLES
from bot.services.people.zones import INDONESIA, REGIONS, Region, city_of, offset_of
from bot.services.visit import Person
from handlers.callbacks import Home
from handlers.people.settings_callbacks import Settings, SetZone, Speak, Switch, Zones, ZonesOf
from handlers.screens.screen import Row, Screen, arranged, bold, button, esc, italic, lines, paragraphs, screen

LANGUAGES: Final = {"id": "Bahasa Indonesia", "en": "English"}


def settings_screen(t: Translator, person: Person, *, now: datetime, said: str = "") -> Screen:
    """All settings as they are; pressing one changes it. `said` (HTML) is what to tell first."""
    _ = t.gettext
    text = paragraphs(
        said,
        _("⚙️ <b>Settings</b>"),
        lines(
            _("Language: {language}", language=bold(LANGUAGES[t.lang])),
            _("Time zone: {zone}", zone=bold(zone_name(t, person.timezone, now))),
            *_wishes(t, person),
        ),
        italic(_("Deadlines and reminders go by your time zone.")),
    )
    spoken = [button(f"✓ {name}" if code == t.lang else name, Speak(code=code)) for code, name in LANGUAGES.items()]
    rows: list[Row] = [
        *arranged(spoken),
        [button(_("🕐 Change the time zone"), Zones())],
        *(_switch(t, person, toggle.key, toggle.label) for toggle in TOGGLES),
        [button(_("‹ Start page"), Home())],
    ]
    return screen(text, rows)


def zones_screen(t: Translator, person: Person, *, now: datetime, said: str = "") -> Screen:
    """Where does the person live: the three zones of Indonesia, the regions, or a typed city."""
    _ = t.gettext
    text = paragraphs(
        said,
        _("🕐 <b>Where are you?</b>"),
        _("Now I go by {zone}.", zone=bold(zone_name(t, person.timezone, now))),
        _("Choose below, or just type the city or country, such as <i>Tokyo</i> or <i>Malaysia</i>."),
    )
    rows: list[Row] = [
        *([_choice(t, zone, person, now)] for zone in INDONESIA.values()),
        *arranged(button(region_name(t, region), ZonesOf(region=region)) for region in REGIONS),
        [button(_("‹ Settings"), Settings())],
    ]
    return screen(text, rows)


def region_screen(t: Translator, region: Region, person: Person, *, now: datetime) -> Screen:
    """The zones of a region."""
    _ = t.gettext
    text = paragraphs(bold(region_name(t, region)), _("Not in the list? Type the city or country, and I look it up."))
    rows: list[Row] = [
        *arranged(_choice(t, zone, person, now) for zone in REGIONS[region]),
        [button(_("‹ Other regions"), Zones())],
    ]
    return screen(text, rows)


def found_screen(t: Translator, typed: str, zones: Sequence[str], person: Person, *, now: datetime) -> Screen:
    """Several zones go by the name that was typed: which one?"""
    _ = t.gettext
    text = _("{place} could be several places. Which time is it where you are?", place=bold(typed))
    rows: list[Row] = [*([_choice(t, zone, person, now)] for zone in zones), [button(_("‹ Other regions"), Zones())]]
    return screen(text, rows)


def changed_line(t: Translator) -> str:
    """Said above the settings after one was changed."""
    return t.gettext("✅ Done.")


def unknown_place_line(t: Translator, typed: str) -> str:
    """Nothing is known by the name that was typed."""
    return t.gettext("I do not know {place}. Try a bigger city nearby, or the country.", place=bold(typed[:40]))


def region_name(t: Translator, region: Region) -> str:
    """A region of the choice."""
    _ = t.gettext
    names: dict[Region, str] = {
        "asia": _("🌏 Asia"),
        "middle_east": _("🕌 Western Asia"),
        "europe": _("🌍 Europe"),
        "africa": _("🌍 Africa"),
        "america": _("🌎 America"),
        "pacific": _("🌏 Australia, Pacific"),
    }
    return names[region]


def zone_name(t: Translator, zone: str, now: datetime) -> str:
    """A zone as people know it, with the hour that it is there."""
    letters = next((letters for letters, name in INDONESIA.items() if name == zone), "")
    places = {
        "WIB": t.gettext("Java, Sumatra"),
        "WITA": t.gettext("Bali, Sulawesi"),
        "WIT": t.gettext("Papua, Maluku"),
    }
    name = f"{letters} ({places[letters]})" if letters else city_of(zone)
    return f"{name}, UTC{offset_of(zone, now)}"


def _choice(t: Translator, zone: str, person: Person, now: datetime) -> InlineKeyboardButton:
    chosen = "✓ " if zone == person.timezone else ""
    label = zone_name(t, zone, now) if zone in INDONESIA.values() else f"{city_of(zone)} {offset_of(zone, now)}"
    return button(f"{chosen}{label}", SetZone(zone=zone))


def _wishes(t: Translator, person: Person) -> list[str]:
    _ = t.gettext
    state = {True: _("on"), False: _("off")}
    return [f"{esc(_(one.label))}: {bold(state[person.preferences.wants(one.key)])}" for one in TOGGLES]


def _switch(t: Translator, person: Person, key: str, label: str) -> Row:
    on = person.preferences.wants(key)
    return [button(f"{'🔔' if on else '🔕'} {t.gettext(label)}", Switch(key=key, on=not on))]
