"""What staff do with questions that had no good answer: look, answer those who asked, decide, hand on to the packs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.questions import OPEN, Asker, Example, QuestionRepository, StoredGroup
from bot.errors import Overtaken
from bot.services.outbox import Outbox, Outgoing
from bot.services.paging import Place, place
from bot.services.questions.questions import ASKERS_KEPT
from bot.services.questions.search import QuestionSearch
from bot.services.questions.snippet import new_topic, phrasings
from bot.services.staff.staff import audit
from bot.services.visit import Lang, Visit

if TYPE_CHECKING:
    from knowledge.search.answering.answer import Answer

__all__ = ["Asker", "Example", "GroupCard", "InboxPage", "Pile", "QuestionInbox", "StoredGroup"]

Pile = Literal["open", "closed"]
Decision = Literal["done", "out_of_scope"]
PILES: Final[Mapping[Pile, tuple[str, ...]]] = {"open": (OPEN,), "closed": ("answered", "done", "out_of_scope")}
ON_A_PAGE: Final = 6
MOST_EXAMPLES: Final = 5
MOST_EXPORTED: Final = 40
LONGEST_ANSWER: Final = 1500
"""Characters of an answer that staff type."""


@dataclass(frozen=True)
class InboxPage:
    """One page of groups of questions."""

    pile: Pile
    groups: tuple[StoredGroup, ...]
    place: Place
    open: int
    closed: int


@dataclass(frozen=True)
class GroupCard:
    """A group of questions, opened."""

    group: StoredGroup
    examples: tuple[Example, ...]
    now: Answer
    """What the bot would answer to the newest of them at this moment, to somebody it knows nothing of."""
    topic_title: str | None
    """The title of the topic they are likely about, or were answered with."""


@dataclass(frozen=True)
class Exported:
    """A file for the packs."""

    name: str
    content: bytes
    topic: str | None
    """The topic whose phrasings they are; None: a new topic."""


class QuestionInbox:
    """Use cases of staff. Whether they may is asked before."""

    def __init__(self, search: QuestionSearch, repository: QuestionRepository, outbox: Outbox) -> None:
        self._search = search
        self._repository = repository
        self._outbox = outbox

    async def page(self, pile: Pile, number: int, *, without: int | None = None) -> InboxPage:
        """A page of the open groups, or of those that were decided about; the nearest one if it is not there.
        `without` is the group that is leaving this pile for the other one."""
        counts = {name: await self._repository.count(statuses, without) for name, statuses in PILES.items()}
        if without is not None:
            counts["closed" if pile == "open" else "open"] += 1
        at = place(counts[pile], number, each=ON_A_PAGE)
        groups = await self._repository.groups(PILES[pile], offset=at.entries.start, limit=ON_A_PAGE, without=without)
        return InboxPage(pile, tuple(groups), at, counts["open"], counts["closed"])

    async def card(self, visit: Visit, group_id: int) -> GroupCard | None:
        """A group with examples and with what the bot says to it now; None if it has gone."""
        group = await self._repository.group(group_id)
        if group is None:
            return None
        examples = await self._repository.examples(group_id, most=MOST_EXAMPLES)
        lang: Lang = "id" if group.lang == "id" else "en"
        found = await self._search.ask(
            group.text, otherwise=lang, known_type=None, known_programme=None, today=visit.today
        )
        shown = await self._search.topic(group.topic, lang=visit.lang, today=visit.today) if group.topic else None
        return GroupCard(group, tuple(examples), found.answer, shown.title if shown else None)

    async def waiting(self, visit: Visit, group_id: int) -> list[Asker]:
        """Who waits for an answer."""
        return await self._repository.askers(group_id, since=visit.now - ASKERS_KEPT)

    async def answer(
        self, visit: Visit, group_id: int, text: str, render: Callable[[Asker], tuple[str, Mapping[str, Any]]]
    ) -> int:
        """Send an answer to everybody who waits for one, and close the group; how many they are. `render` makes
        method and parameters of the message to one of them, in their language."""
        waiting = await self.waiting(visit, group_id)
        for asker in waiting:
            method, parameters = render(asker)
            self._outbox.put(
                visit,
                Outgoing(
                    key=f"answer:{group_id}:{visit.seq}:{asker.person_id}",
                    person_id=asker.person_id,
                    kind="answer",
                    method=method,
                    parameters=parameters,
                ),
            )

        async def write(connection: AsyncConnection) -> None:
            if not await self._repository.close(connection, group_id, "answered", now=visit.now, answer=text):
                # A colleague was faster: nobody gets two answers.
                raise Overtaken

        visit.writes[f"questions {group_id}"] = write
        audit(visit, "questions answered", subject=str(group_id), people=len(waiting))
        return len(waiting)

    def decide(self, visit: Visit, group_id: int, decision: Decision) -> None:
        """Close a group without an answer; nobody waits any more."""

        async def write(connection: AsyncConnection) -> None:
            await self._repository.close(connection, group_id, decision, now=visit.now)

        visit.writes[f"questions {group_id}"] = write
        audit(visit, f"questions {decision.replace('_', ' ')}", subject=str(group_id))

    def reopen(self, visit: Visit, group_id: int) -> None:
        """Take a decision back."""

        async def write(connection: AsyncConnection) -> None:
            await self._repository.reopen(connection, group_id)

        visit.writes[f"questions {group_id}"] = write
        audit(visit, "questions reopened", subject=str(group_id))

    async def export(self, visit: Visit, group_id: int, *, as_new: bool) -> Exported | None:
        """A YAML file for the packs: phrasings of the likely topic, or a new topic. None if the group has gone."""
        group = await self._repository.group(group_id)
        if group is None:
            return None
        examples = await self._repository.examples(group_id, most=MOST_EXPORTED)
        topic = group.topic if not as_new else None
        audit(visit, "questions exported", subject=str(group_id), topic=topic)
        if topic is None:
            return Exported(f"new-topic-{group_id}.yaml", new_topic(group_id, examples).encode(), None)
        content = await asyncio.to_thread(phrasings, topic, examples)
        return Exported(f"phrasings-{topic}.yaml", content.encode(), topic)
