"""Tables as XLSX and CSV, written row by row, that no text in them can turn into a formula.

What people type ends up in these files, and a spreadsheet program runs what begins with `=`. In XLSX every text is
marked as text; in CSV, which has no types, an apostrophe keeps it from being run.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any, Final, Protocol

Cell = str | int | float | datetime | date | None
"""A moment is written as it is: give it in the time zone of the reader, without an offset."""

RISKY: Final = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that a spreadsheet program may take for a formula."""
LONGEST_CELL: Final = 32_767
"""Characters that a cell of XLSX can hold."""
BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it Excel takes a CSV file for something else than UTF-8."""
HEAD: Final = 78
"""Points of height that long titles get: five lines."""
MOMENT: Final = "yyyy-mm-dd hh:mm"
DAY: Final = "yyyy-mm-dd"


@dataclass(frozen=True)
class Column:
    """A column: its title and about how many characters it shows."""

    title: str
    width: int = 14


class Table(Protocol):
    """A file that is being written. Nothing here waits for anything, so do long work in a thread."""

    def add(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Write rows, each with a cell for every column."""

    def finished(self) -> bytes:
        """The file. Nothing can be added any more."""


class Xlsx:
    """An Excel file: title row that stays in sight, a filter on every column, rows streamed to the disk."""

    def __init__(self, title: str, columns: Sequence[Column]) -> None:
        from openpyxl import Workbook
        from openpyxl.styles import Alignment, Font
        from openpyxl.utils import get_column_letter

        self._book = Workbook(write_only=True)
        self._sheet = self._book.create_sheet(title[:31])
        self._rows = 1
        self._last = get_column_letter(len(columns))
        # All this stands before the rows in the file, so it has to be known before them.
        self._sheet.freeze_panes = "B2"
        for at, column in enumerate(columns, 1):
            self._sheet.column_dimensions[get_column_letter(at)].width = column.width
        if any(len(column.title) > column.width for column in columns):
            self._sheet.row_dimensions[1].height = HEAD
        titles = [self._cell(column.title) for column in columns]
        for cell in titles:
            cell.font = Font(bold=True)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        self._sheet.append(titles)

    def add(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Write rows."""
        for row in rows:
            self._sheet.append([None if value is None else self._cell(value) for value in row])
            self._rows += 1

    def finished(self) -> bytes:
        """The file."""
        self._sheet.auto_filter.ref = f"A1:{self._last}{self._rows}"
        written = BytesIO()
        self._book.save(written)
        return written.getvalue()

    def _cell(self, value: Cell) -> Any:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

        if not isinstance(value, str):
            cell: Any = WriteOnlyCell(self._sheet)
            cell.value = value
            if isinstance(value, date):
                cell.number_format = MOMENT if isinstance(value, datetime) else DAY
            return cell
        text = ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST_CELL]
        cell = WriteOnlyCell(self._sheet, value=text)
        cell.data_type = "s"
        if text.startswith(RISKY):
            # Typed into again, it stays a text.
            cell.quotePrefix = True
        return cell


class Csv:
    """Values separated by commas, UTF-8."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._written = StringIO(newline="")
        self._written.write(BYTE_ORDER_MARK)
        self._writer = csv.writer(self._written)
        self.add([[column.title for column in columns]])

    def add(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Write rows."""
        self._writer.writerows([[_plain(value) for value in row] for row in rows])

    def finished(self) -> bytes:
        """The file."""
        return self._written.getvalue().encode()


def _plain(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    if not isinstance(value, str):
        return str(value)
    return f"'{value}" if value.startswith(RISKY) else value
