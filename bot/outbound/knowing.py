"""The knowledge at work in the worker: read when the first message asks for it, once for all that ask."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.services.engine import Engine


@cache
def engine() -> Engine:
    """Takes a second the first time."""
    from bot.services.engine import Engine
    from knowledge import load

    return Engine(load())
