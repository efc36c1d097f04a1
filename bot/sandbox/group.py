"""A group with the bot in it."""

from __future__ import annotations

from bot.sandbox.state import Chat, User
from bot.sandbox.view import View


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
