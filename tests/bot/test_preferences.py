"""What people wish to be sent, and the places by which they name their time zone."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import available_timezones

import pytest

from bot.db.engine import Database
from bot.services.announcements.draft import CATEGORIES
from bot.services.announcements.selections import RESULT_CATEGORY
from bot.services.people.preferences import REMINDERS, TOGGLES, Preferences
from bot.services.people.zones import INDONESIA, OTHER_NAMES, REGIONS, city_of, find_zones, offset_of
from knowledge import Knowledge
from tests.bot.people import Office
from tests.support.clock import TestClock


async def test_wishes_are_kept_with_the_person(database: Database, knowledge: Knowledge, clock: TestClock) -> None:
    office = Office(database, knowledge, clock)
    visit = await office.visit()
    assert visit.person.preferences == Preferences()
    visit.person.preferences = visit.person.preferences.switched(REMINDERS, on=False).switched("events", on=False)
    await office.visits.end(visit)
    found = (await office.visit()).person.preferences
    assert found == Preferences(reminders=False, muted=frozenset({"events"}))
    assert (found.wants(REMINDERS), found.wants("events"), found.wants("news")) == (False, False, True)


@pytest.mark.parametrize(
    "wishes", [Preferences(), Preferences(reminders=False), Preferences(muted=frozenset({"a", "b"}))]
)
def test_what_is_kept_is_what_was_wished(wishes: Preferences) -> None:
    assert Preferences.from_json(wishes.as_json()) == wishes
    assert Preferences.from_json({"of": "tomorrow"}) == Preferences()
    assert wishes.switched("c", on=False).switched("c", on=True) == wishes


def test_every_zone_that_is_offered_exists() -> None:
    offered = {*INDONESIA.values(), *OTHER_NAMES, *(zone for zones in REGIONS.values() for zone in zones)}
    assert offered <= available_timezones()


@pytest.mark.parametrize(
    ("typed", "zones"),
    [
        ("Asia/Jakarta", ("Asia/Jakarta",)),
        ("  São Paulo ", ("America/Sao_Paulo",)),
        ("jakrta", ("Asia/Jakarta",)),
        ("kanada", ("America/Toronto", "America/Vancouver")),
        ("Timbuktu", ("Africa/Timbuktu",)),
        ("qwertz", ()),
        ("", ()),
        ("💥", ()),
        ("x" * 4000, ()),
    ],
)
def test_places_lead_to_zones(typed: str, zones: tuple[str, ...]) -> None:
    assert find_zones(typed) == zones


def test_how_far_the_clocks_are_from_utc() -> None:
    moment = datetime(2027, 1, 1, tzinfo=UTC)
    zones = ("Asia/Jakarta", "Asia/Kolkata", "America/St_Johns", "UTC")
    assert [offset_of(zone, moment) for zone in zones] == ["+7", "+5:30", "-3:30", "+0"]
    assert city_of("Asia/Ho_Chi_Minh") == "Ho Chi Minh"


def test_every_kind_of_news_can_be_muted_but_results_cannot() -> None:
    assert [one.key for one in TOGGLES] == [REMINDERS, *CATEGORIES]
    assert RESULT_CATEGORY not in CATEGORIES
