"""Inline mode: `@bot visa` in any chat finds topics while one types; the one that is chosen is posted with its sources.

Nothing of the person is in it: whoever is in that chat reads it.
"""

from __future__ import annotations

import logging
from typing import Final

from aiogram import Bot, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import InlineQuery

from bot.i18n import Translators
from bot.services.questions.questions import QuestionService
from bot.services.visit import Visit
from handlers.screens.questions.inline import category_articles, nothing_found_button, topic_articles
from knowledge import Knowledge

log = logging.getLogger(__name__)

MOST_RESULTS: Final = 10
KEPT: Final = 300
"""Seconds for which Telegram may give somebody the same results: the packs change with a release only."""


async def searched(
    query: InlineQuery,
    *,
    bot: Bot,
    visit: Visit,
    translators: Translators,
    questions: QuestionService,
    knowledge: Knowledge,
) -> None:
    """Topics for what was typed so far; categories where nothing was."""
    me = await bot.me()
    username, search = me.username or "", questions.search
    typed = query.query.strip()
    if typed:
        lang, topics = await search.find(typed, otherwise=visit.lang, most=MOST_RESULTS, today=visit.today)
        results = topic_articles(translators[lang], knowledge, topics, username)
    else:
        lang = visit.lang
        groups = [(group, await search.in_group(group.group, lang)) for group in await search.groups(lang)]
        results = category_articles(translators[lang], groups, username)
    try:
        await query.answer(
            list(results),
            cache_time=KEPT,
            # The language is the person's where what they type shows none.
            is_personal=True,
            button=None if results else nothing_found_button(translators[lang]),
        )
    except TelegramBadRequest as refusal:
        # They have typed on since, or the answer is too late.
        log.debug("an inline query is not answered: %s", refusal.message)


def build_router() -> Router:
    """The handler of inline queries."""
    router = Router(name=__name__)
    router.inline_query.register(searched)
    return router
