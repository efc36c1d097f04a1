"""What was handed in for an item: its files, the word that it is not there, and what happened so far."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final

from bot.i18n import Translator
from bot.services.applications.checklist import ApplicationView, ChecklistItem, ItemStatus
from bot.services.markup import cut
from bot.services.review.reasons import Reason, heard_of
from bot.services.uploads.file_rules import LONGEST_STATEMENT, MEGABYTE, MOST_BYTES, SHOWN_KINDS
from bot.services.uploads.submissions import Handled, ItemRecord, StoredFile
from handlers.applications.callbacks import ItemCard
from handlers.screens.applications.item_records import file_name
from handlers.screens.paging import Block, page_of
from handlers.screens.review.reasons import reason_text
from handlers.screens.screen import Row, Screen, bold, button, cited, esc, italic, lines, paragraphs, screen
from handlers.uploads.callbacks import HandIn, RemoveFile, RestoreFiles, ShowFiles, Upload

KILOBYTE: Final = 1000


def files_screen(t: Translator, handled: Handled, *, said: str = "", removed_seq: int | None = None) -> Screen:
    """The files of an item. `removed_seq`: the update that took some away, which can be undone."""
    _ = t.gettext
    view, item, record = handled.view, handled.item, handled.record
    place: dict[str, Any] = {"code": view.code, "key": item.key}
    files = record.present
    listed = "\n".join(f"{number}. {_described(t, file)}" for number, file in enumerate(files, 1))
    text = paragraphs(
        said,
        lines(f"🗂 {bold(item.item.text)}", listed or italic(_("No files yet."))),
        _("It is settled, so its files stay as they are.") if item.is_settled else "",
    )
    rows: list[Row] = [
        [button(_("↩️ Undo"), RestoreFiles(**place, seq=removed_seq))] if removed_seq is not None else [],
        [button(_("👁 Show me the files"), ShowFiles(**place))] if files else [],
    ]
    if not item.is_settled:
        rows += [
            *(
                [button(f"🗑 {_label(t, number, file)}", RemoveFile(**place, seq=file.seq))]
                for number, file in _all(files)
            ),
            [
                button(_("📤 Add more") if files else _("📤 Upload"), Upload(**place)),
                *([button(_("♻️ Replace"), Upload(**place, replace=True))] if files else []),
            ],
            [button(_("✅ Done, hand it in"), HandIn(**place), style="success")]
            if files and item.status is not ItemStatus.SUBMITTED
            else [],
        ]
    return screen(text, [*rows, [button(_("‹ Back"), ItemCard(**place))]])


def send_it_screen(t: Translator, view: ApplicationView, item: ChecklistItem, *, replace: int = 0) -> Screen:
    """Asks for the file of an item. `replace`: how many older ones make room for it."""
    _ = t.gettext
    older = (
        t.ngettext(
            "The file that is there stays until the new one has come.",
            "The {n} files that are there stay until the new one has come.",
            replace,
        )
        if replace
        else _("Several pages? Send them one after the other, or as an album.")
    )
    text = paragraphs(
        _("📤 Send me now: {item}", item=bold(item.item.text)),
        lines(
            _(
                "A photo (flat, in daylight, all corners visible) or a file: {kinds}, up to {limit} MB.",
                kinds=SHOWN_KINDS,
                limit=MOST_BYTES // MEGABYTE,
            ),
            older,
        ),
        italic(_("I keep only Telegram's number of the file. The staff of UNNES can open it, nobody else.")),
    )
    return screen(text, [[button(_("‹ Back"), ItemCard(code=view.code, key=item.key))]])


def shown_text(t: Translator, count: int) -> str:
    """Said below the files that were sent into the chat."""
    return t.ngettext("👆 Here is {n} file.", "👆 Here are {n} files.", count)


def lost_text(t: Translator, count: int) -> str:
    """Telegram does not give out some files any more."""
    return t.ngettext(
        "⚠️ {n} file cannot be opened any more. Please send it again.",
        "⚠️ {n} files cannot be opened any more. Please send them again.",
        count,
    )


def removed_text(t: Translator) -> str:
    """Said above the files that are left."""
    return t.gettext("🗑 Removed.")


def restored_text(t: Translator) -> str:
    """Said above the files that are there again."""
    return t.gettext("↩️ It is back.")


def handed_in_text(t: Translator) -> str:
    """Said above the item that was handed in."""
    return t.gettext("📨 Handed in. The staff will look at it, and you will hear from me.")


def stated_text(t: Translator) -> str:
    """Said above the item that somebody does not have."""
    return t.gettext("📨 Thank you for telling. The staff will read it and decide; you will hear from me.")


def not_there_screen(t: Translator, view: ApplicationView, item: ChecklistItem, *, trouble: str = "") -> Screen:
    """Asks why somebody does not have a paper; where another one does as well, says so first. `trouble` (plain) is what
    was wrong with the reason that was typed."""
    _ = t.gettext
    equivalent = item.item.equivalent
    instead = ""
    if equivalent is not None:
        instead = lines(
            _("💡 <b>Perhaps you have this instead:</b>"), f"{esc(equivalent.text)} {cited(equivalent.clauses)}"
        )
    text = paragraphs(
        f"⚠️ {esc(trouble)}" if trouble else "",
        _("🙅 You do not have: {item}", item=bold(item.item.text)),
        instead,
        _("<b>Why not?</b> Type it in a sentence or two (up to {most} characters).", most=LONGEST_STATEMENT),
        italic(_("For example: “My faculty issues it only in March.” The staff reads it and tells you what to do.")),
    )
    rows: list[Row] = [
        [button(_("📤 I have that one: upload"), Upload(code=view.code, key=item.key))] if equivalent else [],
        [button(_("‹ Back"), ItemCard(code=view.code, key=item.key))],
    ]
    return screen(text, rows)


def history_screen(t: Translator, handled: Handled, *, day: Callable[[datetime], date], own: int) -> Screen:
    """What happened to an item, newest last. `day` is that of a moment where the applicant is, `own` their number:
    everybody else is staff."""
    _ = t.gettext
    view, item, record = handled.view, handled.item, handled.record
    events = sorted(_events(t, record, own=own), key=lambda event: event[0])
    told = [f"<b>{t.date(day(at))}</b> · {what}" for at, what in events]
    # The latest matter most where there is no room for all.
    shown = page_of([Block(one) for one in reversed(told)], 0, most=20)
    text = paragraphs(
        _("🕘 What happened: {item}", item=bold(item.item.text)),
        "\n".join(told[len(told) - len(shown.blocks) :]) or italic(_("Nothing yet.")),
    )
    return screen(text, [[button(_("‹ Back"), ItemCard(code=view.code, key=item.key))]])


def _events(t: Translator, record: ItemRecord, *, own: int) -> list[tuple[datetime, str]]:
    _ = t.gettext
    found = []
    for file in record.files:
        name = esc(file_name(t, file))
        found.append((file.sent_at, _("📎 you sent {file}", file=name)))
        if file.removed_at is not None:
            found.append((file.removed_at, _("🗑 you removed {file}", file=name)))
    found += [
        (said.said_at, _("🙅 you do not have it: “{why}”", why=esc(cut(said.text, 120)))) for said in record.statements
    ]
    return found + [
        (move.at, _moved(t, move.to_status, move.reason, by_staff=move.actor_id != own))
        for move in heard_of(record.moves)
    ]


def _moved(t: Translator, to: str, stored_reason: str | None, *, by_staff: bool) -> str:
    _ = t.gettext
    reason = Reason.read(stored_reason)
    why = f" {reason_text(t, reason)}" if reason else ""
    if by_staff and to in (ItemStatus.TODO, ItemStatus.HAVE, ItemStatus.SUBMITTED):
        return _("🏛 the staff is looking at it again")
    return {
        ItemStatus.TODO: _("⬜ you said: not yet"),
        ItemStatus.HAVE: _("✅ you said: I have it"),
        ItemStatus.SUBMITTED: _("📨 handed in"),
        ItemStatus.ACCEPTED: _("🟢 the staff accepted it"),
        ItemStatus.RETURNED: _("↩️ the staff returned it:{why}", why=why) if why else _("↩️ the staff returned it"),
        ItemStatus.WAIVED: _("➖ the staff waived it:{why}", why=why) if why else _("➖ the staff waived it"),
    }[ItemStatus(to)]


def _described(t: Translator, file: StoredFile) -> str:
    size = f" · {_size(t, file.size)}" if file.size else ""
    return f"{esc(file_name(t, file))}{size}"


def _size(t: Translator, size: int) -> str:
    if size >= MEGABYTE:
        return f"{t.number(round(size / MEGABYTE, 1))} MB"
    return f"{t.number(max(1, round(size / KILOBYTE)))} kB"


def _label(t: Translator, number: int, file: StoredFile) -> str:
    return cut(f"{number}. {file_name(t, file)}")


def _all(files: tuple[StoredFile, ...]) -> list[tuple[int, StoredFile]]:
    return list(enumerate(files, 1))
