"""What a person sees: messages with their text and buttons."""

from __future__ import annotations

from dataclasses import dataclass

from bot.sandbox.files import Files
from bot.sandbox.state import Message
from bot.sandbox.wire import JSON


@dataclass(frozen=True)
class Button:
    """An inline button of a message. Only one of data, url and copied is filled."""

    text: str
    message_id: int
    row: int
    data: str = ""
    url: str = ""
    copied: str = ""


@dataclass(frozen=True)
class Attachment:
    """A file in a message."""

    name: str
    data: bytes
    mime: str


@dataclass(frozen=True)
class Screen:
    """One message as it is seen; ``text`` is the text or the caption, without markup."""

    message_id: int
    text: str
    entities: tuple[JSON, ...]
    buttons: tuple[Button, ...]
    from_bot: bool
    edited: bool
    attachment: Attachment | None
    body: JSON

    @property
    def labels(self) -> list[str]:
        return [button.text for button in self.buttons]

    @property
    def rows(self) -> list[list[Button]]:
        """The buttons as they stand below the message."""
        numbers = sorted({button.row for button in self.buttons})
        return [[b for b in self.buttons if b.row == number] for number in numbers]


def screen_of(message: Message, files: Files) -> Screen:
    return Screen(
        message_id=message.id,
        text=message.text,
        entities=tuple(message.entities),
        buttons=buttons_of(message),
        from_bot=message.from_bot,
        edited="edit_date" in message.body,
        attachment=_attachment(message.body, files),
        body=message.body,
    )


def buttons_of(message: Message) -> tuple[Button, ...]:
    return tuple(
        Button(
            text=button["text"],
            message_id=message.id,
            row=row,
            data=button.get("callback_data", ""),
            url=button.get("url", ""),
            copied=button.get("copy_text", {}).get("text", ""),
        )
        for row, buttons in enumerate(message.keyboard)
        for button in buttons
    )


def _attachment(body: JSON, files: Files) -> Attachment | None:
    meant = body.get("document") or (body["photo"][-1] if body.get("photo") else None)
    stored = files.by_id(meant["file_id"]) if meant else None
    return Attachment(stored.name, stored.data, stored.mime) if stored else None
