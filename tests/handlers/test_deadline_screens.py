"""Every timeline, reminder and sheet fits its message and its buttons, whatever the case and the language."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from bot.db.applications import StoredApplication
from bot.i18n import Translator, Translators
from bot.outbound.reminder_message import Reminder, parameters
from bot.services.applications.checklist import application_view
from bot.services.deadlines.reminders import Due
from bot.services.deadlines.timeline import Plan, plan_of
from bot.services.markup import length
from bot.services.visit import Conversation, Lang, Person, Visit
from handlers.deadlines.callbacks import Deadlines, Tick
from handlers.screens.deadlines.calendar_file import calendar_caption, calendar_events, file_name
from handlers.screens.deadlines.deadlines import (
    application_timeline_screen,
    result_timeline_screen,
    timeline_screen,
)
from handlers.screens.deadlines.sheet import sheet_of
from handlers.screens.screen import FITS_A_PHONE, MOST_CHARACTERS, Screen
from knowledge import Knowledge, assess
from knowledge.interview import Goal
from tests.knowledge.profiles import OF_EACH_TYPE

TODAY = date(2027, 3, 1)
MOST_OF_A_LABEL = 64
LONG = "W" * 60
CODE = "abcdefg2"
DATES: list[dict[str, object]] = [
    {},
    {"start_date": "2027-09-01", "duration_days": 150},
    {
        "start_date": "2027-03-15",
        "duration_days": 65,
        "passport_expiry": "2027-05-01",
        "registration_date": "2027-01-05",
    },
    {"start_date": "2026-10-01", "duration_days": 200},
]


def visit_in(lang: Lang) -> Visit:
    person = Person(
        id=1,
        language=lang,
        language_chosen=True,
        timezone="Asia/Jakarta",
        answers={},
        goal=Goal.ALL,
        application=CODE,
        reachable=True,
    )
    moment = datetime(2027, 3, 1, 3, tzinfo=UTC)
    return Visit(seq=1, person=person, memory=Conversation(), now=moment, role=None, stored=None)


def plans(knowledge: Knowledge, lang: Lang) -> Iterator[tuple[Plan, StoredApplication]]:
    """The plans of every kind of mobility, with some dates and with none."""
    for profile in OF_EACH_TYPE.values():
        for dates in DATES:
            facts = profile | {"citizenship": "foreign"} | dates
            assessment = assess(knowledge, facts, lang=lang, today=TODAY)
            moment = datetime(2027, 3, 1, tzinfo=UTC)
            stored = StoredApplication(CODE, LONG, facts, None, None, "", moment, moment, ticks={})
            yield plan_of(knowledge, visit_in(lang), facts, assessment, stored), stored


def check(screen: Screen, longest: int = 2 * FITS_A_PHONE) -> None:
    assert 0 < length(screen.text) <= min(longest, MOST_CHARACTERS)
    for row in screen.keyboard.inline_keyboard if screen.keyboard else []:
        assert 1 <= len(row) <= 8
        for one in row:
            assert one.text
            assert len((one.callback_data or "").encode()) <= 64


@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_timeline_fits(knowledge: Knowledge, translators: Translators, lang: Lang) -> None:
    t = translators[lang]
    for plan, _stored in plans(knowledge, lang):
        for page in range(3):
            check(application_timeline_screen(t, knowledge, plan, number=page))
            check(result_timeline_screen(t, knowledge, plan, number=page))
            check(timeline_screen(t, knowledge, plan, number=page, head=LONG, ways_on=[]))


@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_reminder_fits(knowledge: Knowledge, translators: Translators, lang: Lang) -> None:
    t = translators[lang]
    found = [
        Reminder(Due(CODE, LONG, one.item.id, one.last_day, one.days_left or 0), one.item)
        for plan, _stored in plans(knowledge, lang)
        for one in plan.timeline.entries
        if one.last_day is not None
    ]
    assert len(found) > 20
    for at in range(0, len(found), 12):
        said = parameters(t, found[at : at + 12], TODAY)
        assert 0 < length(said["text"]) <= MOST_CHARACTERS
    many = parameters(t, found * 4, TODAY)
    assert length(many["text"]) <= MOST_CHARACTERS
    assert f"{len(found) * 4 - 12}" in many["text"]


@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_calendar_and_sheet_has_words(knowledge: Knowledge, translators: Translators, lang: Lang) -> None:
    t: Translator = translators[lang]
    for plan, stored in plans(knowledge, lang):
        view = application_view(stored, plan.assessment, is_open=True)
        events = calendar_events(t, knowledge, plan, "https://t.me/bot?start=app_x")
        assert len({event.item for event in events}) == len(events)
        assert all(event.summary and event.description and "\n\n\n" not in event.description for event in events)
        assert calendar_caption(t, plan, len(events))
        assert file_name(plan, "ics").endswith(".ics")
        now = datetime(2027, 3, 1, tzinfo=UTC)
        sheet = sheet_of(t, knowledge, view, plan, person="Ani", link="", now=now)
        dated = [entry for entry in plan.timeline.entries if entry.item.date is not None]
        assert len(sheet.dates) >= len(dated)
        assert sum(len(group.items) for group in sheet.groups) == len(view.items)
        assert {line.clause for line in sheet.sources} >= {
            clause for item in view.items for clause in item.item.clauses
        }


def test_the_longest_ids_fit_a_button(knowledge: Knowledge) -> None:
    longest = max((item.id for file in knowledge.types.values() for item in file.deadlines), key=len)
    assert len(Tick(code=CODE, deadline=longest, done=True).pack().encode()) <= 64
    assert Deadlines(code=CODE).pack()
