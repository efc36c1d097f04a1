"""One chat through the eyes of a person: what is on the screen and what is within reach."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.sandbox.screen import Button, Screen, buttons_of, screen_of
from bot.sandbox.state import Chat, Message
from bot.sandbox.world import World


class NotOnScreenError(AssertionError):
    """Somebody wanted to press a button that is not there."""


class View:
    """The messages of a chat."""

    def __init__(self, world: World, chat: Chat) -> None:
        self.world = world
        self.chat = chat

    @property
    def messages(self) -> list[Screen]:
        """All messages, oldest first."""
        return [screen_of(m, self.world.files) for m in self.chat.messages.values()]

    @property
    def screen(self) -> Screen:
        """The message of the bot that was sent or changed last.

        Raises NotOnScreenError if the bot has not said anything yet.
        """
        latest = self._latest()
        if latest is None:
            raise NotOnScreenError("the bot has not said anything yet")
        return screen_of(latest, self.world.files)

    @property
    def buttons(self) -> tuple[Button, ...]:
        """The inline buttons within reach: of the last message that has some."""
        for message in self._by_change():
            if message.keyboard:
                return buttons_of(message)
        return ()

    @property
    def reply_buttons(self) -> list[str]:
        """The labels of the keyboard below the input field."""
        return [label for row in self.chat.reply_buttons for label in row]

    def button(self, label: str, message_id: int | None = None) -> Button:
        """The button with this label within reach, or on one message.

        Raises NotOnScreenError with what is there instead.
        """
        if message_id is None:
            candidates = self.buttons
        else:
            message = self.chat.messages.get(message_id)
            candidates = buttons_of(message) if message else ()
        for button in candidates:
            if button.text == label:
                return button
        there = ", ".join(repr(button.text) for button in candidates) or "no buttons"
        raise NotOnScreenError(f"no button {label!r} on screen; there is: {there}")

    async def until(self, condition: str | Callable[[Screen], bool], *, seconds: float = 10.0) -> Screen:
        """Wait until the screen shows a text or meets a condition; the screen it then is.

        Raises TimeoutError after ``seconds`` of real time.
        """

        def met() -> bool:
            latest = self._latest()
            if latest is None:
                return False
            screen = screen_of(latest, self.world.files)
            return condition in screen.text if isinstance(condition, str) else condition(screen)

        async with asyncio.timeout(seconds):
            await self.world.bell.until(met)
        return self.screen

    def _by_change(self) -> list[Message]:
        ours = [each for each in self.chat.messages.values() if each.from_bot or "via_bot" in each.body]
        return sorted(ours, key=lambda message: message.revision, reverse=True)

    def _latest(self) -> Message | None:
        return max(
            (message for message in self.chat.messages.values() if message.from_bot),
            key=lambda message: message.revision,
            default=None,
        )
