"""Where everybody stands: how many applications of each kind of mobility are at which stage, and who they are.

An application stands at the first stage of the journey of which a required document is not there yet, or at its
verdict, where that is still open or negative.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, get_args

from bot.clock import local_day
from bot.db.applications import ApplicationRepository
from bot.db.pipeline import PipelineRepository, StoredApplicant
from bot.errors import NoSuchApplication
from bot.services.applications.checklist import ApplicationView, application_view
from bot.services.applications.transitions import ItemStatus
from bot.services.engine import Engine
from bot.services.night import waking
from bot.services.outbox import Outbox, Outgoing
from bot.services.people.preferences import Preferences
from bot.services.staff.staff import audit
from bot.services.visit import Lang, Visit
from knowledge.loading.item_schema import Stage

UNCLEAR: Final = "unclear"
REFUSED: Final = "refused"
COMPLETE: Final = "complete"
BUCKETS: Final[tuple[str, ...]] = (UNCLEAR, REFUSED, *get_args(Stage), COMPLETE)
"""Where an application can stand, in the order of the way: the verdict, the stages, the end."""
REMINDED: Final = frozenset({UNCLEAR, *get_args(Stage)})
"""Where there is something that a reminder can ask for."""
USEFUL: Final = timedelta(days=2)
"""For how long a reminder is worth sending."""
AT_ONCE: Final = 25
"""Applications that are worked out before others get their turn."""


@dataclass(frozen=True)
class Entry:
    """An application in the pipeline."""

    person_id: int
    kind: str
    """Kind of mobility, as it was kept with the answers."""
    bucket: str
    view: ApplicationView
    missing: tuple[str, ...]
    """Texts of the required documents of its stage that are not there, returned ones included."""
    waiting: int
    """How many of its items wait for the staff."""


@dataclass(frozen=True)
class Opened:
    """Somebody's application, opened by a member of staff."""

    person_id: int
    view: ApplicationView
    bucket: str
    numbers: Mapping[str, int]
    """Of every item that staff has to do with, the number by which a review names it, by key."""


@dataclass(frozen=True)
class Nudge:
    """A reminder to one person, about all their applications that stand there."""

    person_id: int
    language: Lang
    entries: tuple[Entry, ...]
    """In the person's language."""


@dataclass(frozen=True)
class Reminding:
    """Who would be reminded, and who not."""

    nudges: tuple[tuple[str, datetime, Nudge], ...]
    """Each with its key and when it is sent."""
    later: int
    """For how many of them it is night."""
    muted: int
    today: int
    """Reminded today already."""
    unreachable: int


TellNudge = Callable[[Nudge], dict[str, Any]]
"""Makes the parameters of `sendMessage` from a reminder."""


