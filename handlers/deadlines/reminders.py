"""The buttons below a reminder: put it off, mute it, have it as usual again. The reminder itself stays in the chat."""

from __future__ import annotations

from aiogram import Bot, Router
from aiogram.types import CallbackQuery, InlineKeyboardMarkup

from bot.i18n import Translator
from bot.services.deadlines.snoozing import SnoozeService
from bot.services.visit import Visit
from handlers.deadlines.reminder_callbacks import AsUsual, Back, Mute, MuteAll, MuteOne, Snooze
from handlers.privately import in_private
from handlers.screens.deadlines.reminders import (
    all_muted_text,
    as_usual_text,
    mute_keyboard,
    muted_text,
    quiet_keyboard,
    reminder_keyboard,
    snoozed_text,
)


async def snooze(
    query: CallbackQuery, callback_data: Snooze, *, bot: Bot, visit: Visit, t: Translator, snoozing: SnoozeService
) -> None:
    """Later."""
    day = await snoozing.snooze(visit, callback_data.came_on, callback_data.until)
    await query.answer(snoozed_text(t, day), show_alert=day is None)
    if day is not None:
        await _buttons(bot, query, quiet_keyboard(t, await snoozing.told(visit, callback_data.came_on)))


async def choose(
    query: CallbackQuery, callback_data: Mute, *, bot: Bot, visit: Visit, t: Translator, snoozing: SnoozeService
) -> None:
    """Mute: which of them?"""
    await _buttons(bot, query, mute_keyboard(t, await snoozing.told(visit, callback_data.came_on)))


async def mute(
    query: CallbackQuery, callback_data: MuteOne, *, bot: Bot, visit: Visit, t: Translator, snoozing: SnoozeService
) -> None:
    """Not this one any more."""
    told = await snoozing.mute(visit, callback_data.came_on, callback_data.at if callback_data.at >= 0 else None)
    await query.answer(muted_text(t))
    await _buttons(bot, query, quiet_keyboard(t, told))


async def mute_all(
    query: CallbackQuery, callback_data: MuteAll, *, bot: Bot, visit: Visit, t: Translator, snoozing: SnoozeService
) -> None:
    """No reminders any more."""
    told = await snoozing.told(visit, callback_data.came_on)
    snoozing.mute_all(visit)
    await query.answer(all_muted_text(t))
    await _buttons(bot, query, quiet_keyboard(t, told))


async def as_usual(
    query: CallbackQuery, callback_data: AsUsual, *, bot: Bot, visit: Visit, t: Translator, snoozing: SnoozeService
) -> None:
    """As before."""
    told = await snoozing.as_usual(visit, callback_data.came_on)
    await query.answer(as_usual_text(t))
    await _buttons(bot, query, reminder_keyboard(t, told.dues, told.day, visit.today))


async def back(
    query: CallbackQuery, callback_data: Back, *, bot: Bot, visit: Visit, t: Translator, snoozing: SnoozeService
) -> None:
    """The buttons as they were."""
    told = await snoozing.told(visit, callback_data.came_on)
    await _buttons(bot, query, reminder_keyboard(t, told.dues, told.day, visit.today))


async def _buttons(bot: Bot, query: CallbackQuery, keyboard: InlineKeyboardMarkup) -> None:
    if query.message is not None:
        await bot.edit_message_reply_markup(
            chat_id=query.message.chat.id, message_id=query.message.message_id, reply_markup=keyboard
        )


def build_router() -> Router:
    """Handlers of reminders."""
    router = Router(name=__name__)
    router.callback_query.register(snooze, Snooze.filter())
    router.callback_query.register(choose, Mute.filter())
    router.callback_query.register(mute, MuteOne.filter())
    router.callback_query.register(mute_all, MuteAll.filter())
    router.callback_query.register(as_usual, AsUsual.filter())
    router.callback_query.register(back, Back.filter())
    return in_private(router, buttons=(Snooze, Mute, MuteOne, MuteAll, AsUsual, Back))
