"""Delivery to a webhook: in order, one at a time for each queue, repeated until it succeeds."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass, replace

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, MultipartReader

from bot.sandbox.api import Api
from bot.sandbox.call import Call
from bot.sandbox.reading import read_parts
from bot.sandbox.updates import Waiting
from bot.sandbox.wire import JSON

PATIENCE = 60.0
"""Seconds the bot has for its answer."""
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
LONGEST_RETRY_AFTER = 3600.0
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  the name of the header


@dataclass(frozen=True)
class Outcome:
    """``pause`` is how many seconds the bot asked for with Retry-After, 0 if it did not."""

    delivered: bool
    pause: float = 0.0


class WebhookSender:
    """Sends what waits as long as a webhook is set."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self.world = api.world
        self._session: ClientSession | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._queues: dict[str, deque[Waiting]] = {}

    def start(self) -> None:
        self._session = ClientSession(timeout=ClientTimeout(total=PATIENCE))
        self._spawn(self._watch())

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    def _spawn(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _watch(self) -> None:
        """Hand every new update to the queue it belongs to; start anew with a new webhook."""
        hook: JSON | None = None
        last = 0
        gate = asyncio.Semaphore(1)
        while True:
            if self.world.webhook is not hook:
                hook = self.world.webhook
                last, self._queues = 0, {}
                gate = asyncio.Semaphore(hook["max_connections"] if hook else 1)
            if hook is not None:
                for update in self.world.updates.after(last):
                    last = update.id
                    self._enqueue(hook, gate, update)
            await self.world.bell.wait()

    def _enqueue(self, hook: JSON, gate: asyncio.Semaphore, update: Waiting) -> None:
        queue = self._queues.get(update.queue)
        if queue is None:
            queue = self._queues[update.queue] = deque()
            self._spawn(self._drain(hook, gate, update.queue, queue))
        queue.append(update)

    async def _drain(self, hook: JSON, gate: asyncio.Semaphore, name: str, queue: deque[Waiting]) -> None:
        pause = FIRST_PAUSE
        while queue and self.world.webhook is hook:
            update = queue[0]
            if update.expires > self.world.clock.now():
                async with gate:
                    outcome = await self._deliver(hook, update)
                if not outcome.delivered:
                    await self.world.clock.sleep(outcome.pause or pause)
                    pause = min(LONGEST_PAUSE, 2 * pause)
                    continue
            pause = FIRST_PAUSE
            queue.popleft()
            self.world.updates.remove(update)
        if self._queues.get(name) is queue:
            del self._queues[name]

    async def _deliver(self, hook: JSON, update: Waiting) -> Outcome:
        assert self._session is not None  # noqa: S101  start() comes first
        headers = {SECRET_HEADER: hook["secret_token"]} if hook["secret_token"] else {}
        try:
            async with self._session.post(
                hook["url"], json=update.body, headers=headers, allow_redirects=False
            ) as response:
                if 200 <= response.status < 300:
                    await self._reply(response)
                    return Outcome(True)
                await response.read()
                pause = _seconds(response.headers.get("Retry-After", ""))
                self._failed(hook, f"Wrong response from the webhook: {response.status}")
                return Outcome(False, pause)
        except (ClientError, TimeoutError) as trouble:
            self._failed(hook, str(trouble) or "Read timeout expired")
            return Outcome(False)

    def _failed(self, hook: JSON, reason: str) -> None:
        hook["last_error_date"] = int(self.world.clock.now())
        hook["last_error_message"] = reason
        self.world.bell.ring()

    async def _reply(self, response: ClientResponse) -> None:
        """Execute a method the bot put into its answer; it never learns the result."""
        call = Call("", {})
        if response.content_type == "multipart/form-data":
            await read_parts(MultipartReader.from_response(response).stream, call)
        else:
            with suppress(ValueError):
                body = json.loads(await response.read())
                call.params = body if isinstance(body, dict) else {}
        method = call.params.pop("method", None)
        if isinstance(method, str):
            await self.api.execute(replace(call, method=method))


def _seconds(value: str) -> float:
    return min(LONGEST_RETRY_AFTER, float(value)) if value.isdigit() else 0.0
