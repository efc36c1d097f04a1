"""A process that has everything imported and makes workers by forking, each of which kills itself (-9) at a moment that
was chosen for it.

Speaks lines: `start STEP NUMBER` is answered with the new process id (STEP `never` for one that lives on), `reap PID`
with its exit status once it has ended. STEP is one of `STEPS`; the process ends when it has come there NUMBER times.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from typing import Any, ParamSpec, TypeVar

from bot.__main__ import main as run_bot
from bot.db.ledger_claims import ClaimRepository
from bot.db.ledger_lease import LeaseRepository
from bot.outbound import process
from bot.outbound.sender import Courier, Sender

P = ParamSpec("P")
T = TypeVar("T")

STEPS: dict[str, tuple[type[Any], str, bool]] = {
    "takes the lease": (LeaseRepository, "take", False),
    "has the lease": (LeaseRepository, "take", True),
    "claims": (ClaimRepository, "claim", False),
    "has claimed": (ClaimRepository, "claim", True),
    "waits for its slot": (Sender, "send", False),
    "calls": (Courier, "call", False),
    "has called": (Courier, "call", True),
    "records": (ClaimRepository, "record", False),
    "has recorded": (ClaimRepository, "record", True),
    "tidies": (ClaimRepository, "tidy", False),
}
IN_THE_AIR = "is in the air"
"""A moment after a call began: the request may be written, under way, carried out, answered."""
PREPARED = process.serve
"""Imported here, once, so that no child needs to."""


def main() -> None:
    _answer("ready")
    for line in sys.stdin:
        command, _, rest = line.strip().partition(" ")
        if command == "reap":
            _, status = os.waitpid(int(rest), 0)
            _answer(os.waitstatus_to_exitcode(status))
            continue
        child = os.fork()
        if not child:
            sys.stdin.close()
            step, _, number = rest.rpartition(" ")
            _doom(step, int(number))
            os._exit(run_bot(["worker"]))
        _answer(child)


def _doom(step: str, number: int) -> None:
    """Have this process die at its step."""
    if step in STEPS:
        kind, name, after = STEPS[step]
        setattr(kind, name, dying(getattr(kind, name), number, after=after))
    elif step == IN_THE_AIR:
        call = dying(Courier.call, number, after=False, within=0.004)
        setattr(Courier, "call", call)  # noqa: B010 - a method is replaced, which mypy would not let pass


def dying(
    method: Callable[P, Awaitable[T]], number: int, *, after: bool, within: float = 0.0
) -> Callable[P, Awaitable[T]]:
    """The method, with which the process dies: before or after the call of this number, or a moment into it."""
    left = number

    def come() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            if not within:
                _die()
            asyncio.get_running_loop().call_later(within * (number % 5) / 4, _die)

    async def doomed(*args: P.args, **kwargs: P.kwargs) -> T:
        if not after:
            come()
        result = await method(*args, **kwargs)
        if after:
            come()
        return result

    return doomed


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _answer(word: object) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
