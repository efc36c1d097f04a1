"""What the buttons of applications, lists and privacy carry. The rules are those of `handlers.callbacks`.

A code that comes with a button is only a wish: the service opens nothing that belongs to somebody else.
"""

from __future__ import annotations

from typing import Final, Literal

from aiogram.filters.callback_data import CallbackData

from bot.services.applications.checklist import ItemStatus
from knowledge.interview import Goal

STATUS_LETTERS: Final = {"t": ItemStatus.TODO, "h": ItemStatus.HAVE, "s": ItemStatus.SUBMITTED}
"""What an applicant can say of an item, in one letter: the key of an item is long enough."""
StatusLetter = Literal["t", "h", "s"]


class Keep(CallbackData, prefix="p1"):
    """Keep the result as an application."""


class MyApplications(CallbackData, prefix="p2"):
    """The list of applications."""

    page: int = 0


class Checklist(CallbackData, prefix="p3"):
    """The checklist of an application."""

    code: str
    page: int = 0


class ItemCard(CallbackData, prefix="p4", sep=";"):
    """One item of a checklist. Its key has a colon in it, so the separator is another one."""

    code: str
    key: str


class Mark(CallbackData, prefix="p5", sep=";"):
    """Say how far an item is: sets it, whatever it was."""

    code: str
    key: str
    status: StatusLetter


class Rename(CallbackData, prefix="p6"):
    """Give the application another name."""

    code: str


class Remove(CallbackData, prefix="p7"):
    """Remove the application; asked once more until `sure`."""

    code: str
    sure: bool = False


class Continue(CallbackData, prefix="p8"):
    """Go on with the questions of the application. `sure`: answers that are not kept may go."""

    code: str
    sure: bool = False


class Timeline(CallbackData, prefix="g1"):
    """A page of the deadlines."""

    page: int = 0


class Situation(CallbackData, prefix="g2"):
    """Who goes where, in one tap, for whoever wants to know the visa rule."""

    key: str


class AskOn(CallbackData, prefix="g3"):
    """Answer what is still open for a list."""

    goal: Goal


class Privacy(CallbackData, prefix="u1"):
    """What is kept; `full`: with all there is to say."""

    full: bool = False


class MyData(CallbackData, prefix="u2"):
    """Everything that is kept, as a file."""


class Erase(CallbackData, prefix="u3"):
    """Erase everything. `asked`: the minute (since 1970) of the question that this button says yes to; 0 asks."""

    asked: int = 0
