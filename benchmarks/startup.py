"""From the start of a process to its first answer, against the import of aiogram in the same run.

Seconds on the wall, interpreter included. Processor seconds are shown beside them, end of the process included, because
on a busy machine they wander less.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from benchmarks.bots import ROOT, end, environment, newest_answer
from benchmarks.figures import Figure, middle
from bot.sandbox import Sandbox

ROUNDS = 5


def measure() -> Iterator[Figure]:
    """Medians over rounds in which everything is started once."""
    imports, answers, greetings = [], [], []
    with tempfile.TemporaryDirectory(prefix="lintas-bench-") as folder:
        data = Path(folder)
        first_answer = _timed(_first_answer, data)
        first_greeting = _timed(_greeting, data)
        for _ in range(ROUNDS):
            imports.append(_timed(_import_aiogram, data))
            answers.append(_timed(_first_answer, data))
            greetings.append(_timed(_greeting, data))
    yield Figure("import aiogram", _wall(imports), "s")
    yield Figure("import aiogram, processor", _processor(imports), "s")
    yield Figure("python -m bot run, start to first answer, empty folder", first_answer.wall, "s")
    yield Figure("python -m bot run, start to first answer", _wall(answers), "s", _wall(imports) + 1.5)
    yield Figure("python -m bot run, processor", _processor(answers), "s")
    yield Figure("python -m bot chat, start to greeting, empty folder", first_greeting.wall, "s")
    yield Figure("python -m bot chat, start to greeting", _wall(greetings), "s", 6)
    yield Figure("python -m bot chat, processor", _processor(greetings), "s")


@dataclass(frozen=True)
class Took:
    """Seconds until the answer, and processor seconds of the whole process."""

    wall: float
    processor: float


def _wall(times: Sequence[Took]) -> float:
    return middle([took.wall for took in times])


def _processor(times: Sequence[Took]) -> float:
    return middle([took.processor for took in times])


def _timed(measured: Callable[[Path], Awaitable[float]], data: Path) -> Took:
    async def once() -> float:
        return await measured(data)

    before = os.times()
    wall = asyncio.run(once())
    after = os.times()
    user, system = after.children_user - before.children_user, after.children_system - before.children_system
    return Took(wall, user + system)


async def _import_aiogram(_data: Path) -> float:
    began = perf_counter()
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", "import aiogram")
    await process.wait()
    return perf_counter() - began


async def _first_answer(data: Path) -> float:
    """Seconds until a /start that has been waiting is answered."""
    async with await Sandbox.start(first_number=int(perf_counter() * 1000)) as sandbox:
        person = sandbox.person("Ani")
        number = await person.say("/start")
        began = perf_counter()
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"),
            env=environment(sandbox, data),
            cwd=ROOT,
            stderr=subprocess.DEVNULL,
        )
        try:
            async with asyncio.timeout(120):
                await sandbox.world.bell.until(lambda: newest_answer(sandbox, person.id) > number)
            return perf_counter() - began
        finally:
            await end(process)


async def _greeting(data: Path) -> float:
    """Seconds until the terminal chat shows its greeting."""
    began = perf_counter()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "chat", "--data", str(data)),
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(b"/start\n")
        async with asyncio.timeout(120):
            # The first line says at once that it is starting.
            while b"Lintas" not in (line := await process.stdout.readline()):
                assert line, "the chat ended without a greeting"
        return perf_counter() - began
    finally:
        process.stdin.close()
        await process.wait()
