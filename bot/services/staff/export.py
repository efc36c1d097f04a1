"""Applications as a spreadsheet, for staff: one row an application, one column an item of its checklist."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.db.exports import NONE, Exported, ExportRepository, Wanted
from bot.services.applications.checklist import LISTS, ApplicationView, application_view, key_of
from bot.services.applications.transitions import ItemStatus
from bot.services.interview.interview import InterviewService
from bot.services.markup import cut
from bot.services.spreadsheets import Cell, Column, Xlsx
from bot.services.staff.staff import audit
from bot.services.visit import Visit
from knowledge import Knowledge

__all__ = ["NONE", "ExportService", "ExportWords", "Made", "Wanted"]

PAGE: Final = 100
"""Applications that are read and written at a time."""
FILTERS: Final = ("mobility_type", "programme", "verdict", "status")
"""What can be chosen, by the names of `Wanted`."""
LONGEST_TITLE: Final = 90
"""Characters of an item's text at the head of its column."""


@dataclass(frozen=True)
class ExportWords:
    """The words of the file, in the language of whoever reads it."""

    title: str
    columns: Sequence[str]
    """The titles of the columns before those of the items."""
    types: Mapping[str, str]
    programmes: Mapping[str, str]
    verdicts: Mapping[str, str]
    statuses: Mapping[ItemStatus, str]


@dataclass(frozen=True)
class Made:
    """A finished file."""

    data: bytes
    rows: int


class ExportService:
    """Use cases of exporting. Nobody's right is checked here."""

    def __init__(self, knowledge: Knowledge, exports: ExportRepository, interview: InterviewService) -> None:
        self._knowledge = knowledge
        self._exports = exports
        self._interview = interview

    async def count(self, wanted: Wanted) -> int:
        """How many applications there are of this kind."""
        return await self._exports.count(wanted)

    async def choices(self, name: str, wanted: Wanted) -> dict[str, int]:
        """What one filter (of `FILTERS`) can be set to, the others being as they are, with how many there are of each,
        the most frequent first. `NONE` stands for those that have none."""
        others = replace(wanted, **{name: None})
        found = await (self._exports.statuses(others) if name == "status" else self._exports.values(name, others))
        counted = {value or NONE: number for value, number in found.items()}
        return dict(sorted(counted.items(), key=lambda one: (-one[1], one[0])))

    async def workbook(self, visit: Visit, wanted: Wanted, words: ExportWords) -> Made:
        """The file. It is made in a thread, a page of applications at a time, so that nobody else has to wait; the
        export is written down."""
        there = await self._exports.values("mobility_type", wanted)
        types = [key for key in there if key is not None and key in self._knowledge.types]
        items = self._item_columns(types, visit)
        columns = [*_head(words), *(Column(f"{title} ({key})", 24) for key, title in items.items())]
        book = await asyncio.to_thread(Xlsx, words.title, columns)
        after, rows = 0, 0
        while page := await self._exports.page(wanted, after=after, most=PAGE):
            after, rows = page[-1].id, rows + len(page)
            await asyncio.to_thread(book.add, self._rows(page, visit, words, items))
        data = await asyncio.to_thread(book.finished)
        chosen = {name: value for name in FILTERS if (value := getattr(wanted, name)) is not None}
        audit(visit, "applications exported", rows=rows, **chosen)
        return Made(data, rows)

    def _item_columns(self, mobility_types: Iterable[str], visit: Visit) -> dict[str, str]:
        """Every item that can be on the checklist of these mobility types: its key and what it says."""
        rules = self._knowledge.rules(visit.today)
        found: dict[str, str] = {}
        for mobility_type in sorted(mobility_types):
            lists = rules.of_type(mobility_type).lists
            for name in LISTS.values():
                for rule in lists[name]:
                    title = cut(rules.written(rule.item.text, visit.lang), LONGEST_TITLE)
                    found.setdefault(key_of(name, rule.item.id), title)
        return found

    def _rows(
        self, page: Iterable[Exported], visit: Visit, words: ExportWords, items: Collection[str]
    ) -> Iterator[list[Cell]]:
        for one in page:
            stored = one.application
            assessment = self._interview.assess_answers(visit, stored.answers)
            view = application_view(stored, assessment, is_open=False)
            statuses = {item.key: words.statuses[item.status] for item in view.items}
            yield [*_facts(one, view, words, ZoneInfo(visit.person.timezone)), *map(statuses.get, items)]


def _head(words: ExportWords) -> list[Column]:
    widths = (11, 30, 15, 10, 34, 30, 26, 17, 17, 9, 9, 14)
    return [Column(title, width) for title, width in zip(words.columns, widths, strict=True)]


def _facts(one: Exported, view: ApplicationView, words: ExportWords, zone: ZoneInfo) -> list[Cell]:
    def local(moment: datetime) -> datetime:
        return moment.astimezone(zone).replace(tzinfo=None, microsecond=0)

    deadline = view.next_deadline
    return [
        view.code,
        view.name,
        one.person_id,
        one.language,
        words.types.get(view.mobility_type or ""),
        words.programmes.get(view.programme or ""),
        words.verdicts.get(view.verdict),
        local(view.created_at),
        local(view.updated_at),
        view.done,
        view.total,
        deadline.last_day if deadline else None,
    ]
