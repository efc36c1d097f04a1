"""The words of the audit log."""

from __future__ import annotations

from datetime import date

from bot.errors import N_
from bot.i18n import Translator
from bot.services.staff.log import LogWords

ACTIONS = {
    "administrator by setting": N_("STAFF_IDS made somebody an administrator"),
    "role given": N_("gave a role"),
    "role changed": N_("changed a role"),
    "role taken away": N_("took a role away"),
    "invitation made": N_("made an invitation"),
    "invitation revoked": N_("withdrew an invitation"),
    "log exported": N_("exported this log"),
    "applications exported": N_("exported applications"),
    "checklist opened": N_("looked at an application"),
    "item claimed": N_("took an item to review"),
    "review taken over": N_("took over an item from a colleague"),
    "files opened": N_("opened the files of an item"),
    "item accepted": N_("accepted an item"),
    "item returned": N_("returned an item"),
    "item waived": N_("waived an item"),
    "item reopened": N_("took up an item again"),
    "decision undone": N_("undid a decision"),
    "people reminded": N_("reminded people"),
    "questions answered": N_("answered questions"),
    "questions done": N_("put questions away as done"),
    "questions out of scope": N_("put questions away as none of ours"),
    "questions reopened": N_("took up questions again"),
    "questions exported": N_("exported questions"),
    "announcement confirmed": N_("confirmed an announcement"),
    "announcement approved": N_("approved an announcement"),
    "announcement taken back": N_("took an announcement back before it was sent"),
    "announcement given back": N_("did not agree with an announcement"),
    "audience kept": N_("kept an audience under a name"),
    "audience forgotten": N_("forgot an audience"),
    "announcement paused": N_("paused an announcement"),
    "announcement resumed": N_("let a paused announcement go on"),
    "announcement stopped": N_("stopped an announcement"),
    "announcement tried again": N_("tried an announcement again where it failed"),
    "announcement corrected": N_("corrected an announcement"),
    "announcement recalled": N_("called an announcement back"),
    "recipients exported": N_("exported the recipients of an announcement"),
    "results given": N_("gave the results of a selection"),
    "open list made": N_("made the list of those selected"),
    "person erased": N_("somebody erased their data"),
}
"""What is said of the lines that this program writes, by their action."""


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
