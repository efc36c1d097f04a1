"""Accepting, returning and waiving an item, with a reason where one is needed; taking a decision back."""

from __future__ import annotations

from typing import Any

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.i18n import Translators
from bot.services.review.cards import Card, Told
from bot.services.review.decisions import Tell
from bot.services.review.reasons import LONGEST_WORDS, OTHER, REASONS, Reason
from bot.services.visit import Expects
from handlers.filters import Expecting
from handlers.outgoing import outgoing
from handlers.replies import show
from handlers.review.callbacks import DECISION_LETTERS, Decide, ReopenItem, UndoDecision
from handlers.review.showing import AT_DESK, Desk
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


async def decision_pressed(
    query: CallbackQuery, callback_data: Decide, *, desk: Desk, translators: Translators
) -> None:
    """A decision, or the question why."""
    visit, t = desk.visit, desk.t
    visit.memory.expects = None
    reasons, code = REASONS[DECISION_LETTERS[callback_data.decision]], callback_data.reason
    if not reasons or (code in reasons and code != OTHER):
        reason = Reason(code) if reasons else None
        await _decide(query, desk, callback_data, reason, translators)
        return
    card = await desk.review.open(visit, callback_data.item)
    if not _is_as_seen(card, callback_data):
        await desk.card(query, card, said=changed_text(t))
    elif code == OTHER:
        visit.memory.expects = Expects("review_reason", callback_data.pack())
        await show(query, visit, words_screen(t, card, callback_data.decision))
    else:
        await show(query, visit, reasons_screen(t, card, callback_data.decision))


async def words_typed(message: Message, *, desk: Desk, translators: Translators) -> None:
    """The reason was typed. One that does not do is asked for again."""
    visit, t = desk.visit, desk.t
    wanted = Decide.unpack(visit.memory.expects.about if visit.memory.expects else "")
    words = " ".join((message.text or "").split())
    if not 1 <= len(words) <= LONGEST_WORDS:
        card = await desk.review.open(visit, wanted.item)
        await show(message, visit, words_screen(t, card, wanted.decision, trouble=too_long_text(t)))
        return
    visit.memory.expects = None
    await _decide(message, desk, wanted, Reason(OTHER, words), translators)


async def undo_pressed(
    query: CallbackQuery, callback_data: UndoDecision, *, desk: Desk, translators: Translators
) -> None:
    """Take a decision back, or say that it is too late."""
    visit, t = desk.visit, desk.t
    visit.memory.expects = None
    card, desk.undone = await desk.decisions.undo(visit, callback_data.decision, tell=telling(translators))
    await desk.card(query, card, said=undone_text(t) if desk.undone else too_late_text(t))


async def reopen_pressed(
    query: CallbackQuery, callback_data: ReopenItem, *, desk: Desk, translators: Translators
) -> None:
    """Decide anew."""
    desk.visit.memory.expects = None
    card = await desk.decisions.reopen(desk.visit, callback_data.item, tell=telling(translators))
    await desk.card(query, card)


def telling(translators: Translators) -> Tell:
    """Writes to applicants in their language."""

    def tell(told: Told) -> dict[str, Any]:
        return outgoing(told_screen(translators[told.language], told))[1]

    return tell


async def _decide(
    event: Message | CallbackQuery, desk: Desk, wanted: Decide, reason: Reason | None, translators: Translators
) -> None:
    """Decide and go on with the next item, unless the item is not (any more) what the reviewer has seen."""
    visit, status = desk.visit, DECISION_LETTERS[wanted.decision]
    card, desk.decided = await desk.decisions.decide(
        visit, wanted.item, wanted.version, status, reason=reason, tell=telling(translators)
    )
    if desk.decided is None:
        await desk.card(event, card, said=changed_text(desk.t))
        return
    await desk.next(event, said=decided_text(desk.t, status, card.queued, reason), without=wanted.item)


def _is_as_seen(card: Card, wanted: Decide) -> bool:
    return card.can_decide and card.version == wanted.version


def build_router() -> Router:
    """Handlers of decisions; `handlers.review.queue` lets in only who may."""
    router = Router(name=__name__)
    router.message.register(words_typed, Expecting("review_reason"), AT_DESK)
    router.callback_query.register(decision_pressed, Decide.filter(), AT_DESK)
    router.callback_query.register(undo_pressed, UndoDecision.filter(), AT_DESK)
    router.callback_query.register(reopen_pressed, ReopenItem.filter(), AT_DESK)
    return router
