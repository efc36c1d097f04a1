"""The deadlines of an application as a calendar file."""

from __future__ import annotations

from typing import Final

from aiogram import Bot, Router
from aiogram.enums import ChatAction
from aiogram.types import BufferedInputFile, CallbackQuery

from bot.i18n import Translator
from bot.services.deadlines import calendar_file
from bot.services.deadlines.calendar_file import CalendarService
from bot.services.deadlines.plans import PlanService
from bot.services.interview.prefill import application_link
from bot.services.visit import Visit
from handlers.deadlines.callbacks import CalendarFile
from handlers.screens.deadlines.calendar_file import calendar_caption, calendar_events, calendar_name, file_name
from knowledge import Knowledge


async def send_calendar(
    query: CallbackQuery,
    callback_data: CalendarFile,
    *,
    bot: Bot,
    visit: Visit,
    t: Translator,
    plans: PlanService,
    calendars: CalendarService,
    knowledge: Knowledge,
) -> None:
    """Send the file; a later one updates what an earlier one brought into a calendar."""
    plan = await plans.of(visit, callback_data.code)
    await query.answer()
    await bot.send_chat_action(visit.person.id, ChatAction.UPLOAD_DOCUMENT)
    me = await bot.me()
    link = application_link(me.username or "", callback_data.code)
    events = calendar_events(t, knowledge, plan, link)
    about = calendar_file.CalendarFile(callback_data.code, calendar_name(plan), t.lang, link)
    data = await calendars.file(visit, about, events)
    await bot.send_document(
        visit.person.id,
        BufferedInputFile(data, file_name(plan, "ics")),
        caption=calendar_caption(t, plan, len(events)),
    )


BUTTONS: Final = (CalendarFile,)


def build_router() -> Router:
    """The handler of calendar files, within those of applications."""
    router = Router(name=__name__)
    router.callback_query.register(send_calendar, CalendarFile.filter())
    return router
