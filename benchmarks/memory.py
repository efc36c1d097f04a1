"""Resident memory of the running bot, after a conversation and under a backlog, against that of its bare imports."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from time import perf_counter

from benchmarks.applicant import Applicant
from benchmarks.bots import running, started
from benchmarks.figures import Figure
from bot.sandbox import Sandbox

PEOPLE = 1300
TEXTS = ("/start", "/check", "IPK 3,4", "/status", "/help")
"""What each of them says while the bot is away: 6,500 updates."""
QUESTION = "How long must the passport of an exchange student be valid?"
SILENCE = 3.0
"""Seconds without a call after which the backlog is taken to be done."""


def measure() -> Iterator[Figure]:
    """MiB."""
    yield from asyncio.run(_measure())


async def _measure() -> list[Figure]:
    imports = await _bare_imports()
    async with running("ours") as bot:
        # Free questions are loaded a moment later.
        idle = (await bot.usage()).resident
        await bot.sandbox.person("Ani").say(QUESTION)
        await bot.calm()
        loaded = (await bot.usage()).resident
        for name, types in (("Budi", False), ("Citra", True)):
            await Applicant(bot.sandbox, bot.sandbox.person(name), types).apply()
        await bot.calm()
        after = (await bot.usage()).resident
    seconds, lost, peak = await _backlog()
    return [
        Figure("aiogram + SQLAlchemy + aiosqlite, imported", imports, "MiB"),
        Figure("the bot after its first answer", idle, "MiB"),
        Figure("more than the bare imports", idle - imports, "MiB", 40),
        Figure("the bot after a free question and two conversations", after, "MiB"),
        Figure("more than the bare imports", after - imports, "MiB", 120),
        Figure(f"backlog of {PEOPLE * len(TEXTS):,} updates, lost", lost, "", 0),
        Figure("backlog, memory added at its highest", peak - loaded, "MiB", 60),
        Figure("backlog, seconds", seconds, "s"),
        Figure("backlog, updates per second", PEOPLE * len(TEXTS) / seconds, "/s"),
    ]


async def _bare_imports() -> float:
    async with await Sandbox.start() as sandbox, started("imports", sandbox) as bot:
        return (await bot.usage()).resident


async def _backlog() -> tuple[float, int, float]:
    """Seconds from the start of the process to the last answer, answers that never came, and the highest memory."""
    async with await Sandbox.start() as sandbox:
        people = [sandbox.person(f"person {number}") for number in range(PEOPLE)]
        for text in TEXTS:
            for person in people:
                await person.say(text)
        began = perf_counter()
        async with started("ours", sandbox) as bot:
            await _silence(sandbox)
            seconds = perf_counter() - began - SILENCE
            peak = (await bot.usage()).peak
        answers = Counter(str(record.params["chat_id"]) for record in sandbox.calls.of("sendMessage", ok=True))
    lost = sum(max(0, len(TEXTS) - answers[str(person.id)]) for person in people)
    return seconds, lost, peak


async def _silence(sandbox: Sandbox) -> None:
    """Until the bot, once it has begun, calls nothing for a while."""
    calls = -1
    while calls < sandbox.calls.total or not sandbox.calls.of("sendMessage"):
        calls = sandbox.calls.total
        await asyncio.sleep(SILENCE)
