"""Processor time per update of the real bot, against bare bots that call the Bot API as often, in the same run."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from itertools import count

from benchmarks.applicant import Applicant, Step
from benchmarks.bots import Running, running
from benchmarks.figures import Figure, middle

ROUNDS = 5
AT_ONCE = 8
"""People who talk to the bot at the same time: every other one types, the others press."""
KINDS = ("echo", "row", "ours")


def measure() -> Iterator[Figure]:
    """Milliseconds per update and ratios; medians over the rounds."""
    yield from asyncio.run(_measure())


async def _measure() -> list[Figure]:
    async with AsyncExitStack() as stack:
        bots = {kind: await stack.enter_async_context(running(kind)) for kind in KINDS}
        names = (f"person {number}" for number in count())
        scripts = [await _record(bots["ours"], next(names), types=types) for types in (False, True)]
        spent: dict[str, list[float]] = {kind: [] for kind in KINDS}
        calls: dict[str, float] = {}
        for number in range(ROUNDS + 1):
            people = [next(names) for _ in range(AT_ONCE)]
            for kind, bot in bots.items():
                cpu, calls[kind] = await _round(bot, people, scripts)
                # The first round warms up.
                spent[kind] += [cpu] if number else []
    return list(_figures(spent, calls, sum(map(len, scripts)) / len(scripts)))


async def _record(bot: Running, name: str, *, types: bool) -> list[Step]:
    """What somebody does from /start to the kept checklist."""
    applicant = Applicant(bot.sandbox, bot.sandbox.person(name), types)
    await applicant.apply()
    return applicant.steps


async def _round(bot: Running, people: Sequence[str], scripts: Sequence[Sequence[Step]]) -> tuple[float, float]:
    """Milliseconds of processor time, and calls of the Bot API, per update."""
    talkers = [Applicant(bot.sandbox, bot.sandbox.person(name)) for name in people]
    await bot.calm()
    before, calls = await bot.usage(), bot.sandbox.calls.total
    await asyncio.gather(*(talker.do_all(scripts[at % len(scripts)]) for at, talker in enumerate(talkers)))
    await bot.calm()
    updates = sum(len(talker.steps) for talker in talkers)
    cpu = (await bot.usage()).cpu - before.cpu
    return 1000 * cpu / updates, (bot.sandbox.calls.total - calls) / updates


def _figures(spent: dict[str, list[float]], calls: dict[str, float], length: float) -> Iterator[Figure]:
    echo, row, ours = (spent[kind] for kind in KINDS)
    yield Figure("updates of one conversation", length, "")
    for kind, name in zip(KINDS, ("bare echo", "bare + select, update, commit", "ours"), strict=True):
        yield Figure(f"{name}, per update", middle(spent[kind]), "ms")
        yield Figure(f"{name}, calls of the Bot API per update", calls[kind], "")
    yield Figure("bare + select, update, commit : bare echo", _ratio(row, echo), "×")
    yield Figure("ours : bare echo", _ratio(ours, echo), "×")
    yield Figure("ours : bare + select, update, commit", _ratio(ours, row), "×", 1.5)


def _ratio(of: Sequence[float], to: Sequence[float]) -> float:
    """The median of the ratios of each round."""
    return middle([one / other for one, other in zip(of, to, strict=True)])
