"""From the start of a process to its first answer, against the import of aiogram in the same run."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from time import perf_counter

from benchmarks.bots import ROOT, end, environment, newest_answer
from benchmarks.figures import Figure, middle
from bot.sandbox import Sandbox

ROUNDS = 5


def measure() -> Iterator[Figure]:
    """Seconds, interpreter included; medians."""
    imports, answers, greetings = [], [], []
    with tempfile.TemporaryDirectory(prefix="lintas-bench-") as folder:
        data = Path(folder)
        first_answer = _timed(_first_answer, data)
        first_greeting = _timed(_greeting, data)
        for _ in range(ROUNDS):
            imports.append(_import_aiogram())
            answers.append(_timed(_first_answer, data))
            greetings.append(_timed(_greeting, data))
    yield Figure("import aiogram", middle(imports), "s")
    yield Figure("python -m bot run, start to first answer, empty folder", first_answer, "s")
    yield Figure("python -m bot run, start to first answer", middle(answers), "s", middle(imports) + 1.5)
    yield Figure("python -m bot chat, start to greeting, empty folder", first_greeting, "s")
    yield Figure("python -m bot chat, start to greeting", middle(greetings), "s", 6)


def _import_aiogram() -> float:
    began = perf_counter()
    subprocess.run([sys.executable, "-c", "import aiogram"], check=True)
    return perf_counter() - began


def _timed(measured: Callable[[Path], Awaitable[float]], data: Path) -> float:
    async def once() -> float:
        return await measured(data)

    return asyncio.run(once())


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
