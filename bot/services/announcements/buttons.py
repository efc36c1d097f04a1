"""The buttons below an announcement, as JSON of the Bot API. What they carry is unpacked by the handlers of topics and
applications; a test holds the two together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.services.announcements.content import Button
from bot.services.visit import Lang


def keyboard(buttons: Sequence[Button], lang: Lang) -> dict[str, Any] | None:
    """The buttons below an announcement, one a row; None if there are none."""
    rows = [[{"text": _label(button, lang), **_leads_to(button, lang)}] for button in buttons]
    return {"inline_keyboard": rows} if rows else None


def _label(button: Button, lang: Lang) -> str:
    return button.label.get(lang) or next(iter(button.label.values()))


def _leads_to(button: Button, lang: Lang) -> dict[str, str]:
    match button.kind:
        case "link":
            return {"url": button.value}
        case "topic":
            return {"callback_data": f"o1:{button.value}:{lang}::"}
        case "status":
            return {"callback_data": "p2:0"}
