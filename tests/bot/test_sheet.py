"""The printable sheet as a PDF: every word is on it, in whatever letters, on as many pages as it takes."""

from __future__ import annotations

import asyncio
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import pypdfium2  # type: ignore[import-untyped]
import pytest

from bot.services.applications.transitions import ItemStatus
from bot.services.sheet.lettering import can_be_written, written
from bot.services.sheet.pdf import drawn
from bot.services.sheet.sheet import DateLine, FeeLine, Group, Headings, ItemLine, Sheet, SourceLine

LINK = "https://t.me/lintas_bot?start=app_abcdefgh"
SHEET = Sheet(
    lang="en",
    made_at=datetime(2027, 3, 1, tzinfo=UTC),
    brand="LINTAS",
    title="Japan 2027",
    person_label="Name",
    person="Đặng Thị Ngọc Łukasiewicz",
    about=(("Mobility", "UNNES student going abroad"),),
    verdict="Meets what the POB asks",
    verdict_text="Every criterion is met.",
    tone="good",
    progress="1 of 2 done",
    done=1,
    total=2,
    warning="",
    dates=(DateLine("1 Jun 2027", "Selection finished", "III.A.2.a.2.b", "next", "91 days left"),),
    no_dates="No dates",
    groups=(Group("To register", (ItemLine(ItemStatus.ACCEPTED, "CV", "III.A.2.a.2.d.1", "Accepted"),)),),
    fees=(FeeLine("Telex visa fee", "Rp200,000 (2021)", "III.B.2.c.2.g.2"),),
    fee_advice="Confirm before you pay.",
    sources=(SourceLine("III.A.2.a.2.b", "Selection is finished three months before departure."),),
    headings=Headings("Dates", "Checklist", "Fees", "Clauses", "Page {page} of {pages}"),
    footer="From: the POB. Printed on 1 Mar 2027.",
    link=LINK,
    link_label="Scan",
)
MANY = tuple(ItemLine(status, f"Item {n} {status.value}", "I.A.1") for n in range(30) for status in ItemStatus)


async def texts(sheet: Sheet) -> list[str]:
    """The text of each page."""
    data = await drawn(sheet)
    with closing(pypdfium2.PdfDocument(data)) as document:
        found = []
        for at in range(len(document)):
            with closing(document[at]) as page, closing(page.get_textpage()) as text:
                assert (round(page.get_width()), round(page.get_height())) == (595, 842)  # A4 in points
                found.append(text.get_text_bounded().replace("\r\n", " "))
        return found


async def test_everything_is_on_it() -> None:
    (page,) = await texts(SHEET)
    said = [
        *("Japan 2027", "Đặng Thị Ngọc Łukasiewicz", "UNNES student going abroad", "Meets what the POB asks"),
        *("1 of 2 done", "1 Jun 2027", "91 days left", "III.A.2.a.2.b", "CV", "Accepted", "To register"),
        *("Rp200,000 (2021)", "Confirm before you pay.", "Selection is finished three months before departure."),
        *("From: the POB. Printed on 1 Mar 2027.", "Page 1 of 1", "Scan"),
    ]
    assert [words for words in said if words not in page] == []


async def test_a_big_application_takes_several_pages_and_loses_nothing() -> None:
    found = await texts(replace(SHEET, groups=(Group("Much", MANY),)))
    assert len(found) > 3
    assert all(f"Page {number} of {len(found)}" in page for number, page in enumerate(found, 1))
    together = " ".join(found)
    assert [item.text for item in MANY if f"{item.text} " not in f"{together} "] == []


async def test_an_empty_application_is_still_a_sheet() -> None:
    empty = replace(SHEET, groups=(), fees=(), sources=(), dates=(), about=(), total=0, done=0, link="")
    (page,) = await texts(empty)
    assert "No dates" in page
    assert "Checklist" not in page
    assert "of 2 done" not in page


@pytest.mark.parametrize("name", ["", "W" * 80, "🎉🎉🎉", "Ólafur Þór Ελένη Владимир", "x " * 40])
async def test_any_name_and_title_can_be_drawn(name: str) -> None:
    (page,) = await texts(replace(SHEET, person=name, title=name or "–", warning=f"Late {name}"))
    assert "Meets what the POB asks" in page
    assert written(name)[:10] in page


async def test_long_texts_stay_on_the_paper() -> None:
    long = "A very long sentence that goes on and on. " * 12
    item = ItemLine(ItemStatus.RETURNED, long, "\n".join(["III.A.2.a.2.d.1"] * 6), "Returned", long)
    found = await texts(replace(SHEET, groups=(Group(long, (item,) * 6),), verdict_text=long, footer=long[:160]))
    assert " ".join(found).count("Returned") >= 6


async def test_conversations_go_on_while_it_is_drawn() -> None:
    await drawn(SHEET)  # what is imported is imported
    ticks, drawing = 0, asyncio.create_task(drawn(replace(SHEET, groups=(Group("Much", MANY),))))
    while not drawing.done():
        await asyncio.sleep(0.005)
        ticks += 1
    assert (await drawing).startswith(b"%PDF-")
    assert ticks > 5


async def test_fonts_are_embedded_as_far_as_they_are_used() -> None:
    data = await drawn(SHEET)
    assert b"/FontFile2" in data
    assert len(data) < 100_000


@pytest.mark.parametrize(
    ("name", "possible"),
    [
        ("Siti Nurhaliza", True),
        ("Đặng Thị Ngọc", True),
        ("Владимир", True),
        ("O'Neill-Łukasz Jr. 🎓", True),
        ("李小龍", False),
        ("محمد", False),
        ("🎉", False),
        ("123", False),
        ("", False),
    ],
)
def test_which_names_can_be_written(name: str, possible: bool) -> None:
    assert can_be_written(name) is possible


def test_what_the_font_lacks_leaves_no_gap() -> None:
    assert written("Japan 🇯🇵 2027") == "Japan 2027"
    assert written("Cafe\u0301") == "Café"
