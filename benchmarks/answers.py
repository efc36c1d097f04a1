"""Free questions: how fast they are answered, when the bot is ready for them, what they cost others and in memory."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from asyncio.subprocess import PIPE
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import perf_counter, process_time

from benchmarks.answers_burst import burst
from benchmarks.bots import ROOT, end, environment, newest_answer, running, started
from benchmarks.figures import Figure, middle, percentile
from benchmarks.profiles import TODAY
from bot.sandbox import Person, Sandbox

ROUNDS = 3
ASKED = 40
"""Questions that the bot is asked before its memory is looked at."""
READY = b"free questions are ready"
GREETED = b"this is @"


def measure() -> Iterator[Figure]:
    """Milliseconds on one core, seconds after the start, MiB, and latencies of others during a burst."""
    yield from _speed()
    yield from asyncio.run(_readiness())
    yield from asyncio.run(_memory())
    yield from asyncio.run(burst(_questions()))


def _speed() -> list[Figure]:
    """The search alone, in this process, over the labelled test questions."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from knowledge import load
    from knowledge.search.answering.answerer import Answerer

    knowledge = load()
    began = perf_counter()
    answerer = Answerer(knowledge)
    loaded = perf_counter() - began
    asked = _questions()
    answerer.answer(asked[0])
    words = _each(asked, lambda question: answerer.find(question, lang="id", today=TODAY))
    whole = _each(asked, lambda question: answerer.answer(question, today=TODAY))
    return [
        Figure("index and weights, loaded", loaded, "s"),
        Figure(f"by words alone, p95 of {len(asked)}", percentile(words, 95), "ms", 3),
        Figure("whole answer, median", middle(whole), "ms"),
        Figure(f"whole answer, p95 of {len(asked)}", percentile(whole, 95), "ms", 60),
    ]


def _questions() -> list[str]:
    from knowledge.search.outside import questions

    return [asked.question for asked in questions("test")]


def _each(asked: Sequence[str], work: Callable[[str], object]) -> list[float]:
    """Milliseconds of the processor for each."""
    took = []
    for question in asked:
        began = process_time()
        work(question)
        took.append(1000 * (process_time() - began))
    return took


async def _readiness() -> list[Figure]:
    """From the moment the bot is connected: until free questions are loaded, and until a waiting /start is answered."""
    ready, answered = zip(*[await _start() for _ in range(ROUNDS)], strict=True)
    return [
        Figure("python -m bot run, connected to first answer", middle(answered), "s"),
        Figure("python -m bot run, connected to questions ready", middle(ready), "s", 1.5),
    ]


async def _start() -> tuple[float, float]:
    with tempfile.TemporaryDirectory(prefix="lintas-bench-") as folder:
        async with await Sandbox.start() as sandbox:
            person = sandbox.person("Ani")
            number = await person.say("/start")
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", "run"), env=environment(sandbox, Path(folder)), cwd=ROOT, stderr=PIPE
            )
            assert process.stderr is not None
            try:
                async with asyncio.timeout(120):
                    await _line(process.stderr, GREETED)
                    began = perf_counter()
                    ready = asyncio.create_task(_line(process.stderr, READY))
                    await sandbox.world.bell.until(lambda: newest_answer(sandbox, person.id) > number)
                    answered = perf_counter() - began
                    await ready
                    return perf_counter() - began, answered
            finally:
                await end(process)


async def _line(stream: asyncio.StreamReader, sign: bytes) -> None:
    while sign not in (line := await stream.readline()):
        assert line, "the bot ended before it was ready"


async def _memory() -> list[Figure]:
    """The whole bot, after it has answered questions."""
    async with await Sandbox.start() as sandbox, started("imports", sandbox) as bot:
        imports = (await bot.usage()).resident
    async with running("ours") as bot:
        person = bot.sandbox.person("Budi")
        for question in _questions()[:ASKED]:
            await _ask(bot.sandbox, person, question)
        await bot.calm()
        usage = await bot.usage()
    return [
        Figure("the bot after questions, more than the bare imports", usage.resident - imports, "MiB", 120),
        Figure("at its highest", usage.peak - imports, "MiB"),
    ]


async def _ask(sandbox: Sandbox, person: Person, question: str) -> None:
    number = await person.say(question)
    async with asyncio.timeout(60):
        await sandbox.world.bell.until(lambda: newest_answer(sandbox, person.id) > number)
