"""Spreadsheets: what people typed never becomes a formula, dates and numbers stay what they are."""

from __future__ import annotations

import csv
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import pytest

from bot.services.spreadsheets import HEAD, LONGEST_CELL, Cell, Column, Csv, Xlsx
from tests.support.sheets import sheet_of

MOMENT = datetime.fromisoformat("2027-03-01 09:05")
COLUMNS = [Column("What", 30), Column("=When", 18), Column("How many", 9)]
RISKY = ["=1+1", "+62 812", "-5", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x.test";"click")']


def opened(rows: list[list[Cell]]) -> tuple[Any, bytes]:
    book = Xlsx("Sheet", COLUMNS)
    book.add(rows)
    data = book.finished()
    return sheet_of(data), data


@pytest.mark.parametrize("typed", RISKY)
def test_a_text_is_a_text_in_xlsx(typed: str) -> None:
    sheet, data = opened([[typed, None, 1]])
    cell = sheet["A2"]
    assert cell.data_type == "s"
    assert str(cell.value).strip() == typed.strip()
    assert cell.quotePrefix
    assert b"<f>" not in ZipFile(BytesIO(data)).read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("typed", RISKY)
def test_a_text_is_a_text_in_csv(typed: str) -> None:
    table = Csv(COLUMNS)
    table.add([[typed, None, -5]])
    head, row = csv.reader(StringIO(table.finished().decode("utf-8-sig"), newline=""))
    assert head[1] == "'=When"
    assert row == [f"'{typed}", "", "-5"]


def test_dates_and_numbers_are_of_their_own_kind() -> None:
    sheet, _ = opened([["a", MOMENT, 12], ["b", date(2027, 3, 2), -0.5]])
    assert sheet["B2"].is_date
    assert sheet["B2"].value == MOMENT
    assert sheet["B2"].number_format == "yyyy-mm-dd hh:mm"
    assert sheet["B3"].number_format == "yyyy-mm-dd"
    assert [sheet["C2"].data_type, sheet["C2"].value, sheet["C3"].value] == ["n", 12, -0.5]


def test_the_head_stays_in_sight_and_filters() -> None:
    sheet, _ = opened([["a", None, 1]] * 3)
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:C4"
    assert sheet.column_dimensions["A"].width == 30
    assert sheet["A1"].font.bold
    assert sheet["A1"].alignment.wrap_text
    assert sheet.row_dimensions[1].height is None


def test_long_titles_get_room() -> None:
    data = Xlsx("Sheet", [Column("A very long title of an item", 10)]).finished()
    assert sheet_of(data).row_dimensions[1].height == HEAD


def test_what_no_cell_can_hold_is_left_out() -> None:
    sheet, _ = opened([["\x00bell\x07" + "x" * LONGEST_CELL, None, None]])
    assert sheet["A2"].value.startswith("bellxxx")
    assert len(sheet["A2"].value) == LONGEST_CELL
