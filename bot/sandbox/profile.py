"""What the bot shows of itself: commands, name, descriptions, menu button."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.sandbox.errors import bad_request
from bot.sandbox.wire import JSON

LONGEST = {"name": 64, "description": 512, "short_description": 120}
SCOPES = (
    "default",
    "all_private_chats",
    "all_group_chats",
    "all_chat_administrators",
    "chat",
    "chat_administrators",
    "chat_member",
)


def scope_key(scope: object) -> tuple[str, str, str]:
    """A BotCommandScope as a key. Raises RefusalError 400 if it is none."""
    if scope is None:
        return ("default", "", "")
    if not isinstance(scope, dict) or scope.get("type") not in SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    return (str(scope["type"]), str(scope.get("chat_id", "")), str(scope.get("user_id", "")))


@dataclass
class Profile:
    """Texts by field and language ("" is for everybody else), commands by scope and language."""

    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    commands: dict[tuple[tuple[str, str, str], str], list[JSON]] = field(default_factory=dict)
    menu_button: JSON = field(default_factory=lambda: {"type": "commands"})

    def set_text(self, name: str, language: str, text: str) -> None:
        """Raises RefusalError 400 for a text that is too long."""
        if len(text) > LONGEST[name]:
            raise bad_request(f"bot {name.replace('_', ' ')} is too long")
        if text:
            self.texts[name, language] = text
        else:
            self.texts.pop((name, language), None)

    def text(self, name: str, language: str) -> str:
        return self.texts.get((name, language), self.texts.get((name, ""), ""))

    def commands_for(self, chat_id: int, language: str) -> list[JSON]:
        """The list a person sees in the private chat, chosen in Telegram's order."""
        for scope in (("chat", str(chat_id), ""), ("all_private_chats", "", ""), ("default", "", "")):
            for code in (language, ""):
                found = self.commands.get((scope, code))
                if found:
                    return found
        return []
