"""/pipeline: who stands where, and reminding them. For staff that may review; for all others it is not there."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from aiogram import Bot, Router
from aiogram.filters import Command, Filter
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.errors import NoSuchApplication
from bot.i18n import Translator, Translators
from bot.services.review.pipeline import BUCKETS, Nudge, PipelineService, TellNudge
from bot.services.staff.staff import Right
from bot.services.visit import Visit
from handlers.outgoing import outgoing
from handlers.privately import for_staff
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


@dataclass(frozen=True)
class Board:
    """Everything that showing who stands where takes."""

    bot: Bot
    visit: Visit
    t: Translator
    knowledge: Knowledge
    pipeline: PipelineService

    async def show(self, event: Message | CallbackQuery, *, said: str = "") -> None:
        """All numbers."""
        counts = await self.pipeline.board(self.visit)
        await show(event, self.visit, board_screen(self.t, self.knowledge, counts, said=said))

    async def show_people(self, query: CallbackQuery, kind: str, bucket: str, *, page: int = 0, said: str = "") -> None:
        """The people behind a number."""
        entries = await self.pipeline.people(self.visit, kind, bucket)
        who = await _links(self.bot, {entries[at].person_id for at in people_page(entries, page).entries})
        shown = people_screen(self.t, self.knowledge, kind, bucket, entries, who=who, page=page, said=said)
        await show(query, self.visit, shown)

    async def show_person(self, event: Message | CallbackQuery, code: str, *, page: int = 0) -> None:
        """Somebody's checklist; all numbers if it is not there (any more)."""
        try:
            opened = await self.pipeline.application(self.visit, code)
        except NoSuchApplication:
            await self.show(event, said=gone_text(self.t))
            return
        who = applicant_link(opened.person_id, await name_of(self.bot, opened.person_id))
        await show(event, self.visit, person_screen(self.t, self.knowledge, opened, who=who, page=page))


class AtBoard(Filter):
    """Hands on the board, as `board`."""

    async def __call__(
        self,
        _event: TelegramObject,
        bot: Bot,
        visit: Visit,
        t: Translator,
        knowledge: Knowledge,
        pipeline: PipelineService,
    ) -> dict[str, Board]:
        """Everybody has one; whether they may look at it, the router asks."""
        return {"board": Board(bot, visit, t, knowledge, pipeline)}


AT_BOARD: Final = AtBoard()


async def board_asked(message: Message, *, board: Board) -> None:
    """/pipeline"""
    board.visit.memory.expects = None
    await board.show(message)


async def pipeline_pressed(query: CallbackQuery, callback_data: Pipeline, *, board: Board) -> None:
    """All numbers, those of one kind of mobility, or the people behind one."""
    visit, t, knowledge = board.visit, board.t, board.knowledge
    visit.memory.expects = None
    kind, bucket = callback_data.mobility, callback_data.bucket
    if kind in knowledge.types and bucket in BUCKETS:
        await board.show_people(query, kind, bucket, page=callback_data.page)
        return
    counts = await board.pipeline.board(visit)
    known = kind in knowledge.types and kind in counts
    await show(
        query, visit, kind_screen(t, knowledge, kind, counts[kind]) if known else board_screen(t, knowledge, counts)
    )


async def person_pressed(query: CallbackQuery, callback_data: PipelinePerson, *, board: Board) -> None:
    """Somebody's checklist."""
    board.visit.memory.expects = None
    await board.show_person(query, callback_data.code, page=callback_data.page)


async def remind_pressed(
    query: CallbackQuery, callback_data: RemindAll, *, board: Board, translators: Translators
) -> None:
    """Remind people, after asking once; also where the answer comes so late that it may be a mistake."""
    visit, t, pipeline = board.visit, board.t, board.pipeline
    visit.memory.expects = None
    kind, bucket = callback_data.mobility, callback_data.bucket
    if kind not in board.knowledge.types or bucket not in BUCKETS:
        await board.show(query)
        return
    reminding = await pipeline.reminding(visit, kind, bucket)
    if minute(visit.now) - callback_data.asked > STILL_MEANT:
        await show(query, visit, remind_screen(t, kind, bucket, reminding, now=visit.now))
        return
    pipeline.remind(visit, reminding, kind=kind, bucket=bucket, tell=_telling(translators))
    await board.show_people(query, kind, bucket, said=reminded_text(t, len(reminding.nudges)))


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
    router.message.register(board_asked, Command("pipeline"), AT_BOARD)
    router.callback_query.register(pipeline_pressed, Pipeline.filter(), AT_BOARD)
    router.callback_query.register(person_pressed, PipelinePerson.filter(), AT_BOARD)
    router.callback_query.register(remind_pressed, RemindAll.filter(), AT_BOARD)
    return for_staff(router, Right.REVIEW, commands=["pipeline"], buttons=[Pipeline, PipelinePerson, RemindAll])
