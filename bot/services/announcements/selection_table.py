"""The table with the results of a selection as staff gives it: who, what came out, a note. Pure: rows in, lines out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

Result = Literal["selected", "reserve", "not_selected"]

WORDS: Final[Mapping[Result, tuple[str, ...]]] = {
    "selected": (
        "selected",
        "accepted",
        "passed",
        "admitted",
        "lolos",
        "lulus",
        "diterima",
        "terpilih",
        "lolos seleksi",
    ),
    "reserve": (
        *("reserve", "on the reserve list", "reserve list", "waiting list", "waitlist", "waitlisted", "wait list"),
        *("cadangan", "daftar cadangan", "masuk daftar cadangan", "daftar tunggu"),
    ),
    "not_selected": (
        *(
            "not selected",
            "rejected",
            "not accepted",
            "declined",
            "failed",
            "unsuccessful",
            "not passed",
            "not_selected",
        ),
        *("tidak lolos", "belum lolos", "tidak lulus", "tidak diterima", "ditolak", "gagal", "tidak terpilih"),
        *("tidak lolos seleksi", "belum lolos seleksi"),
    ),
}
"""How a result may be written, in small letters."""
RESULTS: Final[Mapping[str, Result]] = {word: result for result, words in WORDS.items() for word in words}
HEADS: Final[Mapping[str, tuple[str, ...]]] = {
    "who": (
        *("code", "application", "application code", "username", "applicant", "telegram"),
        *("kode", "kode pendaftaran", "pendaftaran", "nama pengguna", "pendaftar"),
    ),
    "result": ("result", "results", "outcome", "decision", "hasil", "hasil seleksi", "keputusan", "status"),
    "note": ("note", "notes", "remark", "remarks", "comment", "catatan", "keterangan", "pesan"),
}
"""Titles of the columns, in small letters."""
LONGEST_NOTE: Final = 500
"""Characters of a note that are kept: it stands in a message beside other text."""


@dataclass(frozen=True)
class Given:
    """A row of the table."""

    who: str
    """Code of an application or a username, as it was written."""
    said: str
    """The result as it was written."""
    result: Result | None
    """None: we do not know that word."""
    note: str


def given_in(rows: Sequence[Sequence[str]]) -> list[Given]:
    """What the rows say. With titles in the first row the columns may stand in any order; without, they are who,
    result and note."""
    if not rows:
        return []
    heads = [_plain(cell) for cell in rows[0]]
    places = {what: at for what, titles in HEADS.items() for at, head in enumerate(heads) if head in titles}
    titled = "result" in places and "who" in places
    if not titled:
        places = {"who": 0, "result": 1, "note": 2}
    return [_given(row, places) for row in (rows[1:] if titled else rows)]


def _given(row: Sequence[str], places: Mapping[str, int]) -> Given:
    def cell(what: str) -> str:
        at = places.get(what)
        return row[at].strip() if at is not None and at < len(row) else ""

    said = cell("result")
    return Given(cell("who"), said, RESULTS.get(_plain(said)), cell("note")[:LONGEST_NOTE])


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("*", "").strip(" .:!").split())
