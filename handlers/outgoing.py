"""A screen for somebody else: the same message, as the parameters that the ledger keeps."""

from __future__ import annotations

from typing import Any

from handlers.screens.screen import Screen


def outgoing(screen: Screen) -> tuple[str, dict[str, Any]]:
    """Method of the Bot API and its parameters, without the chat: what `Outgoing` takes."""
    parameters: dict[str, Any] = {
        "text": screen.text,
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    if screen.keyboard is not None:
        parameters["reply_markup"] = screen.keyboard.model_dump(mode="json", exclude_none=True)
    return "sendMessage", parameters
