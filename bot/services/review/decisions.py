"""Deciding about an item, and taking it back for a moment.

The applicant hears of it a minute later: until then the message waits in the ledger, and a decision that is undone is
never heard of. What is decided about one application in the meantime goes into the same message.

Whatever a decision rests on is looked at twice: before the reply, so that it can be refused in words, and in the
transaction that writes it. If it has changed in between, the update is handled again and refused in words then.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db import ledger
from bot.db.ledger import Outgoing
from bot.db.review import StoredItem, content_of, lock, move
from bot.db.review_decisions import (
    DecisionRepository,
    StoredDecision,
    decisions_told_with,
    latest_message,
    mark_undone,
    message_about,
    record_decision,
    release,
    tell_with,
)
from bot.errors import NothingToReview, Overtaken
from bot.services.applications.checklist import key_of
from bot.services.applications.transitions import Actor, ItemStatus, require_move
from bot.services.engine import Engine
from bot.services.review.cards import Card, Told, ToldItem, version_of
from bot.services.review.reasons import REOPENED, UNDONE, Reason
from bot.services.review.review import ReviewService
from bot.services.staff.staff import audit
from bot.services.visit import Lang, Visit

UNDO: Final = timedelta(minutes=1)
"""For how long a decision can be undone, and how long the applicant hears nothing of it."""
LONGEST_WAIT: Final = timedelta(minutes=5)
"""Since the first decision of a message: later ones go into another, or it would never be sent."""

Tell = Callable[[Told], dict[str, Any]]
"""Makes the parameters of `sendMessage` from what is to be told."""


@dataclass(frozen=True)
class Undoable:
    """What the reviewer decided last and may still undo."""

    decision_id: int
    status: ItemStatus
    text: str
    """The item, in the reviewer's language."""


