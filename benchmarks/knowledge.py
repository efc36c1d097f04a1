"""The engine on one core, and the start of its command line."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from time import perf_counter, process_time

from benchmarks.figures import Figure, middle
from benchmarks.profiles import TODAY, random_profiles
from knowledge import Knowledge, assess, load
from knowledge.conditions import FactValue
from knowledge.interview import Interview

PROFILES = 1000
ROUNDS = 5
STARTS = 9
FACTS = '{"role": "student", "home": "unnes", "host": "abroad", "gpa": 3.4, "start_date": "2027-09-01"}'
HEAVY = ("aiogram", "sqlalchemy", "telegram", "aiohttp", "asyncio", "babel", "numpy", "holidays.countries")
"""Modules that the command line of the knowledge can do without."""


def measure() -> Iterator[Figure]:
    """assess and next question per second, seconds from start to answer."""
    knowledge = load()
    profiles = random_profiles(knowledge, PROFILES)
    yield Figure("assess", assessments_per_second(knowledge, profiles), "/s", 2000, floor=True)
    interview = Interview(knowledge)
    first = questions_per_second(interview, profiles)
    yield Figure("next question, answers never seen before", first, "/s", 1000, floor=True)
    again = middle([questions_per_second(interview, profiles) for _ in range(ROUNDS)])
    yield Figure("next question, warm", again, "/s", 1000, floor=True)
    wall, processor = seconds_to_answer()
    yield Figure("python -m knowledge assess, start to answer", wall, "s", 0.6)
    yield Figure("python -m knowledge assess, processor", processor, "s")
    heavy = imported_by_command_line()
    yield Figure(f"heavy modules it imports{': ' if heavy else ''}{', '.join(heavy)}", len(heavy), "", 0)


def assessments_per_second(knowledge: Knowledge, profiles: Sequence[Mapping[str, FactValue]]) -> float:
    """The median round; the first one warms up."""
    rates = []
    for _ in range(ROUNDS + 1):
        began = process_time()
        for profile in profiles:
            assess(knowledge, profile, lang="en", today=TODAY)
        rates.append(len(profiles) / (process_time() - began))
    return middle(rates[1:])


def questions_per_second(interview: Interview, profiles: Sequence[Mapping[str, FactValue]]) -> float:
    """Every profile is interviewed from nothing to the end; whatever it does not know is answered "I don't know"."""
    asked = 0
    began = process_time()
    for profile in profiles:
        answers: dict[str, FactValue | None] = {}
        while (question := interview.position(answers, today=TODAY).question) is not None:
            answers[question.key] = profile.get(question.key)
            asked += 1
        asked += 1
    return asked / (process_time() - began)


def seconds_to_answer() -> tuple[float, float]:
    """The medians of several starts, interpreter included: on the wall, and of the processor."""
    wall, processor = [], []
    for _ in range(STARTS):
        began, before = perf_counter(), os.times()
        _run("-m", "knowledge", "assess", "--today", TODAY.isoformat())
        after = os.times()
        wall.append(perf_counter() - began)
        processor.append(after.children_user + after.children_system - before.children_user - before.children_system)
    return middle(wall), middle(processor)


def imported_by_command_line() -> list[str]:
    """The heavy modules that are in memory after an answer."""
    script = (
        "import sys; from knowledge.__main__ import main; main(['assess']);"
        f"print([name for name in {HEAVY} if name in sys.modules], file=sys.stderr)"
    )
    names: list[str] = [name for name in HEAVY if f"'{name}'" in _run("-c", script).stderr]
    return names


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], input=FACTS, capture_output=True, text=True, check=True)
