"""The people, chats and messages of the sandbox."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.sandbox import markup
from bot.sandbox.wire import JSON


@dataclass
class User:
    """Somebody on Telegram, a person or a bot."""

    id: int
    first_name: str
    username: str = ""
    language_code: str = ""
    is_bot: bool = False
    deactivated: bool = False

    def as_json(self) -> JSON:
        body: JSON = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        if self.username:
            body["username"] = self.username
        if self.language_code:
            body["language_code"] = self.language_code
        return body


@dataclass
class Message:
    """One message; ``body`` is what the Bot API shows of it.

    ``revision`` counts changes in the whole sandbox, so that the message changed last has the
    highest one.
    """

    id: int
    chat_id: int
    date: float
    from_bot: bool
    body: JSON
    revision: int
    protected: bool = False

    @property
    def keyboard(self) -> list[list[JSON]]:
        rows: list[list[JSON]] = self.body.get("reply_markup", {}).get("inline_keyboard", [])
        return rows

    @property
    def text(self) -> str:
        return str(self.body.get("text", self.body.get("caption", "")))

    @property
    def entities(self) -> list[JSON]:
        found: list[JSON] = self.body.get("entities") or self.body.get("caption_entities") or []
        return found


@dataclass
class Chat:
    """A private chat (its id is the person's) or a group (its id is below zero)."""

    id: int
    type: str
    title: str = ""
    user: User | None = None
    members: dict[int, str] = field(default_factory=dict)
    bot_status: str = "member"
    started: bool = False
    migrated_to: int | None = None
    reply_markup: JSON | None = None
    messages: dict[int, Message] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    menu_button: JSON | None = None

    def as_json(self) -> JSON:
        if self.user is None:
            return {"id": self.id, "type": self.type, "title": self.title}
        body: JSON = {"id": self.id, "type": self.type, "first_name": self.user.first_name}
        if self.user.username:
            body["username"] = self.user.username
        return body

    @property
    def reply_buttons(self) -> list[list[str]]:
        """The labels of the reply keyboard in force."""
        return markup.texts(self.reply_markup)


@dataclass
class Callback:
    """A tap that waits for its answer."""

    id: str
    user_id: int
    message_id: int
    time: float
    answered: bool = False
    text: str = ""
    alert: bool = False


@dataclass
class InlineQuery:
    """An inline query and what the bot answered."""

    id: str
    user_id: int
    query: str
    time: float
    results: list[JSON] | None = None
    button: JSON = field(default_factory=dict)
    """The button above the results."""
