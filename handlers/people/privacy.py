"""/privacy, /mydata and /delete: a person's own data."""

from __future__ import annotations

from typing import Final

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot.i18n import Translator
from bot.services.people.privacy import PrivacyService
from bot.services.visit import Visit
from handlers.applications.callbacks import Erase, MyData, Privacy
from handlers.privately import in_private
from handlers.replies import show
from handlers.screens.people.privacy import erase_screen, erased_screen, export_caption, minute, privacy_screen

FILE_NAME: Final = "lintas-my-data.json"
STILL_MEANT: Final = 60
"""Minutes for which "yes, erase everything" counts. Later it asks again: it may be an old message that was hit."""


async def privacy_asked(message: Message, *, visit: Visit, t: Translator, privacy: PrivacyService) -> None:
    """/privacy"""
    visit.memory.expects = None
    await show(message, visit, privacy_screen(t, await privacy.kept(visit)))


async def privacy_pressed(
    query: CallbackQuery, callback_data: Privacy, *, visit: Visit, t: Translator, privacy: PrivacyService
) -> None:
    """What is kept, in short or in full."""
    await show(query, visit, privacy_screen(t, await privacy.kept(visit), full=callback_data.full))


async def my_data(
    _event: Message | CallbackQuery, *, bot: Bot, visit: Visit, t: Translator, privacy: PrivacyService
) -> None:
    """/mydata: everything as a file."""
    data = BufferedInputFile(await privacy.export(visit), FILE_NAME)
    await bot.send_document(visit.person.id, data, caption=export_caption(t))


async def delete_asked(message: Message, *, visit: Visit, t: Translator, privacy: PrivacyService) -> None:
    """/delete: asks first."""
    visit.memory.expects = None
    await _ask(message, visit, t, privacy)


async def delete_pressed(
    query: CallbackQuery, callback_data: Erase, *, visit: Visit, t: Translator, privacy: PrivacyService
) -> None:
    """Erase, or ask first: also where the answer comes so late that it may be a mistake."""
    if minute(visit.now) - callback_data.asked > STILL_MEANT and not visit.is_new:
        await _ask(query, visit, t, privacy)
        return
    privacy.erase(visit)
    await show(query, visit, erased_screen(t, was_there=not visit.is_new))


async def _ask(event: Message | CallbackQuery, visit: Visit, t: Translator, privacy: PrivacyService) -> None:
    kept = await privacy.kept(visit)
    await show(event, visit, erase_screen(t, kept, now=visit.now, is_staff=visit.is_staff))


def build_router() -> Router:
    """Handlers of a person's own data."""
    router = Router(name=__name__)
    router.message.register(privacy_asked, Command("privacy"))
    router.message.register(my_data, Command("mydata"))
    router.message.register(delete_asked, Command("delete"))
    router.callback_query.register(privacy_pressed, Privacy.filter())
    router.callback_query.register(my_data, MyData.filter())
    router.callback_query.register(delete_pressed, Erase.filter())
    return in_private(router, commands=["privacy", "mydata", "delete"], buttons=[Privacy, MyData, Erase])
