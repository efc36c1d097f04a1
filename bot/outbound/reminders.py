"""Finds out who has to be reminded of what, and puts one message a day into the ledger.

Every application knows when it has to be looked at next (`remind_at`, indexed) and up to which moment everything that
was due is dealt with (`reminded_until`). Looking at it, the message, the mark that this day had its message, and the
next look are written in one transaction; so a worker that dies at any point has either done all of it or nothing.
A message that was not sent before the night is dropped by the ledger; then its applications are looked at again.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock, is_timezone
from bot.db.engine import DATABASE_TROUBLE, Database
from bot.db.ledger import Outgoing
from bot.db.reminders import Looked, Recipient, ReminderRepository
from bot.i18n import Translators, load_translators
from bot.outbound.knowing import engine
from bot.services.deadlines.reminders import (
    Due,
    Hold,
    is_due,
    next_look,
    next_morning,
    reminder_key,
)
from bot.services.night import is_night, night_begins
from bot.services.people.preferences import Preferences

if TYPE_CHECKING:
    from bot.outbound.reminder_message import Reminder
    from knowledge.text import Language

log = logging.getLogger(__name__)

EVERY: Final = 20.0
"""Seconds between two looks; each is one indexed query while nobody has to be reminded."""
PEOPLE: Final = 200
"""People found in one go."""
MESSAGES: Final = 1000
"""Messages of which is noted in one go what became of them."""
LATER: Final = timedelta(hours=1)
"""After a mistake about one person."""
RECHECK: Final = timedelta(days=7)
"""After so long an application is looked at anyway: with other rules its deadlines may have become earlier."""
KEPT: Final = timedelta(days=60)
"""For how long the buttons of a message work."""


@dataclass(frozen=True)
class _Now:
    """Whom it is about, and what time it is there."""

    person: Recipient
    zone: str
    moment: datetime

    @property
    def today(self) -> date:
        return self.moment.astimezone(ZoneInfo(self.zone)).date()

    @property
    def lang(self) -> Language:
        return "en" if self.person.language == "en" else "id"

    @property
    def wants(self) -> bool:
        """Whether the person can be reminded, and wants to be."""
        return self.person.reachable and Preferences.from_json(self.person.preferences).reminders


@dataclass(frozen=True)
class _Date:
    """A deadline that lies ahead."""

    application: Looked
    reminder: Reminder
    hold: Hold | None
    is_done: bool

    @property
    def key(self) -> tuple[str, str]:
        """Code of the application, id of the deadline."""
        return self.reminder.due.code, self.reminder.due.item

    def is_due(self, now: _Now) -> bool:
        """Whether it is to be told of now."""
        last_day, after = self.reminder.due.last_day, self.application.reminded_until
        return not self.is_done and is_due(last_day, now.zone, after=after, now=now.moment, hold=self.hold)


class Reminders:
    """The scheduler of reminders."""

    def __init__(self, database: Database, clock: Clock, timezone: str) -> None:
        self._rows = ReminderRepository(database)
        self._database = database
        self._clock = clock
        self._timezone = timezone
        """Of the office: for people whose own is none that we know (any more)."""
        self._pruned: date | None = None

    async def run(self) -> None:
        """Look at everything that is to be looked at now."""
        await self._tidy()
        seen: set[int] = set()
        while people := set(await self._rows.waiting(self._clock.now(), PEOPLE)) - seen:
            seen |= people
            told = [person_id for person_id in people if await self._look_at_safely(person_id)]
            if told:
                log.info("%d people are reminded", len(told))

    async def _tidy(self) -> None:
        now = self._clock.now()
        if unsaid := await self._rows.settle(now, MESSAGES):
            log.info("%d reminders could not be sent in time and are made anew", unsaid)
        if self._pruned != now.date():
            await self._rows.prune((now - KEPT).date())
            self._pruned = now.date()

    async def _look_at_safely(self, person_id: int) -> bool:
        try:
            return await self._look_at(person_id)
        except DATABASE_TROUBLE:
            raise
        except Exception:
            # A mistake about one person must not keep the others from being reminded.
            log.exception("the deadlines of a person cannot be looked at; the next try is in an hour")
            async with self._database.transaction() as connection:
                now = self._clock.now()
                looked = await self._rows.looked_at(connection, person_id, now)
                await self._rows.look_again(connection, [one.id for one in looked], now + LATER, until=None)
            return False

    async def _look_at(self, person_id: int) -> bool:
        """Look at the applications of one person; whether they are reminded."""
        async with self._database.transaction() as connection:
            moment = self._clock.now()
            person = await self._rows.recipient(connection, person_id)
            looked = await self._rows.looked_at(connection, person_id, moment)
            if person is None or not looked:
                return False
            zone = person.timezone if is_timezone(person.timezone) else self._timezone
            return await self._remind(connection, _Now(person, zone, moment), looked)

    async def _remind(self, connection: AsyncConnection, now: _Now, looked: Sequence[Looked]) -> bool:
        dates = [one for application in looked for one in self._dates(application, now)]
        due = sorted(
            (one for one in dates if now.wants and one.is_due(now)),
            key=lambda one: (one.reminder.due.last_day, one.application.id),
        )
        told = await self._rows.told(connection, now.person.id, now.today) if due else None
        if told is not None:
            # Two steps of one deadline on one day: after a downtime, or across time zones.
            due = [one for one in due if one.key not in told]
        if due:
            if told is not None or is_night(now.moment, now.zone):
                morning = next_morning(now.moment, now.zone)
                await self._rows.look_again(connection, [one.id for one in looked], morning, until=None)
                return False
            due_from = min(application.reminded_until for application in looked)
            await self._tell(connection, now, [one.reminder for one in due], due_from)
        for application in looked:
            own = [(one.reminder.due.last_day, one.hold) for one in dates if one.application is application]
            at = next_look(own, now.zone, now.moment)
            if at is not None:
                at = min(at, now.moment + RECHECK)
            await self._rows.look_again(connection, [application.id], at, until=now.moment)
        return bool(due)

    async def _tell(
        self, connection: AsyncConnection, now: _Now, reminders: Sequence[Reminder], due_from: datetime
    ) -> None:
        from bot.outbound.reminder_message import parameters

        message = Outgoing(
            key=reminder_key(now.person.id, now.today),
            person_id=now.person.id,
            kind="reminder",
            method="sendMessage",
            parameters=parameters(self._translators[now.lang], reminders, now.today),
            useful_until=night_begins(now.today, now.zone),
        )
        items = [(one.due.code, one.due.item, one.due.last_day) for one in reminders]
        await self._rows.tell(connection, message, now.today, items, due_from=due_from, now=now.moment)

    def _dates(self, application: Looked, now: _Now) -> Iterator[_Date]:
        """The deadlines of an application that lie ahead, also those that are done: they may be undone again."""
        from bot.outbound.reminder_message import Reminder
        from bot.services.deadlines.timeline import there
        from knowledge.timeline import timeline

        knowing, lang, today = engine(), now.lang, now.today
        facts = knowing.facts(knowing.accepted(application.answers), today=today)
        assessment = knowing.assessment(facts, lang=lang, today=today)
        ticks = there(application.ticks)
        found = timeline(knowing.knowledge, facts, assessment, lang=lang, today=today, ticks=ticks)
        for entry in found.entries:
            if entry.last_day is not None and entry.days_left is not None and entry.days_left >= 0:
                due = Due(application.code, application.name, entry.item.id, entry.last_day, entry.days_left)
                held = entry.item.id in application.holds
                hold = Hold(application.holds[entry.item.id]) if held else None
                yield _Date(application, Reminder(due, entry.item), hold, entry.timing == "done")

    @cached_property
    def _translators(self) -> Translators:
        return load_translators()
