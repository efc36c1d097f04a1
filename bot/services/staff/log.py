"""The audit log as a file: one readable line for each thing that staff did."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal
from zoneinfo import ZoneInfo

from bot.db.audit import AuditLine, AuditRepository, of_person
from bot.db.staff import StaffRepository
from bot.services.spreadsheets import Cell, Column, Csv, Table, Xlsx
from bot.services.staff.staff import audit
from bot.services.visit import Visit

PAGE: Final = 1000
"""Lines that are read at a time."""


@dataclass(frozen=True)
class LogWords:
    """The words of the file, in the language of whoever reads it."""

    title: str
    columns: Sequence[str]
    """When, who, what, about, details."""
    actions: Mapping[str, str]
    """What is said of each kind of line; what is missing here is said as it is kept."""
    somebody: str
    """For a line whose author erased their data, or that the bot wrote itself."""


@dataclass(frozen=True)
class LogFile:
    """The log as it was exported."""

    data: bytes
    lines: int


class LogService:
    """Exports the audit log."""

    def __init__(self, log: AuditRepository, staff: StaffRepository) -> None:
        self._log = log
        self._staff = staff

    async def export(self, visit: Visit, kind: Literal["csv", "xlsx"], words: LogWords) -> LogFile:
        """The whole log, oldest line first. The times are those of the person's time zone. It is written down, too."""
        widths = (18, 26, 30, 26, 60)
        columns = [Column(title, width) for title, width in zip(words.columns, widths, strict=True)]
        table: Table = Csv(columns) if kind == "csv" else await asyncio.to_thread(Xlsx, words.title, columns)
        names = {of_person(one.person_id): one.name for one in await self._staff.members() if one.name}
        zone, after, count = ZoneInfo(visit.person.timezone), 0, 0
        while page := await self._log.page(after=after, most=PAGE):
            after, count = page[-1].id, count + len(page)
            await asyncio.to_thread(table.add, [_row(line, words, names, zone) for line in page])
        audit(visit, "log exported", lines=count)
        return LogFile(await asyncio.to_thread(table.finished), count)


def _row(line: AuditLine, words: LogWords, names: Mapping[str, str], zone: ZoneInfo) -> list[Cell]:
    who = words.somebody if line.actor_id is None else _named(str(line.actor_id), line.actor_name)
    about = "" if line.subject is None else _named(line.subject, names.get(line.subject))
    details = "; ".join(f"{name}: {_said(value)}" for name, value in line.details.items() if value is not None)
    when = line.at.astimezone(zone).replace(tzinfo=None, microsecond=0)
    return [when, who, words.actions.get(line.action, line.action), about, details]


def _named(number: str, name: str | None) -> str:
    return f"{name} ({number})" if name else number


def _said(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
