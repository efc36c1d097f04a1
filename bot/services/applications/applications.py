"""Applications: results that a person keeps under a name, with a checklist that can be ticked.

While an application is open, its answers are the person's answers, and changing one changes the other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.applications import ApplicationRepository, Move, StoredApplication
from bot.db.selections import SelectionRepository
from bot.errors import InvalidName, NoSuchApplication, NoSuchItem
from bot.services.applications.checklist import (
    APPLICANT_SETS,
    ApplicationView,
    ChecklistItem,
    ItemStatus,
    application_values,
    application_view,
)
from bot.services.applications.news import ChecklistNews, news_of, picture, release_of
from bot.services.applications.transitions import Actor, may_move
from bot.services.interview.interview import InterviewService
from bot.services.markup import cut
from bot.services.visit import Lang, Visit, Write
from knowledge import Assessment, Knowledge

LONGEST_NAME: Final = 60
"""Characters; what fits a button and the column."""
OTHER_PROGRAMME: Final = "other"
"""The programme of whoever joins none of those that the POB names."""
ALPHABET: Final = "abcdefghijkmnpqrstuvwxyz23456789"
CODE_LENGTH: Final = 8
RELEASE: Final = "release"
"""Key of `memory.extra`: the release of the knowledge at the person's last visit."""
_SCATTER: Final = 0x9E3779B97F
"""Odd, so that multiplying by it visits every code once."""


