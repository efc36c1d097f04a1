"""A page of the printable sheet: A4, its letters, its footer, and text that is put where it belongs."""

from __future__ import annotations

from typing import Final

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from bot.services.sheet.lettering import FILES, font_file, written
from bot.services.sheet.sheet import Sheet

Colour = tuple[int, int, int]

INK: Final[Colour] = (31, 41, 55)
GREY: Final[Colour] = (107, 114, 128)
PALE: Final[Colour] = (229, 231, 235)
FONT: Final = "DejaVu"
MARGIN: Final = 16.0
"""Millimetres, like every other measure here."""
BOTTOM: Final = 20.0


class Page(FPDF):
    """A page with a footer."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__(format="A4")
        self.sheet = sheet
        for style in FILES:
            self.add_font(FONT, style, font_file(style))
        self.set_margins(MARGIN, MARGIN - 2, MARGIN)
        self.c_margin = 0.0
        self.set_auto_page_break(True, BOTTOM)
        self.alias_nb_pages()

    def footer(self) -> None:
        """From which document, when, and which page."""
        pattern = self.sheet.headings.page
        self.set_y(-BOTTOM + 6)
        self.rule(PALE)
        self.set_y(-BOTTOM + 8)
        self.face(6.5, GREY)
        top = self.get_y()
        self.multi_cell(self.epw - 34, 3.4, self.fit(self.sheet.footer), align="L")
        shown = pattern.format(page=self.page_no(), pages="{nb}")
        width = self.get_string_width(pattern.format(page=self.page_no(), pages="00")) + 1
        self.set_xy(self.w - MARGIN - width, top)
        self.cell(width, 3.4, shown, align="L")

    def face(self, size: float, colour: Colour = INK, style: str = "") -> None:
        """The letters from here on."""
        self.set_font(FONT, style, size)
        self.set_text_color(*colour)

    def fit(self, text: str) -> str:
        """What of a text can be written."""
        return written(text)

    def rule(self, colour: Colour, width: float = 0.2) -> None:
        """A line across the page."""
        self.set_draw_color(*colour)
        self.set_line_width(width)
        self.line(MARGIN, self.get_y(), self.w - MARGIN, self.get_y())

    def high(self, width: float, line: float, text: str) -> float:
        """How high a text becomes in the letters in force."""
        if not text:
            return 0.0
        found = self.multi_cell(width, line, text, dry_run=True, output="HEIGHT", align="L")
        return found if isinstance(found, float) else 0.0

    def put(self, x: float, y: float, width: float, line: float, text: str, *, align: str = "L") -> None:
        """Write a text at a place."""
        if text:
            self.set_xy(x, y)
            self.multi_cell(width, line, text, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def room(self, height: float) -> None:
        """Begin a new page if so much does not fit on this one."""
        if self.get_y() + height > self.h - BOTTOM:
            self.add_page()
