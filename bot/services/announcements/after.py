"""Announcements from their confirmation on: how far they are, and pause, stop, try again, correct, call back.

    pause ⇄ resume        nothing new is sent meanwhile
    stop                  what was not sent stays unsent
    retry                 where it failed or nobody knows
    correct               the next version: whoever has it gets it changed, all others get the new one
    recall                deleted wherever Telegram still allows it

Everybody who may announce can do all of this: an announcement that goes wrong does not wait for its author. What two
people do at once is done once: who comes second is handled again and sees what the first one did.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db import ledger_batches
from bot.db.announcement_after import Known, SentRepository
from bot.db.announcements import AnnouncementRepository, StoredAnnouncement
from bot.db.ledger_report import Fate, LedgerReports
from bot.errors import NoSuchAnnouncement, Overtaken, StillOnItsWay
from bot.services.announcements.content import OF_RESULTS, Content
from bot.services.announcements.report import Part, Reason, Report, read_report, reason_of
from bot.services.announcements.start import KIND
from bot.services.markup import length
from bot.services.paging import Place, place
from bot.services.spreadsheets import Cell, Column, Csv
from bot.services.staff.staff import audit
from bot.services.visit import Lang, Visit

__all__ = ["AfterService", "FileWords", "Listed", "Listing", "StoredAnnouncement"]

PER_PAGE: Final = 6
ROWS_AT_ONCE: Final = 500
"""Rows of a file that are written before others get their turn."""


@dataclass(frozen=True)
class Step:
    """Something that is done with a batch: from which states, to which, and its name in the log."""

    of: tuple[str, ...]
    to: str
    action: str

    def taken(self, part: Part) -> Part:
        """The part after it."""
        return replace(part, batch=replace(part.batch, state=self.to)) if part.batch.state in self.of else part


PAUSE: Final = Step(("running",), "paused", "announcement paused")
RESUME: Final = Step(("paused",), "running", "announcement resumed")
STOP: Final = Step(("running", "paused"), "stopped", "announcement stopped")


@dataclass(frozen=True)
class Listed:
    """A line of the list."""

    announcement: StoredAnnouncement
    report: Report | None
    """None before it has started."""


@dataclass(frozen=True)
class Listing:
    """A page of the list."""

    lines: Sequence[Listed]
    place: Place


@dataclass(frozen=True)
class FileWords:
    """The words of the list of recipients, in the language of whoever reads it."""

    columns: Sequence[str]
    purposes: Mapping[str, str]
    states: Mapping[str, str]
    reason: Callable[[Reason, str], str]
    yes: str


class AfterService:
    """Use cases of announcements that are confirmed or sent."""

    def __init__(self, rows: AnnouncementRepository, sent: SentRepository, reports: LedgerReports) -> None:
        self._rows = rows
        self._sent = sent
        self._reports = reports

    async def page(self, visit: Visit, number: int) -> Listing:
        """A page of the list, the last one if there are fewer."""
        found, count = await self._sent.page(visit.person.id, skip=max(0, number) * PER_PAGE, most=PER_PAGE)
        at = place(count, number, each=PER_PAGE)
        if not found and count:
            return await self.page(visit, at.number)
        lines = [
            Listed(one, await read_report(self._reports, one, visit.now) if one.state == "started" else None)
            for one in found
        ]
        return Listing(lines, at)

    async def find(self, visit: Visit, code: str) -> StoredAnnouncement:
        """An announcement in whatever state.

        Raises:
            NoSuchAnnouncement: gone, or the draft of somebody else.
        """
        stored = await self._rows.find(code)
        if stored is None or stored.state == "discarded":
            raise NoSuchAnnouncement
        if stored.state == "draft" and stored.author_id != visit.person.id:
            raise NoSuchAnnouncement
        return stored

    async def report(self, visit: Visit, code: str) -> Report:
        """How far it is.

        Raises:
            NoSuchAnnouncement: it has not started, or is gone.
        """
        stored = await self.find(visit, code)
        if stored.state != "started":
            raise NoSuchAnnouncement
        return await read_report(self._reports, stored, visit.now)

    def pause(self, visit: Visit, report: Report) -> Report:
        """Send nothing more for now; what is in the air arrives. Returns what it is then."""
        return self._all(visit, report, PAUSE, ledger_batches.pause)

    def resume(self, visit: Visit, report: Report) -> Report:
        """Go on."""
        return self._all(visit, report, RESUME, ledger_batches.resume)

    def stop(self, visit: Visit, report: Report) -> Report:
        """Send nothing more, for good."""

        async def move(connection: AsyncConnection, batch_id: int) -> bool:
            return await ledger_batches.stop(connection, batch_id, visit.now) is not None

        return self._all(visit, report, STOP, move)

    def retry(self, visit: Visit, report: Report) -> None:
        """Try again where it failed, or nobody knows whether it arrived."""
        batches = [part.batch.id for part in report.to_retry if part.failed]

        async def write(connection: AsyncConnection) -> None:
            counts = [await ledger_batches.retry(connection, batch, visit.now) for batch in batches]
            if not sum(counts):
                raise Overtaken

        if batches:
            visit.writes[f"announcement {report.announcement.code} again"] = write
            audit(visit, "announcement tried again", subject=report.announcement.code, recipients=report.failed)

    def correct(self, visit: Visit, report: Report, texts: Mapping[Lang, str]) -> None:
        """Change the texts of these languages. Whoever has it gets it changed, whoever waits gets the new one.

        Raises:
            StillOnItsWay: it is not paused, or something is in the air: that would arrive uncorrected.
        """
        stored, batches = report.announcement, self._still(report)
        content = {**stored.content, "texts": {**stored.content.get("texts", {}), **texts}}

        async def write(connection: AsyncConnection) -> None:
            if not await self._sent.is_still(connection, batches):
                raise Overtaken
            if not await self._sent.correct(connection, stored, content, visit.now):
                raise Overtaken
            await self._change(connection, visit, report, "correct")
            for part in report.parts:
                if part.batch.state == "paused":
                    await ledger_batches.resume(connection, part.batch.id)

        visit.writes[f"announcement {stored.code} correct"] = write
        audit(visit, "announcement corrected", subject=stored.code, version=stored.version + 1, recipients=report.sent)

    def recall(self, visit: Visit, report: Report) -> None:
        """Delete it from every chat, as far as Telegram allows; what was not sent stays unsent.

        Raises:
            StillOnItsWay: as `correct`.
        """
        batches = self._still(report)

        async def write(connection: AsyncConnection) -> None:
            if not await self._sent.is_still(connection, batches):
                raise Overtaken
            for part in report.parts:
                if part.is_alive:
                    await ledger_batches.stop(connection, part.batch.id, visit.now)
            await self._change(connection, visit, report, "recall", method="deleteMessage")

        code = report.announcement.code
        visit.writes[f"announcement {code} recall"] = write
        audit(visit, "announcement recalled", subject=code, recipients=report.sent)

    def mistake(self, announcement: StoredAnnouncement, text: str) -> bool:
        """Whether a new text cannot take the place of the old one: too long, or with places that nothing fills."""
        content = replace(Content.from_json(announcement.content), texts={"id": text})
        places = content.places() & OF_RESULTS if announcement.round_id is None else frozenset()
        return length(text) > content.longest or bool(content.unknown_places or places)

    async def recipients(self, visit: Visit, report: Report, words: FileWords) -> bytes:
        """Everybody with what became of it and when, as CSV."""
        zone = ZoneInfo(visit.person.timezone)
        table = Csv([Column(title) for title in words.columns])
        purposes = {part.batch.id: part.batch.purpose for part in report.parts}
        for batch_id, purpose in purposes.items():
            some: list[Fate] = []
            async for fate in self._reports.fates([batch_id]):
                some.append(fate)
                if len(some) == ROWS_AT_ONCE:
                    table.add(await self._lines(some, purpose, words, zone))
                    some = []
            table.add(await self._lines(some, purpose, words, zone))
        audit(visit, "recipients exported", subject=report.announcement.code)
        return table.finished()

    async def moments(self, report: Report) -> list[tuple[str, float]]:
        """The state of every recipient and after how many seconds it came, of the sending itself."""
        [*sendings] = report.of("send")
        if not sendings:
            return []
        start = sendings[0].batch.created_at
        found = self._reports.fates([part.batch.id for part in sendings])
        return [
            (fate.state, (fate.recorded_at - start).total_seconds())
            async for fate in found
            if fate.recorded_at is not None
        ]

    async def _lines(
        self, fates: Sequence[Fate], purpose: str, words: FileWords, zone: ZoneInfo
    ) -> Iterable[Sequence[Cell]]:
        await asyncio.sleep(0)
        people = await self._sent.known({fate.person_id for fate in fates})
        return [_line(fate, people.get(fate.person_id), purpose, words, zone) for fate in fates]

    def _still(self, report: Report) -> list[int]:
        if report.state == "running" or report.in_the_air:
            raise StillOnItsWay
        return [part.batch.id for part in report.parts]

    async def _change(
        self, connection: AsyncConnection, visit: Visit, report: Report, purpose: ledger_batches.Purpose, **how: str
    ) -> None:
        batch = await ledger_batches.open_batch(
            connection,
            announcement_id=report.announcement.id,
            purpose=purpose,
            kind=KIND,
            author_id=visit.person.id,
            now=visit.now,
        )
        sendings = [part.batch.id for part in report.of("send")]
        await ledger_batches.fill_changes(connection, batch, sendings, now=visit.now, method=how.get("method"))

    def _all(
        self, visit: Visit, report: Report, step: Step, move: Callable[[AsyncConnection, int], Awaitable[bool]]
    ) -> Report:
        """Move every part for which the step makes sense; where there is none, nothing happens."""
        batches = [part.batch.id for part in report.parts if part.batch.state in step.of]

        async def write(connection: AsyncConnection) -> None:
            for batch in batches:
                if not await move(connection, batch):
                    raise Overtaken

        if batches:
            visit.writes[f"announcement {report.announcement.code} {step.to}"] = write
            audit(visit, step.action, subject=report.announcement.code)
        return replace(report, parts=tuple(step.taken(part) for part in report.parts))


def _line(fate: Fate, known: Known | None, purpose: str, words: FileWords, zone: ZoneInfo) -> Sequence[Cell]:
    at = fate.recorded_at.astimezone(zone).replace(tzinfo=None) if fate.recorded_at else None
    reason = words.reason(reason_of(fate.error, fate.state), fate.error) if fate.error and fate.state != "sent" else ""
    return (
        words.purposes.get(purpose, purpose),
        fate.person_id or None,
        known.name if known else None,
        f"@{known.username}" if known and known.username else None,
        fate.subject,
        words.states.get(fate.state, fate.state),
        at,
        reason,
        words.yes if fate.maybe_twice else "",
    )
