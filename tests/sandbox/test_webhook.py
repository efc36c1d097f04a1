"""Webhook delivery: secret, order, repeats, answers with a method in them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.sandbox import ManualClock, Person, Sandbox
from tests.sandbox.client import BotClient, Refused
from tests.sandbox.hook import Hook


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    async with Hook() as opened:
        yield opened


async def failed(sandbox: Sandbox, bot: BotClient) -> str:
    """Wait until a delivery failed; why."""
    async with asyncio.timeout(5):
        await sandbox.world.bell.until(lambda: "last_error_message" in (sandbox.world.webhook or {}))
    info = await bot.call("getWebhookInfo")
    return str(info["last_error_message"])


async def test_updates_arrive_with_the_secret(hook: Hook, bot: BotClient, sandbox: Sandbox, ani: Person) -> None:
    await ani.say("before")
    await bot.call("setWebhook", url=hook.url, secret_token="s3cret_-", allowed_updates=["message"])
    await ani.say("after")
    await sandbox.confirmed()
    assert hook.texts == ["before", "after"]
    assert set(hook.secrets) == {"s3cret_-"}
    info = await bot.call("getWebhookInfo")
    assert (info["url"], info["pending_update_count"], info["allowed_updates"]) == (hook.url, 0, ["message"])


async def test_pending_updates_can_be_dropped(hook: Hook, bot: BotClient, sandbox: Sandbox, ani: Person) -> None:
    await ani.say("before")
    await bot.call("setWebhook", url=hook.url, drop_pending_updates=True)
    await ani.say("after")
    await sandbox.confirmed()
    assert hook.texts == ["after"]


async def test_a_failed_delivery_is_repeated_with_growing_pauses(
    hook: Hook, bot: BotClient, sandbox: Sandbox, ani: Person, clock: ManualClock
) -> None:
    hook.statuses = [500, 502]
    await bot.call("setWebhook", url=hook.url)
    await ani.say("one")
    assert await failed(sandbox, bot) == "Wrong response from the webhook: 500"
    await ani.say("two")
    await clock.asleep()
    clock.advance(1)
    await hook.next()
    await clock.asleep()
    clock.advance(1)
    assert hook.texts == ["one", "one"]
    clock.advance(1)
    await sandbox.confirmed()
    assert hook.texts == ["one", "one", "one", "two"]


async def test_the_pause_the_bot_asks_for_is_kept(
    hook: Hook, bot: BotClient, sandbox: Sandbox, ani: Person, clock: ManualClock
) -> None:
    hook.statuses = [503]
    hook.headers = {"Retry-After": "30"}
    await bot.call("setWebhook", url=hook.url)
    await ani.say("one")
    await failed(sandbox, bot)
    await clock.asleep()
    clock.advance(29)
    assert hook.texts == ["one"]
    clock.advance(1)
    await sandbox.confirmed()
    assert hook.texts == ["one", "one"]


async def test_nobody_at_home_is_a_failure_too(bot: BotClient, sandbox: Sandbox, ani: Person, hook: Hook) -> None:
    await bot.call("setWebhook", url="http://127.0.0.1:9/hook")
    await ani.say("one")
    assert "Cannot connect" in await failed(sandbox, bot)
    await bot.call("setWebhook", url=hook.url)
    await sandbox.confirmed()
    assert hook.texts == ["one"]


async def test_one_chat_waits_its_turn_and_others_do_not(
    hook: Hook, bot: BotClient, sandbox: Sandbox, ani: Person
) -> None:
    await bot.call("setWebhook", url=hook.url)
    hook.open.clear()
    await ani.say("ani 1")
    await hook.next()
    await ani.say("ani 2")
    await sandbox.person("Budi").say("budi 1")
    await hook.next()
    await ani.tap("a", 1)
    await hook.next()
    assert hook.texts == ["ani 1", "budi 1", ""]
    hook.open.set()
    await sandbox.confirmed()
    assert sorted(hook.texts) == ["", "ani 1", "ani 2", "budi 1"]


async def test_max_connections_is_respected(hook: Hook, bot: BotClient, sandbox: Sandbox, ani: Person) -> None:
    await bot.call("setWebhook", url=hook.url, max_connections=1)
    hook.open.clear()
    await ani.say("ani")
    await hook.next()
    await sandbox.person("Budi").say("budi")
    await bot.call("getMe")
    assert hook.texts == ["ani"]
    hook.open.set()
    await sandbox.confirmed()
    assert hook.texts == ["ani", "budi"]


async def test_a_method_in_the_answer_is_executed(hook: Hook, bot: BotClient, sandbox: Sandbox, ani: Person) -> None:
    hook.reply = {"method": "sendMessage", "chat_id": ani.id, "text": "from the webhook"}
    await bot.call("setWebhook", url=hook.url)
    await ani.start()
    assert (await ani.until("from the webhook")).from_bot
    await sandbox.confirmed()


async def test_deleting_the_webhook_gives_the_rest_to_polling(
    bot: BotClient, sandbox: Sandbox, ani: Person, clock: ManualClock
) -> None:
    await bot.call("setWebhook", url="http://127.0.0.1:9/hook")
    await ani.say("one")
    await failed(sandbox, bot)
    await bot.call("setWebhook", url="")
    assert [update["message"]["text"] for update in await bot.call("getUpdates")] == ["one"]


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"url": "ftp://example.org"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "https://example.org", "secret_token": "no spaces"}, "secret token contains unallowed characters"),
    ],
)
async def test_a_bad_webhook_is_refused(bot: BotClient, params: dict[str, str], reason: str) -> None:
    with pytest.raises(Refused) as refused:
        await bot.call("setWebhook", **params)
    assert refused.value.description == f"Bad Request: {reason}"
