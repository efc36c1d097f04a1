"""What is there of an item, in a few words: names of files, a statement, a reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.i18n import Translator
from bot.services.applications.checklist import ApplicationView, ChecklistItem, ItemStatus
from bot.services.markup import cut
from bot.services.review.reasons import Reason
from bot.services.uploads.submissions import ItemRecord, StoredFile
from handlers.screens.review.reasons import reason_text
from handlers.screens.screen import Row, bold, button, esc, lines
from handlers.uploads.callbacks import Files

LONGEST_NAME: Final = 40
"""Characters of the name of a file."""
LONGEST_QUOTE: Final = 200
"""Characters of what somebody said."""
MOST_NAMED: Final = 5
"""Files that are named; the others are counted."""


def file_name(t: Translator, file: StoredFile) -> str:
    """What a file is called (plain)."""
    return cut(file.file_name, LONGEST_NAME) if file.file_name else t.gettext("photo")


def file_names(t: Translator, files: Sequence[StoredFile]) -> str:
    """The names of files in a sentence, as HTML."""
    named = [bold(file_name(t, file)) for file in files[:MOST_NAMED]]
    more = len(files) - len(named)
    return t.list([*named, t.ngettext("{n} more", "{n} more", more)] if more else named)


def return_reason(t: Translator, item: ChecklistItem, record: ItemRecord) -> str:
    """Why the staff returned or waived an item, as HTML; nothing if they did not, or gave no reason."""
    if item.status not in (ItemStatus.RETURNED, ItemStatus.WAIVED):
        return ""
    moves = [move for move in record.moves if move.to_status == item.status]
    reason = Reason.read(moves[-1].reason) if moves else None
    return t.gettext("Why: {reason}", reason=reason_text(t, reason)) if reason else ""


def record_text(t: Translator, record: ItemRecord) -> str:
    """What is there of an item, in a line or two (HTML)."""
    _ = t.gettext
    said = record.statement
    files = record.present
    names = ", ".join(esc(file_name(t, file)) for file in files[:MOST_NAMED]) + (
        " …" if len(files) > MOST_NAMED else ""
    )
    return lines(
        t.ngettext("📎 {n} file: {names}", "📎 {n} files: {names}", len(files), names=names) if files else "",
        _("🙅 You do not have it: “{why}”", why=esc(cut(said.text, LONGEST_QUOTE))) if said else "",
    )


def files_button(t: Translator, view: ApplicationView, item: ChecklistItem, record: ItemRecord) -> Row:
    """The way to the files, if there are any."""
    return (
        [button(t.gettext("🗂 Files ({n})", n=len(record.present)), Files(code=view.code, key=item.key))]
        if record.present
        else []
    )
