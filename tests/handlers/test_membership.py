"""Blocking the bot and taking it back."""

from __future__ import annotations

from bot.config import Settings
from tests.handlers.pressing import change, rows
from tests.support.chat import ChatClient


async def test_who_blocks_the_bot_is_not_reachable_until_they_come_back(john: ChatClient, settings: Settings) -> None:
    await john.start()
    await john.person.block()
    await john.quiet()
    assert rows(settings, "SELECT reachable FROM people") == [(0,)]
    await john.person.unblock()
    await john.quiet()
    assert rows(settings, "SELECT reachable FROM people") == [(1,)]
    await john.say("/status")
    assert "My applications" in john.screen.text


async def test_joining_a_group_says_nothing_about_a_person(john: ChatClient, settings: Settings) -> None:
    await john.start()
    group = john.sandbox.group("Friends", [john.person])
    await john.quiet()
    await john.person.throw_out_bot(group)
    await john.quiet()
    assert rows(settings, "SELECT reachable FROM people") == [(1,)]
    assert not [message for message in group.messages if message.from_bot]


async def test_whoever_writes_can_be_reached_even_if_the_news_of_it_was_lost(
    john: ChatClient, settings: Settings
) -> None:
    await john.start()
    change(settings, "UPDATE people SET reachable = 0")
    await john.press("🌐 Bahasa Indonesia")
    assert rows(settings, "SELECT reachable FROM people") == [(1,)]
