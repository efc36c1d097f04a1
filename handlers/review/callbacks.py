"""What the buttons of the review and of the pipeline carry. The rules are those of `handlers.callbacks`.

An item is named by its number, which says nothing to anybody; whether the person who presses may see it is asked anew
with every button.
"""

from __future__ import annotations

from typing import Final, Literal

from aiogram.filters.callback_data import CallbackData

from bot.services.applications.transitions import ItemStatus
from bot.services.review.filters import FilterKind

DECISION_LETTERS: Final = {"a": ItemStatus.ACCEPTED, "r": ItemStatus.RETURNED, "w": ItemStatus.WAIVED}
"""What can be decided, in one letter."""
DecisionLetter = Literal["a", "r", "w"]


class ReviewQueue(CallbackData, prefix="v1"):
    """A page of what waits."""

    page: int = 0


class NextItem(CallbackData, prefix="v2"):
    """The oldest item that nobody else has before them; `skip` is put off."""

    skip: int = 0


class OpenItem(CallbackData, prefix="v3"):
    """This item; `over`: taken from this reviewer, if it is still them who have it."""

    item: int
    over: int = 0


class OpenFiles(CallbackData, prefix="v4"):
    """The files of an item."""

    item: int


class Decide(CallbackData, prefix="v5"):
    """Decide about an item as it was when the button was made. Without a reason, one is asked for where it is needed;
    the reason `other` asks for words."""

    item: int
    version: str
    decision: DecisionLetter
    reason: str = ""


class UndoDecision(CallbackData, prefix="v6"):
    """Take a decision back."""

    decision: int


class ReviewFilter(CallbackData, prefix="v7"):
    """What to see of the queue. Without `by`: what is chosen; without a value: what can be chosen; `*` is all, and `*`
    for both clears everything."""

    by: FilterKind | Literal["", "*"] = ""
    value: str = ""


class ReopenItem(CallbackData, prefix="v8"):
    """Decide anew about an item that is decided."""

    item: int


class Pipeline(CallbackData, prefix="v9"):
    """The counts; of one kind of mobility; the people behind one number of it."""

    mobility: str = ""
    bucket: str = ""
    page: int = 0


class PipelinePerson(CallbackData, prefix="V1"):
    """The checklist of somebody's application, to read."""

    code: str
    page: int = 0


class RemindAll(CallbackData, prefix="V2"):
    """Remind the people behind a number. `asked`: the minute (since 1970) of the question that this button says yes
    to; 0 asks."""

    mobility: str
    bucket: str
    asked: int = 0
