"""/review: the queue and its items, one after the other. For staff that may review; for all others it is not there."""

from __future__ import annotations

from collections import Counter

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, ErrorEvent, Message

from bot.errors import NothingToReview, OwnItem, UserError
from bot.services.review.filters import FilterKind, Filters, stage_of
from bot.services.staff.staff import Right
from handlers.filters import Refuses
from handlers.privately import for_staff
from handlers.replies import show
from handlers.review import deciding
from handlers.review.callbacks import (
    Decide,
    NextItem,
    OpenFiles,
    OpenItem,
    ReopenItem,
    ReviewFilter,
    ReviewQueue,
    UndoDecision,
)
from handlers.review.files import send_files
from handlers.review.showing import AT_DESK, Desk
from handlers.screens.review.card import lost_files_text, no_files_text
from handlers.screens.review.review import filter_screen, filters_screen
from handlers.screens.screen import bold, cited, esc

BUTTONS = (ReviewQueue, NextItem, OpenItem, OpenFiles, ReviewFilter, Decide, UndoDecision, ReopenItem)


async def review_asked(message: Message, *, desk: Desk) -> None:
    """/review"""
    desk.visit.memory.expects = None
    desk.review.start(desk.visit)
    await desk.queue(message)


async def queue_pressed(query: CallbackQuery, callback_data: ReviewQueue, *, desk: Desk) -> None:
    """A page of the queue."""
    desk.visit.memory.expects = None
    desk.review.start(desk.visit)
    await desk.queue(query, page=callback_data.page)


async def next_pressed(query: CallbackQuery, callback_data: NextItem, *, desk: Desk) -> None:
    """The next item; the one before may be put off."""
    desk.visit.memory.expects = None
    if callback_data.skip:
        desk.review.skip(desk.visit, callback_data.skip)
    await desk.next(query)


async def item_pressed(query: CallbackQuery, callback_data: OpenItem, *, desk: Desk) -> None:
    """One item, perhaps taken over from a colleague."""
    desk.visit.memory.expects = None
    card = await desk.review.open(desk.visit, callback_data.item, over=callback_data.over)
    await desk.card(query, card)


async def files_pressed(query: CallbackQuery, callback_data: OpenFiles, *, bot: Bot, desk: Desk) -> None:
    """The files of an item, with its card below them."""
    desk.visit.memory.expects = None
    card = await desk.review.open(desk.visit, callback_data.item)
    files = await desk.review.files(desk.visit, card.id)
    if not files:
        await query.answer(no_files_text(desk.t))
        await desk.card(query, card)
        return
    await query.answer()
    line = card.queued.line
    caption = f"{bold(line.text)} {cited(line.clauses)}\n📁 {esc(card.queued.application)}"
    lost = await send_files(bot, desk.visit.person.id, files, caption)
    said = lost_files_text(desk.t, lost) if lost else ""
    await desk.card(query, card, said=said, below=True)


async def filter_pressed(query: CallbackQuery, callback_data: ReviewFilter, *, desk: Desk) -> None:
    """What to see of the queue: show it, offer a choice, or take one."""
    visit, t, knowledge = desk.visit, desk.t, desk.knowledge
    visit.memory.expects = None
    filters, kind, value = Filters.of(visit), callback_data.by, callback_data.value
    if kind == "*":
        Filters().keep(visit)
    elif kind and value:
        filters.with_(kind, None if value == "*" else value).keep(visit)
    elif kind:
        offered = await _offered(desk, kind)
        await show(query, visit, filter_screen(t, knowledge, kind, offered, filters.chosen[kind]))
        return
    else:
        await show(query, visit, filters_screen(t, knowledge, filters))
        return
    await desk.queue(query)


async def _offered(desk: Desk, kind: FilterKind) -> list[tuple[str, int]]:
    """What there is to choose of one kind, with the other choices as they are: the most frequent first."""
    queue = await desk.review.queue(desk.visit, Filters.of(desk.visit).with_(kind, None))
    values: dict[FilterKind, list[str | None]] = {
        "t": [one.mobility_type for one in queue.items],
        "p": [one.programme for one in queue.items],
        "s": [stage_of(one.line) for one in queue.items],
    }
    return Counter(value for value in values[kind] if value is not None).most_common()


async def gone(_event: ErrorEvent, *, happened: Message | CallbackQuery, refusal: UserError, desk: Desk) -> None:
    """An item that is not there (any more), or not for this reviewer: say so, and show what waits."""
    desk.visit.memory.expects = None
    said = esc(refusal.message(desk.t))
    await desk.queue(happened, said=said)


def build_router() -> Router:
    """Handlers of the review. Whoever may not review is not let in, whatever they send."""
    router = Router(name=__name__)
    router.message.register(review_asked, Command("review"), AT_DESK)
    router.callback_query.register(queue_pressed, ReviewQueue.filter(), AT_DESK)
    router.callback_query.register(next_pressed, NextItem.filter(), AT_DESK)
    router.callback_query.register(item_pressed, OpenItem.filter(), AT_DESK)
    router.callback_query.register(files_pressed, OpenFiles.filter(), AT_DESK)
    router.callback_query.register(filter_pressed, ReviewFilter.filter(), AT_DESK)
    router.include_router(deciding.build_router())
    router.errors.register(gone, Refuses(NothingToReview, OwnItem), AT_DESK)
    return for_staff(router, Right.REVIEW, commands=["review"], buttons=BUTTONS)
