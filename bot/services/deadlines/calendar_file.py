"""A plan as a calendar file (RFC 5545) that can be imported again and again.

An event keeps its UID for ever: the code of the application and the id of the item. What an event said last is kept, so
that a later file carries a higher SEQUENCE exactly where something has changed, and cancels what is no longer there:
a calendar that imports it has every event once, as it is now.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.calendars import CalendarRepository, StoredEvent
from bot.services.visit import Visit

if TYPE_CHECKING:
    from icalendar import Component

PRODUCT: Final = "-//Lintas//Lintas UNNES mobility//EN"
DOMAIN: Final = "lintas.unnes"
"""Makes the UIDs ours; it need not be an address."""
RINGS_AT: Final = timedelta(hours=9)
"""Alarms ring at nine in the morning, wherever the calendar is."""
ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Event:
    """Something that is due on a day, in words."""

    item: str
    day: date
    summary: str
    description: str
    alarms: tuple[int, ...] = ()
    """How many days before the day it rings."""


@dataclass(frozen=True)
class CalendarFile:
    """What is written into the file besides the events."""

    code: str
    name: str
    lang: str
    link: str
    """Leads back to the application; empty if there is none."""


class CalendarService:
    """Makes calendar files."""

    def __init__(self, calendars: CalendarRepository) -> None:
        self._calendars = calendars

    async def file(self, visit: Visit, about: CalendarFile, events: Sequence[Event]) -> bytes:
        """The file with these events of one of the person's applications, as UTF-8 with CRLF."""
        before = await self._calendars.of_application(visit.person.id, about.code)
        after = numbered(events, before, visit.now)

        async def write(connection: AsyncConnection) -> None:
            await self._calendars.replace(connection, visit.person.id, about.code, after.values())

        visit.writes[f"calendar {about.code}"] = write
        # The library takes its time to be imported.
        return await asyncio.to_thread(written, about, events, after, visit.now)


def numbered(events: Iterable[Event], before: Mapping[str, StoredEvent], now: datetime) -> dict[str, StoredEvent]:
    """The events with their numbers: one more than in the last file where something has changed. What was in the last
    file and is gone follows as cancelled."""
    after: dict[str, StoredEvent] = {}
    for event in events:
        digest, known = _digest(event), before.get(event.item)
        if known is not None and known.digest == digest and not known.cancelled:
            after[event.item] = known
        else:
            number = 0 if known is None else known.sequence + 1
            after[event.item] = StoredEvent(event.item, event.day, event.summary, digest, number, False, now)
    for item, known in before.items():
        if item not in after:
            gone = {"sequence": known.sequence + 1, "cancelled": True, "changed_at": now}
            after[item] = known if known.cancelled else StoredEvent(**asdict(known) | gone)
    return after


def written(about: CalendarFile, events: Iterable[Event], stored: Mapping[str, StoredEvent], now: datetime) -> bytes:
    """The file itself."""
    import icalendar

    calendar = icalendar.Calendar()
    for name, value in (
        ("prodid", PRODUCT),
        ("version", "2.0"),
        ("calscale", "GREGORIAN"),
        ("method", "PUBLISH"),
        ("x-wr-calname", about.name),
    ):
        calendar.add(name, value)
    by_item = {event.item: event for event in events}
    for known in stored.values():
        calendar.add_component(_component(about, by_item.get(known.item), known, now))
    content: bytes = calendar.to_ical()
    return content


def _component(about: CalendarFile, event: Event | None, known: StoredEvent, now: datetime) -> Component:
    import icalendar

    found = icalendar.Event()
    found.add("uid", f"{about.code}-{known.item}@{DOMAIN}")
    found.add("sequence", known.sequence)
    found.add("dtstamp", now)
    found.add("last-modified", known.changed_at)
    found.add("dtstart", known.day)
    found.add("dtend", known.day + ONE_DAY)
    found.add("summary", known.summary, parameters={"LANGUAGE": about.lang})
    found.add("status", "CANCELLED" if known.cancelled else "CONFIRMED")
    found.add("transp", "TRANSPARENT")
    found.add("class", "PRIVATE")
    if about.link:
        found.add("url", about.link)
    if event is not None:
        found.add("description", event.description, parameters={"LANGUAGE": about.lang})
        for days in event.alarms:
            alarm = icalendar.Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", event.summary)
            alarm.add("trigger", RINGS_AT - days * ONE_DAY)
            found.add_component(alarm)
    return found


def _digest(event: Event) -> str:
    return sha256(repr(event).encode()).hexdigest()[:16]
