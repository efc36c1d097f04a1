"""A reminder in words, with its buttons as the Bot API wants them. What the buttons carry is unpacked by the handlers;
a test holds the two together."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from bot.i18n import Translator
from bot.services.deadlines.reminders import SNOOZES, UNTIL_A_WEEK_BEFORE, Due, put_off
from knowledge import AssessedItem

MOST_TICKS: Final = 6
"""Deadlines that can be ticked from the message; the others from the list that it leads to."""
MOST_TOLD: Final = 12
"""Deadlines that a message has room for."""
URGENT: Final = 3
"""Days left from which on it is said what follows."""
Buttons = list[list[dict[str, str]]]


@dataclass(frozen=True)
class Reminder:
    """A deadline that is told of, with what the knowledge says about it."""

    due: Due
    item: AssessedItem


def parameters(t: Translator, reminders: Sequence[Reminder], today: date) -> dict[str, Any]:
    """What `sendMessage` takes, without the chat. `reminders` stand in the order in which they are numbered."""
    return {
        "text": _text(t, reminders),
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
        "reply_markup": {"inline_keyboard": keyboard(t, [reminder.due for reminder in reminders], today)},
    }


def keyboard(t: Translator, dues: Sequence[Due], today: date) -> Buttons:
    """Tick, look, put off, mute."""
    _ = t.gettext
    day = today.toordinal()
    ticks = [
        _button(_("✅ {number} done", number=number), f"j2:{due.code}:{due.item}:1")
        for number, due in enumerate(dues[:MOST_TICKS], 1)
    ]
    applications = {due.code: due.name for due in dues}
    labels: Mapping[str, str] = {
        "1": _("⏰ Tomorrow"),
        "3": _("⏰ In 3 days"),
        UNTIL_A_WEEK_BEFORE: _("⏰ A week before"),
    }
    snoozes = [
        _button(labels[how], f"t1:{day}:{how}")
        for how in (*SNOOZES, UNTIL_A_WEEK_BEFORE)
        if any(put_off(due.last_day, today, how) for due in dues)
    ]
    return [
        *(ticks[at : at + 2] for at in range(0, len(ticks), 2)),
        *([_button(_("📅 {name}", name=name), f"j1:{code}:0")] for code, name in list(applications.items())[:3]),
        *(snoozes[at : at + 2] for at in range(0, len(snoozes), 2)),
        [_button(_("🔕 Mute"), f"t2:{day}")],
    ]


def _button(label: str, data: str) -> dict[str, str]:
    return {"text": label, "callback_data": data}


def _text(t: Translator, reminders: Sequence[Reminder]) -> str:
    _ = t.gettext
    head = t.ngettext("⏰ <b>A deadline is coming up</b>", "⏰ <b>{n} deadlines are coming up</b>", len(reminders))
    several = len({reminder.due.code for reminder in reminders}) > 1
    parts = [_one(t, number, reminder, named=several) for number, reminder in enumerate(reminders[:MOST_TOLD], 1)]
    more = len(reminders) - len(parts)
    if more:
        parts.append(_("… and {n} more: /status", n=more))
    name = "" if several else f"\n📂 {_esc(reminders[0].due.name)}"
    return "\n\n".join([head + name, *parts, _("Done already? Tick it off, and I will leave you in peace.")])


def _one(t: Translator, number: int, reminder: Reminder, *, named: bool) -> str:
    _ = t.gettext
    due, item = reminder.due, reminder.item
    clauses = " ".join(f"<code>{_esc(clause)}</code>" for clause in item.clauses)
    said = [
        f"{number}. <b>{_left(t, due.days_left)}</b> · {t.long_date(due.last_day)}",
        f"{_esc(item.text)} {clauses}",
    ]
    if named:
        said.append(f"📂 {_esc(due.name)}")
    if item.date is not None and item.date != due.last_day:
        said.append(_("The last day is {day}, but no working day.", day=t.long_date(item.date)))
    if item.required is False and item.when:
        said.append(_("↳ Only {condition}.", condition=_esc(item.when.rstrip("."))))
    if item.missed and due.days_left <= URGENT:
        said.append(_("If it is missed: {what}", what=_esc(item.missed)))
    return "\n".join(said)


def _left(t: Translator, days: int) -> str:
    _ = t.gettext
    if days == 0:
        return _("Today is the last day")
    if days == 1:
        return _("Tomorrow is the last day")
    return t.ngettext("{n} day left", "{n} days left", days)


def _esc(text: str) -> str:
    return html.escape(text, quote=False)