class ApplicationService:
    """Use cases of applications. What is written is written at the end of the visit."""

    def __init__(
        self,
        knowledge: Knowledge,
        applications: ApplicationRepository,
        interview: InterviewService,
        selections: SelectionRepository,
    ) -> None:
        self._knowledge = knowledge
        self._selections = selections
        self._applications = applications
        self._interview = interview
        self.release = release_of(knowledge)

    async def keep(self, visit: Visit, name: str | None = None) -> ApplicationView:
        """Keep the answers as an application and open it. One that is open already is returned as it is: pressing
        "keep" twice keeps once.

        Raises:
            InvalidName: empty or too long.
        """
        if visit.person.application is not None:
            opened = await self._applications.find(visit.person.id, visit.person.application)
            if opened is not None:
                return self._view(visit, opened)
        given = _checked(name) if name is not None else await self._free_name(visit)
        assessment = self._interview.assessment(visit)
        stored = StoredApplication(
            code=code_of(visit.seq),
            name=given,
            created_at=visit.now,
            ticks={},
            **application_values(assessment, visit),
        )
        visit.person.application = stored.code
        told = picture(application_view(stored, assessment, is_open=True), visit.lang)
        stored = replace(stored, told=told)
        visit.writes["keep"] = self._insertion(visit, stored)
        return application_view(stored, assessment, is_open=True)

    async def overview(self, visit: Visit) -> tuple[ApplicationView, ...]:
        """All applications of the person, oldest first."""
        stored = await self._applications.of_person(visit.person.id)
        return await self._told_results(visit, *(self._view(visit, application) for application in stored))

    async def get(self, visit: Visit, code: str) -> ApplicationView:
        """One application.

        Raises:
            NoSuchApplication: gone, or somebody else's.
        """
        [view] = await self._told_results(visit, self._view(visit, await self._find(visit, code)))
        return view

    async def open(self, visit: Visit, code: str) -> ApplicationView:
        """Go on with an application: its answers become the person's.

        Raises:
            NoSuchApplication: gone, or somebody else's.
        """
        stored = await self._find(visit, code)
        if visit.person.application != code:
            visit.person.application = code
            visit.person.answers = dict(stored.answers)
            visit.memory.asking = None
            visit.memory.shown = None
        [view] = await self._told_results(visit, self._view(visit, stored))
        return view

    async def rename(self, visit: Visit, code: str, name: str) -> ApplicationView:
        """Give an application another name.

        Raises:
            NoSuchApplication: gone, or somebody else's.
            InvalidName: empty or too long.
        """
        stored = replace(await self._find(visit, code), name=_checked(name), updated_at=visit.now)
        values = {"name": stored.name, "updated_at": stored.updated_at}

        async def write(connection: AsyncConnection) -> None:
            await self._applications.update(connection, visit.person.id, code, values)

        visit.writes[f"rename {code}"] = write
        return self._view(visit, stored)

    async def remove(self, visit: Visit, code: str) -> None:
        """Remove an application for good; one that is gone already stays gone."""

        async def write(connection: AsyncConnection) -> None:
            await self._applications.remove(connection, visit.person.id, code)

        visit.writes[f"remove {code}"] = write
        if visit.person.application == code:
            visit.person.application = None

    async def mark(self, visit: Visit, code: str, key: str, status: ItemStatus) -> ApplicationView:
        """Set the status of an item. Setting what is set already changes nothing and leaves no trace; what staff has
        settled stays as it is.

        Raises:
            NoSuchApplication: gone, or somebody else's.
            NoSuchItem: the checklist has no such item (any more), or the status is not the applicant's to set.
        """
        view = await self.get(visit, code)
        item = view.item(key)
        if item is None or status not in APPLICANT_SETS:
            raise NoSuchItem
        return self.move(visit, view, item, status)

    def move(self, visit: Visit, view: ApplicationView, item: ChecklistItem, status: ItemStatus) -> ApplicationView:
        """Move an item as its applicant, where that is legal; otherwise nothing happens. If somebody else moves it
        before the visit ends, theirs counts."""
        same = item.status is status and not item.from_answers
        if same or not (item.from_answers or may_move(Actor.APPLICANT, item.status, status)):
            return view
        move = Move(
            item.list_name, item.item.id, item.status.value, status.value, actor_id=visit.person.id, at=visit.now
        )

        async def write(connection: AsyncConnection) -> None:
            await self._applications.move(connection, visit.person.id, view.code, move)

        visit.writes[f"mark {view.code} {item.key}"] = write
        moved = replace(item, status=status, from_answers=False)
        items = tuple(moved if one.key == item.key else one for one in view.items)
        return replace(view, items=items, kept=view.kept | {item.key})

    def news(self, visit: Visit, view: ApplicationView) -> ChecklistNews | None:
        """What is new in a checklist since its owner last heard of it; they hear of it now."""
        found = news_of(view, visit.lang)
        now = picture(view, visit.lang)
        if now != view.told:

            async def write(connection: AsyncConnection) -> None:
                await self._applications.update(connection, visit.person.id, view.code, {"told": now})

            visit.writes[f"told {view.code}"] = write
        return found

    async def news_after_release(self, visit: Visit) -> tuple[tuple[ApplicationView, ChecklistNews], ...]:
        """The news of all applications, asked for at the first visit after the knowledge has changed; else nothing."""
        if visit.memory.extra.get(RELEASE) == self.release:
            return ()
        visit.memory.extra[RELEASE] = self.release
        if visit.is_new:
            return ()
        views = await self.overview(visit)
        return tuple((view, found) for view in views if (found := self.news(visit, view)) is not None)

    def suggested_name(self, visit: Visit, lang: Lang) -> str:
        """A name from the programme, or else from the mobility type. "Another programme" says nothing in a list."""
        key = self._interview.facts(visit).get("programme", "")
        programme = self._knowledge.programmes.get(key) if key != OTHER_PROGRAMME else None
        mobility_type = self._interview.assessment(visit).mobility_type
        if programme is not None:
            name = programme.name.get(lang)
        elif mobility_type is not None:
            name = self._knowledge.types[mobility_type].name.get(lang)
        else:
            name = {"id": "Rencana saya", "en": "My plan"}[lang]
        return cut(name, LONGEST_NAME)

    async def _free_name(self, visit: Visit) -> str:
        name = self.suggested_name(visit, visit.lang)
        return free_name(name, (kept.name for kept in await self._applications.of_person(visit.person.id)))

    async def _find(self, visit: Visit, code: str) -> StoredApplication:
        stored = await self._applications.find(visit.person.id, code)
        if stored is None:
            raise NoSuchApplication
        return stored

    def _view(self, visit: Visit, stored: StoredApplication) -> ApplicationView:
        return application_view(stored, self._assess(visit, stored), is_open=visit.person.application == stored.code)

    async def _told_results(self, visit: Visit, *views: ApplicationView) -> tuple[ApplicationView, ...]:
        """With what came out in selections."""
        results = await self._selections.announced_to(visit.person.id) if views else []
        return tuple(replace(view, results=tuple(one for one in results if one.code == view.code)) for view in views)

    def _assess(self, visit: Visit, stored: StoredApplication) -> Assessment:
        if stored.answers == visit.person.answers:
            return self._interview.assessment(visit)
        return self._interview.assess_answers(visit, stored.answers)

    def _insertion(self, visit: Visit, stored: StoredApplication) -> Write:
        async def write(connection: AsyncConnection) -> None:
            await self._applications.insert(connection, visit.person.id, stored)

        return write


def code_of(seq: int) -> str:
    """The code of the application that update number `seq` keeps: unique, and the same if the update is handled again,
    so that the buttons of a reply that was sent before a crash lead to the application that is kept after it."""
    number = seq * _SCATTER % 32**CODE_LENGTH
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(CODE_LENGTH))


def free_name(name: str, taken: Iterable[str]) -> str:
    """`name`, or with the first number behind it that makes it different from the names taken."""
    names = set(taken)
    if name not in names:
        return name
    numbered = (f"{name[: LONGEST_NAME - 4]} {number}" for number in range(2, len(names) + 3))
    return next(candidate for candidate in numbered if candidate not in names)


def _checked(name: str) -> str:
    cleaned = " ".join(name.split())
    if not 1 <= len(cleaned) <= LONGEST_NAME:
        raise InvalidName(longest=LONGEST_NAME)
    return cleaned
