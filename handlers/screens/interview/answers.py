"""The answers given so far, each a button that asks it again; and starting over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.i18n import Translator
from bot.services.interview.steps import Answered
from bot.services.paging import place
from handlers.callbacks import Answers, Change, Resume, StartOver
from handlers.screens.interview.question import dont_know_label
from handlers.screens.paging import page_row
from handlers.screens.screen import Screen, button, esc, italic, paragraphs, screen

A_PAGE: Final = 8


def answers_screen(t: Translator, answered: Sequence[Answered], number: int = 0) -> Screen:
    """One page of the answers."""
    _ = t.gettext
    page = place(len(answered), number, each=A_PAGE)
    shown = [answered[at] for at in page.entries]
    aside = [esc(t.text(one.spec.short)) for one in shown if not one.in_force]
    text = paragraphs(
        _("<b>Your answers</b>\nWhich one do you want to change? The others stay as they are.")
        if answered
        else _("You have not answered anything yet."),
        italic(_("Set aside for now: {answers}", answers=t.list(aside))) if aside else "",
    )
    rows = [
        *([button(_label(t, one), Change(fact=one.fact))] for one in shown),
        page_row(t, page, lambda at: Answers(page=at)),
        [button(_("‹ Back"), Resume())],
    ]
    return screen(text, rows)


def start_over_screen(t: Translator) -> Screen:
    """Asks once whether the answers may go."""
    _ = t.gettext
    text = _("<b>Start over?</b>\nI forget the answers you gave. Applications you kept stay as they are.")
    return screen(
        text,
        [[button(_("Yes, start over"), StartOver(sure=True), style="danger")], [button(_("No, keep them"), Resume())]],
    )


def _label(t: Translator, one: Answered) -> str:
    answer = one.label(t.lang) or dont_know_label(t, one.spec)
    return f"{t.text(one.spec.short)}: {answer}"
