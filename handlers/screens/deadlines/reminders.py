"""The buttons below a reminder after one of them was pressed, and what is said for a moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from aiogram.types import InlineKeyboardMarkup

from bot.i18n import Translator
from bot.services.deadlines.reminders import SNOOZES, UNTIL_A_WEEK_BEFORE, Due, put_off
from bot.services.deadlines.snoozing import Told
from bot.services.markup import cut
from handlers.deadlines.callbacks import Deadlines, Tick
from handlers.deadlines.reminder_callbacks import AsUsual, Back, Mute, MuteAll, MuteOne, Snooze
from handlers.screens.screen import Row, arranged, button

MOST_TICKS: Final = 6


def reminder_keyboard(t: Translator, dues: Sequence[Due], came_on: date, today: date) -> InlineKeyboardMarkup:
    """The buttons that a reminder of `came_on` comes with, as far as they are of use today."""
    _ = t.gettext
    day = came_on.toordinal()
    labels = {"1": _("⏰ Tomorrow"), "3": _("⏰ In 3 days"), UNTIL_A_WEEK_BEFORE: _("⏰ A week before")}
    applications = {due.code: due.name for due in dues}
    ticks = [
        button(_("✅ {number} done", number=number), Tick(code=due.code, deadline=due.item, done=True))
        for number, due in enumerate(dues[:MOST_TICKS], 1)
    ]
    snoozes = [
        button(labels[how], Snooze(day=day, until=how))
        for how in (*SNOOZES, UNTIL_A_WEEK_BEFORE)
        if any(put_off(due.last_day, today, how) for due in dues)
    ]
    rows: list[Row] = [
        *(ticks[at : at + 2] for at in range(0, len(ticks), 2)),
        *([button(_("📅 {name}", name=name), Deadlines(code=code))] for code, name in list(applications.items())[:3]),
        *(snoozes[at : at + 2] for at in range(0, len(snoozes), 2)),
        [button(_("🔕 Mute"), Mute(day=day))],
    ]
    return InlineKeyboardMarkup(inline_keyboard=rows)


def mute_keyboard(t: Translator, told: Told) -> InlineKeyboardMarkup:
    """What shall be muted?"""
    _ = t.gettext
    day = told.day.toordinal()
    rows: list[Row] = [
        [button(cut(_("🔕 {number}. {what}", number=place + 1, what=_what(told, due))), MuteOne(day=day, at=place))]
        for place, due in enumerate(told.dues)
    ]
    if len(told.dues) > 1:
        rows.append([button(_("🔕 All of these"), MuteOne(day=day, at=-1))])
    rows += [
        [button(_("🔕 All reminders"), MuteAll(day=day))],
        [button(_("‹ Back"), Back(day=day))],
    ]
    return InlineKeyboardMarkup(inline_keyboard=rows)


def quiet_keyboard(t: Translator, told: Told) -> InlineKeyboardMarkup:
    """After something was put off or muted: the way back, and to the deadlines."""
    _ = t.gettext
    applications = {due.code: due.name for due in told.dues}
    rows: list[Row] = [
        *arranged(
            button(_("📅 {name}", name=name), Deadlines(code=code)) for code, name in list(applications.items())[:3]
        ),
        [button(_("↩️ Remind me as usual"), AsUsual(day=told.day.toordinal()))],
    ]
    return InlineKeyboardMarkup(inline_keyboard=rows)


def snoozed_text(t: Translator, day: date | None) -> str:
    """Said for a moment (at most 200 characters)."""
    _ = t.gettext
    if day is None:
        return _("It is too late to put this off: the day is near.")
    return _("⏰ I will remind you again on {day}, at nine.", day=t.long_date(day))


def muted_text(t: Translator) -> str:
    """Said for a moment."""
    return t.gettext("🔕 I will not remind you of it any more.")


def all_muted_text(t: Translator) -> str:
    """Said for a moment."""
    return t.gettext("🔕 No more reminders. /settings brings them back.")


def as_usual_text(t: Translator) -> str:
    """Said for a moment."""
    return t.gettext("🔔 I will remind you as usual.")


def _what(told: Told, due: Due) -> str:
    return told.texts.get(due.item, due.name)
