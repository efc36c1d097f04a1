"""What a person does with a reminder: put it off, mute it, have it as usual again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.applications import ApplicationRepository
from bot.db.reminders import ReminderRepository, look_anew_at_all
from bot.errors import NoSuchReminder
from bot.services.deadlines.reminders import Due, morning_of, put_off
from bot.services.interview.interview import InterviewService
from bot.services.people.preferences import REMINDERS
from bot.services.visit import Visit

ByApplication = Mapping[str, Mapping[str, datetime | None]]
"""Until when each deadline of an application is put off."""


@dataclass(frozen=True)
class Told:
    """What a reminder told of, as it stands now: what is gone since is left out."""

    day: date
    """The day of the person on which it came."""
    dues: tuple[Due, ...]
    texts: Mapping[str, str]
    """What each deadline asks for, in the person's language, by its id."""


class SnoozeService:
    """Use cases of the buttons below a reminder. What is written is written at the end of the visit."""

    def __init__(
        self, reminders: ReminderRepository, applications: ApplicationRepository, interview: InterviewService
    ) -> None:
        self._reminders = reminders
        self._applications = applications
        self._interview = interview

    async def told(self, visit: Visit, day: date) -> Told:
        """What the person's reminder of this day told of.

        Raises:
            NoSuchReminder: there was none, or it is too long ago.
        """
        stored = await self._reminders.find(visit.person.id, day)
        if stored is None:
            raise NoSuchReminder
        kept = {one.code: one for one in await self._applications.of_person(visit.person.id)}
        dues: list[Due] = []
        texts: dict[str, str] = {}
        for code, item, written in stored.items:
            last_day = date.fromisoformat(written)
            if code in kept:
                dues.append(Due(code, kept[code].name, item, last_day, (last_day - visit.today).days))
                assessment = self._interview.assess_answers(visit, kept[code].answers)
                texts |= {one.id: one.text for one in assessment["deadlines"] if one.id == item}
        return Told(day, tuple(dues), texts)

    async def snooze(self, visit: Visit, day: date, how: str) -> date | None:
        """Put off what the reminder told of; returns the first day on which the person hears of it again, None if it
        is too late to put off any of it.

        Raises:
            NoSuchReminder: as `told`.
        """
        told = await self.told(visit, day)
        days = {due: put_off(due.last_day, visit.today, how) for due in told.dues}
        later = {due: to for due, to in days.items() if to is not None}
        self._hold(visit, later, lambda due: morning_of(later[due], visit.person.timezone))
        return min(later.values(), default=None)

    async def mute(self, visit: Visit, day: date, at: int | None) -> Told:
        """Never tell of one deadline again (`at` is its place in the reminder), or of all of them.

        Raises:
            NoSuchReminder: as `told`.
        """
        told = await self.told(visit, day)
        muted = [due for place, due in enumerate(told.dues) if at is None or place == at]
        self._hold(visit, muted, lambda _due: None)
        return told

    def mute_all(self, visit: Visit) -> None:
        """No reminders any more, of anything; /settings brings them back."""
        visit.person.preferences = visit.person.preferences.switched(REMINDERS, on=False)

    async def as_usual(self, visit: Visit, day: date) -> Told:
        """Tell of what the reminder told of as usual, and of everything else too.

        Raises:
            NoSuchReminder: as `told`.
        """
        told = await self.told(visit, day)
        codes = {due.code: [other.item for other in told.dues if other.code == due.code] for due in told.dues}

        async def write(connection: AsyncConnection) -> None:
            for code, items in codes.items():
                await self._reminders.release(connection, visit.person.id, code, items, visit.now)
            await look_anew_at_all(connection, visit.person.id, visit.now)

        visit.person.preferences = visit.person.preferences.switched(REMINDERS, on=True)
        visit.writes["reminders"] = write
        return told

    def _hold(self, visit: Visit, dues: Iterable[Due], until: Callable[[Due], datetime | None]) -> None:
        held: dict[str, dict[str, datetime | None]] = {}
        for due in dues:
            held.setdefault(due.code, {})[due.item] = until(due)
        self._write(visit, held)

    def _write(self, visit: Visit, held: ByApplication) -> None:
        async def write(connection: AsyncConnection) -> None:
            for code, untils in held.items():
                await self._reminders.hold(connection, visit.person.id, code, untils, visit.now)

        if held:
            visit.writes["reminders"] = write
