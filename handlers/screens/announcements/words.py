"""Words about announcements that several screens use."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.i18n import Translator
from bot.services.announcements.draft import Draft, Problem
from bot.services.markup import length


def category_name(t: Translator, category: str) -> str:
    """A kind of news."""
    _ = t.gettext
    names = {
        "selection": _("Selections"),
        "programme": _("New programmes"),
        "deadline": _("Deadlines"),
        "event": _("Events"),
        "general": _("Other news"),
        "result": _("Results"),
    }
    return names.get(category, category)


def when_words(t: Translator, draft: Draft, zone: str) -> str:
    """When a draft starts."""
    due = draft.stored.due
    return t.gettext("as soon as it is confirmed") if due is None else moment_words(t, due, zone)


def moment_words(t: Translator, moment: datetime, zone: str) -> str:
    """A day and a time where somebody is."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{t.date(local.date())}, {local:%H:%M}"


def problem_words(t: Translator, problem: Problem, draft: Draft) -> str:
    """What stands in the way of sending, and how to mend it."""
    _ = t.gettext
    content = draft.content
    longest = max((length(text) for text in content.texts.values()), default=0)
    words: dict[Problem, str] = {
        "empty": _("There is nothing to send yet: write a text."),
        "unknown_place": _("Nothing fills {places}.", places=", ".join(f"{{{one}}}" for one in content.unknown_places)),
        "too_long": _("The text has {n} characters; {limit} fit.", n=longest, limit=content.longest),
        "album_buttons": _("An album has no buttons: remove them, or all files but one."),
        "nobody": _("Nobody who can be reached is in the audience."),
        "results_only": _(
            "{result} and {note} are only there for the results of a selection.", result="{result}", note="{note}"
        ),
        "past": _("Its time has passed: choose another one."),
    }
    return words[problem]
