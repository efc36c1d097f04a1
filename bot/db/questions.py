"""Questions to learn from: logged without the person, in groups of alike ones, until staff have dealt with them.

A question finds its group in the transaction that writes it, so two that come at once end in the same one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Table, delete, exists, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.engine import Database
from bot.db.models import PersonRow, QuestionAskerRow, QuestionGroupRow, QuestionRow

GROUPS: Table = QuestionGroupRow.__table__  # type: ignore[assignment]
QUESTIONS: Table = QuestionRow.__table__  # type: ignore[assignment]
ASKERS: Table = QuestionAskerRow.__table__  # type: ignore[assignment]
PEOPLE: Table = PersonRow.__table__  # type: ignore[assignment]

OPEN: Final = "open"
MOST_CANDIDATES: Final = 1000
"""Groups, the newest first, among which a question looks for its own."""


@dataclass(frozen=True)
class Logged:
    """A question as it is logged."""

    token: str
    key: str
    text: str
    lang: str
    reason: str
    topic: str | None
    confidence: float
    asked_at: datetime


@dataclass(frozen=True)
class Candidate:
    """A group that a question may belong to."""

    id: int
    key: str
    topic: str | None


@dataclass(frozen=True)
class StoredGroup:
    """A group with what is counted of it."""

    id: int
    topic: str | None
    status: str
    answer: str | None
    text: str
    """The newest of its questions."""
    lang: str
    asked: int
    down: int
    """How many of them were answered, and the answer was found bad."""
    askers: int
    """People who can still be answered."""
    last_asked_at: datetime


@dataclass(frozen=True)
class Example:
    """One question of a group."""

    text: str
    lang: str
    reason: str
    topic: str | None


@dataclass(frozen=True)
class Asker:
    """Somebody who waits for an answer, the language they read, and what they asked last."""

    person_id: int
    language: str
    text: str


Choose = Callable[[Logged, Sequence[Candidate]], int | None]
"""The group that a question belongs to, or None for a new one."""


class QuestionRepository:
    """The tables of questions. Writing takes the connection of the visit's transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._dialect = sqlite if database.dialect == "sqlite" else postgresql

    async def log(
        self,
        connection: AsyncConnection,
        question: Logged,
        choose: Choose,
        *,
        asker: int | None,
        most_waiting: int,
        most_logged: int,
        since: datetime,
    ) -> None:
        """Log a question, or say anew why it was logged; `asker` waits for an answer. A new one is not logged where
        after `since` they asked `most_waiting` others, or all people together `most_logged`."""
        known = await connection.scalar(select(QUESTIONS.c.id).where(QUESTIONS.c.token == question.token))
        if known is None and not await self._has_room(connection, asker, most_waiting, most_logged, since):
            return
        group_id = await self._group(connection, question, choose)
        values = {
            "group_id": group_id,
            "reason": question.reason,
            "topic": question.topic,
            "confidence": question.confidence,
        }
        row = values | {name: getattr(question, name) for name in ("token", "text", "lang", "asked_at")}
        upsert = self._dialect.insert(QUESTIONS).on_conflict_do_update(index_elements=["token"], set_=values)
        await connection.execute(upsert, row)
        question_id = await connection.scalar(select(QUESTIONS.c.id).where(QUESTIONS.c.token == question.token))
        if asker is None:
            await connection.execute(delete(ASKERS).where(ASKERS.c.question_id == question_id))
            return
        waiting = self._dialect.insert(ASKERS).on_conflict_do_nothing(index_elements=["question_id"])
        await connection.execute(
            waiting, {"question_id": question_id, "person_id": asker, "asked_at": question.asked_at}
        )

    async def withdraw(self, connection: AsyncConnection, token: str) -> None:
        """Forget a question, and its group if nothing is left of it and nobody has decided about it."""
        group_id = await connection.scalar(select(QUESTIONS.c.group_id).where(QUESTIONS.c.token == token))
        await connection.execute(delete(QUESTIONS).where(QUESTIONS.c.token == token))
        if group_id is not None:
            await connection.execute(delete(GROUPS).where(GROUPS.c.id == group_id, *_ABANDONED))

    async def groups(
        self, statuses: Sequence[str], *, offset: int, limit: int, without: int | None = None
    ) -> list[StoredGroup]:
        """Groups with one of these statuses, the most asked first, `without` one of them."""
        counted = _COUNTED.where(GROUPS.c.status.in_(statuses), GROUPS.c.id != (without or 0))
        query = counted.order_by(_ASKED.desc(), _LAST.desc(), GROUPS.c.id).offset(offset).limit(limit)
        return await self._groups(query)

    async def group(self, group_id: int) -> StoredGroup | None:
        """The group, if it is there and has questions."""
        found = await self._groups(_COUNTED.where(GROUPS.c.id == group_id))
        return found[0] if found else None

    async def count(self, statuses: Sequence[str], without: int | None = None) -> int:
        """How many groups have one of these statuses, `without` one of them."""
        those = (GROUPS.c.status.in_(statuses), GROUPS.c.id != (without or 0), _HAS_QUESTIONS)
        query = select(func.count()).select_from(GROUPS).where(*those)
        async with self._database.connect() as connection:
            return await connection.scalar(query) or 0

    async def examples(self, group_id: int, *, most: int) -> list[Example]:
        """The newest questions of a group, each wording once."""
        query = (
            select(QUESTIONS.c.text, QUESTIONS.c.lang, QUESTIONS.c.reason, QUESTIONS.c.topic)
            .where(QUESTIONS.c.group_id == group_id)
            .order_by(QUESTIONS.c.id.desc())
            .limit(20 * most)
        )
        async with self._database.connect() as connection:
            rows = [Example(*row) for row in await connection.execute(query)]
        return list({row.text.casefold(): row for row in reversed(rows)}.values())[::-1][:most]

    async def askers(self, group_id: int, *, since: datetime) -> list[Asker]:
        """Who asked after `since` and waits for an answer, each once, with what they asked last."""
        query = (
            select(ASKERS.c.person_id, PEOPLE.c.language, QUESTIONS.c.text)
            .join_from(ASKERS, QUESTIONS, QUESTIONS.c.id == ASKERS.c.question_id)
            .join(PEOPLE, PEOPLE.c.id == ASKERS.c.person_id)
            .where(QUESTIONS.c.group_id == group_id, ASKERS.c.asked_at > since)
            .order_by(QUESTIONS.c.id)
        )
        async with self._database.connect() as connection:
            return list({row.person_id: Asker(*row) for row in await connection.execute(query)}.values())

    async def close(
        self, connection: AsyncConnection, group_id: int, status: str, *, now: datetime, answer: str | None = None
    ) -> bool:
        """Decide about a group: nobody waits for an answer any more. False if it was not open: then with an `answer`
        nothing is changed, else the decision is replaced."""
        values: dict[str, Any] = {"status": status, "closed_at": now} | ({"answer": answer} if answer else {})
        was_open = GROUPS.c.status == OPEN if answer else GROUPS.c.status.is_not(None)
        done = await connection.execute(update(GROUPS).where(GROUPS.c.id == group_id, was_open).values(values))
        if not done.rowcount:
            return False
        of_group = select(QUESTIONS.c.id).where(QUESTIONS.c.group_id == group_id)
        await connection.execute(delete(ASKERS).where(ASKERS.c.question_id.in_(of_group)))
        return True

    async def reopen(self, connection: AsyncConnection, group_id: int) -> None:
        """Take a decision back; who asked is not known any more."""
        await connection.execute(update(GROUPS).where(GROUPS.c.id == group_id).values(status=OPEN, closed_at=None))

    async def of_person(self, person_id: int, *, since: datetime) -> list[tuple[datetime, str]]:
        """What the person asked after `since` and still waits for an answer to: when, and the text."""
        query = (
            select(QUESTIONS.c.asked_at, QUESTIONS.c.text)
            .join(ASKERS, ASKERS.c.question_id == QUESTIONS.c.id)
            .where(ASKERS.c.person_id == person_id, ASKERS.c.asked_at > since)
            .order_by(QUESTIONS.c.id)
        )
        async with self._database.connect() as connection:
            return [(row.asked_at, row.text) for row in await connection.execute(query)]

    async def forget(self, *, askers_before: datetime, questions_before: datetime) -> None:
        """Forget who asked before one moment, and questions that were asked before another, with groups of nothing."""
        async with self._database.connect() as connection:
            await connection.execute(delete(ASKERS).where(ASKERS.c.asked_at < askers_before))
            await connection.execute(delete(QUESTIONS).where(QUESTIONS.c.asked_at < questions_before))
            await connection.execute(delete(GROUPS).where(GROUPS.c.created_at < questions_before, ~_HAS_QUESTIONS))

    async def _has_room(
        self, connection: AsyncConnection, asker: int | None, most_waiting: int, most_logged: int, since: datetime
    ) -> bool:
        logged = select(func.count()).where(QUESTIONS.c.asked_at > since)
        waiting = select(func.count()).where(ASKERS.c.person_id == asker, ASKERS.c.asked_at > since)
        if asker is not None and (await connection.scalar(waiting) or 0) >= most_waiting:
            return False
        return (await connection.scalar(logged) or 0) < most_logged

    async def _group(self, connection: AsyncConnection, question: Logged, choose: Choose) -> int:
        there = select(GROUPS.c.id).join(QUESTIONS).where(QUESTIONS.c.token == question.token)
        group_id: int | None = await connection.scalar(there)
        if group_id is None:
            newest = select(GROUPS.c.id, GROUPS.c.key, GROUPS.c.topic).order_by(GROUPS.c.id.desc())
            rows = await connection.execute(newest.limit(MOST_CANDIDATES))
            group_id = choose(question, [Candidate(*row) for row in rows])
        if group_id is None:
            new = self._dialect.insert(GROUPS).on_conflict_do_nothing(index_elements=["key"])
            values = {"key": question.key, "topic": question.topic, "status": OPEN, "created_at": question.asked_at}
            await connection.execute(new, values)
            group_id = await connection.scalar(select(GROUPS.c.id).where(GROUPS.c.key == question.key))
        if group_id is None:
            raise RuntimeError("a group that was just written is not there")
        # Whoever asks now was not answered then.
        await connection.execute(
            update(GROUPS)
            .where(GROUPS.c.id == group_id, GROUPS.c.status.in_(("answered", "done")))
            .values(status=OPEN, closed_at=None)
        )
        return group_id

    async def _groups(self, query: Any) -> list[StoredGroup]:
        async with self._database.connect() as connection:
            return [StoredGroup(**row._mapping) for row in await connection.execute(query)]


