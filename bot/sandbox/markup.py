"""Keyboards: their shape and limits, checked as Telegram checks them."""

from __future__ import annotations

from bot.sandbox.errors import RefusalError, bad_request
from bot.sandbox.wire import JSON

MOST_BUTTONS = 100
MOST_BUTTONS_A_ROW = 8
ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
    "disabled",
)


def checked(markup: object) -> JSON | None:
    """``markup`` if Telegram takes it; None if there is none.

    Raises RefusalError 400 with Telegram's description.
    """
    if markup is None or markup == {}:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        return {"inline_keyboard": _inline(markup["inline_keyboard"])}
    if "keyboard" in markup:
        _reply(markup)
        return markup
    if markup.get("remove_keyboard") or markup.get("force_reply"):
        return markup
    raise bad_request("object expected as reply markup")


def inline_only(markup: JSON | None) -> JSON | None:
    """For methods that take inline keyboards only, such as edits."""
    if markup is not None and "inline_keyboard" not in markup:
        raise bad_request("object expected as reply markup")
    return markup


def _rows(rows: object, field: str) -> list[list[object]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request(f'field "{field}" of the keyboard must be an Array of Arrays')
    if sum(map(len, rows)) > MOST_BUTTONS or any(len(row) > MOST_BUTTONS_A_ROW for row in rows):
        raise bad_request("reply markup is too long")
    return [row for row in rows if row]


def _inline(rows: object) -> list[list[JSON]]:
    return [[_inline_button(button) for button in row] for row in _rows(rows, "inline_keyboard")]


def _broken(reason: str) -> RefusalError:
    return bad_request(f"can't parse inline keyboard button: {reason}")


def _inline_button(button: object) -> JSON:
    if not isinstance(button, dict):
        raise _broken("InlineKeyboardButton must be an Object")
    if not isinstance(button.get("text"), str):
        raise _broken('Can\'t find field "text"')
    if not button["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty")
    actions = [name for name in ACTIONS if button.get(name) is not None]
    if not actions:
        raise _broken("Text buttons are unallowed in the inline keyboard")
    if "callback_data" in actions:
        _check_data(button["callback_data"])
    if "url" in actions:
        _check_address(str(button["url"]))
    if "copy_text" in actions:
        _check_copy(button["copy_text"])
    return button


def _check_data(data: object) -> None:
    if not isinstance(data, str):
        raise _broken('Field "callback_data" must be of type String')
    if not 1 <= len(data.encode("utf-8")) <= 64:
        raise bad_request("BUTTON_DATA_INVALID")


def _check_address(address: str) -> None:
    if not address.startswith(("http://", "https://", "tg://")) and "." not in address:
        raise bad_request(f"inline keyboard button URL '{address}' is invalid: Wrong HTTP URL")


def _check_copy(copied: object) -> None:
    text = copied.get("text") if isinstance(copied, dict) else None
    if not isinstance(text, str):
        raise _broken('Field "copy_text" must be of type Object')
    if not 1 <= len(text) <= 256:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _reply(markup: JSON) -> None:
    placeholder = markup.get("input_field_placeholder")
    if placeholder is not None and not 1 <= len(str(placeholder)) <= 64:
        raise bad_request("INPUT_FIELD_PLACEHOLDER_INVALID")
    for row in _rows(markup["keyboard"], "keyboard"):
        for button in row:
            text = button.get("text") if isinstance(button, dict) else button
            if not isinstance(text, str):
                raise bad_request("can't parse keyboard button: KeyboardButton must be a String or an Object")
            if not text.strip():
                raise bad_request("keyboard button text must be non-empty")


def texts(markup: JSON | None) -> list[list[str]]:
    """The labels of a reply keyboard, row by row."""
    if markup is None or "keyboard" not in markup:
        return []
    return [[button["text"] if isinstance(button, dict) else button for button in row] for row in markup["keyboard"]]
