"""The methods of the Bot API the sandbox knows, by name in lower case."""

from __future__ import annotations

from collections.abc import Callable

from bot.sandbox.call import Call
from bot.sandbox.methods import chats, edits, media, messages, profile, queries, receiving
from bot.sandbox.world import World

Method = Callable[[World, Call], object]


def all_methods() -> dict[str, Method]:
    """Every method that answers at once; getUpdates waits and is served apart."""
    groups = (receiving, messages, media, edits, queries, chats, profile)
    return {name.lower(): method for group in groups for name, method in group.METHODS.items()}
