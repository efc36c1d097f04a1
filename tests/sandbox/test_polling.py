"""getUpdates: what is confirmed, what waits, who may listen."""

from __future__ import annotations

import asyncio

import pytest

from bot.sandbox import ManualClock, Person, Sandbox
from tests.sandbox.client import BotClient, Refused


async def test_updates_come_again_until_a_higher_offset_confirms_them(bot: BotClient, ani: Person) -> None:
    for text in ("one", "two", "three"):
        await ani.say(text)
    first = await bot.call("getUpdates", limit=2)
    assert [update["message"]["text"] for update in first] == ["one", "two"]
    assert await bot.call("getUpdates", limit=2) == first
    rest = await bot.call("getUpdates", offset=first[-1]["update_id"] + 1)
    assert [update["message"]["text"] for update in rest] == ["three"]
    assert [update["update_id"] for update in first + rest] == list(
        range(first[0]["update_id"], first[0]["update_id"] + 3)
    )
    assert await bot.call("getUpdates", offset=rest[-1]["update_id"] + 1) == []


async def test_a_negative_offset_keeps_only_the_last(bot: BotClient, ani: Person) -> None:
    for text in ("one", "two", "three"):
        await ani.say(text)
    updates = await bot.call("getUpdates", offset=-1)
    assert [update["message"]["text"] for update in updates] == ["three"]
    assert len(await bot.call("getUpdates")) == 1


async def test_a_poller_waits_for_the_next_update(bot: BotClient, ani: Person) -> None:
    poll = asyncio.create_task(bot.call("getUpdates", timeout=50))
    await bot.call("getMe")
    assert not poll.done()
    await ani.say("halo")
    assert [update["message"]["text"] for update in await poll] == ["halo"]


async def test_a_poller_goes_home_after_its_time(bot: BotClient, clock: ManualClock) -> None:
    poll = asyncio.create_task(bot.call("getUpdates", timeout=500))
    await bot.call("getMe")
    clock.advance(49)
    await bot.call("getMe")
    assert not poll.done()
    clock.advance(1)
    assert await poll == []


async def test_a_second_poller_sends_the_first_away(bot: BotClient, ani: Person) -> None:
    first = asyncio.create_task(bot.call("getUpdates", timeout=50))
    await bot.call("getMe")
    second = asyncio.create_task(bot.call("getUpdates", timeout=50))
    with pytest.raises(Refused) as refused:
        await first
    assert refused.value.status == 409
    assert "terminated by other getUpdates request" in refused.value.description
    await ani.say("halo")
    assert len(await second) == 1


async def test_a_poller_that_died_does_not_stand_in_the_way(sandbox: Sandbox, ani: Person) -> None:
    async with BotClient(sandbox.url, sandbox.token) as first:
        poll = asyncio.create_task(first.call("getUpdates", timeout=50))
        await first.call("getMe")
        poll.cancel()
    async with BotClient(sandbox.url, sandbox.token) as second:
        await ani.say("halo")
        assert len(await second.call("getUpdates", timeout=50)) == 1


async def test_polling_and_a_webhook_exclude_each_other(bot: BotClient) -> None:
    poll = asyncio.create_task(bot.call("getUpdates", timeout=50))
    await bot.call("getMe")
    await bot.call("setWebhook", url="http://127.0.0.1:9/hook")
    for attempt in (poll, bot.call("getUpdates")):
        with pytest.raises(Refused, match="can't use getUpdates method while webhook is active"):
            await attempt
    await bot.call("deleteWebhook")
    assert await bot.call("getUpdates") == []


async def test_allowed_updates_are_remembered_and_touch_only_what_comes(bot: BotClient, ani: Person) -> None:
    await ani.start()
    await ani.block()
    assert [set(u) - {"update_id"} for u in await bot.call("getUpdates", allowed_updates=["message"])] == [
        {"message"},
        {"my_chat_member"},
    ]
    await ani.unblock()
    await ani.say("back")
    assert [set(u) - {"update_id"} for u in await bot.call("getUpdates")][2:] == [{"message"}]


async def test_old_taps_expire_and_messages_stay_for_a_day(bot: BotClient, ani: Person, clock: ManualClock) -> None:
    await ani.start()
    await ani.tap("old", 1)
    clock.advance(151)
    assert [set(u) - {"update_id"} for u in await bot.call("getUpdates")] == [{"message"}]
    clock.advance(24 * 3600)
    assert await bot.call("getUpdates") == []


async def test_confirmed_waits_until_the_bot_has_taken_everything(
    bot: BotClient, sandbox: Sandbox, ani: Person
) -> None:
    await ani.say("halo")
    waiting = asyncio.create_task(sandbox.confirmed())
    updates = await bot.call("getUpdates")
    assert not waiting.done()
    await bot.call("getUpdates", offset=updates[0]["update_id"] + 1)
    await waiting
