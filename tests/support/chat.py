"""A person in a test: says something, waits until the bot has finished, looks at the screen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from bot.sandbox import Button, Person, Sandbox, Screen

Settled = Callable[[], Awaitable[object]]


class ChatClient:
    """Talks to the bot like a person.

    ``settled`` is the bot's own word that every update it took is handled; without it a short
    silence of the bot counts as the end.
    """

    def __init__(self, sandbox: Sandbox, person: Person, settled: Settled | None = None) -> None:
        self.sandbox = sandbox
        self.person = person
        self.settled = settled

    def other(self, name: str, *, language: str = "id") -> ChatClient:
        """Another person who talks to the same bot."""
        return ChatClient(self.sandbox, self.sandbox.person(name, language=language), self.settled)

    async def say(self, text: str) -> None:
        await self.person.say(text)
        await self.quiet()

    async def start(self, payload: str = "") -> None:
        """Open the bot, perhaps by a deep link."""
        await self.person.start(payload)
        await self.quiet()

    async def press(self, button: str | Button | int, *, message_id: int | None = None) -> None:
        """Press a button within reach. Raises NotOnScreenError if it is not there."""
        await self.person.press(button, message_id=message_id)
        await self.quiet()

    async def press_each(self, labels: Sequence[str]) -> None:
        """Press one button after the other."""
        for label in labels:
            await self.press(label)

    async def tap(self, data: str, message_id: int) -> None:
        """A tap with any data, as from an old message."""
        await self.person.tap(data, message_id)
        await self.quiet()

    async def upload(self, name: str, data: bytes, *, caption: str = "") -> None:
        await self.person.send_document(name, data, caption=caption)
        await self.quiet()

    async def quiet(self) -> None:
        """Until the bot has nothing left to do for anybody."""
        await self.sandbox.quiet(self.settled)

    @property
    def screen(self) -> Screen:
        """The message of the bot that was sent or changed last."""
        return self.person.screen

    @property
    def messages(self) -> list[Screen]:
        return self.person.messages

    @property
    def said(self) -> list[str]:
        """The texts of the bot as they now stand, oldest first."""
        return [message.text for message in self.person.messages if message.from_bot]

    @property
    def notices(self) -> list[str]:
        """What the bot showed for a moment in answer to taps."""
        return self.person.notices
