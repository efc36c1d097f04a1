"""Selections: rounds with their results, how they get in, and who may see which.

A table becomes a round with a draft that announces it; nobody but staff sees a result before that is sent. Rows that
leave a doubt - whom they mean, or what came out - are left out and listed, never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.announcements import AnnouncementRepository
from bot.db.audience import Is, as_json
from bot.db.audiences import AudienceRepository
from bot.db.selections import SelectionRepository, StoredResult, StoredRound
from bot.services.announcements.content import Button, Content
from bot.services.announcements.selection_table import Given, Result
from bot.services.applications.applications import code_of
from bot.services.staff.staff import audit
from bot.services.visit import Lang, Visit

__all__ = ["Entry", "Problem", "Reading", "SelectionService", "StoredResult", "StoredRound"]

RESULT_CATEGORY: Final = "result"
"""The category of announcements that nobody can mute."""
LONGEST_ROUND: Final = 80
"""Characters of the name of a round."""
TEXTS: Final[Mapping[Lang, str]] = {
    "id": "📊 <b>%s</b>\n\nHalo {name}, hasil untuk pendaftaran Anda <code>{code}</code>: <b>{result}</b>.\n\n{note}",
    "en": "📊 <b>%s</b>\n\nHello {name}, the result of application <code>{code}</code>: <b>{result}</b>.\n\n{note}",
}
"""What a new draft says; the author changes it as they like."""
STATUS_LABEL: Final[Mapping[Lang, str]] = {"id": "📋 Pendaftaran saya", "en": "📋 My applications"}

Why = Literal["nobody", "no_application", "ambiguous", "unknown_result", "twice", "contradiction"]


@dataclass(frozen=True)
class Entry:
    """A result of which there is no doubt."""

    application_id: int
    code: str
    result: Result
    note: str


@dataclass(frozen=True)
class Problem:
    """A row that does not count, and why."""

    why: Why
    who: str
    said: str


@dataclass(frozen=True)
class Reading:
    """What became of a table."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]

    def count(self, result: Result) -> int:
        """How many got this result."""
        return sum(entry.result == result for entry in self.entries)

    def of(self, why: Why) -> list[Problem]:
        """The rows with this problem."""
        return [problem for problem in self.problems if problem.why == why]


class SelectionService:
    """Use cases of rounds and results."""

    def __init__(
        self, stored: SelectionRepository, audiences: AudienceRepository, announcements: AnnouncementRepository
    ) -> None:
        self._stored = stored
        self._audiences = audiences
        self._announcements = announcements

    async def rounds(self) -> list[StoredRound]:
        """All rounds, the newest first. For staff."""
        return await self._stored.rounds()

    async def of_round(self, round_id: int) -> list[StoredResult]:
        """All results of a round. For staff."""
        return await self._stored.of_round(round_id)

    async def mine(self, visit: Visit) -> list[StoredResult]:
        """The person's own results that were announced, the newest first."""
        return await self._stored.announced_to(visit.person.id)

    async def read(self, given: Sequence[Given]) -> Reading:
        """Which applications the rows of a table mean."""
        names = [one.who.lower().lstrip("@") for one in given]
        by_code = await self._audiences.applications([name for name in names if name])
        by_username = await self._audiences.ids_by_username([name for name in names if name])
        people = {person for found in by_username.values() for person in found}
        of_people = await self._stored.applications_of(people)
        meant: dict[int, list[Entry]] = {}
        rows: dict[int, list[Given]] = {}
        problems: list[Problem] = []
        for one, name in zip(given, names, strict=True):
            found = {} if one.who.startswith("@") or name not in by_code else {by_code[name][0]: name}
            named = by_username.get(name, [])
            found |= {number: code for person in named for number, code in of_people.get(person, ())}
            why = _trouble(one, found, named=bool(named))
            if why is not None or one.result is None:
                problems.append(Problem(why or "unknown_result", one.who, one.said))
                continue
            [(number, code)] = found.items()
            meant.setdefault(number, []).append(Entry(number, code, one.result, one.note))
            rows.setdefault(number, []).append(one)
        entries: list[Entry] = []
        for number, several in meant.items():
            same = len(set(several)) == 1
            if same:
                entries.append(several[0])
            again = rows[number][1:] if same else rows[number]
            problems += [Problem("twice" if same else "contradiction", one.who, one.said) for one in again]
        return Reading(tuple(entries), tuple(problems))

    def keep(self, visit: Visit, name: str, reading: Reading) -> str:
        """Keep the results as a round, and a draft of the person that announces it; the draft's code."""
        code = code_of(visit.seq)
        round_ = {
            "code": code,
            "name": name,
            "created_by": visit.person.id,
            "created_at": visit.now,
            "announced_at": None,
        }
        results = [
            {"application_id": entry.application_id, "result": entry.result, "note": entry.note or None}
            for entry in reading.entries
        ]
        draft = _draft(visit, code, name)

        async def write(connection: AsyncConnection) -> None:
            number = await self._stored.keep(connection, round_, results)
            audience = as_json(Is("round", (number,)))
            await self._announcements.insert(connection, {**draft, "round_id": number, "audience": audience})

        visit.writes[f"round {code}"] = write
        audit(visit, "results given", subject=code, results=len(results), left_out=len(reading.problems))
        return code

    def put_up(self, visit: Visit, announcement: str, *, names: bool) -> None:
        """Note that somebody made the list of those selected."""
        audit(visit, "open list made", subject=announcement, names=names)


def _trouble(one: Given, found: Mapping[int, str], *, named: bool) -> Why | None:
    if len(found) > 1:
        return "ambiguous"
    if not found:
        return "no_application" if named else "nobody"
    return "unknown_result" if one.result is None else None


def _draft(visit: Visit, code: str, name: str) -> dict[str, object]:
    # Braces would be taken for a place to fill in, and the text is HTML.
    said = name.replace("{", "(").replace("}", ")").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    content = Content(
        texts={lang: text % said for lang, text in TEXTS.items()},
        buttons=(Button("status", STATUS_LABEL),),
    )
    return {
        "code": code,
        "author_id": visit.person.id,
        "category": RESULT_CATEGORY,
        "state": "draft",
        "content": content.as_json(),
        "on_unknown": "again",
        "due": None,
        "joins_until": None,
        "approver_id": None,
        "version": 1,
        "progress": None,
        "created_at": visit.now,
        "updated_at": visit.now,
        "started_at": None,
    }
