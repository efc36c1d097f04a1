"""People and groups: what they do becomes updates for the bot."""

from __future__ import annotations

from collections.abc import Sequence

from bot.sandbox import inline
from bot.sandbox.call import Upload
from bot.sandbox.methods.chats import member
from bot.sandbox.methods.media import keep_document, keep_photo
from bot.sandbox.methods.messages import origin
from bot.sandbox.screen import Button, Screen
from bot.sandbox.state import Callback, Chat, Message, User
from bot.sandbox.view import NotOnScreenError, View
from bot.sandbox.wire import JSON
from bot.sandbox.world import World


class CannotDoError(Exception):
    """A person wanted something Telegram does not let people do."""


class Group(View):
    """A group with the bot in it."""

    @property
    def id(self) -> int:
        return self.chat.id

    async def upgrade(self) -> Group:
        """Become a supergroup with a new id; the old one refuses from now on."""
        old = self.chat
        new = Chat(
            -1_000_000_000_000 - self.world.number("supergroup", 2_000_000_001),
            "supergroup",
            old.title,
            members=old.members,
            bot_status=old.bot_status,
            started=True,
        )
        self.world.chats[new.id] = new
        old.migrated_to = new.id
        for chat, content in (
            (old, {"migrate_to_chat_id": new.id}),
            (new, {"migrate_from_chat_id": old.id}),
        ):
            body = self.world.post(chat, next(iter(self._people())), content).body
            self.world.tell("message", body, chat_id=chat.id)
        return Group(self.world, new)

    def _people(self) -> list[User]:
        return [self.world.users[number] for number in self.chat.members]


class Person(View):
    """Somebody with a phone, in the private chat with the bot unless a group is named."""

    def __init__(self, world: World, user: User, chat: Chat) -> None:
        super().__init__(world, chat)
        self.user = user

    @property
    def id(self) -> int:
        return self.user.id

    @property
    def name(self) -> str:
        return self.user.first_name

    @property
    def notices(self) -> list[str]:
        """The texts the bot showed in answer to taps, oldest first."""
        return [t.text for t in self.world.callbacks.values() if t.user_id == self.id and t.text]

    @property
    def commands(self) -> list[JSON]:
        """The commands in the menu of the private chat, in the language of the phone."""
        return self.world.profile.commands_for(self.id, self.user.language_code[:2])

    async def say(self, text: str, *, group: Group | None = None, reply_to: int = 0) -> int:
        """Send a text; the id of the message."""
        return self._send(self.world.person_text(text), group, reply_to)

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

    async def send_album(self, files: Sequence[tuple[str, bytes]], *, caption: str = "") -> list[int]:
        """Several documents as one album: single messages with one media_group_id."""
        album = {"media_group_id": str(self.world.number("album", 13_000_000_001))}
        sent = []
        for at, (name, data) in enumerate(files):
            document = keep_document(self.world, Upload(name, data, "")).as_json()
            words = _caption(caption) if at == 0 else {}
            sent.append(self._send({"document": document} | album | words, None))
        return sent

    async def forward(self, message: Screen | int, *, group: Group | None = None) -> int:
        """Forward a message of the private chat into it or into a group."""
        number = message if isinstance(message, int) else message.message_id
        original = self.chat.messages[number]
        if original.protected:
            raise CannotDoError("this message is protected and cannot be forwarded")
        kept = ("text", "entities", "caption", "caption_entities", "document", "photo")
        content = {key: original.body[key] for key in kept if key in original.body}
        return self._send(content | {"forward_origin": origin(original)}, group)

    async def edit(self, message_id: int, text: str) -> None:
        """Change a text sent before."""
        message = self.chat.messages[message_id]
        body = {k: v for k, v in message.body.items() if k not in ("text", "entities")}
        body |= self.world.person_text(text) | {"edit_date": int(self.world.clock.now())}
        self.world.change(message, body)
        self.world.tell("edited_message", body, chat_id=self.chat.id)

    async def press(
        self,
        button: Button | str | int,
        *,
        message_id: int | None = None,
        group: Group | None = None,
    ) -> str:
        """Press a button by itself, its label or its number (from 1) among those within reach.

        The id of the callback query, or the address of a link. Raises NotOnScreenError if there is
        no such button; ``message_id`` looks at an older message.
        """
        view: View = group or self
        inline = [each.text for each in view.buttons]
        if message_id is None and button in view.reply_buttons and button not in inline:
            await self.say(str(button), group=group)
            return ""
        if isinstance(button, int):
            there = view.buttons
            if not 1 <= button <= len(there):
                raise NotOnScreenError(f"no button number {button}; there are {len(there)}")
            button = there[button - 1]
        if isinstance(button, str):
            button = view.button(button, message_id)
        if button.url:
            return await self._follow(button.url)
        return await self.tap(button.data, button.message_id, group=group) if button.data else ""

    async def tap(self, data: str, message_id: int, *, group: Group | None = None) -> str:
        """A tap with any data on any message, as old or bad clients send it."""
        chat = group.chat if group else self.chat
        self._must_not_block(chat)
        tap = Callback(
            str(self.world.number("callback", 4_382_000_000_000_001)),
            self.id,
            message_id,
            self.world.clock.now(),
        )
        self.world.callbacks[tap.id] = tap
        message = chat.messages.get(message_id)
        gone = {"chat": chat.as_json(), "message_id": message_id, "date": 0}
        query = {
            "id": tap.id,
            "from": self.user.as_json(),
            "message": message.body if message else gone,
            "chat_instance": str(-7_000_000_000 - chat.id),
            "data": data,
        }
        self.world.tell("callback_query", query, user_id=self.id)
        return tap.id

    async def ask_inline(self, query: str) -> str:
        """Type ``@bot query``; the id of the inline query."""
        return inline.ask(self.world, self.user, query)

    def inline_results(self, query_id: str) -> list[JSON]:
        """What the bot has offered so far."""
        return inline.results(self.world, query_id)

    async def choose_inline(self, query_id: str, result_id: str) -> int:
        """Send one of the results into the private chat. Raises KeyError if it is not there."""
        return inline.choose(self.world, self.user, self.chat, query_id, result_id)

    async def block(self) -> None:
        """Block the bot."""
        self._switch("kicked", self.chat)

    async def unblock(self) -> None:
        self._switch("member", self.chat)

    async def deactivate(self) -> None:
        """Delete the account."""
        self.user.deactivated = True

    async def _follow(self, url: str) -> str:
        """A link opens a page, or the bot itself if it is a deep link to it."""
        mine = f"https://t.me/{self.world.bot.username}?start="
        if url.lower().startswith(mine.lower()):
            await self.start(url[len(mine) :])
        return url

    def add_bot(self, chat: Chat) -> None:
        """Take the bot into a group."""
        self._switch("member", chat)

    async def throw_out_bot(self, group: Group) -> None:
        self._switch("kicked", group.chat)

    def _switch(self, status: str, chat: Chat) -> None:
        before = member(self.world, chat, self.world.bot)
        chat.bot_status = status
        change = {
            "chat": chat.as_json(),
            "from": self.user.as_json(),
            "date": int(self.world.clock.now()),
            "old_chat_member": before,
            "new_chat_member": member(self.world, chat, self.world.bot),
        }
        self.world.tell("my_chat_member", change, user_id=self.id)

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
