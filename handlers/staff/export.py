"""Applications as a spreadsheet, for those who review."""

from __future__ import annotations

from aiogram import Bot, Router
from aiogram.types import BufferedInputFile, CallbackQuery
from aiogram.utils.chat_action import ChatActionSender

from bot.i18n import Translator
from bot.services.staff.export import ExportService
from bot.services.staff.staff import Right
from bot.services.visit import Visit
from handlers.privately import for_staff
from handlers.replies import show
from handlers.screens.staff.export import (
    choose_screen,
    export_caption,
    export_name,
    export_screen,
    export_words,
    making_text,
    wanted,
)
from handlers.staff.callbacks import Choose, MakeExport
from knowledge import Knowledge


async def choose(
    query: CallbackQuery,
    callback_data: Choose,
    *,
    visit: Visit,
    t: Translator,
    export: ExportService,
    knowledge: Knowledge,
) -> None:
    """Which applications? Either all filters, or the values of one."""
    visit.memory.expects = None
    which = wanted(knowledge, callback_data)
    if callback_data.of:
        choices = await export.choices(callback_data.of, which)
        await show(query, visit, choose_screen(t, knowledge, which, callback_data.of, choices))
    else:
        await show(query, visit, export_screen(t, knowledge, which, count=await export.count(which)))


async def make(
    query: CallbackQuery,
    callback_data: MakeExport,
    *,
    bot: Bot,
    visit: Visit,
    t: Translator,
    export: ExportService,
    knowledge: Knowledge,
) -> None:
    """The file, in a message of its own. The tap is answered first: with many applications it takes a while."""
    await query.answer(making_text(t))
    which = wanted(knowledge, callback_data)
    async with ChatActionSender.upload_document(chat_id=visit.person.id, bot=bot):
        made = await export.workbook(visit, which, export_words(t, knowledge, visit.person.timezone))
        file = BufferedInputFile(made.data, export_name(visit.today))
        await bot.send_document(visit.person.id, file, caption=export_caption(t, made.rows))


def build_router() -> Router:
    """Handlers of the export."""
    router = Router(name=__name__)
    router.callback_query.register(choose, Choose.filter())
    router.callback_query.register(make, MakeExport.filter())
    return for_staff(router, Right.REVIEW)
