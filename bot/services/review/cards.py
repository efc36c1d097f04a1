"""What a reviewer sees of an item, and what the applicant is told about it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.db.applications import Move
from bot.db.review import Content, HandedIn, StoredItem
from bot.services.applications.transitions import ItemStatus
from bot.services.review.reasons import Reason
from bot.services.visit import Lang
from knowledge import AssessedItem
from knowledge.loading.item_schema import ListName

VERSION: Final = 6
"""Characters of a version in a button."""


@dataclass(frozen=True)
class Claim:
    """Somebody has an item before them."""

    reviewer_id: int
    name: str
    """Empty if it is not known."""
    until: datetime
    is_mine: bool


@dataclass(frozen=True)
class Queued:
    """An item of the queue."""

    id: int
    code: str
    application: str
    """Name that the applicant gave it."""
    person_id: int
    mobility_type: str | None
    programme: str | None
    line: AssessedItem
    """In the reviewer's language."""
    status: ItemStatus
    since: datetime
    claim: Claim | None

    @property
    def is_free(self) -> bool:
        """Whether nobody else has it before them."""
        return self.claim is None or self.claim.is_mine

    def claimed(self, reviewer_id: int, until: datetime) -> Queued:
        """The same, before this reviewer."""
        return replace(self, claim=Claim(reviewer_id, "", until, is_mine=True))


@dataclass(frozen=True)
class Card:
    """An item with all that a decision rests on."""

    queued: Queued
    version: str
    files: tuple[HandedIn, ...]
    statement: str | None
    """What the applicant says instead of handing in a file."""
    returned: Move | None
    """When it was returned last, if it was."""

    @property
    def id(self) -> int:
        """The number by which buttons name the item."""
        return self.queued.id

    @property
    def can_decide(self) -> bool:
        """Whether it waits, and for this reviewer."""
        return self.queued.status is ItemStatus.SUBMITTED and self.queued.is_free


@dataclass(frozen=True)
class ToldItem:
    """One decision, as the applicant hears of it."""

    key: str
    """Key of the checklist item."""
    text: str
    """In the applicant's language."""
    status: ItemStatus
    reason: Reason | None


@dataclass(frozen=True)
class Told:
    """What one message to an applicant says."""

    person_id: int
    language: Lang
    code: str
    application: str
    items: tuple[ToldItem, ...]


def version_of(content: Content) -> str:
    """A mark that differs as soon as what was handed in differs."""
    words = repr(([file.id for file in content.files], content.statement))
    return hashlib.sha256(words.encode()).hexdigest()[:VERSION]


def queued_of(item: StoredItem, line: AssessedItem, *, reviewer_id: int, now: datetime) -> Queued:
    """The item as a reviewer has it in their queue; a claim that has run out is none."""
    claim = None
    if item.claimed_by is not None and item.claimed_until is not None and item.claimed_until > now:
        claim = Claim(item.claimed_by, item.claimant or "", item.claimed_until, item.claimed_by == reviewer_id)
    return Queued(
        id=item.id,
        code=item.code,
        application=item.name,
        person_id=item.person_id,
        mobility_type=item.mobility_type,
        programme=item.programme,
        line=line,
        status=ItemStatus(item.status),
        since=item.updated_at,
        claim=claim,
    )


def listed(name: str) -> ListName:
    """The name of a list as it is stored."""
    return name  # type: ignore[return-value]
