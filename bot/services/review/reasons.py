"""Why an item was returned or waived: a code for what is often the case, or the reviewer's own words.

Kept as one text, `unreadable` or `other: the stamp is missing`, so that the history of an item needs nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

from bot.db.applications import Move
from bot.services.applications.transitions import ItemStatus

OTHER: Final = "other"
LONGEST_WORDS: Final = 300
"""Characters of a reason in one's own words."""


UNDONE: Final = "undone"
"""The reason of a move that takes a decision back before the applicant heard of it."""
REOPENED: Final = "reopened"
"""The reason of a move after which an item waits to be decided anew."""


class ReturnReason(StrEnum):
    """Why an item goes back to the applicant."""

    UNREADABLE = "unreadable"
    INCOMPLETE = "incomplete"
    OUTDATED = "outdated"
    WRONG_DOCUMENT = "wrong_document"
    OTHER = OTHER


class WaiveReason(StrEnum):
    """Why an item is not needed from this applicant."""

    NOT_NEEDED = "not_needed"
    ON_FILE = "on_file"
    REPLACED = "replaced"
    OTHER = OTHER


REASONS: Final[dict[ItemStatus, tuple[str, ...]]] = {
    ItemStatus.ACCEPTED: (),
    ItemStatus.RETURNED: tuple(ReturnReason),
    ItemStatus.WAIVED: tuple(WaiveReason),
}
"""The decisions, with the codes each can be given for."""


@dataclass(frozen=True)
class Reason:
    """Why something was decided."""

    code: str
    words: str = ""
    """The reviewer's own; only where the code is `other`."""

    @classmethod
    def read(cls, stored: str | None) -> Self | None:
        """Read what `stored` wrote. What is none of ours is taken for somebody's words; None for nothing."""
        if not stored:
            return None
        code, _, words = stored.partition(": ")
        known = {*ReturnReason, *WaiveReason}
        return cls(code, words) if code in known else cls(OTHER, stored)

    @property
    def stored(self) -> str:
        """As it is kept."""
        return f"{self.code}: {self.words}" if self.words else self.code


def heard_of(moves: Iterable[Move]) -> list[Move]:
    """The moves of one item, oldest first, without the decisions that were taken back at once."""
    heard: list[Move] = []
    for move in moves:
        if move.reason == UNDONE and heard and heard[-1].to_status == move.from_status:
            heard.pop()
        else:
            heard.append(move)
    return heard
