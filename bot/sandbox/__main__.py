"""``python -m bot.sandbox``: the server alone, for a bot and a driver in other processes.

Prints one line of JSON with its address and a token, then runs until it is interrupted.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
from pathlib import Path

from bot.sandbox.sandbox import Sandbox


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="port on loopback; 0 takes a free one")
    parser.add_argument("--token", help="the only token let in; without it any token will do")
    parser.add_argument("--username", default="lintas_bot", help="the bot's @name")
    parser.add_argument("--record", type=Path, help="file for every accepted call, as JSON lines")
    return parser.parse_args()


async def serve(options: argparse.Namespace) -> None:
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    async with await Sandbox.start(
        options.port, token=options.token, username=options.username, record=options.record
    ) as sandbox:
        address = {"url": sandbox.url, "port": sandbox.port, "token": sandbox.token}
        print(json.dumps(address), flush=True)
        await ended.wait()


if __name__ == "__main__":
    asyncio.run(serve(arguments()))
