"""Telegram in, screens out: thin handlers over the services."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from aiogram import Router

ORDER = (
    "start",
    "lists",
    "applications",
    "privacy",
    "membership",
    "interview",
    "result",
    "fallback",
)
"""The order in which routers are asked. `fallback` takes what nobody took, so it stands last."""


def build_router() -> Router:
    """A fresh router with all handlers; it can be attached to one dispatcher."""
    router = Router(name=__name__)
    for name in ORDER:
        if find_spec(f"{__name__}.{name}"):
            router.include_router(import_module(f"{__name__}.{name}").build_router())
    return router
