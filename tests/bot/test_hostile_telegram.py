"""What a stand-in for Telegram of somebody else's did to the bot: answers that are none, updates that are none."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import web

from bot.app import running, starting
from bot.config import Settings
from bot.errors import ConfigError
from bot.inbox.raw import arrival
from bot.sandbox import Person, Sandbox
from bot.secret import Secret
from knowledge import Knowledge
from tests.bot.small_bot import say, small_bot, small_router
from tests.support.clock import TestClock
from tests.support.waiting import eventually

Answer = Callable[[str, dict[str, Any]], Awaitable[web.Response]]
ME = {"id": 1, "is_bot": True, "first_name": "Lintas", "username": "LintasBot"}
ANI = {"id": 7, "is_bot": False, "first_name": "Ani", "language_code": "en"}
CHAT = {"id": 7, "type": "private", "first_name": "Ani"}


@pytest.fixture
def dialect() -> str:
    return "sqlite"


@pytest.fixture(autouse=True)
def no_long_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.inbox.polling.LONGEST_PAUSE", 0.05)
    monkeypatch.setattr("bot.middlewares.PAUSES", (0.01, 0.01))


def ok(result: object) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def page() -> web.Response:
    """What a gateway says in place of Telegram."""
    return web.Response(status=502, text="<html>Bad Gateway</html>", content_type="text/html")


async def silence() -> web.Response:
    """No answer as long as the bot waits for one."""
    await asyncio.Event().wait()
    return page()


@asynccontextmanager
async def telegram(settings: Settings, answer: Answer) -> AsyncIterator[Settings]:
    """A server that answers every method with what `answer` makes of it; settings that lead there."""

    async def take(request: web.Request) -> web.Response:
        body = await request.json() if request.content_type == "application/json" else dict(await request.post())
        return await answer(request.match_info["method"], body)

    app = web.Application()
    app.router.add_post("/bot{token}/{method}", take)
    # Whoever is still being answered when the bot hangs up is given up, not left behind.
    runner = web.AppRunner(app, shutdown_timeout=0.1, handler_cancellation=True)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    try:
        yield replace(settings, bot_token=Secret("1:a-token"), telegram_api_url=f"http://127.0.0.1:{port}")
    finally:
        await runner.cleanup()


def message(text: str, **more: object) -> dict[str, Any]:
    return {"message_id": 1, "date": 1, "chat": CHAT, "from": ANI, "text": text, **more}


class Script:
    """Brings these batches of updates, one after the other, and writes down what is sent."""

    def __init__(self, *batches: object) -> None:
        self.sent: list[str] = []
        self._batches = list(batches)

    async def __call__(self, method: str, body: dict[str, Any]) -> web.Response:
        if method == "getMe":
            return ok(ME)
        if method == "getUpdates":
            if self._batches:
                return ok(self._batches.pop(0))
            return await silence()
        if method == "sendMessage":
            self.sent.append(body["text"])
            return ok({"message_id": 2, "date": 1, "chat": CHAT, "text": "x"})
        return web.json_response({"ok": False, "error_code": 404, "description": "Not Found"}, status=404)


@pytest.mark.parametrize("body", ["<html>", "[1, 2]", '{"ok": tru', '{"ok": true, "result": {"a": 1}}'])
async def test_a_first_answer_that_is_none_is_one_clear_line(
    settings: Settings, knowledge: Knowledge, body: str
) -> None:
    async def answer(_method: str, _body: object) -> web.Response:
        return web.Response(text=body, content_type="application/json")

    async with telegram(settings, answer) as elsewhere:
        with pytest.raises(ConfigError, match=r"TELEGRAM_API_URL: .* does not work as it should") as caught:
            async with running(elsewhere, knowledge=knowledge, router=small_router()):
                pass
    assert "\n" not in str(caught.value)


async def test_a_stop_does_not_wait_for_a_telegram_that_does_not_answer(
    settings: Settings, knowledge: Knowledge
) -> None:
    asked, stop = asyncio.Event(), asyncio.Event()

    async def answer(_method: str, _body: object) -> web.Response:
        asked.set()
        return await silence()

    async def start(elsewhere: Settings) -> None:
        async with starting(running(elsewhere, knowledge=knowledge, router=small_router()), stop) as app:
            assert app is None

    async with telegram(settings, answer) as elsewhere:
        task = asyncio.create_task(start(elsewhere))
        await asked.wait()
        stop.set()
        await asyncio.wait_for(task, 5)


class SilentAt:
    """Answers everything but this method."""

    def __init__(self, method: str) -> None:
        self.asked = asyncio.Event()
        self._method = method

    async def __call__(self, method: str, _body: object) -> web.Response:
        if method == self._method:
            self.asked.set()
            return await silence()
        return ok(ME) if method == "getMe" else page()


@pytest.mark.parametrize("method", ["deleteWebhook", "getUpdates"])
async def test_a_stop_does_not_wait_for_an_answer(settings: Settings, knowledge: Knowledge, method: str) -> None:
    silent, stop = SilentAt(method), asyncio.Event()
    async with telegram(settings, silent) as elsewhere, running(elsewhere, knowledge=knowledge) as app:
        polling = asyncio.create_task(app.poll(stop))
        await silent.asked.wait()
        stop.set()
        await asyncio.wait_for(polling, 5)


@pytest.mark.parametrize("method", ["deleteWebhook", "getUpdates"])
async def test_polling_that_is_given_up_leaves_nothing_that_goes_on(
    settings: Settings, knowledge: Knowledge, method: str
) -> None:
    silent = SilentAt(method)
    async with telegram(settings, silent) as elsewhere, running(elsewhere, knowledge=knowledge) as app:
        polling = asyncio.create_task(app.poll(asyncio.Event()))
        await silent.asked.wait()
        polling.cancel()
        await asyncio.wait([polling], timeout=5)
        assert polling.cancelled()
        assert "Poller" not in repr(asyncio.all_tasks())


async def test_updates_that_are_none_are_left_out_and_the_others_answered(
    settings: Settings, knowledge: Knowledge
) -> None:
    none = [
        {"update_id": 1},
        {"no": 1},
        5,
        {"update_id": 2, "message": None},
        {"update_id": 3, "message": []},
        {"update_id": 4, "message": message("x", **{"from": {"first_name": "no id"}})},
        {"update_id": 5, "message": message("x", **{"from": {**ANI, "id": 2**70}})},
        {"update_id": 6, "message": message("x", **{"from": {**ANI, "language_code": 5}})},
        {"update_id": 7, "callback_query": {"id": "1", "from": ANI, "chat_instance": "1", "message": "x"}},
        {"update_id": 8, "hologram": {"from": ANI}},
    ]
    script = Script("nonsense", None, [{"no": "number"}], none, [{"update_id": 9, "message": message("/count")}])
    async with telegram(settings, script) as elsewhere, small_bot(elsewhere, knowledge):
        await eventually(lambda: "1" in script.sent)


async def test_an_update_that_cannot_be_read_shows_no_text_in_the_log(
    settings: Settings, knowledge: Knowledge, caplog: pytest.LogCaptureFixture
) -> None:
    broken = {"update_id": 1, "message": message("my secret", date="my secret too")}
    script = Script([broken, {"update_id": 2, "message": message("/count")}])
    async with telegram(settings, script) as elsewhere, small_bot(elsewhere, knowledge):
        await eventually(lambda: "1" in script.sent)
    assert len(script.sent) == 2, "somebody who wrote is never left without an answer"
    assert "cannot be read: message.date" in caplog.text
    assert "my secret" not in caplog.text


def test_half_a_surrogate_pair_can_be_stored() -> None:
    one = arrival(
        json.loads('{"update_id": 1, "message": {"from": {"id": 7}, "text": "a\\ud800b"}}'), TestClock().now()
    )
    assert json.loads(one.payload)["message"]["text"] == "a?b"


async def test_a_gateway_that_answers_for_telegram_costs_replies_and_not_the_bot(
    connected: Settings, knowledge: Knowledge
) -> None:
    class Gateway(Script):
        is_broken = True

        async def __call__(self, method: str, body: dict[str, Any]) -> web.Response:
            if self.is_broken and method not in ("getMe", "getUpdates"):
                return page()
            return await super().__call__(method, body)

    tap = {"id": "1", "from": ANI, "chat_instance": "1", "data": "x", "message": message("x")}
    gateway = Gateway([{"update_id": 1, "message": message("/count")}, {"update_id": 2, "callback_query": tap}])
    async with telegram(connected, gateway) as elsewhere, small_bot(elsewhere, knowledge) as app:
        await eventually(lambda: app.inbox.handled == 2)
        gateway.is_broken = False
        await app.inbox.accept([arrival({"update_id": 3, "message": message("/count")}, TestClock().now())])
        await eventually(lambda: "3" in gateway.sent)


async def test_a_webhook_that_is_still_set_is_deleted_again(
    connected: Settings, sandbox: Sandbox, ani: Person, knowledge: Knowledge, caplog: pytest.LogCaptureFixture
) -> None:
    sandbox.faults.refuse(409, "Conflict: can't use getUpdates method while webhook is active", method="getUpdates")
    await ani.start()
    async with small_bot(connected, knowledge) as app:
        assert await say(app, sandbox, ani, "/count") == "1"
    assert len(sandbox.calls.of("deleteWebhook")) == 2
    assert "another copy" not in caplog.text


async def test_what_always_fails_is_given_up_and_does_not_end_the_bot(
    connected: Settings, sandbox: Sandbox, ani: Person, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(_self: object, _visit: object) -> None:
        raise ValueError("a value that no column can hold")

    async with small_bot(connected, knowledge) as app:
        await ani.start()
        await say(app, sandbox, ani, "/count")
        with monkeypatch.context() as broken:
            broken.setattr("bot.services.visits.VisitStore.end", fail)
            await say(app, sandbox, ani, "/count")
        assert await say(app, sandbox, ani, "/count") == "2"


async def test_a_database_without_a_free_connection_is_waited_for(
    connected: Settings,
    sandbox: Sandbox,
    ani: Person,
    knowledge: Knowledge,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with small_bot(connected, knowledge) as app:
        await ani.start()
        await say(app, sandbox, ani, "/count")
        monkeypatch.setattr(app.database._engine.sync_engine.pool, "_timeout", 0.05)
        async with AsyncExitStack() as held:
            for _ in range(5):
                _ = await held.enter_async_context(app.database.connect())
            await ani.say("/count")
            await eventually(lambda: "QueuePool limit" in caplog.text)
        await sandbox.quiet(app.inbox.settled)
        assert ani.screen.text == "2"
