"""Calendar files: imported one after the other, a calendar has every date once, as it is now."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from bot.db.calendars import CalendarRepository
from bot.db.engine import Database
from bot.services.deadlines.calendar_file import CalendarFile, CalendarService, Event, numbered
from knowledge import Knowledge
from tests.bot.people import ANI, BUDI, STUDENT_ABROAD, Office
from tests.support.clock import TestClock

ABOUT = CalendarFile("abcdefgh", "Lintas · Japan", "en", "https://t.me/lintas?start=app_abcdefgh")
SELECTION = Event("selection_finished", date(2027, 6, 1), "⏰ Selection", "Text, with; commas\nand lines", (14, 7, 1))
AT_HOST = Event("be_at_host", date(2027, 8, 31), "⏰ Be there", "Before the start", (7,))


@pytest.fixture
def office(database: Database, knowledge: Knowledge, clock: TestClock) -> Office:
    return Office(database, knowledge, clock)


@pytest.fixture
def calendars(database: Database) -> CalendarService:
    return CalendarService(CalendarRepository(database))


async def kept(office: Office) -> str:
    await office.tell(STUDENT_ABROAD)
    visit = await office.visit()
    view = await office.applications.keep(visit)
    await office.visits.end(visit)
    return view.code


async def file(office: Office, calendars: CalendarService, code: str, *events: Event, person: int = ANI) -> bytes:
    visit = await office.visit(person)
    data = await calendars.file(visit, CalendarFile(code, ABOUT.name, ABOUT.lang, ABOUT.link), events)
    await office.visits.end(visit)
    return data


def imported(*files: bytes) -> dict[str, Any]:
    """What a calendar shows after these files: of each UID the highest number, unless it is cancelled."""
    newest: dict[str, Any] = {}
    for data in files:
        for event in Calendar.from_ical(data).walk("VEVENT"):
            uid = str(event["UID"])
            known = newest.get(uid)
            if known is None or (event["SEQUENCE"], event.decoded("DTSTAMP")) >= (
                known["SEQUENCE"],
                known.decoded("DTSTAMP"),
            ):
                newest[uid] = event
    return {uid: event for uid, event in newest.items() if event["STATUS"] != "CANCELLED"}


def days(events: dict[str, Any]) -> dict[str, date]:
    return {str(event["SUMMARY"]): event.decoded("DTSTART") for event in events.values()}


async def test_files_of_two_days_merge(office: Office, calendars: CalendarService, clock: TestClock) -> None:
    code = await kept(office)
    first = await file(office, calendars, code, SELECTION, AT_HOST)
    clock.move(timedelta(days=3))
    moved = Event("selection_finished", date(2027, 7, 1), "⏰ Selection", "Later now", (7,))
    second = await file(office, calendars, code, moved, AT_HOST)

    assert days(imported(first)) == {"⏰ Selection": date(2027, 6, 1), "⏰ Be there": date(2027, 8, 31)}
    assert days(imported(first, second)) == {"⏰ Selection": date(2027, 7, 1), "⏰ Be there": date(2027, 8, 31)}
    # Whatever the order in which they are imported.
    assert days(imported(second, first)) == days(imported(first, second))
    numbers = {str(event["SUMMARY"]): event["SEQUENCE"] for event in imported(first, second).values()}
    assert numbers == {"⏰ Selection": 1, "⏰ Be there": 0}


async def test_what_is_gone_is_cancelled_and_may_come_back(office: Office, calendars: CalendarService) -> None:
    code = await kept(office)
    files = [await file(office, calendars, code, SELECTION, AT_HOST), await file(office, calendars, code, AT_HOST)]
    assert days(imported(*files)) == {"⏰ Be there": date(2027, 8, 31)}
    (cancelled,) = (event for event in Calendar.from_ical(files[1]).walk("VEVENT") if event["STATUS"] == "CANCELLED")
    assert (cancelled["SEQUENCE"], cancelled.decoded("DTSTART")) == (1, date(2027, 6, 1))
    files.append(await file(office, calendars, code, AT_HOST))
    assert b"SEQUENCE:2" not in files[-1]
    files.append(await file(office, calendars, code, SELECTION, AT_HOST))
    assert days(imported(*files)) == {"⏰ Selection": date(2027, 6, 1), "⏰ Be there": date(2027, 8, 31)}


async def test_a_file_without_changes_says_the_same(office: Office, calendars: CalendarService) -> None:
    code = await kept(office)
    first, second = [await file(office, calendars, code, SELECTION) for _ in range(2)]
    assert first == second


async def test_a_file_that_was_never_finished_leaves_no_trace(office: Office, calendars: CalendarService) -> None:
    code = await kept(office)
    await calendars.file(await office.visit(), ABOUT, [SELECTION])  # the process dies before the end of the visit
    assert b"SEQUENCE:0" in await file(office, calendars, code, SELECTION)


async def test_nobody_reads_or_writes_the_events_of_another(office: Office, calendars: CalendarService) -> None:
    code = await kept(office)
    await file(office, calendars, code, SELECTION)
    assert days(imported(await file(office, calendars, code, AT_HOST, person=BUDI))) == {
        "⏰ Be there": date(2027, 8, 31)
    }
    stored = await CalendarRepository(office.database).of_application(ANI, code)
    assert list(stored) == ["selection_finished"]


async def test_the_file_is_what_calendars_expect(office: Office, calendars: CalendarService) -> None:
    data = await file(office, calendars, await kept(office), SELECTION)
    text = data.decode()
    assert text.count("\r\n") == text.count("\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    for line in ("VERSION:2.0", "METHOD:PUBLISH", "DTSTART;VALUE=DATE:20270601", "DTEND;VALUE=DATE:20270602"):
        assert line in text
    assert "PRODID:-//Lintas" in text
    calendar = Calendar.from_ical(data)
    (event,) = calendar.walk("VEVENT")
    assert event["DESCRIPTION"] == SELECTION.description
    assert event["URL"] == ABOUT.link
    assert event["SUMMARY"].params["LANGUAGE"] == "en"
    assert event.decoded("DTSTAMP") == office.clock.now()
    # Nine in the morning, fourteen, seven days and one day before.
    rings = [datetime(2027, 6, 1, tzinfo=UTC) + alarm.decoded("TRIGGER") for alarm in calendar.walk("VALARM")]
    assert [(one.month, one.day, one.hour) for one in rings] == [(5, 18, 9), (5, 25, 9), (5, 31, 9)]


def test_numbers_only_grow_where_something_changes() -> None:
    now = datetime(2027, 3, 1, tzinfo=UTC)
    first = numbered([SELECTION], {}, now)
    assert numbered([SELECTION], first, now + timedelta(days=1)) == first
    translated = Event(SELECTION.item, SELECTION.day, "⏰ Seleksi", SELECTION.description, SELECTION.alarms)
    assert numbered([translated], first, now)["selection_finished"].sequence == 1
