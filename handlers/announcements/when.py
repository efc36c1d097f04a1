"""When a draft starts, and who may join later."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.services.announcements.draft import Draft
from bot.services.announcements.times import read_moment
from handlers.announcements.callbacks import When
from handlers.announcements.showing import AT_DESK, Awaits, Desk
from handlers.screens.announcements.announce import ask_moment_screen, when_screen


async def when(query: CallbackQuery, callback_data: When, *, desk: Desk) -> None:
    """The choice, and what needs no typing."""
    draft = await desk.draft(callback_data.code)
    if callback_data.do in ("type", "joins"):
        asked = ask_moment_screen(desk.t, draft, desk.zone, joins=callback_data.do == "joins")
        await desk.show(query, asked, then=f"{draft.code} {callback_data.do}")
        return
    changes: dict[str, dict[str, Any]] = {
        "now": {"due": None},
        "closed": {"joins_until": None},
        "again": {"on_unknown": "again"},
        "leave": {"on_unknown": "leave"},
    }
    if callback_data.do in changes:
        draft = await desk.announcements.change(desk.visit, draft.code, **changes[callback_data.do])
    await desk.show(query, when_screen(desk.t, draft, desk.zone))


async def moment_given(message: Message, *, desk: Desk, code: str, part: str) -> None:
    """A day and a time, where the author is."""
    draft = await desk.draft(code)
    moment = read_moment(message.text or "", desk.visit.now, desk.zone)
    if moment is None or moment <= desk.visit.now or not _fits(draft, moment, part):
        screen = ask_moment_screen(desk.t, draft, desk.zone, joins=part == "joins", again=True)
        await desk.show(message, screen, then=f"{code} {part}")
        return
    changes: dict[str, Any] = {"joins_until" if part == "joins" else "due": moment}
    draft = await desk.announcements.change(desk.visit, code, **changes)
    await desk.show(message, when_screen(desk.t, draft, desk.zone))


def _fits(draft: Draft, moment: datetime, part: str) -> bool:
    """Whether people can join after the start and not before."""
    due, joins = draft.stored.due, draft.stored.joins_until
    return due is None or moment > due if part == "joins" else joins is None or moment < joins


def build_router() -> Router:
    """Handlers of times, within those of a draft."""
    router = Router(name=__name__)
    router.callback_query.register(when, When.filter(), AT_DESK)
    router.message.register(moment_given, Awaits("type", "joins"), AT_DESK)
    return router
