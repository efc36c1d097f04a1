"""Two hundred questions at once: how long others wait meanwhile who press and type as usual."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from time import perf_counter

from benchmarks.applicant import Applicant, Step
from benchmarks.bots import Running, newest_answer, running
from benchmarks.figures import Figure, middle, percentile

QUESTIONS = 200
OTHERS = 4
"""People who send commands one after the other, each as soon as the last is answered."""
IDLE_STEPS = 40
PATIENCE = 600.0
"""Seconds for all answers, on a machine that is busy with something else."""
PACE = 0.02
"""Seconds in which somebody reads an answer before they go on."""


async def burst(questions: Sequence[str]) -> list[Figure]:
    """Latencies in milliseconds, without questions and with them, and how long the questions took together."""
    async with running("ours") as bot:
        warm = bot.sandbox.person("Warm")
        number = await warm.say(questions[0])
        await bot.sandbox.world.bell.until(lambda: newest_answer(bot.sandbox, warm.id) > number)
        await bot.calm()
        others = [Applicant(bot.sandbox, bot.sandbox.person(f"other {number}")) for number in range(OTHERS)]
        over = asyncio.Event()
        quiet = await _all(others, over, steps=IDLE_STEPS)
        began = perf_counter()
        busy = asyncio.create_task(_all(others, over))
        took = await _ask_all(bot, questions)
        over.set()
        during = await busy
    return [
        Figure("others, p99 while nobody asks", percentile(quiet, 99), "ms"),
        Figure("others, median during the burst", middle(during), "ms"),
        Figure(f"others, p99 during {QUESTIONS} questions at once", percentile(during, 99), "ms"),
        Figure(f"{QUESTIONS} questions at once, last answer", took - began, "s"),
        Figure("answers per second meanwhile", QUESTIONS / (took - began), "/s"),
    ]


async def _all(others: Sequence[Applicant], over: asyncio.Event, *, steps: int = 100_000) -> list[float]:
    found = await asyncio.gather(*(_commands(one, over, steps) for one in others))
    return [latency for each in found for latency in each]


async def _commands(one: Applicant, over: asyncio.Event, steps: int) -> list[float]:
    """Milliseconds for each command until it is over."""
    took: list[float] = []
    while len(took) < steps and not over.is_set():
        began = perf_counter()
        await one.do(Step("/help"))
        took.append(1000 * (perf_counter() - began))
        await asyncio.sleep(PACE)
    return took


async def _ask_all(bot: Running, questions: Sequence[str]) -> float:
    """The moment at which the last of them is answered."""
    people = [bot.sandbox.person(f"asker {number}") for number in range(QUESTIONS)]
    asked = {person.id: await person.say(questions[number % len(questions)]) for number, person in enumerate(people)}
    async with asyncio.timeout(PATIENCE):
        await bot.sandbox.world.bell.until(
            lambda: all(newest_answer(bot.sandbox, person) > number for person, number in asked.items())
        )
    return perf_counter()
