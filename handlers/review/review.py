"""/review: the queue and its items, one after the other. For staff that may review; for all others it is not there."""

from __future__ import annotations

from collections import Counter

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, ErrorEvent, Message

from bot.errors import NothingToReview, OwnItem, UserError
from bot.i18n import Translator
from bot.services.review.decisions import DecisionService
from bot.services.review.filters import FilterKind, Filters, stage_of
from bot.services.review.review import ReviewService
from bot.services.staff.staff import Right
from bot.services.visit import Visit
from handlers.filters import Allowed, Refuses
from handlers.privately import in_private
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
from handlers.review.showing import Desk
from handlers.screens.review.card import lost_files_text, no_files_text
from handlers.screens.review.review import filter_screen, filters_screen
from handlers.screens.screen import bold, cited, esc
from knowledge import Knowledge

BUTTONS = (ReviewQueue, NextItem, OpenItem, OpenFiles, ReviewFilter, Decide, UndoDecision, ReopenItem)


async def review_asked(
    message: Message,
    *,
    visit: Visit,
    t: Translator,
    knowledge: Knowledge,
    review: ReviewService,
    decisions: DecisionService,
) -> None:
    """/review"""
    visit.memory.expects = None
    review.start(visit)
    await Desk(message, visit, t, knowledge, review, decisions).queue()


async def queue_pressed(
    query: CallbackQuery,
    callback_data: ReviewQueue,
    *,
    visit: Visit,
    t: Translator,
    knowledge: Knowledge,
    review: ReviewService,
    decisions: DecisionService,
) -> None:
    """A page of the queue."""
    visit.memory.expects = None
    review.start(visit)
    await Desk(query, visit, t, knowledge, review, decisions).queue(page=callback_data.page)


async def next_pressed(
    query: CallbackQuery,
    callback_data: NextItem,
    *,
    visit: Visit,
    t: Translator,
    knowledge: Knowledge,
    review: ReviewService,
    decisions: DecisionService,
) -> None:
    """The next item; the one before may be put off."""
    visit.memory.expects = None
    if callback_data.skip:
        review.skip(visit, callback_data.skip)
    await Desk(query, visit, t, knowledge, review, decisions).next()


async def item_pressed(
    query: CallbackQuery,
    callback_data: OpenItem,
    *,
    visit: Visit,
    t: Translator,
    knowledge: Knowledge,
    review: ReviewService,
    decisions: DecisionService,
) -> None:
    """One item, perhaps taken over from a colleague."""
    visit.memory.expects = None
    card = await review.open(visit, callback_data.item, over=callback_data.over)
    await Desk(query, visit, t, knowledge, review, decisions).card(card)


async def files_pressed(
    query: CallbackQuery,
    callback_data: OpenFiles,
    *,
    bot: Bot,
    visit: Visit,
    t: Translator,
    knowledge: Knowledge,
    review: ReviewService,
    decisions: DecisionService,
) -> None:
    """The files of an item, with its card below them."""
    visit.memory.expects = None
    card = await review.open(visit, callback_data.item)
    files = await review.files(visit, card.id)
    if not files:
        await query.answer(no_files_text(t))
        await Desk(query, visit, t, knowledge, review, decisions).card(card)
        return
    await query.answer()
    line = card.queued.line
    caption = f"{bold(line.text)} {cited(line.clauses)}\n📁 {esc(card.queued.application)}"
    lost = await send_files(bot, visit.person.id, files, caption)
    said = lost_files_text(t, lost) if lost else ""
    await Desk(query, visit, t, knowledge, review, decisions).card(card, said=said, below=True)


async def filter_pressed(
    query: CallbackQuery,
    callback_data: ReviewFilter,
    *,
    visit: Visit,
    t: Translator,
    knowledge: Knowledge,
    review: ReviewService,
    decisions: DecisionService,
) -> None:
    """What to see of the queue: show it, offer a choice, or take one."""
    visit.memory.expects = None
    filters, kind, value = Filters.of(visit), callback_data.by, callback_data.value
    if kind == "*":
        Filters().keep(visit)
    elif kind and value:
        filters.with_(kind, None if value == "*" else value).keep(visit)
    elif kind:
        offered = await _offered(visit, review, kind)
        await show(query, visit, filter_screen(t, knowledge, kind, offered, filters.chosen[kind]))
        return
    else:
        await show(query, visit, filters_screen(t, knowledge, filters))
        return
    await Desk(query, visit, t, knowledge, review, decisions).queue()


async def _offered(visit: Visit, review: ReviewService, kind: FilterKind) -> list[tuple[str, int]]:
    """What there is to choose of one kind, with the other choices as they are: the most frequent first."""
    queue = await review.queue(visit, Filters.of(visit).with_(kind, None))
    values: dict[FilterKind, list[str | None]] = {
        "t": [one.mobility_type for one in queue.items],
        "p": [one.programme for one in queue.items],
        "s": [stage_of(one.line) for one in queue.items],
    }
    return Counter(value for value in values[kind] if value is not None).most_common()


async def gone(
    _event: ErrorEvent,
    *,
    happened: Message | CallbackQuery,
    refusal: UserError,
    visit: Visit,
    t: Translator,
    knowledge: Knowledge,
    review: ReviewService,
    decisions: DecisionService,
) -> None:
    """An item that is not there (any more), or not for this reviewer: say so, and show what waits."""
    visit.memory.expects = None
    said = esc(refusal.message(t))
    await Desk(happened, visit, t, knowledge, review, decisions).queue(said=said)


def build_router() -> Router:
    """Handlers of the review. Whoever may not review is not let in, whatever they send."""
    router = Router(name=__name__)
    router.message.register(review_asked, Command("review"))
    router.callback_query.register(queue_pressed, ReviewQueue.filter())
    router.callback_query.register(next_pressed, NextItem.filter())
    router.callback_query.register(item_pressed, OpenItem.filter())
    router.callback_query.register(files_pressed, OpenFiles.filter())
    router.callback_query.register(filter_pressed, ReviewFilter.filter())
    router.include_router(deciding.build_router())
    router.errors.register(gone, Refuses(NothingToReview, OwnItem))
    whole = in_private(router, commands=["review"], buttons=BUTTONS)
    whole.message.filter(Allowed(Right.REVIEW))
    whole.callback_query.filter(Allowed(Right.REVIEW))
    return whole
