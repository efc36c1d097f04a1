"""What a person puts into a chat: texts, files, forwarded messages, corrections."""

from __future__ import annotations

from collections.abc import Sequence

from bot.sandbox.call import Upload
from bot.sandbox.group import Group
from bot.sandbox.methods.media import keep_document, keep_photo
from bot.sandbox.methods.messages import origin
from bot.sandbox.methods.sending import LONGEST_TEXT
from bot.sandbox.screen import Screen
from bot.sandbox.state import Chat, Message, User
from bot.sandbox.view import View
from bot.sandbox.wire import JSON
from bot.sandbox.world import World


class CannotDoError(Exception):
    """A person wanted something Telegram does not let people do."""


class Writer(View):
    """Somebody who writes, in the private chat with the bot unless a group is named."""

    def __init__(self, world: World, user: User, chat: Chat) -> None:
        super().__init__(world, chat)
        self.user = user

    @property
    def id(self) -> int:
        return self.user.id

    @property
    def name(self) -> str:
        return self.user.first_name

    async def say(self, text: str, *, group: Group | None = None, reply_to: int = 0) -> int:
        """Send a text; the id of the message. A text that is too long goes as several, as from a phone.

        Raises CannotDoError for an empty text.
        """
        words = text.strip()
        if not words:
            raise CannotDoError("an empty message cannot be sent")
        pieces = [words[at : at + LONGEST_TEXT] for at in range(0, len(words), LONGEST_TEXT)]
        return [self._send(self.world.person_text(piece), group, reply_to) for piece in pieces][-1]

    async def start(self, payload: str = "") -> int:
        """Open the bot, perhaps by a deep link ``?start=payload``."""
        return await self.say(f"/start {payload}".strip())

    async def send_document(
        self,
        name: str,
        data: bytes,
        *,
        mime: str = "",
        caption: str = "",
        group: Group | None = None,
    ) -> int:
        document = keep_document(self.world, Upload(name, data, mime)).as_json()
        return self._send({"document": document} | _caption(caption), group)

    async def send_photo(self, data: bytes, *, caption: str = "", group: Group | None = None) -> int:
        photo = keep_photo(self.world, Upload("photo.jpg", data, "image/jpeg"))
        return self._send({"photo": photo} | _caption(caption), group)

    async def send_album(
        self, files: Sequence[tuple[str, bytes]], *, caption: str = "", as_photos: bool = False
    ) -> list[int]:
        """Several documents or photos as one album: single messages with one media_group_id."""
        album = {"media_group_id": str(self.world.number("album", 13_000_000_001))}
        contents: list[JSON] = []
        for name, data in files:
            if as_photos:
                contents.append({"photo": keep_photo(self.world, Upload(name, data, "image/jpeg"))})
            else:
                contents.append({"document": keep_document(self.world, Upload(name, data, "")).as_json()})
        return [
            self._send(content | album | (_caption(caption) if at == 0 else {}), None)
            for at, content in enumerate(contents)
        ]

    async def forward(self, message: Screen | int, *, group: Group | None = None) -> int:
        """Forward a message of the private chat into it or into a group."""
        number = message if isinstance(message, int) else message.message_id
        original = self.chat.messages[number]
        if original.protected:
            raise CannotDoError("this message is protected and cannot be forwarded")
        kept = ("text", "entities", "caption", "caption_entities", "document", "photo")
        content = {key: original.body[key] for key in kept if key in original.body}
        return self._send(content | {"forward_origin": origin(original)}, group)

    async def forward_words(self, author: User, text: str, *, hidden: bool = False) -> int:
        """Forward what somebody else wrote in another chat. ``hidden``: their account is not shown with it."""
        who: JSON = {"type": "user", "sender_user": author.as_json()}
        if hidden:
            who = {"type": "hidden_user", "sender_user_name": author.first_name}
        stated = {"forward_origin": who | {"date": int(self.world.clock.now())}}
        return self._send(self.world.person_text(text) | stated, None)

    async def edit(self, message_id: int, text: str) -> None:
        """Change a text sent before."""
        message = self.chat.messages[message_id]
        body = {k: v for k, v in message.body.items() if k not in ("text", "entities")}
        body |= self.world.person_text(text) | {"edit_date": int(self.world.clock.now())}
        self.world.change(message, body)
        self.world.tell("edited_message", body, chat_id=self.chat.id)

    def _must_not_block(self, chat: Chat) -> None:
        if chat.bot_status == "kicked" or self.user.deactivated:
            raise CannotDoError(f"{self.name} has blocked the bot or left Telegram")

    def _send(self, content: JSON, group: Group | None, reply_to: int = 0) -> int:
        chat = group.chat if group else self.chat
        self._must_not_block(chat)
        chat.started = True
        original = chat.messages.get(reply_to)
        if original is not None:
            content = content | {"reply_to_message": original.body}
        message = self.world.post(chat, self.user, content)
        if group is None or self._bot_hears(chat, message, original):
            self.world.tell("message", message.body, chat_id=chat.id)
        return message.id

    def _bot_hears(self, chat: Chat, message: Message, original: Message | None) -> bool:
        """Privacy mode: in groups a bot sees commands and answers to its own messages only."""
        if chat.bot_status == "administrator" or (original is not None and original.from_bot):
            return True
        words = message.text.split()
        if not words or not words[0].startswith("/"):
            return False
        name = words[0].partition("@")[2]
        return not name or name.lower() == self.world.bot.username.lower()


def _caption(text: str) -> JSON:
    return {"caption": text} if text else {}
