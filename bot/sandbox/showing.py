"""People and messages as JSON for the web page and for drivers in other processes."""

from __future__ import annotations

from bot.sandbox.people import Person
from bot.sandbox.screen import Screen
from bot.sandbox.wire import JSON


def person_json(person: Person) -> JSON:
    return {"id": person.id, "name": person.name, "language": person.user.language_code}


def screen_json(screen: Screen) -> JSON:
    """One message; ``buttons`` are rows, ``number`` is how press counts them."""
    body: JSON = {
        "message_id": screen.message_id,
        "date": screen.body["date"],
        "from_bot": screen.from_bot,
        "edited": screen.edited,
        "text": screen.text,
        "entities": list(screen.entities),
        "buttons": [
            [
                {
                    "text": button.text,
                    "number": screen.buttons.index(button) + 1,
                    "data": button.data,
                    "url": button.url,
                    "copied": button.copied,
                }
                for button in row
            ]
            for row in screen.rows
        ],
    }
    if screen.attachment is not None:
        photo = screen.body.get("photo")
        meant = photo[-1] if photo else screen.body["document"]
        body["attachment"] = {
            "file_id": meant["file_id"],
            "name": screen.attachment.name,
            "size": len(screen.attachment.data),
            "photo": bool(photo),
        }
    return body


def chat_json(person: Person) -> JSON:
    """Everything on the screen of ``person``."""
    return {
        "bot": {"name": person.world.bot.first_name, "username": person.world.bot.username},
        "person": person_json(person),
        "messages": [screen_json(screen) for screen in person.messages],
        "reply_buttons": person.reply_buttons,
        "notices": person.notices,
        "commands": person.commands,
        "last_event": person.world.events.last,
    }