_HAS_QUESTIONS = exists().where(QUESTIONS.c.group_id == GROUPS.c.id)
_ABANDONED = (GROUPS.c.status == OPEN, ~_HAS_QUESTIONS)
_ASKED = func.count(QUESTIONS.c.id)
_LAST = func.max(QUESTIONS.c.asked_at)


def _newest(column: Any) -> Any:
    """The value of the group's newest question."""
    other = QUESTIONS.alias()
    of_group = select(other.c[column.name]).where(other.c.group_id == GROUPS.c.id)
    return of_group.order_by(other.c.id.desc()).limit(1).correlate(GROUPS).scalar_subquery()


_COUNTED = (
    select(
        GROUPS.c.id,
        GROUPS.c.topic,
        GROUPS.c.status,
        GROUPS.c.answer,
        _newest(QUESTIONS.c.text).label("text"),
        _newest(QUESTIONS.c.lang).label("lang"),
        _ASKED.label("asked"),
        func.count(QUESTIONS.c.id).filter(QUESTIONS.c.reason == "down").label("down"),
        func.count(ASKERS.c.person_id.distinct()).label("askers"),
        _LAST.label("last_asked_at"),
    )
    .join_from(GROUPS, QUESTIONS, QUESTIONS.c.group_id == GROUPS.c.id)
    .outerjoin(ASKERS, ASKERS.c.question_id == QUESTIONS.c.id)
    .group_by(GROUPS.c.id, GROUPS.c.topic, GROUPS.c.status, GROUPS.c.answer)
)
