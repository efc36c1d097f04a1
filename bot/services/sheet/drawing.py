"""Draws the printable sheet in one column, with a code that leads back. See `bot.services.sheet.sheet` for what is
on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import segno

from bot.services.sheet.boxes import box
from bot.services.sheet.page import GREY, INK, MARGIN, Colour, Page
from bot.services.sheet.sheet import DateLine, FeeLine, Group, ItemLine, Mark, Sheet, SourceLine, Tone

ACCENT: Final[Colour] = (13, 94, 117)
WHITE: Final[Colour] = (255, 255, 255)
TONES: Final[dict[Tone, tuple[Colour, Colour]]] = {
    "good": ((22, 101, 52), (220, 252, 231)),
    "open": ((133, 77, 14), (254, 249, 195)),
    "bad": ((153, 27, 27), (254, 226, 226)),
    "neutral": ((13, 94, 117), (224, 242, 246)),
}
"""Text and ground."""
MARKS: Final[dict[Mark, Colour]] = {"late": (185, 28, 28), "next": ACCENT, "done": (22, 101, 52), "own": GREY}
QR: Final = 27.0
CLAUSES: Final = 34.0
"""Width of the column with the clauses."""


def draw(sheet: Sheet) -> bytes:
    """The PDF."""
    page = Page(sheet)
    page.set_title(page.fit(sheet.title))
    page.set_author(sheet.brand)
    page.set_creator("Lintas")
    page.set_lang(sheet.lang)
    page.set_creation_date(sheet.made_at)
    page.add_page()
    _head(page, sheet)
    _verdict(page, sheet)
    _part(page, sheet.headings.dates, bool(sheet.dates or sheet.no_dates))
    if sheet.warning:
        _notice(page, sheet.warning)
    for date in sheet.dates:
        _date(page, date)
    if not sheet.dates:
        _remark(page, sheet.no_dates)
    _part(page, sheet.headings.checklist, bool(sheet.groups))
    for group in sheet.groups:
        _group(page, group)
    _part(page, sheet.headings.fees, bool(sheet.fees))
    for fee in sheet.fees:
        _fee(page, fee)
    if sheet.fees:
        _remark(page, sheet.fee_advice)
    _part(page, sheet.headings.sources, bool(sheet.sources))
    for source in sheet.sources:
        _source(page, source)
    return bytes(page.output())


def _head(page: Page, sheet: Sheet) -> None:
    page.set_fill_color(*ACCENT)
    page.rect(0, 0, page.w, 4, style="F")
    top, width = MARGIN - 4, page.epw - QR - 8
    page.face(8, ACCENT, "B")
    page.put(MARGIN, top, width, 4, page.fit(sheet.brand))
    page.face(17 if len(sheet.title) <= 40 else 13, INK, "B")
    page.put(MARGIN, page.get_y() + 1.5, width, 7 if len(sheet.title) <= 40 else 5.6, page.fit(sheet.title))
    y = page.get_y() + 2
    y = _labelled(page, y, width, sheet.person_label, sheet.person)
    for label, value in sheet.about:
        y = _labelled(page, y, width, label, value)
    if sheet.link:
        y = max(y, _code(page, sheet, top))
    page.set_y(y + 2)


def _labelled(page: Page, y: float, width: float, label: str, value: str) -> float:
    """A value beside its label; without a value, a line to write on. Returns where the next one begins."""
    page.face(8, GREY)
    page.put(MARGIN, y, 32, 4.4, page.fit(label))
    below = page.get_y()
    if not (value := page.fit(value)):
        page.set_draw_color(*GREY)
        page.set_line_width(0.2)
        page.line(MARGIN + 32, y + 4.4, MARGIN + width, y + 4.4)
        return y + 6
    page.face(9, INK)
    page.put(MARGIN + 32, y - 0.1, width - 32, 4.4, value)
    return max(below, page.get_y()) + 0.8


def _code(page: Page, sheet: Sheet, top: float) -> float:
    """The code that leads back to the application, with its address below; returns where it ends."""
    left = page.w - MARGIN - QR
    rows = [bytes(row) for row in segno.make(sheet.link, error="m", micro=False).matrix]
    size = QR / len(rows)
    page.set_fill_color(0, 0, 0)
    for y, row in enumerate(rows):
        start = None
        for x, dark in enumerate((*row, 0)):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                # A hair more than its size, so that no white lines show between the rows.
                page.rect(left + start * size, top + y * size, (x - start) * size, size * 1.02, style="F")
                start = None
    page.link(left, top, QR, QR, sheet.link)
    page.face(6, GREY)
    page.put(left - 4, top + QR + 1.2, QR + 4, 2.8, page.fit(sheet.link_label), align="R")
    return page.get_y()


def _verdict(page: Page, sheet: Sheet) -> None:
    ink, ground = TONES[sheet.tone]
    inner = page.epw - 10
    title, text = page.fit(sheet.verdict), page.fit(sheet.verdict_text)
    page.face(11, ink, "B")
    high = page.high(inner, 5.2, title)
    page.face(8.5, INK)
    height = high + page.high(inner, 4.2, text) + (5.5 if sheet.total else 0) + 6.5
    page.room(height)
    top = page.get_y()
    page.set_fill_color(*ground)
    page.rect(MARGIN, top, page.epw, height, style="F", round_corners=True, corner_radius=2)
    page.face(11, ink, "B")
    page.put(MARGIN + 5, top + 3, inner, 5.2, title)
    page.face(8.5, INK)
    page.put(MARGIN + 5, page.get_y(), inner, 4.2, text)
    if sheet.total:
        _bar(page, page.get_y() + 2.6, inner, ink, sheet)
    page.set_y(top + height + 2)


def _bar(page: Page, y: float, width: float, ink: Colour, sheet: Sheet) -> None:
    label = page.fit(sheet.progress)
    page.face(8, ink, "B")
    reserved = page.get_string_width(label) + 4
    page.put(MARGIN + 5 + width - reserved, y - 1.3, reserved, 4.2, label, align="R")
    length = width - reserved
    for share, colour in ((1.0, WHITE), (sheet.done / sheet.total, ink)):
        if share > 0:
            page.set_fill_color(*colour)
            page.rect(MARGIN + 5, y, length * share, 2, style="F", round_corners=True, corner_radius=0.9)


def _part(page: Page, title: str, is_there: bool) -> None:
    if not is_there:
        return
    page.room(24)
    page.set_y(page.get_y() + 3.5)
    page.face(12, ACCENT, "B")
    page.put(MARGIN, page.get_y(), page.epw, 6, page.fit(title))
    page.rule(ACCENT, 0.4)
    page.set_y(page.get_y() + 1.8)


def _notice(page: Page, text: str) -> None:
    ink, ground = TONES["bad"]
    page.face(8.5, ink, "B")
    text = page.fit(text)
    height = page.high(page.epw - 8, 4.3, text) + 4
    page.room(height)
    top = page.get_y()
    page.set_fill_color(*ground)
    page.rect(MARGIN, top, page.epw, height, style="F", round_corners=True, corner_radius=1.5)
    page.put(MARGIN + 4, top + 2, page.epw - 8, 4.3, text)
    page.set_y(top + height + 2)


def _remark(page: Page, text: str) -> None:
    page.face(7.5, GREY)
    text = page.fit(text)
    page.room(page.high(page.epw, 3.8, text))
    page.put(MARGIN, page.get_y() + 0.8, page.epw, 3.8, text)
    page.set_y(page.get_y() + 1)


def _row(
    page: Page,
    text: str,
    clauses: str,
    *,
    left: float,
    note: str = "",
    said: str = "",
    beside: Callable[[float], None],
    colour: Colour = INK,
) -> None:
    """A line of a list: something on the left, the text, and the clauses on the right. It is not torn apart."""
    text, note, said = page.fit(text), page.fit(note), page.fit(said)
    middle = page.epw - left - CLAUSES
    page.face(6.5, GREY)
    side = page.high(CLAUSES - 2, 3.2, clauses)
    page.face(9, colour)
    body = page.high(middle, 4.4, text)
    page.face(7.5, GREY)
    small = "  ·  ".join(part for part in (said, note) if part)
    body += page.high(middle, 3.7, small)
    page.room(max(body, side) + 1.6)
    top = page.get_y()
    beside(top)
    page.face(6.5, GREY)
    page.put(page.w - MARGIN - CLAUSES + 2, top + 0.6, CLAUSES - 2, 3.2, clauses, align="R")
    page.face(9, colour)
    page.put(MARGIN + left, top, middle, 4.4, text)
    page.face(7.5, GREY)
    page.put(MARGIN + left, page.get_y(), middle, 3.7, small)
    page.set_y(top + max(body, side) + 1.6)


def _date(page: Page, date: DateLine) -> None:
    def beside(top: float) -> None:
        page.face(8.5, MARKS[date.mark], "B")
        page.put(MARGIN, top, 36, 4.4, page.fit(date.day))

    _row(page, date.text, date.clauses, left=37, note=date.note, beside=beside)


def _group(page: Page, group: Group) -> None:
    page.room(14)
    page.face(9, ACCENT, "B")
    page.put(MARGIN, page.get_y() + 1.2, page.epw, 5, page.fit(group.title))
    for item in group.items:
        _item(page, item)


def _item(page: Page, item: ItemLine) -> None:
    def beside(top: float) -> None:
        box(page, MARGIN + 0.5, top + 0.5, 3.5, item.status)

    _row(page, item.text, item.clauses, left=7, note=item.note, said=item.said, beside=beside)


def _fee(page: Page, fee: FeeLine) -> None:
    def beside(top: float) -> None:
        page.face(8.5, INK, "B")
        page.put(MARGIN, top, 40, 4.4, page.fit(fee.amount))

    _row(page, fee.text, fee.clauses, left=41, note=fee.note, beside=beside)


def _source(page: Page, source: SourceLine) -> None:
    page.face(7, INK)
    text = page.fit(source.text)
    height = page.high(page.epw - 31, 3.4, text)
    page.room(max(height, 3.4) + 0.8)
    top = page.get_y()
    page.face(6.5, GREY)
    page.put(MARGIN, top, 30, 3.4, source.clause)
    bottom = page.get_y()
    page.face(7, INK)
    page.put(MARGIN + 31, top, page.epw - 31, 3.4, text)
    page.set_y(max(bottom, page.get_y()) + 0.8)