class DecisionService:
    """Use cases of decisions. Whoever calls them has made sure that the person may review."""

    def __init__(self, review: ReviewService, engine: Engine, stored: DecisionRepository) -> None:
        self._review = review
        self._engine = engine
        self._stored = stored

    async def decide(
        self, visit: Visit, item_id: int, version: str, status: ItemStatus, *, reason: Reason | None, tell: Tell
    ) -> tuple[Card, Undoable | None]:
        """Accept, return or waive an item. Returns its card, and the decision; None if nothing is decided, because the
        item is not (any more) what the reviewer has seen.

        Raises:
            NothingToReview, OwnItem: as `ReviewService.open`.
            IllegalMove: `status` is no decision.
        """
        card = await self._review.open(visit, item_id)
        if not (card.can_decide and card.version == version):
            return card, None
        visit.writes.pop("claim", None)
        require_move(Actor.STAFF, ItemStatus.SUBMITTED, status)
        item = await self._review.item(visit, item_id)
        reviewer_id = visit.person.id
        stored_reason = reason.stored if reason else None

        async def write(connection: AsyncConnection) -> None:
            found = await lock(connection, item_id)
            if found is None or found.status != ItemStatus.SUBMITTED or not _is_free(found, visit):
                raise Overtaken
            if version_of(await content_of(connection, item_id)) != version:
                raise Overtaken
            if not await move(connection, found, status, actor_id=reviewer_id, reason=stored_reason, now=visit.now):
                raise Overtaken
            await release(connection, reviewer_id)
            key = await self._message(connection, visit, found)
            await record_decision(
                connection,
                {
                    "id": visit.seq,
                    "item_id": item_id,
                    "reviewer_id": reviewer_id,
                    "from_status": found.status,
                    "to_status": status.value,
                    "reason": stored_reason,
                    "waiting_since": found.updated_at,
                    "at": visit.now,
                    "told_with": key,
                },
            )
            await self._tell(connection, visit, key, tell)

        visit.writes[f"decision {item_id}"] = write
        audit(visit, f"item {status.value}", subject=item.code, item=item.item, reason=reason.code if reason else None)
        return card, Undoable(visit.seq, status, card.queued.line.text)

    async def undoable(self, visit: Visit) -> Undoable | None:
        """What can still be undone by the reviewer; None if there is nothing."""
        decision = await self._stored.latest_decision(visit.person.id, since=visit.now - UNDO)
        if decision is None:
            return None
        try:
            item = await self._review.item(visit, decision.item_id)
            queued = self._review.queued(visit, item)
        except NothingToReview:
            return None
        if item.status != decision.to_status:
            return None
        return Undoable(decision.id, ItemStatus(decision.to_status), queued.line.text)

    async def undo(self, visit: Visit, decision_id: int, *, tell: Tell) -> tuple[Card, bool]:
        """Take a decision of one's own back: the item waits again where it was, before the same reviewer, and the
        applicant hears nothing. Returns its card, and whether that was so; it is not if a minute has passed, or if
        somebody has moved the item on.

        Raises:
            NothingToReview: there is no such decision of this reviewer.
            OwnItem: as `ReviewService.open`.
        """
        decision = await self._stored.decision(decision_id)
        if decision is None or decision.reviewer_id != visit.person.id:
            raise NothingToReview
        item = await self._review.item(visit, decision.item_id)
        now = await self._review.card(self._review.queued(visit, item))
        if not _can_undo(decision, item, visit) or await self._stored.is_told(decision.told_with):
            return now, False

        async def write(connection: AsyncConnection) -> None:
            found = await lock(connection, decision.item_id)
            if found is None or not _can_undo(decision, found, visit):
                raise Overtaken
            if not await mark_undone(connection, decision_id, visit.now):
                raise Overtaken
            if not await ledger.withdraw(connection, decision.told_with, visit.now):
                raise Overtaken
            await self._reopen(connection, visit, found, ItemStatus(decision.from_status), decision)
            await self._tell_rest(connection, visit, found, decision.told_with, tell)

        visit.writes[f"undo {decision_id}"] = write
        audit(visit, "decision undone", subject=item.code, item=item.item)
        as_before = replace(item, status=decision.from_status, updated_at=decision.waiting_since)
        queued = self._review.queued(visit, as_before)
        return await self._review.claimed(visit, queued, before=decision.at), True

    async def reopen(self, visit: Visit, item_id: int, *, tell: Tell) -> Card:
        """Decide anew about an item that is decided: it waits again, before this reviewer. One that waits, or that the
        applicant has moved on, is shown as it is. The applicant hears of it when it is decided.

        Raises:
            NothingToReview, OwnItem: as `ReviewService.open`.
        """
        item = await self._review.item(visit, item_id)
        if ItemStatus(item.status) not in (ItemStatus.ACCEPTED, ItemStatus.RETURNED, ItemStatus.WAIVED):
            return await self._review.open(visit, item_id)

        async def write(connection: AsyncConnection) -> None:
            found = await lock(connection, item_id)
            if found is None or found.status != item.status:
                raise Overtaken
            await self._reopen(connection, visit, found, ItemStatus.SUBMITTED, None)
            told_with = await message_about(connection, item_id)
            if told_with is not None and await ledger.withdraw(connection, told_with, visit.now):
                await self._tell_rest(connection, visit, found, told_with, tell)

        visit.writes[f"reopen {item_id}"] = write
        audit(visit, "item reopened", subject=item.code, item=item.item, was=item.status)
        as_it_will_be = replace(item, status=ItemStatus.SUBMITTED.value, updated_at=visit.now)
        return await self._review.claimed(visit, self._review.queued(visit, as_it_will_be))

    async def _reopen(
        self,
        connection: AsyncConnection,
        visit: Visit,
        item: StoredItem,
        status: ItemStatus,
        decision: StoredDecision | None,
    ) -> None:
        require_move(Actor.STAFF, ItemStatus(item.status), status, undo=True)
        since = decision.waiting_since if decision else None
        reason = UNDONE if decision else REOPENED
        if not await move(
            connection, item, status, actor_id=visit.person.id, reason=reason, now=visit.now, waiting_since=since
        ):
            raise Overtaken

    async def _message(self, connection: AsyncConnection, visit: Visit, item: StoredItem) -> str:
        """The key of a message that takes the place of the one that waits for this application, if one does."""
        key = _key(visit, item)
        waiting = await latest_message(connection, item, since=visit.now - LONGEST_WAIT)
        if waiting is not None and await ledger.withdraw(connection, waiting, visit.now):
            await tell_with(connection, waiting, key)
        return key

    async def _tell_rest(
        self, connection: AsyncConnection, visit: Visit, item: StoredItem, before: str, tell: Tell
    ) -> None:
        """In place of a message that was taken back, tell what still holds of it."""
        key = _key(visit, item)
        if await tell_with(connection, before, key):
            await self._tell(connection, visit, key, tell)

    async def _tell(self, connection: AsyncConnection, visit: Visit, key: str, tell: Tell) -> None:
        """Let a message with all the decisions of this key wait until the last of them cannot be undone."""
        decisions = await decisions_told_with(connection, key)
        if not decisions:
            return
        item = decisions[0][1]
        told = Told(
            person_id=item.person_id,
            language=_language(item),
            code=item.code,
            application=item.name,
            items=tuple(self._told(visit, one, about) for one, about in decisions),
        )
        due = max(one.at for one, _ in decisions) + UNDO
        message = Outgoing(key, item.person_id, "review", "sendMessage", tell(told), due=due)
        await ledger.put(connection, [message], visit.now)

    def _told(self, visit: Visit, decision: StoredDecision, item: StoredItem) -> ToldItem:
        assessment = self._engine.of_answers(item.answers, lang=_language(item), today=visit.today)
        line = next((one for one in assessment if (one.list, one.id) == (item.list_name, item.item)), None)
        return ToldItem(
            key=key_of(item.list_name, item.item),
            text=line.text if line else item.item,
            status=ItemStatus(decision.to_status),
            reason=Reason.read(decision.reason),
        )


def _key(visit: Visit, item: StoredItem) -> str:
    """Every update that decides something puts a message of its own."""
    return f"review:{item.code}:{visit.seq}"


def _can_undo(decision: StoredDecision, item: StoredItem, visit: Visit) -> bool:
    in_time = visit.now < decision.at + UNDO
    return in_time and decision.undone_at is None and item.status == decision.to_status


def _is_free(item: StoredItem, visit: Visit) -> bool:
    """Whether nobody else has the item before them, and it is not the reviewer's own."""
    if item.person_id == visit.person.id:
        return False
    taken = item.claimed_by is not None and item.claimed_until is not None and item.claimed_until > visit.now
    return not taken or item.claimed_by == visit.person.id


def _language(item: StoredItem) -> Lang:
    return "id" if item.language == "id" else "en"
