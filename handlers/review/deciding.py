"""Accepting, returning and waiving an item, with a reason where one is needed; taking a decision back."""

from __future__ import annotations

from typing import Any

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.i18n import Translator, Translators
from bot.services.review.cards import Card, Told
from bot.services.review.decisions import DecisionService, Tell
from bot.services.review.reasons import LONGEST_WORDS, OTHER, REASONS, Reason
from bot.services.review.review import ReviewService
from bot.services.visit import Expects, Visit
from handlers.filters import Expecting
from handlers.outgoing import outgoing
from handlers.replies import show
from handlers.review.callbacks import DECISION_LETTERS, Decide, ReopenItem, UndoDecision
from handlers.review.showing import Desk
from handlers.screens.review.card import (
    changed_text,
    decided_text,
    reasons_screen,
    too_late_text,
    too_long_text,
    undone_text,
    words_screen,
)
from handlers.screens.review.told import told_screen
from knowledge import Knowledge


async def decision_pressed(
    query: CallbackQuery,
    callback_data: Decide,
    *,
    visit: Visit,
    t: Translator,
    translators: Translators,
    knowledge: Knowledge,
    review: ReviewService,
    decisions: DecisionService,
) -> None:
    """A decision, or the question why."""
    visit.memory.expects = None
    desk = Desk(query, visit, t, knowledge, review, decisions)
    reasons, code = REASONS[DECISION_LETTERS[callback_data.decision]], callback_data.reason
    if not reasons or (code in reasons and code != OTHER):
        reason = Reason(code) if reasons else None
        await _decide(desk, callback_data, reason, translators)
        return
    card = await review.open(visit, callback_data.item)
    if not _is_as_seen(card, callback_data):
        await desk.card(card, said=changed_text(t))
    elif code == OTHER:
        visit.memory.expects = Expects("review_reason", callback_data.pack())
        await show(query, visit, words_screen(t, card, callback_data.decision))
    else:
        await show(query, visit, reasons_screen(t, card, callback_data.decision))


async def words_typed(
    message: Message,
    *,
    visit: Visit,
    t: Translator,
    translators: Translators,
    knowledge: Knowledge,
    review: ReviewService,
    decisions: DecisionService,
) -> None:
    """The reason was typed. One that does not do is asked for again."""
    wanted = Decide.unpack(visit.memory.expects.about if visit.memory.expects else "")
    words = " ".join((message.text or "").split())
    if not 1 <= len(words) <= LONGEST_WORDS:
        card = await review.open(visit, wanted.item)
        await show(message, visit, words_screen(t, card, wanted.decision, trouble=too_long_text(t)))
        return
    visit.memory.expects = None
    desk = Desk(message, visit, t, knowledge, review, decisions)
    await _decide(desk, wanted, Reason(OTHER, words), translators)


async def undo_pressed(
    query: CallbackQuery,
    callback_data: UndoDecision,
    *,
    visit: Visit,
    t: Translator,
    translators: Translators,
    knowledge: Knowledge,
    review: ReviewService,
    decisions: DecisionService,
) -> None:
    """Take a decision back, or say that it is too late."""
    visit.memory.expects = None
    card, done = await decisions.undo(visit, callback_data.decision, tell=telling(translators))
    desk = Desk(query, visit, t, knowledge, review, decisions, undone=done)
    await desk.card(card, said=undone_text(t) if done else too_late_text(t))


async def reopen_pressed(
    query: CallbackQuery,
    callback_data: ReopenItem,
    *,
    visit: Visit,
    t: Translator,
    translators: Translators,
    knowledge: Knowledge,
    review: ReviewService,
    decisions: DecisionService,
) -> None:
    """Decide anew."""
    visit.memory.expects = None
    card = await decisions.reopen(visit, callback_data.item, tell=telling(translators))
    await Desk(query, visit, t, knowledge, review, decisions).card(card)


def telling(translators: Translators) -> Tell:
    """Writes to applicants in their language."""

    def tell(told: Told) -> dict[str, Any]:
        return outgoing(told_screen(translators[told.language], told))[1]

    return tell


async def _decide(desk: Desk, wanted: Decide, reason: Reason | None, translators: Translators) -> None:
    """Decide and go on with the next item, unless the item is not (any more) what the reviewer has seen."""
    visit, status = desk.visit, DECISION_LETTERS[wanted.decision]
    card, desk.decided = await desk.decisions.decide(
        visit, wanted.item, wanted.version, status, reason=reason, tell=telling(translators)
    )
    if desk.decided is None:
        await desk.card(card, said=changed_text(desk.t))
        return
    await desk.next(said=decided_text(desk.t, status, card.queued, reason), without=wanted.item)


def _is_as_seen(card: Card, wanted: Decide) -> bool:
    return card.can_decide and card.version == wanted.version


def build_router() -> Router:
    """Handlers of decisions; `handlers.review.review` lets in only who may."""
    router = Router(name=__name__)
    router.message.register(words_typed, Expecting("review_reason"))
    router.callback_query.register(decision_pressed, Decide.filter())
    router.callback_query.register(undo_pressed, UndoDecision.filter())
    router.callback_query.register(reopen_pressed, ReopenItem.filter())
    return router
