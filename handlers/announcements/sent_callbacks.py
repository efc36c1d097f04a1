"""What the buttons of sent announcements and of selections carry. The first four stand in messages of the worker, too
(bot/services/announcements/words.py)."""

from __future__ import annotations

from typing import Literal

from aiogram.filters.callback_data import CallbackData


class Announcements(CallbackData, prefix="Y4"):
    """The list of all announcements."""

    page: int = 0


class OpenAnnouncement(CallbackData, prefix="Y5"):
    """One of them as it stands."""

    code: str


class Run(CallbackData, prefix="Y6"):
    """Pause, go on, stop; stopping is asked once more until `sure`."""

    code: str
    do: Literal["pause", "resume", "stop"]
    sure: bool = False


class Retry(CallbackData, prefix="Y7"):
    """Try again where it failed."""

    code: str
    sure: bool = False


class Correct(CallbackData, prefix="Y8"):
    """Change what it says, also where it was delivered; `sure` with the new texts in memory."""

    code: str
    sure: bool = False


class Recall(CallbackData, prefix="Y9"):
    """Delete it where Telegram still allows."""

    code: str
    sure: bool = False


class Papers(CallbackData, prefix="Z1"):
    """A file about it."""

    code: str
    what: Literal["csv", "chart"]


class CorrectText(CallbackData, prefix="Z2"):
    """Write the new text of a language."""

    code: str
    lang: Literal["id", "en"]


class GiveResults(CallbackData, prefix="Z3"):
    """Give the results of a selection."""


class OpenList(CallbackData, prefix="Z4"):
    """The list of those selected, to be put up: the question, with codes only, with names."""

    code: str
    what: Literal["ask", "codes", "names"]
