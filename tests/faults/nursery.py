"""A process that has everything imported and makes bots by forking: each is a process of its own that can be killed.

Speaks lines: `start` is answered with the new process id, `reap PID` with its exit status once it has ended. With
`small` as its argument the bots have the handlers of the tests instead of the real ones.
"""

from __future__ import annotations

import os
import sys

import bot.app
from bot.__main__ import main as run_bot
from knowledge import load
from tests.bot.small_bot import small_router


def main() -> None:
    load()
    if sys.argv[1:] == ["small"]:
        vars(bot.app)["build_router"] = small_router
    _answer("ready")
    for line in sys.stdin:
        command, _, number = line.strip().partition(" ")
        if command == "reap":
            _, status = os.waitpid(int(number), 0)
            _answer(os.waitstatus_to_exitcode(status))
            continue
        child = os.fork()
        if not child:
            sys.stdin.close()
            os._exit(run_bot(["run"]))
        _answer(child)


def _answer(word: object) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
