"""What the buttons of announcements carry. Every one names its announcement by code; the right is asked for anew."""

from __future__ import annotations

from typing import Literal

from aiogram.filters.callback_data import CallbackData

Field = Literal["T", "R", "D", "W", "P", "V", "S", "M", "L", "H", "A", "O", "X"]
"""A field of an audience in one letter, since ids of documents are long (see
`handlers.screens.announcements.audience`)."""


class Draft(CallbackData, prefix="x1"):
    """The card of a draft."""

    code: str


class NewDraft(CallbackData, prefix="x2"):
    """Begin another announcement."""


class AudienceOf(CallbackData, prefix="x3"):
    """Whom a draft is for."""

    code: str


class Fields(CallbackData, prefix="x4"):
    """What a condition can be about; it goes into this group of conditions."""

    code: str
    group: int


class Values(CallbackData, prefix="x5"):
    """The values of one condition."""

    code: str
    group: int
    field: Field
    page: int = 0


class Toggle(CallbackData, prefix="x6"):
    """Put a value into a condition, or take it out."""

    code: str
    group: int
    field: Field
    value: str
    page: int = 0


class Negate(CallbackData, prefix="x7"):
    """Turn a condition round: these, or everybody but these."""

    code: str
    group: int
    field: Field


class Group(CallbackData, prefix="x8"):
    """Another group of conditions ("or"), or one less; `all` begins anew with everybody."""

    code: str
    do: Literal["add", "drop", "all"]
    group: int = 0


class Saved(CallbackData, prefix="x9"):
    """Audiences under a name: the list, to use one, to keep this one, to forget one."""

    code: str
    do: Literal["list", "use", "keep", "drop"]
    id: int = 0


class Listed(CallbackData, prefix="X1"):
    """Give a list of people."""

    code: str


class Write(CallbackData, prefix="X2"):
    """Write the text in a language; `drop` removes it."""

    code: str
    lang: Literal["id", "en"]
    drop: bool = False


class OneForAll(CallbackData, prefix="X3"):
    """Whether people of the language without a text get the other one."""

    code: str
    yes: bool


class Files(CallbackData, prefix="X4"):
    """The files: add by sending them, or remove all."""

    code: str
    drop: bool = False


class Buttons(CallbackData, prefix="X5"):
    """The buttons below the text: the list, or what is done with it."""

    code: str
    do: Literal["list", "link", "topic", "status", "drop"] = "list"


class About(CallbackData, prefix="X6"):
    """What kind of news it is; without one the choice is shown."""

    code: str
    category: str = ""


class When(CallbackData, prefix="X7"):
    """When it starts: the choice, now, or a time that is typed."""

    code: str
    do: Literal["ask", "now", "type", "joins", "closed", "again", "leave"] = "ask"


class Preview(CallbackData, prefix="X8"):
    """As it will be sent, in both languages."""

    code: str


class Confirm(CallbackData, prefix="X9"):
    """Send it: asked once more until `sure`."""

    code: str
    sure: bool = False


class Approve(CallbackData, prefix="Y1"):
    """Agree with what a colleague wants to send, or do not."""

    code: str
    yes: bool


class TakeBack(CallbackData, prefix="Y2"):
    """Make a draft again of what has not started."""

    code: str


class Discard(CallbackData, prefix="Y3"):
    """Throw a draft away: asked once more until `sure`."""

    code: str
    sure: bool = False
