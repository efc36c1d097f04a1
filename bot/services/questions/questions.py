"""Free questions: an answer from the packs, and a log of what had none, from which staff and packs can learn.

What is logged does not say who asked. So that staff can answer, the asker is kept beside it for a month at most
(`bot.db.models.questions`). The last few questions stay, masked, in the person's own row, so that a thumb finds the
question it is about.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.db.engine import DATABASE_TROUBLE
from bot.db.questions import Logged, QuestionRepository
from bot.services.questions.alike import LIKELY, choose_group, key_of
from bot.services.questions.masks import masked
from bot.services.questions.search import QuestionSearch
from bot.services.visit import Lang, Visit
from knowledge import KnowledgeError, PackError
from knowledge.search.outside import NONSENSE

if TYPE_CHECKING:
    from knowledge.search.answering.answer import Answer, TopicAnswer

log = logging.getLogger(__name__)

Reason = Literal["", "unanswered", "chosen", "down"]
"""Why a question is logged; empty: it is not."""

ASKED: Final = "asked"
"""Key of `memory.extra`: the last questions, as `_Asked` in JSON."""
REMEMBERED: Final = 5
ASKERS_KEPT: Final = timedelta(days=30)
"""How long it is known who asked, at the most."""
QUESTIONS_KEPT: Final = timedelta(days=365)
MOST_WAITING: Final = 20
"""Questions of one person within a day that are logged: more are no questions."""
MOST_LOGGED: Final = 5000
"""The same for all people together."""
DAY: Final = timedelta(days=1)
SURE: Final = 0.9
"""From this confidence on a statement is taken for a question rather than for an answer that cannot be read."""
SAYS_NOTHING: Final = frozenset({NONSENSE, "yes_no"})
"""Kinds of small talk that may as well be an answer that cannot be read."""
PAUSE: Final = 0.1
"""Seconds after the start."""
TIDY_EVERY: Final = 6 * 3600.0
"""Seconds."""


@dataclass(frozen=True)
class Reply:
    """The answer to a question, and the name by which buttons speak of the question."""

    token: str
    answer: Answer
    lang: Lang
    """The language to answer in."""
    noted: bool
    """Whether staff will see the question."""


@dataclass(frozen=True)
class _Asked:
    """A question as it is remembered in the person's row."""

    token: str
    text: str
    lang: Lang
    topic: str | None
    confidence: float
    reason: Reason


