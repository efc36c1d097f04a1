"""The engine on one core, and the start of its command line."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from time import perf_counter

from benchmarks.figures import Figure, middle
from benchmarks.profiles import TODAY, random_profiles
from knowledge import Knowledge, assess, load
from knowledge.conditions import FactValue
from knowledge.interview import Interview

PROFILES = 1000
ROUNDS = 5
STARTS = 9
FACTS = '{"role": "student", "home": "unnes", "host": "abroad", "programme": "credit_transfer", "gpa": 3.4}'
HEAVY = ("aiogram", "sqlalchemy", "aiohttp", "asyncio", "babel", "holidays")
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
    yield Figure("python -m knowledge assess, start to answer", seconds_to_answer(), "s", 0.6)
    heavy = imported_by_command_line()
    named = f" ({', '.join(heavy)})" if heavy else ""
    yield Figure(f"of {', '.join(HEAVY)} it imports{named}", len(heavy), "", 0)


def assessments_per_second(knowledge: Knowledge, profiles: Sequence[Mapping[str, FactValue]]) -> float:
    """The median round; the first one warms up."""
    rates = []
    for _ in range(ROUNDS + 1):
        began = perf_counter()
        for profile in profiles:
            assess(knowledge, profile, lang="en", today=TODAY)
        rates.append(len(profiles) / (perf_counter() - began))
    return middle(rates[1:])


def questions_per_second(interview: Interview, profiles: Sequence[Mapping[str, FactValue]]) -> float:
    """Every profile is interviewed from nothing to the end; whatever it does not know is answered "I don't know"."""
    asked = 0
    began = perf_counter()
    for profile in profiles:
        answers: dict[str, FactValue | None] = {}
        while (question := interview.position(answers, today=TODAY).question) is not None:
            answers[question.key] = profile.get(question.key)
            asked += 1
        asked += 1
    return asked / (perf_counter() - began)


def seconds_to_answer() -> float:
    """The median of several starts, interpreter included."""
    times = []
    for _ in range(STARTS):
        began = perf_counter()
        _run("-m", "knowledge", "assess", "--today", TODAY.isoformat())
        times.append(perf_counter() - began)
    return middle(times)


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
