"""Limits, trouble on demand, and a server that goes away and comes back."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from aiohttp import ClientError

from bot.sandbox import ManualClock, Person, Sandbox
from tests.sandbox.client import BotClient, Refused


async def flood(bot: BotClient, chat_id: int, messages: int) -> tuple[int, int]:
    """Send many messages to one chat; how many were accepted, and the last retry_after."""
    accepted, retry_after = 0, 0
    for _ in range(messages):
        try:
            await bot.call("sendMessage", chat_id=chat_id, text="x")
            accepted += 1
        except Refused as refused:
            retry_after = refused.parameters["retry_after"]
    return accepted, retry_after


async def test_nothing_is_limited_unless_somebody_wants_it(bot: BotClient, ani: Person) -> None:
    await ani.start()
    assert await flood(bot, ani.id, 100) == (100, 0)


async def test_a_chat_gets_a_short_burst_and_then_one_message_a_second(
    bot: BotClient, ani: Person, sandbox: Sandbox, clock: ManualClock
) -> None:
    await ani.start()
    sandbox.world.limits.enabled = True
    assert await flood(bot, ani.id, 8) == (5, 1)
    with pytest.raises(Refused) as refused:
        await bot.call("sendMessage", chat_id=ani.id, text="x")
    assert (refused.value.status, refused.value.description) == (429, "Too Many Requests: retry after 1")
    clock.advance(2)
    assert await flood(bot, ani.id, 8) == (2, 1)


async def test_a_group_gets_twenty_messages_a_minute(
    bot: BotClient, ani: Person, sandbox: Sandbox, clock: ManualClock
) -> None:
    group = sandbox.group("Outbound", [ani])
    sandbox.world.limits.enabled = True
    assert await flood(bot, group.id, 25) == (20, 3)
    clock.advance(60)
    assert await flood(bot, group.id, 25) == (20, 3)


async def test_all_chats_together_get_thirty_a_second(bot: BotClient, sandbox: Sandbox, clock: ManualClock) -> None:
    people = [sandbox.person(f"Person {number}") for number in range(40)]
    for person in people:
        await person.start()
    sandbox.world.limits.enabled = True
    results = [await flood(bot, person.id, 1) for person in people]
    assert sum(accepted for accepted, _ in results) == 30
    clock.advance(1)
    assert await flood(bot, people[0].id, 1) == (1, 0)


async def test_edits_count_too(bot: BotClient, ani: Person, sandbox: Sandbox) -> None:
    await ani.start()
    sent = await bot.call("sendMessage", chat_id=ani.id, text="0")
    sandbox.world.limits.enabled = True
    place = {"chat_id": ani.id, "message_id": sent["message_id"]}
    for number in range(1, 6):
        await bot.call("editMessageText", **place, text=str(number))
    with pytest.raises(Refused, match="retry after 1"):
        await bot.call("editMessageText", **place, text="6")
    assert ani.screen.text == "5"


async def test_a_refusal_strikes_only_the_calls_it_is_meant_for(bot: BotClient, ani: Person, sandbox: Sandbox) -> None:
    await ani.start()
    budi = sandbox.person("Budi")
    await budi.start()
    sandbox.faults.refuse(429, "Too Many Requests: retry after 7", method="sendMessage", chat_id=ani.id, retry_after=7)
    assert await bot.call("getMe")
    assert await bot.call("sendMessage", chat_id=budi.id, text="x")
    with pytest.raises(Refused) as refused:
        await bot.call("sendMessage", chat_id=ani.id, text="x")
    assert refused.value.parameters == {"retry_after": 7}
    assert await bot.call("sendMessage", chat_id=ani.id, text="x")


async def test_a_lost_call_is_not_executed_and_a_lost_answer_is(bot: BotClient, ani: Person, sandbox: Sandbox) -> None:
    await ani.start()
    sandbox.faults.lose_call(method="sendMessage")
    with pytest.raises(ClientError):
        await bot.call("sendMessage", chat_id=ani.id, text="one")
    sandbox.faults.lose_answer(method="sendMessage")
    with pytest.raises(ClientError):
        await bot.call("sendMessage", chat_id=ani.id, text="two")
    assert [screen.text for screen in ani.messages if screen.from_bot] == ["two"]


async def test_a_slow_answer_is_executed_at_once(
    bot: BotClient, ani: Person, sandbox: Sandbox, clock: ManualClock
) -> None:
    await ani.start()
    sandbox.faults.delay(5, method="sendMessage")
    call = asyncio.create_task(bot.call("sendMessage", chat_id=ani.id, text="slow"))
    await ani.until("slow")
    await clock.asleep()
    assert not call.done()
    clock.advance(5)
    assert (await call)["text"] == "slow"


async def test_it_comes_back_on_the_same_port_with_everything_in_place(
    bot: BotClient, ani: Person, sandbox: Sandbox
) -> None:
    await ani.start()
    await bot.call("sendMessage", chat_id=ani.id, text="before")
    poll = asyncio.create_task(bot.call("getUpdates", offset=-1, timeout=50))
    url = sandbox.url
    await sandbox.stop()
    with pytest.raises(ClientError):
        await bot.call("getMe")
    assert len(await poll) == 1
    await ani.say("while it was away")
    await sandbox.resume()
    assert sandbox.url == url
    assert [update["message"]["text"] for update in await bot.call("getUpdates")] == ["/start", "while it was away"]
    assert ani.screen.text == "before"


async def test_every_call_is_on_record(clock: ManualClock, tmp_path: Path) -> None:
    record = tmp_path / "calls.jsonl"
    async with (
        await Sandbox.start(clock=clock, record=record) as sandbox,
        BotClient(sandbox.url, sandbox.token) as bot,
    ):
        ani = sandbox.person("Ani")
        await ani.start()
        sent = await bot.call("sendMessage", chat_id=ani.id, text="kept")
        with pytest.raises(Refused):
            await bot.call("sendMessage", chat_id=1, text="refused")
        calls = sandbox.calls.of("sendMessage")
        assert [(call.time, call.outcome) for call in calls] == [
            (clock.now(), "ok"),
            (clock.now(), "Bad Request: chat not found"),
        ]
        assert len(sandbox.calls.of(chat_id=ani.id)) == 1
        assert [call.params["text"] for call in sandbox.calls.of(ok=False)] == ["refused"]
    lines = [json.loads(line) for line in record.read_text(encoding="utf-8").splitlines()]
    assert [line["result"]["message_id"] for line in lines] == [sent["message_id"]]
