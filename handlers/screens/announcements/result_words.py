"""Words for what came out of a selection."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bot.i18n import Translator
from bot.services.announcements.selections import StoredResult
from bot.services.markup import cut
from handlers.screens.screen import bold, esc

MARKS: Final = {"selected": "🎉", "reserve": "🕒", "not_selected": "➖"}
LONGEST_NOTE: Final = 120
"""Characters of a note on a screen with other things; the announcement has all of it."""


def result_name(t: Translator, result: str) -> str:
    """What came out of a selection."""
    _ = t.gettext
    return {"selected": _("Selected"), "reserve": _("On the reserve list"), "not_selected": _("Not selected")}[result]


def result_lines(t: Translator, results: Iterable[StoredResult]) -> list[str]:
    """A line for each result of an application, ready for HTML."""
    return [
        f"{MARKS[one.result]} {esc(one.round)}: {bold(result_name(t, one.result))}"
        + (f" · {esc(cut(one.note, LONGEST_NOTE))}" if one.note else "")
        for one in results
    ]
