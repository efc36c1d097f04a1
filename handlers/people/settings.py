"""/settings: language, time zone, what a person is sent."""

from __future__ import annotations

from typing import Final

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.errors import UnknownTimezone
from bot.i18n import Translator, Translators
from bot.services.people.people import PeopleService
from bot.services.people.zones import find_zones
from bot.services.visit import LANGUAGES, Expects, Visit
from handlers.filters import Expecting
from handlers.people.settings_callbacks import Settings, SetZone, Speak, Switch, Zones, ZonesOf
from handlers.privately import in_private
from handlers.replies import show
from handlers.screens.people.settings import (
    changed_line,
    found_screen,
    region_screen,
    settings_screen,
    unknown_place_line,
    zones_screen,
)

WORDS_OF_A_PLACE: Final = 4


async def settings_asked(event: Message | CallbackQuery, *, visit: Visit, t: Translator) -> None:
    """/settings."""
    visit.memory.expects = None
    await show(event, visit, settings_screen(t, visit.person, now=visit.now))


async def language_chosen(
    query: CallbackQuery, callback_data: Speak, *, visit: Visit, translators: Translators, people: PeopleService
) -> None:
    """Another language, from this message on."""
    visit.memory.expects = None
    people.set_language(visit, next((lang for lang in LANGUAGES if lang == callback_data.code), visit.lang))
    await _changed(query, visit, translators[visit.lang])


async def zones_asked(query: CallbackQuery, *, visit: Visit, t: Translator) -> None:
    """Another time zone: where? A typed place is understood, too."""
    visit.memory.expects = Expects("timezone")
    await show(query, visit, zones_screen(t, visit.person, now=visit.now))


async def region_chosen(query: CallbackQuery, callback_data: ZonesOf, *, visit: Visit, t: Translator) -> None:
    """The zones of a region."""
    visit.memory.expects = Expects("timezone")
    await show(query, visit, region_screen(t, callback_data.region, visit.person, now=visit.now))


async def zone_chosen(
    query: CallbackQuery, callback_data: SetZone, *, visit: Visit, t: Translator, people: PeopleService
) -> None:
    """This zone. One that is no more is asked for again."""
    try:
        people.set_timezone(visit, callback_data.zone)
    except UnknownTimezone:
        await zones_asked(query, visit=visit, t=t)
        return
    visit.memory.expects = None
    await _changed(query, visit, t)


async def place_typed(message: Message, *, visit: Visit, t: Translator, people: PeopleService) -> None:
    """A city or a country instead of a button."""
    typed = " ".join((message.text or "").split())
    zones = find_zones(typed)
    if not zones and len(typed.split()) > WORDS_OF_A_PLACE:
        # Something else is on their mind by now.
        visit.memory.expects = None
        raise SkipHandler
    if not zones:
        said = unknown_place_line(t, typed)
        await show(message, visit, zones_screen(t, visit.person, now=visit.now, said=said))
    elif len(zones) > 1:
        await show(message, visit, found_screen(t, typed, zones, visit.person, now=visit.now))
    else:
        people.set_timezone(visit, zones[0])
        visit.memory.expects = None
        await _changed(message, visit, t)


async def switched(
    query: CallbackQuery, callback_data: Switch, *, visit: Visit, t: Translator, people: PeopleService
) -> None:
    """Something is on or off now."""
    visit.memory.expects = None
    people.set_wish(visit, callback_data.key, on=callback_data.on)
    await _changed(query, visit, t)


async def _changed(event: Message | CallbackQuery, visit: Visit, t: Translator) -> None:
    await show(event, visit, settings_screen(t, visit.person, now=visit.now, said=changed_line(t)))


def build_router() -> Router:
    """Handlers of the settings."""
    router = Router(name=__name__)
    router.message.register(settings_asked, Command("settings"))
    router.message.register(place_typed, Expecting("timezone"), ~F.text.endswith("?"))
    router.callback_query.register(settings_asked, Settings.filter())
    router.callback_query.register(language_chosen, Speak.filter())
    router.callback_query.register(zones_asked, Zones.filter())
    router.callback_query.register(region_chosen, ZonesOf.filter())
    router.callback_query.register(zone_chosen, SetZone.filter())
    router.callback_query.register(switched, Switch.filter())
    return in_private(router, commands=["settings"], buttons=[Settings, Speak, Zones, ZonesOf, SetZone, Switch])
