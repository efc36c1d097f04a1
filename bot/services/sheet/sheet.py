"""What stands on the printable sheet of an application: words only, in the order in which they are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.services.applications.transitions import ItemStatus

Tone = Literal["good", "open", "bad", "neutral"]
"""The colour of the verdict."""
Mark = Literal["late", "next", "done", "own"]
"""How a date is told apart: overdue, ahead, done, or one of the applicant's own."""


@dataclass(frozen=True)
class DateLine:
    """A date and what it is about."""

    day: str
    text: str
    clauses: str
    mark: Mark
    note: str = ""


@dataclass(frozen=True)
class ItemLine:
    """An item of the checklist with its box."""

    status: ItemStatus
    text: str
    clauses: str
    said: str = ""
    """The status in words, where the box alone does not say enough."""
    note: str = ""


@dataclass(frozen=True)
class FeeLine:
    """Something to pay."""

    text: str
    amount: str
    clauses: str
    note: str = ""


@dataclass(frozen=True)
class SourceLine:
    """A clause in one sentence."""

    clause: str
    text: str


@dataclass(frozen=True)
class Group:
    """Items of the checklist under a heading."""

    title: str
    items: tuple[ItemLine, ...]


@dataclass(frozen=True)
class Headings:
    """The headings of the parts, and the words of the footer."""

    dates: str
    checklist: str
    fees: str
    sources: str
    page: str
    """With {page} and {pages}."""


@dataclass(frozen=True)
class Sheet:
    """Everything on the sheet."""

    lang: str
    made_at: datetime
    brand: str
    title: str
    person_label: str
    person: str
    """Empty: a line is left to write on."""
    about: tuple[tuple[str, str], ...]
    """Label and value."""
    verdict: str
    verdict_text: str
    tone: Tone
    progress: str
    done: int
    total: int
    warning: str
    dates: tuple[DateLine, ...]
    no_dates: str
    groups: tuple[Group, ...]
    fees: tuple[FeeLine, ...]
    fee_advice: str
    sources: tuple[SourceLine, ...]
    headings: Headings
    footer: str
    link: str
    link_label: str
