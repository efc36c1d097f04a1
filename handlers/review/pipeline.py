"""/pipeline: who stands where, and reminding them. For staff that may review; for all others it is not there."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.errors import NoSuchApplication
from bot.i18n import Translator, Translators
from bot.services.review.pipeline import BUCKETS, Nudge, PipelineService, TellNudge
from bot.services.staff.staff import Right
from bot.services.visit import Visit
from handlers.filters import Allowed
from handlers.outgoing import outgoing
from handlers.privately import in_private
from handlers.replies import show
from handlers.review.callbacks import Pipeline, PipelinePerson, RemindAll
from handlers.review.showing import applicant_link, name_of
from handlers.screens.people.privacy import minute
from handlers.screens.review.pipeline import (
    board_screen,
    gone_text,
    kind_screen,
    nudge_screen,
    people_page,
    people_screen,
    person_screen,
    remind_screen,
    reminded_text,
)
from knowledge import Knowledge

STILL_MEANT: Final = 60
"""Minutes for which "yes, remind them" counts."""


async def board_asked(
    event: Message, *, visit: Visit, t: Translator, knowledge: Knowledge, pipeline: PipelineService
) -> None:
    """/pipeline"""
    visit.memory.expects = None
    await show(event, visit, board_screen(t, knowledge, await pipeline.board(visit)))


async def pipeline_pressed(
    query: CallbackQuery,
    callback_data: Pipeline,
    *,
    bot: Bot,
    visit: Visit,
    t: Translator,
    knowledge: Knowledge,
    pipeline: PipelineService,
) -> None:
    """All numbers, those of one kind of mobility, or the people behind one."""
    visit.memory.expects = None
    kind, bucket = callback_data.mobility, callback_data.bucket
    if kind in knowledge.types and bucket in BUCKETS:
        shown = _People(query, bot, visit, t, knowledge, pipeline)
        await shown.show(kind, bucket, page=callback_data.page)
        return
    board = await pipeline.board(visit)
    known = kind in knowledge.types and kind in board
    await show(
        query, visit, kind_screen(t, knowledge, kind, board[kind]) if known else board_screen(t, knowledge, board)
    )


async def person_pressed(
    query: CallbackQuery,
    callback_data: PipelinePerson,
    *,
    bot: Bot,
    visit: Visit,
    t: Translator,
    knowledge: Knowledge,
    pipeline: PipelineService,
) -> None:
    """Somebody's checklist."""
    visit.memory.expects = None
    try:
        opened = await pipeline.application(visit, callback_data.code)
    except NoSuchApplication:
        await show(query, visit, board_screen(t, knowledge, await pipeline.board(visit), said=gone_text(t)))
        return
    who = applicant_link(opened.person_id, await name_of(bot, opened.person_id))
    await show(query, visit, person_screen(t, knowledge, opened, who=who, page=callback_data.page))


async def remind_pressed(
    query: CallbackQuery,
    callback_data: RemindAll,
    *,
    bot: Bot,
    visit: Visit,
    t: Translator,
    translators: Translators,
    knowledge: Knowledge,
    pipeline: PipelineService,
) -> None:
    """Remind people, after asking once; also where the answer comes so late that it may be a mistake."""
    visit.memory.expects = None
    kind, bucket = callback_data.mobility, callback_data.bucket
    if kind not in knowledge.types or bucket not in BUCKETS:
        await show(query, visit, board_screen(t, knowledge, await pipeline.board(visit)))
        return
    reminding = await pipeline.reminding(visit, kind, bucket)
    if minute(visit.now) - callback_data.asked > STILL_MEANT:
        await show(query, visit, remind_screen(t, kind, bucket, reminding, now=visit.now))
        return
    pipeline.remind(visit, reminding, kind=kind, bucket=bucket, tell=_telling(translators))
    said = reminded_text(t, len(reminding.nudges))
    await _People(query, bot, visit, t, knowledge, pipeline).show(kind, bucket, said=said)


@dataclass(frozen=True)
class _People:
    """What is needed to show the people behind a number."""

    query: CallbackQuery
    bot: Bot
    visit: Visit
    t: Translator
    knowledge: Knowledge
    pipeline: PipelineService

    async def show(self, kind: str, bucket: str, *, page: int = 0, said: str = "") -> None:
        entries = await self.pipeline.people(self.visit, kind, bucket)
        who = await _links(self.bot, {entries[at].person_id for at in people_page(entries, page).entries})
        shown = people_screen(self.t, self.knowledge, kind, bucket, entries, who=who, page=page, said=said)
        await show(self.query, self.visit, shown)


async def _links(bot: Bot, people: Iterable[int]) -> dict[int, str]:
    """A link with the name of everybody."""
    wanted = sorted(people)
    names = await asyncio.gather(*(name_of(bot, person_id) for person_id in wanted))
    return {person_id: applicant_link(person_id, name) for person_id, name in zip(wanted, names, strict=True)}


def _telling(translators: Translators) -> TellNudge:
    def tell(nudge: Nudge) -> dict[str, Any]:
        return outgoing(nudge_screen(translators[nudge.language], nudge))[1]

    return tell


def build_router() -> Router:
    """Handlers of the pipeline. Whoever may not review is not let in, whatever they send."""
    router = Router(name=__name__)
    router.message.register(board_asked, Command("pipeline"))
    router.callback_query.register(pipeline_pressed, Pipeline.filter())
    router.callback_query.register(person_pressed, PipelinePerson.filter())
    router.callback_query.register(remind_pressed, RemindAll.filter())
    whole = in_private(router, commands=["pipeline"], buttons=[Pipeline, PipelinePerson, RemindAll])
    whole.message.filter(Allowed(Right.REVIEW))
    whole.callback_query.filter(Allowed(Right.REVIEW))
    return whole
