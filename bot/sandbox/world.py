"""Everything the pretended Telegram knows, and the few ways it changes."""

from __future__ import annotations

from bot.sandbox.bell import Bell
from bot.sandbox.calls import CallLog
from bot.sandbox.clock import Clock
from bot.sandbox.entities import with_detected
from bot.sandbox.errors import RefusalError, bad_request, forbidden, migrated
from bot.sandbox.events import Events
from bot.sandbox.faults import Faults
from bot.sandbox.files import Files
from bot.sandbox.limits import Limits
from bot.sandbox.profile import Profile
from bot.sandbox.state import Callback, Chat, InlineQuery, Message, User
from bot.sandbox.updates import Updates
from bot.sandbox.wire import JSON

ANSWER_WITHIN = 15.0
"""Seconds in which a tap can be answered. Telegram documents no figure; people see about this."""


class World:
    """People, chats, files, waiting updates and switches of one bot's Telegram."""

    def __init__(self, clock: Clock, bot: User, calls: CallLog, first_number: int = 1) -> None:
        self.clock = clock
        self.bot = bot
        self.bell = Bell()
        self.users: dict[int, User] = {}
        self.chats: dict[int, Chat] = {}
        self.files = Files()
        self.profile = Profile()
        self.updates = Updates(clock, self.bell, first_number)
        self.events = Events(self.bell)
        self.limits = Limits(clock)
        self.faults = Faults()
        self.calls = calls
        self.callbacks: dict[str, Callback] = {}
        self.inline_queries: dict[str, InlineQuery] = {}
        self.webhook: JSON | None = None
        self._numbers: dict[str, int] = {"message": first_number - 1, "callback": first_number}

    def number(self, series: str, first: int = 1) -> int:
        """The next number of a series, counted from ``first``."""
        self._numbers[series] = self._numbers.get(series, first - 1) + 1
        return self._numbers[series]

    def chat(self, chat_id: object) -> Chat:
        """The chat of this id or @name.

        Raises RefusalError 400 "chat not found" and, for a group that became a supergroup, the new id.
        """
        chat = self.chats.get(_number(chat_id) or self._named(str(chat_id)))
        if chat is None or (chat.type == "private" and not chat.started):
            raise bad_request("chat not found")
        if chat.migrated_to is not None:
            raise migrated(chat.migrated_to)
        return chat

    def reachable(self, chat_id: object) -> Chat:
        """The chat, if the bot may write there. Raises RefusalError 400 or 403 if not."""
        chat = self.chat(chat_id)
        if chat.user is not None and chat.user.deactivated:
            raise forbidden("user is deactivated")
        if chat.bot_status == "kicked":
            raise _kicked(chat)
        if chat.bot_status == "left":
            raise forbidden(f"bot is not a member of the {chat.type} chat")
        return chat

    def _named(self, name: str) -> int:
        for user in self.users.values():
            if user.username and name.lower() == f"@{user.username.lower()}":
                return user.id
        return 0

    def post(self, chat: Chat, sender: User, content: JSON, *, protected: bool = False) -> Message:
        """Put a message into a chat, as ``sender``; the bot is told by the caller if need be."""
        number = self.number("message")
        body: JSON = {
            "message_id": number,
            "from": sender.as_json(),
            "chat": chat.as_json(),
            "date": int(self.clock.now()),
            **content,
        }
        message = Message(
            number,
            chat.id,
            self.clock.now(),
            sender is self.bot,
            body,
            self.number("revision"),
            protected,
        )
        chat.messages[number] = message
        self.events.add("message", chat.id, body)
        return message

    def change(self, message: Message, body: JSON) -> None:
        """Replace the content of a message."""
        message.body = body
        message.revision = self.number("revision")
        self.events.add("edit", message.chat_id, body)

    def delete(self, message: Message) -> None:
        self.chats[message.chat_id].messages.pop(message.id, None)
        self.events.add("delete", message.chat_id, {"message_id": message.id})

    def tell(self, kind: str, content: JSON, *, chat_id: int = 0, user_id: int = 0) -> int | None:
        """Queue an update; messages keep their order by chat, all others by user."""
        queue = f"chat {chat_id}" if chat_id else f"user {user_id}"
        return self.updates.add(kind, content, queue)

    def person_text(self, text: str) -> JSON:
        """The content of a text message a person typed."""
        entities = with_detected(text, [])
        return {"text": text, "entities": entities} if entities else {"text": text}


def _number(chat_id: object) -> int:
    try:
        return int(str(chat_id))
    except ValueError:
        return 0


def _kicked(chat: Chat) -> RefusalError:
    if chat.type == "private":
        return forbidden("bot was blocked by the user")
    return forbidden(f"bot was kicked from the {chat.type} chat")
