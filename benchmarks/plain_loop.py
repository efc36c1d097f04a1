"""What the worker is compared with: a loop over the recipients with python-telegram-bot's stock limiter."""

from __future__ import annotations

import asyncio
import os

from telegram.error import TelegramError
from telegram.ext import AIORateLimiter, ExtBot


async def run_plain(url: str, token: str, rate: float, people: range) -> None:
    """Send one message to each, as the library's examples do; nothing is kept of who got it."""
    limiter = AIORateLimiter(overall_max_rate=rate, overall_time_period=1, max_retries=5)
    async with ExtBot(token, base_url=f"{url}/bot", rate_limiter=limiter) as bot:
        for person in people:
            try:
                await bot.send_message(person, "Pengumuman")
            except TelegramError:
                continue
    await asyncio.Event().wait()


def main(first: int, count: int) -> None:
    """Be that loop; the address and the token are in the environment."""
    environment = os.environ
    rate = float(environment["BROADCAST_RATE"])
    people = range(first, first + count)
    asyncio.run(run_plain(environment["TELEGRAM_API_URL"], environment["BOT_TOKEN"], rate, people))
