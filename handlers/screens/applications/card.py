"""The card of one item of a checklist."""

from __future__ import annotations

from bot.i18n import Translator
from bot.services.applications.checklist import ApplicationView, ChecklistItem, ItemStatus
from bot.services.uploads.submissions import Handled, ItemRecord
from handlers.applications.callbacks import STATUS_LETTERS, Checklist, ItemCard, Mark, StatusLetter
from handlers.screens.applications.checklist import STATUS_MARKS, ordered, page_with, progress, stage_of, status_name
from handlers.screens.applications.item_records import files_button, record_text, return_reason
from handlers.screens.items import when_line
from handlers.screens.screen import Row, Screen, arranged, bold, button, cited, esc, italic, lines, paragraphs, screen
from handlers.screens.titles import ICONS, list_title
from handlers.uploads.callbacks import History, NotThere, Upload
from knowledge import Knowledge


def card_screen(t: Translator, knowledge: Knowledge, handled: Handled, *, said: str = "") -> Screen:
    """One item: what, when, how far, what was handed in, on which clause it rests. `said` (HTML) is what to tell
    first."""
    view, item, record = handled.view, handled.item, handled.record
    _ = t.gettext
    heading = " · ".join(part for part in (list_title(t, item.item.list), stage_of(t, item)) if part)
    text = paragraphs(
        said,
        progress(t, view),
        lines(
            f"{ICONS[item.item.list]} {esc(heading)}",
            bold(item.item.text),
            when_line(t, item.item),
            italic(item.item.note) if item.item.note else "",
        ),
        lines(
            f"{STATUS_MARKS[item.status]} {_how_far(t, item, record)}",
            _why(t, item),
            return_reason(t, item, record),
            record_text(t, record),
        ),
        _sources(t, knowledge, item),
    )
    rows = [*_paper_rows(t, view, item, record), *_status_rows(t, view, item), _card_ways(t, view, item)]
    return screen(text, rows)


def settled_text(t: Translator) -> str:
    """An old button would undo what staff decided (at most 200 characters)."""
    return t.gettext("The staff has already settled this one.")


def _why(t: Translator, item: ChecklistItem) -> str:
    _ = t.gettext
    if item.from_answers:
        return _("By your answers this is in order.")
    if item.status is ItemStatus.TODO and item.item.status == "not_met":
        return _("By your answers this is not in order yet. You can still put it right.")
    return ""


def _sources(t: Translator, knowledge: Knowledge, item: ChecklistItem) -> str:
    """Each clause in one sentence, with the name of its document."""
    found = [(clause, knowledge.clauses[clause]) for clause in item.item.clauses]
    said = [
        f"{cited([clause])} {esc(stated.text(t.lang))}\n{italic(t.text(knowledge.document(clause).title))}"
        for clause, stated in found
    ]
    return "\n".join([t.gettext("<b>📖 Source</b>"), *said])


def _how_far(t: Translator, item: ChecklistItem, record: ItemRecord) -> str:
    if item.status is ItemStatus.SUBMITTED and record.statement is not None and not record.present:
        return t.gettext("The staff reads your reason")
    return status_name(t, item.status)


def _paper_rows(t: Translator, view: ApplicationView, item: ChecklistItem, record: ItemRecord) -> list[Row]:
    """What can be done with the files of a paper."""
    _ = t.gettext
    code, key = view.code, item.key
    past = (
        [button(_("🕘 What happened"), History(code=code, key=key))]
        if record.moves or record.files or record.statements
        else []
    )
    if not item.is_paper:
        return [past]
    files = files_button(t, view, item, record)
    if item.is_settled:
        return [[*files, *past]]
    reason = _("✍️ Another reason") if record.statement else _("🙅 I don't have it")
    absent = [button(reason, NotThere(code=code, key=key))] if not record.present else []
    return [[button(_("📤 Upload"), Upload(code=code, key=key)), *files], [*absent, *past]]


def _status_rows(t: Translator, view: ApplicationView, item: ChecklistItem) -> list[Row]:
    _ = t.gettext
    if item.is_settled:
        return []
    labels: dict[StatusLetter, str] = {"h": _("✅ I have it"), "s": _("📨 Submitted"), "t": _("⬜ Not yet")}
    # All three stay where they are: a second tap in the same place must not say something else.
    return arranged(
        button(
            f"{label} ✓" if STATUS_LETTERS[letter] is item.status else label,
            Mark(code=view.code, key=item.key, status=letter),
        )
        for letter, label in labels.items()
    )


def _card_ways(t: Translator, view: ApplicationView, item: ChecklistItem) -> Row:
    items = ordered(view)
    at = next(at for at, one in enumerate(items) if one.key == item.key)
    back = button(t.gettext("‹ Checklist"), Checklist(code=view.code, page=page_with(t, view, item.key)))
    if at + 1 == len(items):
        return [back]
    return [back, button(t.gettext("Next ›"), ItemCard(code=view.code, key=items[at + 1].key))]
