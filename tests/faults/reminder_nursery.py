"""A process that has everything imported and forks workers with a clock that stands still; each kills itself (-9) at a
step of making or sending a reminder.

Speaks lines as `worker_nursery`: `start MOMENT STEP` is answered with the new process id, `reap PID` with how it ended.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from datetime import datetime

from bot.clock import StandingClock
from bot.config import read_settings
from bot.db.engine import open_database
from bot.db.ledger_claims import ClaimRepository
from bot.db.reminders import ReminderRepository
from bot.outbound import process, reminder_message, reminders
from bot.services import engine
from bot.services.deadlines import timeline
from knowledge import load
from tests.faults.worker_nursery import dying

STEPS = {
    "looks": (ReminderRepository, "looked_at", True),
    "writes": (ReminderRepository, "tell", False),
    "has written": (ReminderRepository, "tell", True),
    "has looked": (ReminderRepository, "look_again", True),
    "claims": (ClaimRepository, "claim", False),
    "has recorded": (ClaimRepository, "record", True),
}
"""Where it dies; after `claims` the message is queued, after `has recorded` it is sent."""
IMPORTED = (process, reminder_message, engine, timeline)
"""Here, once, so that no child needs to."""


async def work(moment: datetime) -> None:
    """Send what is due at this moment until somebody wants it to stop."""
    settings = read_settings(os.environ)
    database = open_database(settings.database)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await process.serve(settings, database, StandingClock(moment), stop)
    await database.close()


def main() -> None:
    load()
    # Looks come quickly one after the other; a test would otherwise wait for them.
    vars(process)["FIRST"] = vars(reminders)["EVERY"] = 0.1
    print("ready", flush=True)  # noqa: T201 - the answer
    for line in sys.stdin:
        command, _, rest = line.strip().partition(" ")
        if command == "reap":
            _, status = os.waitpid(int(rest), 0)
            print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201
            continue
        child = os.fork()
        if not child:
            sys.stdin.close()
            moment, _, step = rest.partition(" ")
            if step in STEPS:
                kind, name, after = STEPS[step]
                setattr(kind, name, dying(getattr(kind, name), 1, after=after))
            asyncio.run(work(datetime.fromisoformat(moment)))
            os._exit(0)
        print(child, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
