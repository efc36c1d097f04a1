"""A draft of an announcement: what it is made of, and what has to be put right before it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal, get_args

from bot.db.announcements import StoredAnnouncement
from bot.db.audience import Audience, from_json
from bot.db.audiences import Size
from bot.services.announcements.content import OF_RESULTS, Content
from bot.services.markup import length

Category = Literal["selection", "programme", "deadline", "event", "general"]
CATEGORIES: Final[tuple[Category, ...]] = get_args(Category)
"""What an announcement is about. Applicants may mute each; results of their own applications they always get."""

Problem = Literal["empty", "unknown_place", "too_long", "album_buttons", "nobody", "results_only", "past"]


@dataclass(frozen=True)
class Draft:
    """An announcement as its author sees it."""

    stored: StoredAnnouncement
    content: Content
    audience: Audience

    @property
    def code(self) -> str:
        """What buttons carry."""
        return self.stored.code


@dataclass(frozen=True)
class Check:
    """What stands in the way of sending, and whom it would reach."""

    size: Size
    problems: tuple[Problem, ...]
    left_out: int
    """People whose language has no text."""
    unfilled: Mapping[str, int] = field(default_factory=dict)
    """For how many there is nothing to put in a place, by its name: these people get nothing."""

    @property
    def count(self) -> int:
        """Who gets it."""
        return self.size.reachable - self.size.muted - self.left_out - sum(self.unfilled.values())


def draft_of(stored: StoredAnnouncement) -> Draft:
    """What the row of a draft says."""
    return Draft(stored, Content.from_json(stored.content), from_json(stored.audience))


def problems_of(draft: Draft, size: Size, now: datetime) -> list[Problem]:
    """What has to be put right before it can be sent at all."""
    content, stored = draft.content, draft.stored
    found: dict[Problem, bool] = {
        "empty": content.is_empty,
        "unknown_place": bool(content.unknown_places),
        "too_long": any(length(text) > content.longest for text in content.texts.values()),
        "album_buttons": content.is_album and bool(content.buttons),
        "nobody": stored.round_id is None and size.reachable == 0,
        "results_only": stored.round_id is None and bool(content.places() & OF_RESULTS),
        "past": stored.due is not None and stored.due < now,
    }
    return [problem for problem, holds in found.items() if holds]
