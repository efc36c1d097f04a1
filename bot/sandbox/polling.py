"""getUpdates: the only method that waits."""

from __future__ import annotations

import asyncio

from bot.sandbox.call import Call
from bot.sandbox.errors import conflict
from bot.sandbox.methods.receiving import allow
from bot.sandbox.wire import JSON
from bot.sandbox.world import World

MOST_UPDATES = 100
LONGEST_WAIT = 50
"""Seconds; Telegram's server cuts longer ones down."""
HOOK_IS_SET = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
ANOTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"


class Polling:
    """Long polling; the newest poller wins and the one before is sent away."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.closing = False
        self._turn = 0

    async def get_updates(self, call: Call) -> list[JSON]:
        """Waiting updates, at once or as soon as there is one.

        Raises RefusalError 409 if a webhook is set or another poller comes.
        """
        world = self.world
        if world.webhook is not None:
            raise conflict(HOOK_IS_SET)
        allow(world, call)
        self._turn += 1
        turn = self._turn
        world.updates.confirm(call.whole("offset"))
        patience = min(LONGEST_WAIT, max(0, call.whole("timeout")))
        if patience and not len(world.updates):
            await self._wait(turn, patience)
        if turn != self._turn:
            raise conflict(ANOTHER_POLLER)
        if world.webhook is not None:
            raise conflict(HOOK_IS_SET)
        limit = min(MOST_UPDATES, max(1, call.whole("limit", MOST_UPDATES)))
        return [update.body for update in world.updates.first(limit)]

    async def _wait(self, turn: int, seconds: float) -> None:
        alarm = asyncio.create_task(self.world.clock.sleep(seconds))
        alarm.add_done_callback(lambda _: self.world.bell.ring())
        try:
            await self.world.bell.until(
                lambda: (
                    alarm.done()
                    or self.closing
                    or turn != self._turn
                    or self.world.webhook is not None
                    or len(self.world.updates) > 0
                )
            )
        finally:
            alarm.cancel()
