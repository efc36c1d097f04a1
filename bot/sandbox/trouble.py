"""Switching faults and limits on from another process."""

from __future__ import annotations

from bot.sandbox.call import Call
from bot.sandbox.world import World


def make_trouble(world: World, wish: Call) -> None:
    """Do what ``wish`` asks for by its ``kind``.

    refuse (code, description, retry_after), delay (seconds), lose_answer, lose_call: for the next
    ``times`` calls of ``method``; clear; limits (enabled). Raises ValueError for anything else.
    """
    kind = wish.text("kind")
    times = wish.whole("times", 1)
    method = wish.text("method")
    chat_id = wish.whole("chat_id") if wish.has("chat_id") else None
    faults = world.faults
    if kind == "refuse":
        retry_after = wish.whole("retry_after") if wish.has("retry_after") else None
        faults.refuse(
            wish.whole("code", 500),
            wish.text("description") or "Internal Server Error",
            times=times,
            method=method,
            chat_id=chat_id,
            retry_after=retry_after,
        )
    elif kind == "delay":
        faults.delay(float(wish.text("seconds") or 1), times=times, method=method)
    elif kind == "lose_answer":
        faults.lose_answer(times=times, method=method, chat_id=chat_id)
    elif kind == "lose_call":
        faults.lose_call(times=times, method=method, chat_id=chat_id)
    elif kind == "clear":
        faults.clear()
    elif kind == "limits":
        world.limits.enabled = wish.flag("enabled")
    else:
        raise ValueError(f"unknown trouble {kind!r}")
