"""What fills the places of an announcement for one recipient: their name, their programme, their next deadline …"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from typing import Final

from babel.dates import format_date

from bot.clock import local_day
from bot.db.announcements import Recipient
from bot.db.applications import Ticks
from bot.services.deadlines.timeline import there
from bot.services.engine import Engine
from bot.services.visit import Answers, Lang
from knowledge.text import Text
from knowledge.timeline import next_deadline, settled

RESULTS: Final[Mapping[str, Mapping[Lang, str]]] = {
    "selected": {"id": "lolos seleksi", "en": "selected"},
    "reserve": {"id": "masuk daftar cadangan", "en": "on the reserve list"},
    "not_selected": {"id": "belum lolos seleksi", "en": "not selected"},
}
"""How a result is called within a sentence."""


class AnnouncementValues:
    """Works out values with today's knowledge, and only those that are asked for."""

    def __init__(self, engine: Callable[[], Engine]) -> None:
        self._engine = engine
        """Reading the knowledge takes a second, and most announcements need none of it."""

    def of(self, recipient: Recipient, places: Collection[str], now: datetime) -> dict[str, str]:
        """The values for these places that the recipient has; plain text in their language."""
        lang: Lang = "id" if recipient.language == "id" else "en"
        found: dict[str, str | None] = {"name": recipient.name, "code": recipient.code, "note": recipient.note}
        if "result" in places and recipient.result:
            found["result"] = RESULTS[recipient.result][lang]
        if "type" in places and recipient.mobility_type:
            types = self._engine().knowledge.types
            found["type"] = _named(
                types[recipient.mobility_type].name if recipient.mobility_type in types else None, lang
            )
        if "programme" in places and recipient.programme:
            programme = self._engine().knowledge.programmes.get(recipient.programme)
            found["programme"] = _named(programme.name if programme else None, lang)
        if "deadline" in places and recipient.answers is not None:
            day = self._next_deadline(recipient.answers, recipient.ticks, lang, local_day(now, recipient.timezone))
            found["deadline"] = format_date(day, "d MMMM y", locale=lang) if day else None
        return {place: value for place, value in found.items() if value and place in places}

    def _next_deadline(self, answers: Answers, ticks: Ticks, lang: Lang, today: date) -> date | None:
        assessment = self._engine().of_answers(answers, lang=lang, today=today)
        found = next_deadline(assessment, settled(assessment, there(ticks)))
        return found.last_day if found else None


def _named(name: Text | None, lang: Lang) -> str | None:
    return None if name is None else name.get(lang)
