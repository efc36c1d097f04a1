"""Audiences by what no column holds: the stage at which somebody stands, an item that is missing, how far they are.

They are worked out from every application with today's knowledge, so that the audience and what the applicant sees
agree.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final, get_args

from bot.clock import local_day
from bot.db.audience import WORKED_OUT, Audience, Is, leaves, replaced
from bot.db.pipeline import PipelineRepository, StoredApplicant
from bot.services.applications.checklist import ApplicationView, application_view
from bot.services.applications.transitions import ItemStatus
from bot.services.engine import Engine
from bot.services.review.pipeline import bucket_of
from knowledge.loading.item_schema import Stage

STATUSES: Final = ("begun", "handed_in", "accepted")
"""How far an application is: something is still to be done, all is handed in, all is accepted."""
STAGES: Final[tuple[str, ...]] = get_args(Stage)
AT_ONCE: Final = 25
"""Applications that are worked out before others get their turn."""


class AudienceSweep:
    """Replaces leaves that have to be worked out by the applications they hold for."""

    def __init__(self, engine: Callable[[], Engine], stored: PipelineRepository) -> None:
        self._engine = engine
        self._stored = stored

    async def worked_out(self, audience: Audience, now: datetime) -> Audience:
        """The same audience in terms of columns."""
        wanted = {leaf for leaf in leaves(audience) if leaf.field in WORKED_OUT}
        if not wanted:
            return audience
        found: dict[Is, list[str]] = {leaf: [] for leaf in wanted}
        for at, applicant in enumerate(await self._stored.applicants(), 1):
            view = self._view(applicant, now)
            for leaf in _holding(wanted, view):
                found[leaf].append(view.code)
            if at % AT_ONCE == 0:
                await asyncio.sleep(0)
        return replaced(audience, lambda leaf: Is("application", tuple(found[leaf])) if leaf in found else leaf)

    def _view(self, applicant: StoredApplicant, now: datetime) -> ApplicationView:
        stored, today = applicant.application, local_day(now, applicant.timezone)
        assessment = self._engine().of_answers(stored.answers, lang="en", today=today)
        return application_view(stored, assessment, is_open=False)


def _holding(wanted: Iterable[Is], view: ApplicationView) -> Iterable[Is]:
    values: dict[str, set[str | int]] = {
        "stage": {bucket_of(view)},
        "missing": missing(view),
        "status": {status_of(view)},
    }
    return (leaf for leaf in wanted if values[leaf.field] & set(leaf.values))


def missing(view: ApplicationView) -> set[str | int]:
    """Ids of the required documents that are not there, or were returned."""
    return {
        one.item.id for one in view.items if one.key.startswith("d:") and one.item.required and not one.status.is_done
    }


def status_of(view: ApplicationView) -> str:
    """How far an application is: one of `STATUSES`."""
    needed = [one.status for one in view.items if one.key.startswith("d:") and one.item.required]
    if any(not status.is_done or status is ItemStatus.HAVE for status in needed) or not needed:
        return "begun"
    settled = (ItemStatus.ACCEPTED, ItemStatus.WAIVED)
    return "accepted" if all(status in settled for status in needed) else "handed_in"
