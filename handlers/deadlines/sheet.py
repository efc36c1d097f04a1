"""An application as a sheet to print, made out to whoever asks or to a name that they type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from aiogram import Bot, F, Router
from aiogram.enums import ChatAction
from aiogram.filters import Filter
from aiogram.types import BufferedInputFile, CallbackQuery, Message, TelegramObject, User

from bot.i18n import Translator
from bot.services.applications.applications import ApplicationService
from bot.services.deadlines.plans import PlanService
from bot.services.interview.prefill import application_link
from bot.services.sheet.lettering import can_be_written
from bot.services.sheet.pdf import drawn
from bot.services.visit import Expects, Visit
from handlers.deadlines.callbacks import Sheet, SheetName
from handlers.filters import Expecting
from handlers.replies import show
from handlers.screens.deadlines.calendar_file import file_name
from handlers.screens.deadlines.sheet import (
    kept_name,
    sheet_caption,
    sheet_keyboard,
    sheet_name_screen,
    sheet_of,
    telegram_name,
)
from knowledge import Knowledge

PRINTED_NAME: Final = "printed_name"
"""Where `memory.extra` keeps the name that was typed for the sheet."""


@dataclass(frozen=True)
class Printer:
    """Everything that making a sheet takes."""

    bot: Bot
    visit: Visit
    t: Translator
    knowledge: Knowledge
    applications: ApplicationService
    plans: PlanService
    user: User

    async def send(self, code: str, query: CallbackQuery | None = None) -> None:
        """The sheet of an application, made out to the name that was typed, else to the one at Telegram."""
        bot, visit, t = self.bot, self.visit, self.t
        view, plan = await self.applications.get(visit, code), await self.plans.of(visit, code)
        if query is not None:
            await query.answer()
        await bot.send_chat_action(visit.person.id, ChatAction.UPLOAD_DOCUMENT)
        me = await bot.me()
        person = visit.memory.extra.get(PRINTED_NAME) or telegram_name(self.user.first_name, self.user.last_name)
        person = person if can_be_written(person) else ""
        link = application_link(me.username or "", code)
        data = await drawn(sheet_of(t, self.knowledge, view, plan, person=person, link=link, now=visit.now))
        await bot.send_document(
            visit.person.id,
            BufferedInputFile(data, file_name(plan, "pdf")),
            caption=sheet_caption(t, view, person=person),
            reply_markup=sheet_keyboard(t, code).keyboard,
        )


class AtPrinter(Filter):
    """Hands on the printer, as `printer`."""

    async def __call__(
        self,
        _event: TelegramObject,
        *,
        bot: Bot,
        visit: Visit,
        t: Translator,
        knowledge: Knowledge,
        applications: ApplicationService,
        plans: PlanService,
        event_from_user: User,
    ) -> dict[str, Printer]:
        """Everybody has one."""
        return {"printer": Printer(bot, visit, t, knowledge, applications, plans, event_from_user)}


AT_PRINTER: Final = AtPrinter()


async def sheet_pressed(query: CallbackQuery, callback_data: Sheet, *, visit: Visit, printer: Printer) -> None:
    """One tap, one sheet."""
    visit.memory.expects = None
    await printer.send(callback_data.code, query)


async def ask_name(
    query: CallbackQuery, callback_data: SheetName, *, visit: Visit, t: Translator, applications: ApplicationService
) -> None:
    """Another name: which one?"""
    view = await applications.get(visit, callback_data.code)
    visit.memory.expects = Expects("sheet_name", view.code)
    await show(query, visit, sheet_name_screen(t, view.code))


async def take_name(message: Message, *, visit: Visit, t: Translator, printer: Printer) -> None:
    """The name was typed: the sheet with it. One that cannot be printed is asked for again."""
    code = visit.memory.expects.about if visit.memory.expects else ""
    name = kept_name(message.text or "")
    if not can_be_written(name):
        await show(message, visit, sheet_name_screen(t, code, trouble=True))
        return
    visit.memory.expects = None
    visit.memory.extra[PRINTED_NAME] = name
    await printer.send(code)


BUTTONS: Final = (Sheet, SheetName)


def build_router() -> Router:
    """Handlers of the sheet, within those of applications."""
    router = Router(name=__name__)
    router.message.register(take_name, Expecting("sheet_name"), F.text, ~F.text.endswith("?"), AT_PRINTER)
    router.callback_query.register(sheet_pressed, Sheet.filter(), AT_PRINTER)
    router.callback_query.register(ask_name, SheetName.filter())
    return router
