"""Looking into spreadsheets."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from openpyxl import load_workbook


def sheet_of(data: bytes) -> Any:
    """The sheet of an Excel file, as openpyxl reads it."""
    return load_workbook(BytesIO(data)).active


def rows_of(data: bytes) -> list[tuple[Any, ...]]:
    """The values of its rows."""
    return [tuple(row) for row in sheet_of(data).values]
