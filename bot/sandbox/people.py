"""People: what they do becomes updates for the bot."""

from __future__ import annotations

from bot.sandbox import inline
from bot.sandbox.group import Group
from bot.sandbox.methods.chats import member
from bot.sandbox.screen import Button
from bot.sandbox.state import Callback, Chat
from bot.sandbox.view import NotOnScreenError, View
from bot.sandbox.wire import JSON
from bot.sandbox.writing import Writer


class Person(Writer):
    """Somebody with a phone: writes, presses buttons, blocks the bot and comes back."""

    @property
    def notices(self) -> list[str]:
        """The texts the bot showed in answer to taps, oldest first."""
        return [t.text for t in self.world.callbacks.values() if t.user_id == self.id and t.text]

    @property
    def commands(self) -> list[JSON]:
        """The commands in the menu of the private chat, in the language of the phone."""
        return self.world.profile.commands_for(self.id, self.user.language_code[:2])

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
        there = [each.text for each in view.buttons]
        if message_id is None and button in view.reply_buttons and button not in there:
            await self.say(str(button), group=group)
            return ""
        if isinstance(button, int):
            if not 1 <= button <= len(there):
                raise NotOnScreenError(f"no button number {button}; there are {len(there)}")
            button = view.buttons[button - 1]
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
            str(self.world.number("callback")),
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
