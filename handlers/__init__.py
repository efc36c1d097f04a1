"""Telegram in, screens out: thin handlers over the services."""

from __future__ import annotations

from aiogram import Router

from handlers import (
    applications,
    fallback,
    interview,
    lists,
    membership,
    nobody,
    privacy,
    result,
    review,
    settings,
    staff,
    staff_adding,
    start,
    words,
)
from handlers.groups import OwnButtons

ORDER = (
    nobody,
    staff,
    staff_adding,
    words,
    start,
    lists,
    applications,
    privacy,
    settings,
    review,
    membership,
    interview,
    result,
    fallback,
)
"""The order in which routers are asked: `nobody` takes what must not be kept, `words` takes its texts from those who
expect one, `lists` its buttons from `interview`, `fallback` what nobody took."""


def build_router() -> Router:
    """A fresh router with all handlers; it can be attached to one dispatcher."""
    router = Router(name=__name__)
    router.callback_query.outer_middleware(OwnButtons())
    router.include_routers(*(module.build_router() for module in ORDER))
    return router
