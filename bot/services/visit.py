"""A visit: one update of one person, from the row that was read to the row that is written.

Handlers and services change it in memory; `VisitStore` writes everything at the end, together with the number of the
update. If the process dies before that, the update is handled again from the same state, so nothing here has to be
idempotent by itself, and nothing may be written any other way.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, Literal, Self, get_args

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import local_day
from bot.db.people import StoredPerson
from bot.services.people.preferences import Preferences
from knowledge.interview import Goal

Lang = Literal["id", "en"]
Json = Any
"""A value that JSON can hold."""
Answers = dict[str, Json]
Write = Callable[[AsyncConnection], Awaitable[None]]

LANGUAGES: Final[tuple[Lang, ...]] = get_args(Lang)
INDONESIAN_PHONES: Final = ("id", "in", "jv", "su", "ms", "min", "ban", "mad")
"""Languages of phones whose owners we greet in Indonesian: spoken in Indonesia, or close to it."""

ExpectedText = Literal[
    "fact",
    "application_name",
    "question",
    "timezone",
    "new_staff",
    "review_reason",
    "staff_answer",
    "no_document",
    "sheet_name",
    "announcement",
]


@dataclass(frozen=True)
class Expects:
    """What the next free text means: the answer to a fact, a name for an application, a question."""

    kind: ExpectedText
    about: str = ""
    """The fact, or the application's code."""


@dataclass
class Conversation:
    """Where the conversation stands, kept in the person's row."""

    panel: int | None = None
    """Id of the one message that is edited in place."""
    expects: Expects | None = None
    asking: str | None = None
    """A fact that is asked again although it has an answer."""
    shown: dict[str, Json] | None = None
    """The facts that the result was made of when it was last shown."""
    extra: dict[str, Json] = field(default_factory=dict)
    """Small things that screens remember."""

    @classmethod
    def from_json(cls, stored: dict[str, Json]) -> Self:
        """Read what `as_json` wrote; what an older version wrote and we do not know is dropped."""
        expects = stored.get("expects")
        return cls(
            panel=stored.get("panel"),
            expects=Expects(*expects) if expects else None,
            asking=stored.get("asking"),
            shown=stored.get("shown"),
            extra=dict(stored.get("extra", {})),
        )

    def as_json(self) -> dict[str, Json]:
        """What is kept; empty parts are left out."""
        parts: dict[str, Json] = {
            "panel": self.panel,
            "expects": [self.expects.kind, self.expects.about] if self.expects else None,
            "asking": self.asking,
            "shown": self.shown,
            "extra": self.extra or None,
        }
        return {name: part for name, part in parts.items() if part is not None}


@dataclass
class Person:
    """Whoever wrote. Change it through the services."""

    id: int
    """Telegram's user id."""
    language: Lang
    language_chosen: bool
    """False while the language is a guess from the phone."""
    timezone: str
    answers: Answers
    """Fact key to value; None stands for "I don't know"."""
    goal: Goal
    application: str | None
    """Code of the application that the answers belong to."""
    reachable: bool
    preferences: Preferences = field(default_factory=Preferences)
    name: str | None = None
    """As Telegram shows it."""
    username: str | None = None
    """Without the @."""


@dataclass(frozen=True)
class Menu:
    """The command menu that a person is to see."""

    language: Lang
    role: str | None


@dataclass
class Visit:
    """One update of one person, being handled."""

    seq: int
    person: Person
    memory: Conversation
    now: datetime
    role: str | None
    stored: StoredPerson | None
    """The row as it was read; None at first contact."""
    writes: dict[str, Write] = field(default_factory=dict)
    """What is to be written beside the person's row, by a name under which a later write replaces an earlier one."""
    menus: dict[int, Menu] = field(default_factory=dict)
    """Whose command menu is to be shown anew once everything is written, by person."""
    erased: bool = False

    @property
    def lang(self) -> Lang:
        """The language in which the person is spoken to."""
        return self.person.language

    @property
    def today(self) -> date:
        """The day it is where the person is."""
        return local_day(self.now, self.person.timezone)

    def day_of(self, moment: datetime) -> date:
        """The day it was, or will be, where the person is."""
        return local_day(moment, self.person.timezone)

    @property
    def is_new(self) -> bool:
        """Whether this is the first that is heard of the person."""
        return self.stored is None

    @property
    def is_staff(self) -> bool:
        """Whether the person has a role."""
        return self.role is not None

    def state(self) -> dict[str, Any]:
        """The columns of the person's row as they should be."""
        person = self.person
        return {
            "language": person.language,
            "language_chosen": person.language_chosen,
            "timezone": person.timezone,
            "answers": person.answers,
            "goal": person.goal.value,
            "application": person.application,
            "conversation": self.memory.as_json(),
            "reachable": person.reachable,
            "preferences": person.preferences.as_json(),
            "name": person.name,
            "username": person.username,
        }

    def changes(self) -> dict[str, Any]:
        """The columns that differ from the row that was read."""
        return {name: value for name, value in self.state().items() if getattr(self.stored, name) != value}


def returning(seq: int, person_id: int, stored: StoredPerson, now: datetime) -> Visit:
    """The visit of somebody whose row was read."""
    person = Person(
        id=person_id,
        language="id" if stored.language == "id" else "en",
        language_chosen=stored.language_chosen,
        timezone=stored.timezone,
        answers=dict(stored.answers),
        goal=_goal(stored.goal),
        application=stored.application,
        reachable=stored.reachable,
        preferences=Preferences.from_json(stored.preferences),
        name=stored.name,
        username=stored.username,
    )
    memory = Conversation.from_json(stored.conversation)
    return Visit(seq=seq, person=person, memory=memory, now=now, role=stored.role, stored=stored)


def first(
    seq: int, person_id: int, *, now: datetime, timezone: str, phone_language: str | None, role: str | None
) -> Visit:
    """The visit of somebody who is not known yet."""
    person = Person(
        id=person_id,
        language=guess_language(phone_language),
        language_chosen=False,
        timezone=timezone,
        answers={},
        goal=Goal.ALL,
        application=None,
        reachable=True,
    )
    return Visit(seq=seq, person=person, memory=Conversation(), now=now, role=role, stored=None)


def guess_language(phone_language: str | None) -> Lang:
    """A first guess from the phone's language (an IETF tag); most people here read Indonesian."""
    if not phone_language:
        return "id"
    return "id" if phone_language.lower().split("-")[0] in INDONESIAN_PHONES else "en"


def _goal(name: str) -> Goal:
    return Goal(name) if name in {goal.value for goal in Goal} else Goal.ALL
