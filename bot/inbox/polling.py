"""Long polling: take updates from Telegram, store them, and only then ask for the next, which confirms them."""

from __future__ import annotations

import asyncio
import logging
import random
from datetime import datetime
from typing import Any

import aiohttp

from bot.clock import Clock
from bot.db.engine import DATABASE_TROUBLE
from bot.db.inbox import Arrival, InboxRepository
from bot.inbox.inbox import Inbox
from bot.inbox.raw import RawUpdate, arrival
from bot.inbox.telegram import NetworkError, RawApi, RefusedError, wrong_token

log = logging.getLogger(__name__)

POLL = 30
"""Seconds that Telegram holds an empty answer back."""
GRACE = 10
"""Seconds beyond that before the line is taken for dead."""
LONGEST_PAUSE = 30.0
PRUNE_EVERY = 200
"""Updates between two prunings; when it is quiet, one happens after every poll that had something before it."""


class Poller:
    """The loop of long polling."""

    def __init__(
        self, api: RawApi, inbox: Inbox, store: InboxRepository, clock: Clock, *, allowed_updates: list[str]
    ) -> None:
        self._api = api
        self._inbox = inbox
        self._store = store
        self._clock = clock
        self._allowed = allowed_updates
        self._offset: int | None = None
        self._pruned_at: int | None = None
        self._failures = 0
        self._is_quiet = True

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until `stop` is set. A poll that is under way is given up then: what it brings was not confirmed.

        Raises:
            ConfigError: Telegram does not know the token (any more).
        """
        stopped = asyncio.create_task(stop.wait())
        tasks: list[asyncio.Task[Any]] = [stopped]
        try:
            while not stop.is_set():
                fetching = asyncio.create_task(self._fetch())
                tasks = [stopped, fetching]
                await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
                if not fetching.done():
                    return
                await self._take(fetching, stop)
        finally:
            # However this ends: nobody else would wait for a fetch, which uses the database too.
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _fetch(self) -> list[RawUpdate]:
        """The next batch; afterwards, finished updates that are known to be confirmed are deleted."""
        confirmed = await self._store.newest() if self._should_prune() else None
        params: dict[str, Any] = {"timeout": POLL, "allowed_updates": self._allowed}
        if self._offset is not None:
            params["offset"] = self._offset
        updates = await self._api.call("getUpdates", params, patience=POLL + GRACE)
        if not isinstance(updates, list):
            raise aiohttp.ClientPayloadError("the updates are no list")
        if confirmed is not None and (self._offset is not None or not updates):
            handled = self._inbox.handled
            await self._store.forget_finished(confirmed)
            self._pruned_at = handled
        return updates

    def _should_prune(self) -> bool:
        if self._pruned_at is None:
            return True
        since = self._inbox.handled - self._pruned_at
        return since >= PRUNE_EVERY or (since > 0 and self._is_quiet)

    async def _take(self, fetching: asyncio.Task[list[RawUpdate]], stop: asyncio.Event) -> None:
        try:
            updates = fetching.result()
            await self._store_batch(updates)
        except RefusedError as error:
            if error.code in (401, 404):
                raise wrong_token(error) from error
            if error.code == 409 and "webhook" in str(error):
                await self.delete_webhook()
            await self._pause(stop, error, at_least=error.retry_after or 0)
        except NetworkError as error:
            await self._pause(stop, error)
        except DATABASE_TROUBLE as error:
            # Not stored, so not confirmed: the same updates come again.
            await self._pause(stop, getattr(error, "orig", None) or error)
        else:
            if self._failures:
                log.info("updates arrive again")
            self._failures = 0

    async def delete_webhook(self) -> None:
        """Have updates kept for us. Tried once: it is done again when polling is refused because of a webhook."""
        try:
            await self._api.call("deleteWebhook", {}, patience=GRACE)
        except (RefusedError, *NetworkError) as error:
            log.warning("the webhook could not be deleted: %s", describe(error))

    async def _store_batch(self, updates: list[RawUpdate]) -> None:
        self._is_quiet = not updates
        if not updates:
            return
        now = self._clock.now()
        arrivals = [one for update in updates if (one := _read(update, now)) is not None]
        numbers = [number for update in updates if isinstance(number := _number(update), int)]
        if not numbers:
            raise aiohttp.ClientPayloadError("none of the updates has a number")
        await self._inbox.accept(arrivals)
        self._offset = numbers[-1] + 1

    async def _pause(self, stop: asyncio.Event, error: BaseException | str, at_least: float = 0) -> None:
        """Wait before the next try, longer each time; say so once, and again when it lasts."""
        self._failures += 1
        pause = max(at_least, min(LONGEST_PAUSE, 2.0 ** (self._failures - 2)))
        if self._failures in (1, 5) or self._failures % 20 == 0:
            log.warning("no updates (%s); trying again", describe(error))
        try:
            await asyncio.wait_for(stop.wait(), pause * random.uniform(1, 1.3))
        except TimeoutError:
            return


def _read(update: RawUpdate, now: datetime) -> Arrival | None:
    """The update, or None for what is none: asking for it again would bring nothing else."""
    try:
        return arrival(update, now)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        log.warning("left out what is no update: %s", type(error).__name__)
        return None


def _number(update: object) -> object:
    return update.get("update_id") if isinstance(update, dict) else None


def describe(error: object) -> str:
    """One line on why no updates came, with what to do where somebody can do something."""
    if isinstance(error, RefusedError) and error.code == 409 and "webhook" not in str(error):
        return f"{error}: is another copy of the bot running with this token?"
    text = str(error).strip()
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
