"""What goes with the report of an announcement: the list of recipients, and the picture over time."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from bot.i18n import Translator
from bot.services.announcements.after import FileWords
from bot.services.announcements.chart import Chart, lines_of
from bot.services.announcements.words import reason_words
from handlers.screens.announcements.words import moment_words

SECONDS_OF: Final = {"s": 1.0, "min": 60.0, "h": 3600.0}
"""Units of the time in the picture."""


def file_words(t: Translator, zone: str) -> FileWords:
    """The words of the list of recipients."""
    _ = t.gettext
    return FileWords(
        columns=(
            _("What"),
            _("Telegram id"),
            _("Name"),
            _("Username"),
            _("Application"),
            _("State"),
            _("When ({zone})", zone=zone),
            _("Why"),
            _("Maybe twice"),
        ),
        purposes={"send": _("sent"), "correct": _("corrected"), "recall": _("called back")},
        states={
            "queued": _("waits"),
            "sending": _("on its way"),
            "sent": _("arrived"),
            "blocked": _("not reachable"),
            "refused": _("failed"),
            "unknown": _("unknown"),
            "dropped": _("not sent any more"),
        },
        reason=lambda reason, said: _plain(reason_words(t, reason, said)),
        yes=_("yes"),
    )


def file_caption(t: Translator) -> str:
    """Said with the list of recipients."""
    return t.gettext("📄 Who got it, and when. It names people: keep it as carefully as their papers.")


def chart_of(t: Translator, moments: list[tuple[str, float]], title: str) -> Chart:
    """The picture: how many had it at each moment."""
    _ = t.gettext
    longest = max((seconds for _state, seconds in moments), default=0.0)
    unit = "s" if longest < 180 else "min" if longest < 3 * 3600 else "h"
    groups = {
        _("Sent"): ("sent",),
        _("Not reachable"): ("blocked",),
        _("Failed"): ("refused", "unknown"),
        _("Not sent any more"): ("dropped",),
    }
    names = {"s": _("Seconds since the start"), "min": _("Minutes since the start"), "h": _("Hours since the start")}
    return Chart(title, names[unit], _("People"), lines_of(moments, groups, SECONDS_OF[unit]))


def no_chart_text(t: Translator) -> str:
    """The picture could not be drawn."""
    return t.gettext("The picture could not be drawn. All numbers are in the report.")


def chart_title(t: Translator, started: datetime, zone: str) -> str:
    """What stands above the picture."""
    return t.gettext("Announcement of {moment}", moment=moment_words(t, started, zone))


def _plain(text: str) -> str:
    return text.replace("<i>", "").replace("</i>", "").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
