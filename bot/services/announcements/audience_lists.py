"""Lists of people that staff gives: pasted, or the first column of a CSV or XLSX file."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Final
from zipfile import BadZipFile

from bot.db.audiences import AudienceRepository
from bot.services.applications.applications import CODE_LENGTH

MOST_ROWS: Final = 100_000
"""Rows of a file that are read."""
LARGEST_FILE: Final = 5 * 2**20
"""Bytes."""
_NAMES: Final = re.compile(r"[\s,;]+")

Row = tuple[str, ...]


class UnreadableTable(ValueError):
    """The file is no table that we can read: neither CSV nor XLSX, or too large."""


@dataclass(frozen=True)
class FoundPeople:
    """What became of a list."""

    ids: tuple[int, ...]
    missing: tuple[str, ...]
    """Names that nobody has, or more than one person."""
    twice: int
    """Lines that named somebody again."""


def names_in(text: str) -> list[str]:
    """The names of a pasted list."""
    return [name for name in _NAMES.split(text) if name]


def table_of(content: bytes, file_name: str) -> list[Row]:
    """The rows of a file; cells are plain text without spaces around them, empty rows are left out.

    Raises:
        UnreadableTable: it is no CSV and no XLSX.
    """
    if len(content) > LARGEST_FILE:
        raise UnreadableTable(file_name)
    rows = _workbook(content, file_name) if content[:2] == b"PK" else _csv(content, file_name)
    return [row for row in rows if any(row)]


class AudienceLists:
    """Finds the people of a list."""

    def __init__(self, audiences: AudienceRepository) -> None:
        self._audiences = audiences

    async def find(self, names: Sequence[str]) -> FoundPeople:
        """The people behind usernames, Telegram ids and codes of applications."""
        cleaned = [name.strip().lstrip("@").lower() for name in names]
        distinct = list(dict.fromkeys(name for name in cleaned if name))
        numbers = {name: int(name) for name in distinct if name.isascii() and name.isdigit() and len(name) < 19}
        there = await self._audiences.known(set(numbers.values()))
        by_code = await self._audiences.applications([name for name in distinct if len(name) == CODE_LENGTH])
        by_username = await self._audiences.ids_by_username(distinct)
        found: dict[str, int] = {}
        for name in distinct:
            if name in numbers:
                candidates = [numbers[name]] if numbers[name] in there else []
            else:
                candidates = [*by_username.get(name, ()), *([by_code[name][1]] if name in by_code else [])]
            if len(set(candidates)) == 1:
                found[name] = candidates[0]
        ids = Counter(found[name] for name in cleaned if name in found)
        missing = tuple(name for name in distinct if name not in found)
        return FoundPeople(tuple(sorted(ids)), missing, twice=sum(ids.values()) - len(ids))


def _csv(content: bytes, file_name: str) -> list[Row]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\x00" in text:
        raise UnreadableTable(file_name)
    separator = max(",;\t", key=text.partition("\n")[0].count)
    try:
        return _rows(csv.reader(StringIO(text), delimiter=separator))
    except csv.Error as error:
        raise UnreadableTable(file_name) from error


def _workbook(content: bytes, file_name: str) -> list[Row]:
    # A library of some size, for the few who send such a file.
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        return _rows(sheet.iter_rows(values_only=True))
    except (InvalidFileException, BadZipFile, KeyError, ValueError, IndexError, OSError) as error:
        raise UnreadableTable(file_name) from error


def _rows(rows: Iterable[Iterable[object]]) -> list[Row]:
    read: list[Row] = []
    for row in rows:
        if len(read) >= MOST_ROWS:
            break
        read.append(tuple("" if cell is None else _cell(cell) for cell in row))
    return read


def _cell(cell: object) -> str:
    # A spreadsheet keeps a Telegram id as a number.
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()
