"""The pretended Telegram with its people, before anything is served: make a person, a group, wait for the bot."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from zlib import crc32

from bot.sandbox.calls import CallLog
from bot.sandbox.faults import Faults
from bot.sandbox.group import Group
from bot.sandbox.people import Person
from bot.sandbox.state import Chat, User
from bot.sandbox.world import World

FIRST_PERSON = 1_000_000
SILENCE = 0.05
"""Seconds without a call after which an unknown bot is taken to have finished."""


def person_id(name: str) -> int:
    """The Telegram id of the person of this name."""
    return FIRST_PERSON + crc32(name.casefold().encode())


class Town:
    """A world and who lives in it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._people: dict[str, Person] = {}

    @property
    def calls(self) -> CallLog:
        """All calls of the bot but getUpdates."""
        return self.world.calls

    @property
    def faults(self) -> Faults:
        return self.world.faults

    @property
    def people(self) -> list[Person]:
        return list(self._people.values())

    def person(
        self,
        name: str,
        *,
        language: str = "id",
        username: str = "",
        id: int | None = None,  # noqa: A002  the word of the Bot API
    ) -> Person:
        """The person of this name, in any case of letters; made if there is none yet.

        The id follows from the name, so that the same person comes back after a restart.
        """
        if name.casefold() in self._people:
            return self._people[name.casefold()]
        number = id or person_id(name)
        user = User(number, name, username, language)
        chat = Chat(number, "private", user=user)
        self.world.users[number] = user
        self.world.chats[number] = chat
        return self._people.setdefault(name.casefold(), Person(self.world, user, chat))

    def group(self, title: str, members: Sequence[Person]) -> Group:
        """A new group of these people, the first one its owner, with the bot in it."""
        number = -self.world.number("group", 5_000_000_001)
        status = {p.id: "creator" if p is members[0] else "member" for p in members}
        chat = Chat(number, "group", title, members=status, started=True, bot_status="left")
        self.world.chats[number] = chat
        members[0].add_bot(chat)
        return Group(self.world, chat)

    async def confirmed(self) -> None:
        """Until the bot has confirmed or accepted every update."""
        await self.world.bell.until(lambda: not len(self.world.updates))

    async def quiet(
        self,
        settled: Callable[[], Awaitable[object]] | None = None,
        *,
        seconds: float = 30.0,
        silence: float = SILENCE,
    ) -> None:
        """Until the bot has nothing left to do; TimeoutError after ``seconds``.

        ``settled`` is the bot's own word for it (every update handled) and makes this exact.
        Without it ``silence`` seconds in which the bot does nothing are taken for its end.
        """
        async with asyncio.timeout(seconds):
            while True:
                await self.confirmed()
                if settled is not None:
                    await settled()
                    if not len(self.world.updates):
                        return
                elif await self._silent(silence):
                    return

    async def _silent(self, seconds: float) -> bool:
        """Whether the bot calls nothing for so long."""
        before = self.calls.total
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self.world.bell.until(lambda: self.calls.total > before)
        return self.calls.total == before
