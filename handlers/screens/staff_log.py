"""The words of the audit log."""

from __future__ import annotations

from datetime import date

from bot.errors import N_
from bot.i18n import Translator
from bot.services.staff_log import LogWords

ACTIONS = {
    "role given": N_("gave a role"),
    "role changed": N_("changed a role"),
    "role taken away": N_("took a role away"),
    "invitation made": N_("made an invitation"),
    "invitation revoked": N_("withdrew an invitation"),
    "log exported": N_("exported this log"),
    "applications exported": N_("exported applications"),
    "person erased": N_("somebody erased their data"),
}
"""What is said of the lines that this program writes."""


def log_words(t: Translator, timezone: str) -> LogWords:
    """The words of the file; its times are those of the time zone."""
    _ = t.gettext
    return LogWords(
        title=_("Log"),
        columns=(_("When ({zone})", zone=timezone), _("Who"), _("What"), _("About"), _("Details")),
        actions={action: _(text) for action, text in ACTIONS.items()},
        somebody="–",
    )


def log_name(day: date, kind: str) -> str:
    """What the file is called."""
    return f"lintas-log-{day.isoformat()}.{kind}"


def log_caption(t: Translator, lines: int) -> str:
    """Said with the file."""
    return t.ngettext(
        "📜 What staff did: {n} line. It names people: keep it as carefully as their papers.",
        "📜 What staff did: {n} lines. It names people: keep it as carefully as their papers.",
        lines,
    )
