"""/stats, for those who review: numbers."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.i18n import Translator
from bot.services.staff.staff import Right
from bot.services.staff.stats import StatsService
from bot.services.visit import Visit
from handlers.privately import for_staff
from handlers.replies import show
from handlers.screens.staff.stats import stats_screen
from handlers.staff.callbacks import Stats
from knowledge import Knowledge


async def stats_asked(
    event: Message | CallbackQuery, *, visit: Visit, t: Translator, stats: StatsService, knowledge: Knowledge
) -> None:
    """The numbers of this moment."""
    visit.memory.expects = None
    numbers = await stats.numbers(visit)
    await show(event, visit, stats_screen(t, knowledge, numbers, now=visit.now, timezone=visit.person.timezone))


def build_router() -> Router:
    """Handlers of the numbers."""
    router = Router(name=__name__)
    router.message.register(stats_asked, Command("stats"))
    router.callback_query.register(stats_asked, Stats.filter())
    return for_staff(router, Right.REVIEW, commands=["stats"])
