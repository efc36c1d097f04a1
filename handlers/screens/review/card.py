"""One item before a reviewer: what it is, whose, what was handed in, and what can be decided."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.i18n import Translator
from bot.services.applications.transitions import ItemStatus
from bot.services.markup import cut
from bot.services.review.cards import Card, Queued
from bot.services.review.decisions import Undoable
from bot.services.review.reasons import LONGEST_WORDS, REASONS, Reason
from handlers.review.callbacks import (
    DECISION_LETTERS,
    Decide,
    DecisionLetter,
    NextItem,
    OpenFiles,
    OpenItem,
    ReopenItem,
    ReviewQueue,
)
from handlers.screens.applications.checklist import STATUS_MARKS
from handlers.screens.items import when_line
from handlers.screens.review.reasons import reason_label, reason_text
from handlers.screens.review.review import age, held_by, stage_name, undo_row
from handlers.screens.screen import Row, Screen, bold, button, cited, esc, italic, lines, paragraphs, screen
from handlers.screens.titles import ICONS
from knowledge import Knowledge

MOST_NAMED: Final = 8
"""Files that are named; the others are only counted."""


def card_screen(
    t: Translator,
    knowledge: Knowledge,
    card: Card,
    *,
    who: str,
    waiting: int,
    now: datetime,
    timezone: str,
    undoable: Undoable | None = None,
    filtered: str = "",
    said: str = "",
) -> Screen:
    """One item. `who` (HTML) is the applicant, `waiting` how many items wait, `filtered` (HTML) of which part of them,
    `said` (HTML) what to tell first."""
    one = card.queued
    text = paragraphs(
        said,
        lines(
            f"{ICONS[one.line.list]} {bold(one.line.text)} {cited(one.line.clauses)}",
            italic(stage_name(t, one.line.stage or one.line.list)),
            when_line(t, one.line),
        ),
        lines(f"👤 {who}", _application(t, knowledge, one)),
        _content(t, card),
        _before(t, card, now),
        _state(t, card, now, timezone),
        filtered,
    )
    return screen(text, _rows(t, card, waiting, undoable), passing=True)


def reasons_screen(t: Translator, card: Card, letter: DecisionLetter) -> Screen:
    """Why is it returned or waived?"""
    _ = t.gettext
    title = {"r": _("↩️ Why does it go back?"), "w": _("➖ Why is it not needed?")}.get(letter, "")
    text = paragraphs(
        lines(bold(title), esc(card.queued.line.text)),
        italic(_("The applicant reads the reason in their own language, with what helps.")),
    )
    rows: list[Row] = [
        [button(reason_label(t, code), _decide(card, letter, code))] for code in REASONS[DECISION_LETTERS[letter]]
    ]
    return screen(text, [*rows, [button(_("‹ Back"), OpenItem(item=card.id))]], passing=True)


def words_screen(t: Translator, card: Card, letter: DecisionLetter, *, trouble: str = "") -> Screen:
    """Asks for a reason in the reviewer's own words. `trouble` (plain) is what was wrong with the last ones."""
    _ = t.gettext
    title = {
        "r": _("✍️ Why does <b>{item}</b> go back?", item=esc(card.queued.line.text)),
        "w": _("✍️ Why is <b>{item}</b> not needed?", item=esc(card.queued.line.text)),
    }.get(letter, "")
    text = paragraphs(
        f"⚠️ {esc(trouble)}" if trouble else "",
        title,
        italic(_("Type it and send it. The applicant reads it as you write it.")),
    )
    return screen(text, [[button(_("‹ Back"), OpenItem(item=card.id))]], passing=True)


def too_long_text(t: Translator) -> str:
    """The reason has too many characters, or none."""
    return t.gettext("Please write 1 to {longest} characters.", longest=LONGEST_WORDS)


def decided_text(t: Translator, status: ItemStatus, queued: Queued, reason: Reason | None) -> str:
    """Said above the next item."""
    _ = t.gettext
    said = {
        ItemStatus.ACCEPTED: _("Accepted: {item}.", item=bold(queued.line.text)),
        ItemStatus.RETURNED: _("Returned: {item}.", item=bold(queued.line.text)),
        ItemStatus.WAIVED: _("Waived: {item}.", item=bold(queued.line.text)),
    }[status]
    why = f"↳ {reason_text(t, reason)}" if reason else ""
    return lines(f"{STATUS_MARKS[status]} {said}", why, italic(_("The applicant is told in a minute.")))


def undone_text(t: Translator) -> str:
    """Said above the card of an item that waits again."""
    return t.gettext("↶ Undone. The applicant has heard nothing of it.")


def too_late_text(t: Translator) -> str:
    """Said above the card of an item whose decision cannot be undone any more."""
    return t.gettext(
        "⌛ <b>It is too late to undo that:</b> the minute is over, or somebody has moved it on. "
        "To correct it, decide anew; the applicant is then told the new decision."
    )


