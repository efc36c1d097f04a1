"""Which status of a checklist item may follow which, and by whom. The only place that says so.

    applicant   todo ⇄ have ⇄ submitted ⇄ todo · returned → todo, have, submitted
    staff       submitted → accepted | returned · anything not settled → waived · accepted ⇄ returned
    undo        any move of staff, backwards, by staff

`accepted` and `waived` are settled: the applicant cannot leave them, an old button may still try.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from bot.errors import IllegalMove


class ItemStatus(StrEnum):
    """How far an item is. The first three are set by the applicant, the others by staff."""

    TODO = "todo"
    HAVE = "have"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    WAIVED = "waived"

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do for the applicant."""
        return self not in (ItemStatus.TODO, ItemStatus.RETURNED)


class Actor(StrEnum):
    """Who moves an item."""

    APPLICANT = "applicant"
    STAFF = "staff"


Step = tuple[ItemStatus, ItemStatus]
"""From and to."""

_TODO, _HAVE, _SUBMITTED = ItemStatus.TODO, ItemStatus.HAVE, ItemStatus.SUBMITTED
_ACCEPTED, _RETURNED, _WAIVED = ItemStatus.ACCEPTED, ItemStatus.RETURNED, ItemStatus.WAIVED

APPLICANT_SETS: Final = frozenset({_TODO, _HAVE, _SUBMITTED})
SETTLED_BY_STAFF: Final = frozenset({_ACCEPTED, _WAIVED})
"""What the applicant cannot undo."""

MOVES: Final[Mapping[Actor, frozenset[Step]]] = {
    Actor.APPLICANT: frozenset(
        (before, after)
        for before in (_TODO, _HAVE, _SUBMITTED, _RETURNED)
        for after in APPLICANT_SETS
        if before is not after
    ),
    Actor.STAFF: frozenset(
        {
            (_SUBMITTED, _ACCEPTED),
            (_SUBMITTED, _RETURNED),
            (_ACCEPTED, _RETURNED),
            (_RETURNED, _ACCEPTED),
            *((before, _WAIVED) for before in (_TODO, _HAVE, _SUBMITTED, _RETURNED)),
        }
    ),
}
"""The legal moves of each actor."""


def may_move(actor: Actor, before: ItemStatus, after: ItemStatus) -> bool:
    """Whether this actor may take an item from one status to the other."""
    return (before, after) in MOVES[actor]


def may_undo(before: ItemStatus, after: ItemStatus) -> bool:
    """Whether going from `before` to `after` takes back a move of staff."""
    return (after, before) in MOVES[Actor.STAFF]


def require_move(actor: Actor, before: ItemStatus, after: ItemStatus, *, undo: bool = False) -> None:
    """Make sure that a move is legal.

    Raises:
        IllegalMove: it is not; the item may have been moved by somebody else in the meantime.
    """
    legal = may_undo(before, after) if undo and actor is Actor.STAFF else may_move(actor, before, after)
    if not legal:
        raise IllegalMove
