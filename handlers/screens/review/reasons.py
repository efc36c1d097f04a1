"""Reasons in words: short for the button of a reviewer, as help for whoever has to act on them."""

from __future__ import annotations

from bot.i18n import Translator
from bot.services.review.reasons import OTHER, Reason, ReturnReason, WaiveReason
from handlers.screens.screen import esc


def reason_label(t: Translator, code: str) -> str:
    """The reason on a button."""
    _ = t.gettext
    return {
        ReturnReason.UNREADABLE.value: _("🔍 Unreadable"),
        ReturnReason.INCOMPLETE.value: _("🧩 Incomplete"),
        ReturnReason.OUTDATED.value: _("⏳ Outdated"),
        ReturnReason.WRONG_DOCUMENT.value: _("📄 Wrong document"),
        WaiveReason.NOT_NEEDED.value: _("Not needed in this case"),
        WaiveReason.ON_FILE.value: _("The office has it already"),
        WaiveReason.REPLACED.value: _("Another paper stands for it"),
        OTHER: _("✍️ Something else"),
    }[code]


def reason_text(t: Translator, reason: Reason) -> str:
    """The reason as the applicant reads it, with what helps (HTML)."""
    _ = t.gettext
    if reason.code == OTHER:
        return _("“{words}”", words=esc(reason.words)) if reason.words else _("the staff gave no reason")
    return {
        ReturnReason.UNREADABLE.value: _(
            "<b>it cannot be read.</b> A sharp photo in daylight, or the PDF itself, does it."
        ),
        ReturnReason.INCOMPLETE.value: _(
            "<b>something is missing.</b> Please check that all pages, signatures and stamps are there."
        ),
        ReturnReason.OUTDATED.value: _("<b>it is too old or has run out.</b> Please send one that is valid now."),
        ReturnReason.WRONG_DOCUMENT.value: _("<b>this is another document.</b> Please look at what is asked for."),
        WaiveReason.NOT_NEEDED.value: _("it is not needed in your case."),
        WaiveReason.ON_FILE.value: _("the office has it already."),
        WaiveReason.REPLACED.value: _("another paper stands for it."),
    }[reason.code]
