"""Doubts about the dates of a plan: they come too soon for a deadline, or stand the wrong way round."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.i18n import Translator
from handlers.callbacks import Change
from handlers.screens.screen import Row, arranged, button, cited, esc, lines
from handlers.screens.titles import ICONS, list_title
from knowledge import Knowledge
from knowledge.date_order import WrongOrder
from knowledge.timeline import Replan


def too_soon_text(t: Translator, knowledge: Knowledge, replan: Replan | None) -> str:
    """What is too late with these dates, from when on it works and whom to ask (HTML); nothing if all is in time."""
    if replan is None:
        return ""
    _ = t.gettext
    first = min(replan.late, key=lambda item: item.date or date.max)
    more = len(replan.late) - 1
    late = _(
        "⏳ <b>Your dates come too soon.</b> The last day was {day} for this: {what}",
        day=t.date(first.date or replan.day),
        what=f"{esc(first.text.rstrip('.'))} {cited(first.clauses)}",
    ) + (t.ngettext(" and {n} more", " and {n} more", more) if more else "")
    works = _(
        "All deadlines can still be kept with {fact} <b>{day}</b> or later ({n} later than planned), if you act today.",
        fact=_name(t, knowledge, replan.fact),
        day=t.date(replan.day),
        n=t.days(replan.days),
    )
    return lines(
        late,
        f"{works} {esc(first.missed or '')}".rstrip(),
        _(
            "Done already, or do you want to move your dates? See {list} below.",
            list=f"{ICONS['deadlines']} {list_title(t, 'deadlines')}",
        ),
    )


def wrong_order_text(t: Translator, knowledge: Knowledge, found: Sequence[WrongOrder]) -> str:
    """One line about dates that stand the wrong way round (HTML); nothing if there are none."""
    if not found:
        return ""
    _ = t.gettext
    pairs = [
        _(
            "your {fact} ({day}) is after your {other} ({other_day})",
            fact=_name(t, knowledge, one.fact),
            day=t.date(one.day),
            other=_name(t, knowledge, one.other),
            other_day=t.date(one.other_day),
        )
        for one in found
    ]
    return _(
        "⚠️ Please check: {dates}. I keep it as you said; if it is a slip, just change it.",
        dates=t.list(pairs),
    )


def change_rows(t: Translator, knowledge: Knowledge, found: Sequence[WrongOrder]) -> list[Row]:
    """A button for each of these dates, to change it."""
    facts = dict.fromkeys(fact for one in found for fact in (one.fact, one.other))
    return arranged(
        button(t.gettext("✏️ {fact}", fact=t.text(knowledge.facts[fact].short)), Change(fact=fact)) for fact in facts
    )


def _name(t: Translator, knowledge: Knowledge, fact: str) -> str:
    return esc(t.text(knowledge.facts[fact].short).lower())
