"""What an announcement says, what it is made into, when it starts, whom its groups of conditions mean."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.db.audience import EVERYONE, And, Is, Not, Or
from bot.services.announcements.audience_groups import Condition, audience_of, groups_of, toggled, turned
from bot.services.announcements.audience_lists import UnreadableTable, names_in, table_of
from bot.services.announcements.buttons import keyboard
from bot.services.announcements.content import (
    Button,
    Content,
    File,
    Unfilled,
    changing,
    filled,
    sending,
)
from bot.services.announcements.times import is_day_off, read_moment
from bot.services.markup import length
from handlers.applications.callbacks import MyApplications
from handlers.questions.callbacks import Topic

HELLO = Content(texts={"id": "<b>Halo</b> {name}", "en": "Hello {name}"})
LINK = Button("link", {"id": "Situs", "en": "Site"}, "https://unnes.ac.id")
PHOTO, PAPER = File("photo", "P1"), File("document", "D1")
NOW = datetime(2027, 1, 4, 5, tzinfo=UTC)  # a Monday, noon in Jakarta


def test_a_content_is_kept_as_it_is() -> None:
    content = replace(HELLO, one_for_all=True, files=(PHOTO, PAPER), buttons=(LINK,))
    assert Content.from_json(content.as_json()) == content


def test_what_is_filled_in_cannot_become_markup() -> None:
    assert filled("<b>{name}</b> {not_ours}", {"name": "<i>A&B"}) == "<b>&lt;i&gt;A&amp;B</b> {not_ours}"
    with pytest.raises(Unfilled) as raised:
        filled("{name}, {deadline}", {"name": "Ani", "deadline": ""})
    assert raised.value.place == "deadline"


def test_one_file_carries_the_text_several_are_an_album() -> None:
    method, parameters = sending(HELLO, "en", {"name": "Ani"}) or ("", {})
    assert (method, parameters["text"]) == ("sendMessage", "Hello Ani")
    method, parameters = sending(replace(HELLO, files=(PAPER,)), "id", {"name": "Ani"}) or ("", {})
    assert (method, parameters["document"], parameters["caption"]) == ("sendDocument", "D1", "<b>Halo</b> Ani")
    method, parameters = sending(replace(HELLO, files=(PHOTO, PAPER)), "id", {"name": "Ani"}) or ("", {})
    assert (method, [one.get("caption") for one in parameters["media"]]) == (
        "sendMediaGroup",
        ["<b>Halo</b> Ani", None],
    )


def test_a_correction_changes_text_or_caption() -> None:
    assert (changing(HELLO, "en", {"name": "Ani"}) or ("",))[0] == "editMessageText"
    for files in ((PHOTO,), (PHOTO, PAPER)):
        method, parameters = changing(replace(HELLO, files=files), "en", {"name": "Ani"}) or ("", {})
        assert (method, parameters["caption"]) == ("editMessageCaption", "Hello Ani")


def test_without_a_text_in_their_language_people_get_nothing_or_the_other() -> None:
    only = Content(texts={"id": "Halo"})
    assert sending(only, "en", {}) is None
    assert (sending(replace(only, one_for_all=True), "en", {}) or ("", {}))[1]["text"] == "Halo"


def test_length_is_what_telegram_counts() -> None:
    assert length("<b>a&amp;b</b> 😀") == len("a&b ") + 2


def test_buttons_carry_what_the_handlers_unpack() -> None:
    buttons = (LINK, Button("topic", {"id": "Visa"}, "visa_validity"), Button("status", {"id": "Saya"}))
    rows = (keyboard(buttons, "en") or {})["inline_keyboard"]
    assert [row[0]["text"] for row in rows] == ["Site", "Visa", "Saya"]
    assert rows[0][0]["url"] == LINK.value
    assert Topic.unpack(rows[1][0]["callback_data"]) == Topic(topic="visa_validity", lang="en")
    assert MyApplications.unpack(rows[2][0]["callback_data"]) == MyApplications()
    assert keyboard((), "id") is None


@pytest.mark.parametrize(
    ("typed", "local"),
    [
        ("12 Jan 2027 09:00", "2027-01-12T09:00"),
        ("12 Januari 2027", "2027-01-12T09:00"),
        ("besok jam 8", "2027-01-05T08:00"),
        ("tomorrow 8.30", "2027-01-05T08:30"),
        ("14:00", "2027-01-04T14:00"),
        ("jam 9", "2027-01-05T09:00"),
        ("in 2 hours", "2027-01-04T14:00"),
        ("3 jam lagi", "2027-01-04T15:00"),
    ],
)
def test_a_moment_is_typed_as_people_type(typed: str, local: str) -> None:
    assert read_moment(typed, NOW, "Asia/Jakarta") == datetime.fromisoformat(f"{local}+07:00")


@pytest.mark.parametrize("typed", ["", "soon", "12 Jan 2027 25:00", "visa"])
def test_what_is_no_moment_is_none(typed: str) -> None:
    assert read_moment(typed, NOW, "Asia/Jakarta") is None


@given(st.text(max_size=40))
def test_any_text_is_a_moment_or_none(typed: str) -> None:
    found = read_moment(typed, NOW, "Asia/Jakarta")
    assert found is None or found.tzinfo is not None


def test_a_day_off_is_that_of_indonesia() -> None:
    assert is_day_off(datetime(2027, 1, 1, 3, tzinfo=UTC), "Asia/Jakarta")
    assert not is_day_off(NOW, "Asia/Jakarta")


def test_groups_are_or_of_and() -> None:
    groups = toggled(((),), 0, "role", "student")
    groups = turned(toggled(groups, 0, "language", "en"), 0, "language")
    groups = toggled(groups, 1, "role", "staff")
    first = And((Is("role", ("student",)), Not(Is("language", ("en",)))))
    assert audience_of(groups) == Or((first, And((Is("role", ("staff",)),))))
    assert groups_of(audience_of(groups)) == groups


def test_an_or_that_was_only_begun_does_not_let_everybody_in() -> None:
    begun = ((Condition("role", ("staff",)),), (), (Condition("type", ()),))
    assert audience_of(begun) == And((Is("role", ("staff",)),))
    assert audience_of(((),)) == EVERYONE
    assert audience_of(toggled(((Condition("role", ("staff",)),),), 0, "role", "staff")) == EVERYONE


def test_a_list_is_read_from_text_csv_and_xlsx() -> None:
    from io import BytesIO

    from openpyxl import Workbook

    assert names_in("@ani, 7000\nbudi;  abcd2345") == ["@ani", "7000", "budi", "abcd2345"]
    assert table_of("﻿ani;lolos\n\nbudi;cadangan\n".encode(), "a.csv") == [("ani", "lolos"), ("budi", "cadangan")]
    book, file = Workbook(), BytesIO()
    sheet = book.worksheets[0]
    sheet.append([7000000011, "selected", None])
    book.save(file)
    assert table_of(file.getvalue(), "a.xlsx") == [("7000000011", "selected", "")]
    for broken in (b"PK\x03\x04 nothing", b"\x00\x01\x02"):
        with pytest.raises(UnreadableTable):
            table_of(broken, "a.xlsx")
