"""Other processes and the web page drive people over HTTP."""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

import pytest
from aiohttp import ClientSession, FormData

from bot.sandbox import Person, Sandbox
from tests.sandbox.client import BotClient
from tests.sandbox.parrot import Parrot


class Driver:
    """Speaks to the control surface."""

    def __init__(self, bot: BotClient) -> None:
        self.url = bot.url
        self.session = bot.session

    async def get(self, path: str, **params: Any) -> Any:
        async with self.session.get(f"{self.url}/sandbox/{path}", params=params) as response:
            return await response.json()

    async def post(self, path: str, body: Any = None) -> Any:
        form = {"data": body} if isinstance(body, FormData) else {"json": body or {}}
        async with self.session.post(f"{self.url}/sandbox/{path}", **form) as response:
            return await response.json()


@pytest.fixture
def driver(bot: BotClient) -> Driver:
    return Driver(bot)


@pytest.mark.usefixtures("parrot")
async def test_a_conversation_is_driven_from_outside(driver: Driver) -> None:
    person = await driver.post("people", {"name": "Ani", "language": "en"})
    assert await driver.get("people") == [person]
    await driver.post("people/Ani/start", {"payload": "check"})
    assert await driver.post("quiet", {"seconds": 5}) == {"quiet": True}
    chat = await driver.get("people/Ani/messages")
    mine, answer = chat["messages"]
    assert (mine["from_bot"], mine["text"]) == (False, "/start check")
    assert answer["text"] == "You said /start check, see UNNES"
    assert [[button["number"] for button in row] for row in answer["buttons"]] == [[1, 2], [3]]
    for press in ({"number": 1}, {"label": "More"}, {"label": "More", "message_id": answer["message_id"]}):
        assert (await driver.post("people/Ani/press", press))["result"]
    await driver.post("people/Ani/tap", {"data": "forged", "message_id": answer["message_id"]})
    await driver.post("quiet")
    chat = await driver.get("people/Ani/messages")
    assert (chat["messages"][1]["text"], chat["messages"][1]["edited"]) == ("Pressed forged: 4", True)
    assert chat["notices"] == ["counted"] * 4
    events = await driver.get("events", after=0, person="Ani")
    assert [event["kind"] for event in events["events"]] == ["message", "message", *["edit", "notice"] * 4]
    assert events["last"] == chat["last_event"]
    methods = [call["method"] for call in await driver.get("calls")]
    assert methods == ["sendMessage", *["editMessageText", "answerCallbackQuery"] * 4]


async def test_what_cannot_be_done_is_explained(driver: Driver) -> None:
    assert await driver.post("people", {"name": " "}) == {"error": "a person needs a name"}
    assert (await driver.post("people/Ani/press", {"label": "Nothing"}))["error"].startswith("no button 'Nothing'")
    assert (await driver.post("trouble", {"kind": "rain"}))["error"] == "unknown trouble 'rain'"
    await driver.post("people/Ani/block")
    assert "has blocked the bot" in (await driver.post("people/Ani/say", {"text": "x"}))["error"]
    await driver.post("people/Ani/unblock")
    assert (await driver.post("people/Ani/say", {"text": "x"}))["result"]


async def test_events_are_waited_for(driver: Driver, ani: Person) -> None:
    waiting = asyncio.create_task(driver.get("events", after=0, timeout=20))
    await driver.get("people")
    assert not waiting.done()
    await ani.start()
    found = await waiting
    assert [event["body"]["text"] for event in found["events"]] == ["/start"]
    assert (await driver.get("events", after=found["last"]))["events"] == []


async def test_files_are_sent_and_fetched(driver: Driver, bot: BotClient, ani: Person) -> None:
    form = FormData()
    form.add_field("file", b"<script>", filename="page.html")
    form.add_field("caption", "my page")
    await driver.post("people/Ani/upload", form)
    (message,) = (await driver.get("people/Ani/messages"))["messages"]
    assert (message["text"], message["attachment"]["name"]) == ("my page", "page.html")
    async with bot.session.get(f"{bot.url}/sandbox/files/{message['attachment']['file_id']}") as response:
        assert await response.read() == b"<script>"
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert response.content_type == "application/octet-stream"


async def test_trouble_is_switched_on_from_outside(driver: Driver, sandbox: Sandbox, bot: BotClient) -> None:
    for kind in ("refuse", "delay", "lose_answer", "lose_call"):
        await driver.post("trouble", {"kind": kind, "times": 2, "method": "sendMessage"})
    assert [fault.times for fault in sandbox.faults.waiting] == [2, 2, 2, 2]
    await driver.post("trouble", {"kind": "clear"})
    assert sandbox.faults.waiting == []
    await driver.post("trouble", {"kind": "limits", "enabled": True})
    assert sandbox.world.limits.enabled


async def test_the_page_is_served_and_foreign_pages_are_not(bot: BotClient) -> None:
    async with bot.session.get(bot.url) as response:
        assert response.content_type == "text/html"
        assert "default-src 'self'" in response.headers["Content-Security-Policy"]
        assert "<title>" in await response.text()
    say = f"{bot.url}/sandbox/people/Ani/say"
    for origin, status in ((bot.url, 200), ("https://evil.example", 403), ("null", 403)):
        async with bot.session.post(say, json={"text": "x"}, headers={"Origin": origin}) as response:
            assert response.status == status


async def test_the_server_runs_alone(parrot: Parrot) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.sandbox", "--token", "42:TEST", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    address = json.loads(await process.stdout.readline())
    async with ClientSession() as session, session.get(f"{address['url']}/bot42:TEST/getMe") as response:
        assert (await response.json())["result"]["id"] == 42
    process.terminate()
    assert await process.wait() == 0
