"""Which worker sends: any number may run, one holds the lease."""

from __future__ import annotations

import logging
import os
import socket
from datetime import timedelta
from secrets import token_hex

from bot.clock import Clock
from bot.db.ledger_lease import LEASE, LeaseRepository, Taken

log = logging.getLogger(__name__)


def name_of_this_worker() -> str:
    """A name that no other worker has, before or after: host, process, chance."""
    return f"{socket.gethostname()[:30]}:{os.getpid()}:{token_hex(4)}"


class Lease:
    """The lease as one worker sees it.

    `one_machine` says that all workers run on this machine (a SQLite file): then a holder that is no running process
    any more need not be waited for.
    """

    def __init__(self, rows: LeaseRepository, clock: Clock, name: str, *, one_machine: bool) -> None:
        self._rows = rows
        self._clock = clock
        self._one_machine = one_machine
        self.name = name
        self.is_held = False
        self._keep_at = clock.now()

    async def take(self) -> Taken | None:
        """Become the one that sends; None if another one is."""
        taken = await self._rows.take(self.name, self._clock.now(), even_from=await self._dead_holder())
        self.is_held = taken is not None
        self._keep_at = self._clock.now() + LEASE / 3
        if taken is not None and taken.again + taken.left:
            log.warning(
                "%d messages were in the air when a worker died: %d go out again, %d are left as unknown",
                taken.again + taken.left,
                taken.again,
                taken.left,
            )
        return taken

    async def keep(self) -> bool:
        """Renew the lease if that is due; False if it was lost."""
        now = self._clock.now()
        if now >= self._keep_at:
            self.is_held = await self._rows.keep(self.name, now)
            self._keep_at = now + LEASE / 3
        return self.is_held

    async def pause(self, seconds: float) -> None:
        """Telegram wants nobody to send for so long: a pause that outlives this worker."""
        await self._rows.pause(self._clock.now() + timedelta(seconds=seconds))

    async def release(self) -> None:
        """Let another one send."""
        self.is_held = False
        await self._rows.release(self.name)

    async def _dead_holder(self) -> str | None:
        if not self._one_machine:
            return None
        holder = await self._rows.holder()
        return holder.name if holder is not None and _is_dead(holder.name) else None


def _is_dead(name: str) -> bool:
    """Whether the process of this worker is certainly gone."""
    number = name.split(":")[1]
    if os.name != "posix" or not number.isdecimal():
        return False
    if int(number) == os.getpid():
        # Two processes do not share a number, and this one has made its worker only now.
        return True
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
