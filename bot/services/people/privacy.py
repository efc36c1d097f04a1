"""What is kept about a person: counting it, handing it over, erasing it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.db.applications import ApplicationRepository, StoredApplication
from bot.db.audit import AuditRepository
from bot.db.inbox import InboxRepository
from bot.db.ledger import LedgerRepository
from bot.db.questions import QuestionRepository
from bot.db.reminders import ReminderRepository
from bot.db.selections import SelectionRepository
from bot.db.submissions import WaitingFiles
from bot.services.questions.questions import ASKERS_KEPT
from bot.services.visit import Visit


@dataclass(frozen=True)
class Kept:
    """How much is kept about a person."""

    answers: int
    applications: int
    ticks: int
    questions: int = 0
    """Those that wait for an answer of staff."""
    files: int = 0
    """Files of which Telegram's ids are kept."""


class PrivacyService:
    """Use cases of a person's own data."""

    def __init__(
        self,
        applications: ApplicationRepository,
        inbox: InboxRepository,
        questions: QuestionRepository,
        ledger: LedgerRepository,
        waiting: WaitingFiles,
        *,
        log: AuditRepository,
        reminders: ReminderRepository,
        selections: SelectionRepository,
    ) -> None:
        self._applications = applications
        self._inbox = inbox
        self._questions = questions
        self._ledger = ledger
        self._waiting_files = waiting
        self._log = log
        self._reminders = reminders
        self._selections = selections

    async def kept(self, visit: Visit) -> Kept:
        """Numbers for the privacy notice."""
        applications = await self._applications.of_person(visit.person.id)
        return Kept(
            answers=len(visit.person.answers),
            applications=len(applications),
            ticks=sum(len(application.ticks) for application in applications),
            questions=len(await self._waiting(visit)),
            files=await self._waiting_files.kept_of(visit.person.id),
        )

    async def export(self, visit: Visit) -> bytes:
        """Everything kept about the person: a JSON file, UTF-8, for people and programs."""
        person_id = visit.person.id
        history = await self._applications.history(person_id)
        everything = {
            "exported_at": visit.now,
            "person": {
                "telegram_id": person_id,
                **visit.state(),
                "role": visit.role,
                "first_seen": visit.stored.created_at if visit.stored else visit.now,
            },
            "applications": [
                _application(application) | history.get(application.code, {})
                for application in await self._applications.of_person(person_id)
            ],
            "questions_waiting_for_an_answer": [
                {"asked_at": asked, "question": text} for asked, text in await self._waiting(visit)
            ],
            "files_without_a_document": [vars(file) for file in await self._waiting_files.of_person(person_id)],
            "reminders": [vars(one) for one in await self._reminders.of_person(person_id)],
            "results_of_selections": [
                {"selection": one.round, "application": one.code, "result": one.result, "note": one.note}
                for one in await self._selections.announced_to(person_id)
            ],
            "log_of_staff": await self._log.of_person(person_id),
            "messages_to_you": await self._ledger.of_person(person_id),
            "messages_in_the_inbox": [
                {"received_at": received, "update": json.loads(payload)}
                for received, payload in await self._inbox.content_of(person_id)
            ],
        }
        return json.dumps(everything, ensure_ascii=False, indent=2, default=_plain).encode()

    async def _waiting(self, visit: Visit) -> list[tuple[datetime, str]]:
        return await self._questions.of_person(visit.person.id, since=visit.now - ASKERS_KEPT)

    def erase(self, visit: Visit) -> None:
        """Erase the person and all that hangs on them when the visit ends; nothing else of the visit is written."""
        visit.erased = True


def _application(application: StoredApplication) -> dict[str, Any]:
    ticks = [
        {"list": list_name, "item": item, "status": status} for (list_name, item), status in application.ticks.items()
    ]
    return {name: value for name, value in vars(application).items() if name != "ticks"} | {"items": ticks}


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in an export")