def changed_text(t: Translator) -> str:
    """Said above the card of an item that is not what the reviewer has seen."""
    return t.gettext(
        "✋ <b>Nothing is decided:</b> this item has changed since you opened it. Here is how it stands now."
    )


def no_files_text(t: Translator) -> str:
    """There are none to open (at most 200 characters)."""
    return t.gettext("There is no file here (any more).")


def lost_files_text(t: Translator, count: int) -> str:
    """Said where Telegram does not give out a file any more."""
    return t.ngettext(
        "⚠️ {n} file cannot be opened any more. Return the item as unreadable, and it is sent anew.",
        "⚠️ {n} files cannot be opened any more. Return the item as unreadable, and they are sent anew.",
        count,
    )


def _application(t: Translator, knowledge: Knowledge, one: Queued) -> str:
    kind, programme = knowledge.types.get(one.mobility_type or ""), knowledge.programmes.get(one.programme or "")
    about = " · ".join(t.text(known.name) for known in (kind, programme) if known is not None)
    return lines(f"📁 {bold(one.application)} <code>{one.code}</code>", esc(about) if about != one.application else "")


def _content(t: Translator, card: Card) -> str:
    _ = t.gettext
    said = _("💬 The applicant says: “{words}”", words=esc(card.statement)) if card.statement else ""
    if not card.files:
        return lines(said, "" if card.statement else _("📎 No file: ticked as handed in."))
    named = [esc(cut(file.file_name or _("photo"))) for file in card.files[:MOST_NAMED]]
    more = len(card.files) - len(named)
    count = t.ngettext("📎 <b>{n} file</b>", "📎 <b>{n} files</b>", len(card.files))
    return lines(said, f"{count}: {', '.join(named)}{f' +{more}' if more else ''}")


def _before(t: Translator, card: Card, now: datetime) -> str:
    if card.returned is None or card.queued.status is ItemStatus.RETURNED:
        return ""
    reason = Reason.read(card.returned.reason)
    since = age(t, card.returned.at, now)
    return t.gettext("↩️ Returned {age} ago: {reason}", age=since, reason=reason_text(t, reason) if reason else "–")


def _state(t: Translator, card: Card, now: datetime, timezone: str) -> str:
    _ = t.gettext
    one = card.queued
    if one.status is not ItemStatus.SUBMITTED:
        return _not_waiting(t, one)
    waits = _("📨 Waits for {age}.", age=age(t, one.since, now))
    if one.claim is None:
        return waits
    until = one.claim.until.astimezone(ZoneInfo(timezone)).strftime("%H:%M")
    if one.claim.is_mine:
        return lines(waits, _("🔒 Yours until {time}.", time=until))
    return lines(waits, _("🔒 {who} is looking at it until {time}.", who=held_by(t, one.claim), time=until))


def _not_waiting(t: Translator, one: Queued) -> str:
    _ = t.gettext
    said = {
        ItemStatus.ACCEPTED: _("It is accepted."),
        ItemStatus.RETURNED: _("It was returned, and waits for the applicant."),
        ItemStatus.WAIVED: _("It is waived."),
    }.get(one.status, _("The applicant has taken it back."))
    return f"{STATUS_MARKS[one.status]} {said}"


def _rows(t: Translator, card: Card, waiting: int, undoable: Undoable | None) -> list[Row]:
    _ = t.gettext
    files = t.ngettext("📎 Open the file", "📎 Open the {n} files", len(card.files))
    rows: list[Row] = [
        undo_row(t, undoable),
        [button(files, OpenFiles(item=card.id), style="primary")] if card.files else [],
    ]
    claim = card.queued.claim
    if card.can_decide:
        rows += [
            [button(_("🟢 Accept"), _decide(card, "a"), style="success")],
            [button(_("↩️ Return"), _decide(card, "r")), button(_("➖ Waive"), _decide(card, "w"))],
            [button(_("⏭ Later"), NextItem(skip=card.id))] if waiting > 1 else [],
        ]
    elif card.queued.status is ItemStatus.SUBMITTED and claim is not None:
        rows.append([button(_("✋ Take it over"), OpenItem(item=card.id, over=claim.reviewer_id))])
        rows.append([button(_("▶ Next item"), NextItem())])
    else:
        rows.append([button(_("🔁 Decide anew"), ReopenItem(item=card.id))] if _is_decided(card) else [])
        rows.append([button(_("▶ Next item"), NextItem())])
    return [*rows, [button(_("‹ Queue ({n})", n=waiting), ReviewQueue())]]


def _is_decided(card: Card) -> bool:
    return card.queued.status in (ItemStatus.ACCEPTED, ItemStatus.RETURNED, ItemStatus.WAIVED)


def _decide(card: Card, letter: DecisionLetter, reason: str = "") -> Decide:
    return Decide(item=card.id, version=card.version, decision=letter, reason=reason)
