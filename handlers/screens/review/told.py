"""What an applicant is told after a review, in their language."""

from __future__ import annotations

from aiogram.types import InlineKeyboardButton

from bot.i18n import Translator
from bot.services.applications.checklist import LISTS
from bot.services.applications.transitions import ItemStatus
from bot.services.markup import cut
from bot.services.review.cards import Told, ToldItem
from handlers.applications.callbacks import Checklist, ItemCard
from handlers.screens.applications.checklist import STATUS_MARKS
from handlers.screens.paging import Block, page_of
from handlers.screens.review.reasons import reason_text
from handlers.screens.screen import Row, Screen, bold, button, lines, paragraphs, screen
from handlers.uploads.callbacks import Upload

MOST_BUTTONS = 6
MOST_TOLD = 15
ROOM = 3000
"""Characters of all decisions; what does not fit is counted, and stands in the checklist."""


def told_screen(t: Translator, told: Told) -> Screen:
    """The decisions about one application; what came back first, each with the way to hand it in again."""
    _ = t.gettext
    ordered = sorted(told.items, key=lambda one: one.status is not ItemStatus.RETURNED)
    returned = [one for one in ordered if one.status is ItemStatus.RETURNED]
    shown = page_of([Block(_decision(t, one)) for one in ordered], 0, most=MOST_TOLD, room=ROOM)
    more = len(ordered) - len(shown.blocks)
    text = paragraphs(
        t.ngettext(
            "📬 The staff has looked at <b>one item</b> of {application}.",
            "📬 The staff has looked at <b>{n} items</b> of {application}.",
            len(ordered),
            application=bold(told.application),
        ),
        shown.text,
        t.ngettext("… and {n} more: see your checklist.", "… and {n} more: see your checklist.", more) if more else "",
        _("Nothing is lost: send it again, and it goes straight back to the staff.") if returned else "",
    )
    rows: list[Row] = [[_again(t, told.code, one)] for one in returned[:MOST_BUTTONS]]
    return screen(text, [*rows, [button(_("📋 My checklist"), Checklist(code=told.code))]])


def _decision(t: Translator, one: ToldItem) -> str:
    _ = t.gettext
    why = reason_text(t, one.reason) if one.reason else ""
    match one.status:
        case ItemStatus.RETURNED:
            said = _("Please hand it in again: {reason}", reason=why)
        case ItemStatus.WAIVED:
            said = _("You need not hand it in: {reason}", reason=why)
        case _:
            said = t.gettext("Accepted. Nothing more to do here.")
    return lines(f"{STATUS_MARKS[one.status]} {bold(one.text)}", said)


def _again(t: Translator, code: str, one: ToldItem) -> InlineKeyboardButton:
    """What was returned is handed in again: new files in place of the old ones, where it is a paper."""
    if LISTS[one.key[0]] == "documents":
        label = t.gettext("📤 Upload again: {item}", item=one.text)
        return button(cut(label), Upload(code=code, key=one.key, replace=True))
    return button(cut(t.gettext("🔎 Look at: {item}", item=one.text)), ItemCard(code=code, key=one.key))
