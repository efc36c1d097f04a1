"""The calendar file that somebody gets, and the link in it that leads back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from icalendar import Calendar

from bot.config import Settings
from handlers.applications.callbacks import Keep
from handlers.callbacks import Change
from handlers.deadlines.callbacks import CalendarFile, Deadlines, Tick
from tests.handlers.pressing import buttons, change, press, rows
from tests.handlers.test_deadlines import planning
from tests.support.chat import ChatClient
from tests.support.clock import TestClock


async def file_of(chat: ChatClient) -> Any:
    """Open the deadlines, get the file and read it."""
    await chat.say("/deadlines")
    await press(chat, CalendarFile)
    attachment = chat.screen.attachment
    assert attachment is not None
    assert attachment.name.endswith(".ics")
    return Calendar.from_ical(attachment.data)


def events_of(calendar: Any) -> dict[str, Any]:
    return {str(event["UID"]).partition("-")[2].partition("@")[0]: event for event in calendar.walk("VEVENT")}


async def test_a_second_file_updates_the_first(john: ChatClient, clock: TestClock) -> None:
    await planning(john)
    first = events_of(await file_of(john))
    assert {event["SEQUENCE"] for event in first.values()} == {0}
    clock.move(timedelta(days=1))
    await john.say("/deadlines")
    await press(john, Tick, deadline="be_at_host", done=True)
    second = events_of(await file_of(john))
    assert first["selection_finished"]["UID"] == second["selection_finished"]["UID"]
    assert (second["selection_finished"]["SEQUENCE"], second["be_at_host"]["SEQUENCE"]) == (0, 1)
    assert "✅" in second["be_at_host"]["SUMMARY"]
    assert not second["be_at_host"].walk("VALARM")


async def test_an_event_names_its_clause_the_working_day_and_the_way_back(john: ChatClient, settings: Settings) -> None:
    await planning(john)
    event = events_of(await file_of(john))["selection_finished"]
    ((code,),) = rows(settings, "SELECT code FROM applications")
    said = str(event["DESCRIPTION"])
    assert "III.A.2.a.2.b" in said
    assert "Monday, 31 May 2027" in said
    assert "If it is missed" in said
    assert str(event["URL"]).endswith(f"?start=app_{code}")
    assert str(event["UID"]) == f"{code}-selection_finished@lintas.unnes"


async def test_it_speaks_the_language_of_the_person(ani: ChatClient) -> None:
    await planning(ani, start="1 September 2027")
    event = events_of(await file_of(ani))["selection_finished"]
    assert "Seleksi selesai" in event["SUMMARY"]
    assert "Senin, 31 Mei 2027" in event["DESCRIPTION"]


async def test_without_dates_the_file_is_empty_and_says_so(john: ChatClient) -> None:
    await john.start("type_student_outbound_international")
    await john.say("/status")
    await press(john, Keep)
    await john.say("/deadlines")
    await john.tap(
        CalendarFile(code=(await opened(john))).pack(),
        john.screen.message_id,
    )
    assert "no dates yet" in john.screen.text


async def opened(chat: ChatClient) -> str:
    await chat.say("/status")
    found = next(one.data for one in chat.person.buttons if one.data.startswith("p3"))
    return found.split(":")[1]


async def test_the_link_leads_its_owner_back_and_nobody_else(
    john: ChatClient, ani: ChatClient, settings: Settings
) -> None:
    await planning(john)
    ((code,),) = rows(settings, "SELECT code FROM applications")
    await john.start(f"app_{code}")
    assert "📋" in john.screen.text
    assert buttons(john, Deadlines)
    await ani.start(f"app_{code}")
    assert not buttons(ani, Deadlines)
    assert "📋" not in ani.screen.text


async def test_the_link_does_not_throw_away_a_draft(john: ChatClient, settings: Settings) -> None:
    await planning(john)
    ((code,),) = rows(settings, "SELECT code FROM applications")
    await john.start("type_student_inbound_national")
    await john.start(f"app_{code}")
    assert "📋" in john.screen.text
    assert rows(settings, "SELECT application FROM people") == [(None,)]
    assert not buttons(john, Change)


async def test_nobody_gets_the_dates_of_another(john: ChatClient, ani: ChatClient, settings: Settings) -> None:
    await planning(john)
    ((code,),) = rows(settings, "SELECT code FROM applications")
    await ani.start()
    await ani.tap(CalendarFile(code=code).pack(), ani.screen.message_id)
    assert all(message.attachment is None for message in ani.messages)
    assert rows(settings, "SELECT count(*) FROM calendar_events") == [(0,)]


async def test_a_reviewer_who_scans_a_sheet_sees_the_application_to_read(
    john: ChatClient, ani: ChatClient, settings: Settings
) -> None:
    await planning(john)
    ((code,),) = rows(settings, "SELECT code FROM applications")
    await ani.start()
    change(
        settings,
        "INSERT INTO staff (person_id, role, granted_at) VALUES (?, 'reviewer', '2027-01-01 00:00:00')",
        ani.person.id,
    )
    await ani.start(f"app_{code}")
    assert "Transkrip akademik" in ani.screen.text
    assert not buttons(ani, Tick)
    assert rows(settings, "SELECT action, subject FROM audit WHERE subject IS NOT NULL") == [("checklist opened", code)]
    await ani.start("app_gone")
    assert "Transkrip akademik" not in ani.screen.text