class QuestionService:
    """Use cases of whoever asks."""

    def __init__(self, search: QuestionSearch, repository: QuestionRepository) -> None:
        self.search = search
        self._repository = repository

    async def recognises(self, visit: Visit, text: str, *, topics: bool) -> bool:
        """Whether a text that is no answer to what we asked is surely small talk or, if `topics` count, about one."""
        try:
            found = await self.search.ask(
                text, otherwise=visit.lang, known_type=None, known_programme=None, today=visit.today
            )
        except (KnowledgeError, PackError) as error:
            # An interview must go on without the search, too.
            log.warning("questions are not recognised: %s", error)
            return False
        answer = found.answer
        if answer.kind == "answer":
            return topics and answer.confidence >= SURE
        return answer.kind == "personal_check" or (answer.kind == "smalltalk" and answer.smalltalk not in SAYS_NOTHING)

    async def ask(
        self,
        visit: Visit,
        question: str,
        *,
        known_type: str | None = None,
        known_programme: str | None = None,
        openly: bool = False,
    ) -> Reply:
        """Answer a question. `openly`: others read along, so nobody is kept as its asker."""
        found = await self.search.ask(
            question,
            otherwise=visit.lang,
            known_type=known_type,
            known_programme=known_programme,
            today=visit.today,
        )
        answer = found.answer
        asked = _Asked(
            token=secrets.token_hex(4),
            text=masked(question),
            lang=answer.lang,
            topic=_likely_topic(answer),
            confidence=round(answer.confidence, 3),
            reason="unanswered" if answer.kind in ("no", "suggest") else "",
        )
        if answer.kind in ("answer", "no", "suggest") and not openly:
            self._remember(visit, asked)
        noted = bool(asked.reason) and found.has_words
        if noted:
            await self._log(visit, asked, "unanswered", asker=None if openly else visit.person.id)
        return Reply(asked.token, answer, answer.lang, noted)

    async def open(
        self, visit: Visit, topic: str, *, lang: Lang, known_type: str | None, token: str = ""
    ) -> tuple[str, TopicAnswer] | None:
        """A topic that was picked by hand, for a question if `token` names one, and the name of that question. None if
        there is no such topic (any more)."""
        found = await self.search.topic(topic, lang=lang, known_type=known_type, today=visit.today)
        if found is None:
            return None
        if self._remembered(visit, token) is None:
            token = secrets.token_hex(4)
            self._remember(visit, _Asked(token, found.title, lang, topic, 1.0, ""))
        return token, found

    async def choose(self, visit: Visit, token: str, topic: str) -> None:
        """One of the suggestions was what was meant: worth a phrasing of that topic, and nobody waits any more."""
        asked = self._remembered(visit, token)
        if asked is not None and asked.reason:
            chosen = _Asked(token, asked.text, asked.lang, topic, asked.confidence, "chosen")
            self._remember(visit, chosen)
            await self._log(visit, chosen, "chosen", asker=None)

    async def none_of_these(self, visit: Visit, token: str) -> None:
        """None of the suggestions was meant."""
        asked = self._remembered(visit, token)
        if asked is not None:
            await self._log(
                visit,
                _Asked(token, asked.text, asked.lang, None, 0.0, "unanswered"),
                "unanswered",
                asker=visit.person.id,
            )

    async def vote(self, visit: Visit, token: str, topic: str, *, up: bool) -> None:
        """A thumb for the answer to a question; the last one counts. Of a question that is not remembered any more
        nothing is logged."""
        asked = self._remembered(visit, token)
        if asked is None:
            return
        shown = _Asked(token, asked.text, asked.lang, topic, asked.confidence, asked.reason)
        if not up:
            await self._log(visit, shown, "down", asker=visit.person.id)
        elif asked.reason:
            await self._log(visit, shown, asked.reason, asker=None)
        else:
            self._withdraw(visit, token)

    async def tidy(self, now: datetime) -> None:
        """Forget whatever was kept long enough."""
        await self._repository.forget(askers_before=now - ASKERS_KEPT, questions_before=now - QUESTIONS_KEPT)

    async def stay_ready(self, clock: Clock) -> None:
        """Load the search before somebody asks; then, for ever, forget in time what must not be kept."""
        # What came while the bot was away is answered first.
        await asyncio.sleep(PAUSE)
        await self.search.warm_up()
        while True:
            try:
                await self.tidy(clock.now())
            except DATABASE_TROUBLE as error:
                log.warning("old questions cannot be forgotten now: %s", error)
            await asyncio.sleep(TIDY_EVERY)

    async def _log(self, visit: Visit, asked: _Asked, reason: str, *, asker: int | None) -> None:
        """Write the question down at the end of the visit. The minute could lead to a person: only the hour is kept."""
        question = Logged(
            token=asked.token,
            key=key_of(await self.search.stems(asked.text)),
            text=asked.text,
            lang=asked.lang,
            reason=reason,
            topic=asked.topic,
            confidence=asked.confidence,
            asked_at=visit.now.replace(minute=0, second=0, microsecond=0),
        )
        if not question.key:
            return

        async def write(connection: AsyncConnection) -> None:
            await self._repository.log(
                connection,
                question,
                choose_group,
                asker=asker,
                most_waiting=MOST_WAITING,
                most_logged=MOST_LOGGED,
                since=visit.now - DAY,
            )

        visit.writes[f"question {asked.token}"] = write

    def _withdraw(self, visit: Visit, token: str) -> None:
        async def write(connection: AsyncConnection) -> None:
            await self._repository.withdraw(connection, token)

        visit.writes[f"question {token}"] = write

    def _remember(self, visit: Visit, asked: _Asked) -> None:
        others = [one for one in _all(visit) if one.token != asked.token]
        kept = [*others, asked][-REMEMBERED:]
        visit.memory.extra[ASKED] = [
            [one.token, one.text, one.lang, one.topic, one.confidence, one.reason] for one in kept
        ]

    def _remembered(self, visit: Visit, token: str) -> _Asked | None:
        return next((one for one in _all(visit) if one.token == token), None)


def _all(visit: Visit) -> Sequence[_Asked]:
    return [_Asked(*fields) for fields in visit.memory.extra.get(ASKED, [])]


def _likely_topic(answer: Answer) -> str | None:
    """The topic that answers, or that was most likely meant."""
    if answer.parts:
        return answer.parts[0].topic
    if answer.suggestions and answer.confidence >= LIKELY:
        return answer.suggestions[0].topic
    return None