class PipelineService:
    """Use cases of the pipeline. Whoever calls them has made sure that the person may review."""

    def __init__(
        self, engine: Engine, stored: PipelineRepository, applications: ApplicationRepository, outbox: Outbox
    ) -> None:
        self._engine = engine
        self._stored = stored
        self._applications = applications
        self._outbox = outbox

    async def board(self, visit: Visit) -> dict[str, Counter[str]]:
        """How many applications stand where, by kind of mobility."""
        found: dict[str, Counter[str]] = {}
        for entry in await self._entries(visit, await self._stored.applicants()):
            found.setdefault(entry.kind, Counter())[entry.bucket] += 1
        return found

    async def people(self, visit: Visit, kind: str, bucket: str) -> tuple[Entry, ...]:
        """The applications behind one number, those that have waited longest for something first."""
        entries = await self._entries(visit, await self._stored.applicants(kind))
        there = [one for one in entries if one.bucket == bucket]
        return tuple(sorted(there, key=lambda one: one.view.updated_at))

    async def application(self, visit: Visit, code: str) -> Opened:
        """Somebody's application, to read.

        Raises:
            NoSuchApplication: it is gone.
        """
        found = await self._applications.find_for_staff(code)
        if found is None:
            raise NoSuchApplication
        person_id, stored = found
        audit(visit, "checklist opened", subject=code)
        assessment = self._engine.of_answers(stored.answers, lang=visit.lang, today=visit.today)
        view = application_view(stored, assessment, is_open=False)
        return Opened(person_id, view, bucket_of(view), await self._stored.item_numbers(code))

    async def reminding(self, visit: Visit, kind: str, bucket: str) -> Reminding:
        """Who would be reminded now: nobody twice a day, nobody who does not want it, nobody at night."""
        there: dict[int, list[StoredApplicant]] = {}
        if bucket in REMINDED:
            applicants = {one.application.code: one for one in await self._stored.applicants(kind)}
            for entry in await self.people(visit, kind, bucket):
                there.setdefault(entry.person_id, []).append(applicants[entry.view.code])
        wanted = {key: one for key, one in there.items() if _wants(one[0])}
        reachable = {key: one for key, one in wanted.items() if one[0].reachable}
        keys = {person_id: _key(visit, one[0]) for person_id, one in reachable.items()}
        known = await self._stored.known_keys(keys.values())
        nudges = [
            (keys[person_id], waking(visit.now, one[0].timezone), self._nudge(visit, one))
            for person_id, one in reachable.items()
            if keys[person_id] not in known
        ]
        return Reminding(
            nudges=tuple(nudges),
            later=sum(due > visit.now for _, due, _ in nudges),
            muted=len(there) - len(wanted),
            today=len(known),
            unreachable=len(wanted) - len(reachable),
        )

    def remind(self, visit: Visit, reminding: Reminding, *, kind: str, bucket: str, tell: TellNudge) -> None:
        """Remind them, each once a day."""
        for key, due, nudge in reminding.nudges:
            message = Outgoing(
                key, nudge.person_id, "reminder", "sendMessage", tell(nudge), due=due, useful_until=due + USEFUL
            )
            self._outbox.put(visit, message)
        audit(visit, "people reminded", subject=kind, stage=bucket, count=len(reminding.nudges))

    async def _entries(self, visit: Visit, applicants: list[StoredApplicant]) -> list[Entry]:
        found: list[Entry] = []
        for at, applicant in enumerate(applicants, 1):
            found.append(self._entry(visit, applicant, visit.lang))
            if at % AT_ONCE == 0:
                await asyncio.sleep(0)
        return found

    def _entry(self, visit: Visit, applicant: StoredApplicant, lang: Lang) -> Entry:
        stored = applicant.application
        assessment = self._engine.of_answers(stored.answers, lang=lang, today=visit.today)
        view = application_view(stored, assessment, is_open=False)
        bucket = bucket_of(view)
        return Entry(
            person_id=applicant.person_id,
            kind=stored.mobility_type or "",
            bucket=bucket,
            view=view,
            missing=tuple(
                one.item.text
                for one in view.items
                if one.item.stage == bucket and one.counts and not one.status.is_done
            ),
            waiting=sum(one.status is ItemStatus.SUBMITTED for one in view.items),
        )

    def _nudge(self, visit: Visit, applicants: list[StoredApplicant]) -> Nudge:
        language: Lang = "id" if applicants[0].language == "id" else "en"
        entries = tuple(self._entry(visit, one, language) for one in applicants)
        return Nudge(applicants[0].person_id, language, entries)


def bucket_of(view: ApplicationView) -> str:
    """Where an application stands."""
    if view.verdict == "not_eligible":
        return REFUSED
    if view.verdict == "undetermined":
        return UNCLEAR
    open_stages = {one.item.stage for one in view.items if one.counts and not one.status.is_done}
    return next((stage for stage in get_args(Stage) if stage in open_stages), COMPLETE)


def _wants(applicant: StoredApplicant) -> bool:
    return Preferences.from_json(applicant.preferences).reminders


def _key(visit: Visit, applicant: StoredApplicant) -> str:
    """One reminder of the staff a day, by the applicant's own calendar."""
    return f"nudge:{applicant.person_id}:{local_day(visit.now, applicant.timezone).isoformat()}"
