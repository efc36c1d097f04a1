"""What the buttons of questions and of the staff's inbox carry. The rules are those of `handlers.callbacks`.

A token names one of the last questions of whoever presses. It says nothing to anybody else, and in time to nobody.
"""

from __future__ import annotations

from collections.abc import Iterable

from aiogram.filters.callback_data import CallbackData

from bot.services.questions.inbox import Decision, Pile
from bot.services.visit import Lang

Kind = str
"""A mobility type in three letters (`type_letters`); empty: of no type."""


class Topic(CallbackData, prefix="o1"):
    """A topic, for one kind of mobility or for all."""

    topic: str
    lang: Lang
    kind: Kind = ""
    token: str = ""


class Clauses(CallbackData, prefix="o2"):
    """The clauses behind a topic; `page` of them."""

    topic: str
    lang: Lang
    kind: Kind = ""
    token: str = ""
    page: int = 0


class Vote(CallbackData, prefix="o3"):
    """A thumb for the answer to a question."""

    token: str
    topic: str
    up: bool


class Suggested(CallbackData, prefix="o4"):
    """One of the suggestions is what was meant."""

    token: str
    topic: str
    lang: Lang


class NoneOfThese(CallbackData, prefix="o5"):
    """None of the suggestions is."""

    token: str
    lang: Lang


class Browse(CallbackData, prefix="o6"):
    """The categories of topics."""


class Category(CallbackData, prefix="o7"):
    """The topics of a category."""

    group: str
    page: int = 0


class Example(CallbackData, prefix="o8"):
    """Ask one of the examples."""

    number: int


class AskHuman(CallbackData, prefix="o9"):
    """Whom to ask."""


class Inbox(CallbackData, prefix="O1"):
    """A page of the questions of people."""

    pile: Pile = "open"
    page: int = 0


class InboxGroup(CallbackData, prefix="O2"):
    """A group of questions."""

    group: int


class StaffAnswer(CallbackData, prefix="O3"):
    """Write an answer to those who asked."""

    group: int


class SendAnswer(CallbackData, prefix="O4"):
    """Send what was written."""

    group: int


class DecideGroup(CallbackData, prefix="O5"):
    """Close a group of questions without an answer."""

    group: int
    decision: Decision


class ReopenGroup(CallbackData, prefix="O6"):
    """Take a decision back."""

    group: int


class ExportGroup(CallbackData, prefix="O7"):
    """A group as YAML: phrasings of its topic, or a new topic."""

    group: int
    as_new: bool


def type_letters(mobility_type: str | None) -> Kind:
    """A mobility type in three letters: `student_outbound_international` is `uoi`, `staff_…` begins with `a`."""
    if mobility_type is None:
        return ""
    who, way, reach = mobility_type.split("_")
    return who[2] + way[0] + reach[0]


def type_of(letters: Kind, types: Iterable[str]) -> str | None:
    """The mobility type of three letters; None where there is none of them."""
    return next((one for one in types if type_letters(one) == letters), None) if letters else None
