"""kill -9 at random moments: the conversation goes on where it was, nothing is lost, nothing happens twice.

`make faults` kills fifty times, `make test` five times; FAULT_ROUNDS says how often, FAULT_SEED repeats a run.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.db.engine import Database
from tests.faults.mortal import Mortal, Talker, mortal_bot

pytestmark = pytest.mark.faults

ROUNDS = int(os.environ.get("FAULT_ROUNDS", "5"))
SEED = int(os.environ.get("FAULT_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
LONGEST_LIFE = 0.08
"""Seconds after a line within which the bot is killed: somewhat longer than it takes to handle it."""

ANSWERS = {
    "programme": "credit transfer",
    "level": "S1",
    "active_student": "yes",
    "semester": "5",
    "gpa": "3,4",
    "ielts": "5,5",
    "citizenship": "Indonesian",
}
MOST_QUESTIONS = 20
KEEPING = ("Keep as my application", "Japan", "1", "I have it", "Submitted", "Not yet", "I have it", "/status")
TICKS = [("todo", "have"), ("have", "submitted"), ("submitted", "todo"), ("todo", "have")]


@dataclass(frozen=True)
class End:
    """What is left of a conversation."""

    screen: str
    person: tuple[Any, ...]
    applications: list[tuple[Any, ...]]
    moves: list[tuple[Any, ...]]


async def end_of(talker: Talker, database: Database) -> End:
    people = await rows(database, "SELECT answers, language, goal FROM people")
    return End(
        screen=talker.person.screen.text,
        person=people[0],
        applications=await rows(database, "SELECT name, answers, verdict FROM applications ORDER BY id"),
        moves=await rows(database, "SELECT from_status, to_status FROM item_moves ORDER BY id"),
    )


async def rows(database: Database, query: str) -> list[tuple[Any, ...]]:
    async with database.connect() as connection:
        return [tuple(row) for row in await connection.execute(text(query))]


async def asked(database: Database) -> str | None:
    """The fact whose answer is awaited."""
    ((conversation,),) = await rows(database, "SELECT conversation FROM people")
    kind, about = json.loads(conversation).get("expects") or (None, None)
    return about if kind == "fact" else None


def talker_of(mortal: Mortal, folder: Path) -> Talker:
    return Talker(mortal.sandbox, mortal.sandbox.person("Ana", language="en"), folder)


async def converse(mortal: Mortal, folder: Path) -> tuple[list[str], End]:
    """From the link on a poster to a ticked checklist, undisturbed; what was typed, and what is left."""
    talker, typed = talker_of(mortal, folder), []

    async def say(line: str) -> None:
        typed.append(line)
        await talker.type(line)
        await mortal.done()

    await say("/start type_student_outbound_international")
    while (fact := await asked(mortal.database)) and len(typed) < MOST_QUESTIONS:
        await say(ANSWERS.get(fact, "I don't know"))
    for line in KEEPING:
        await say(line)
    return typed, await end_of(talker, mortal.database)


async def converse_dying(mortal: Mortal, folder: Path, lines: list[str]) -> End:
    """The same lines, while the bot is killed again and again, each time shortly after a line was typed."""
    chance = random.Random(SEED)
    deaths = Counter(chance.choices(range(len(lines)), k=ROUNDS))
    talker = talker_of(mortal, folder)
    for number, line in enumerate(lines):
        await talker.type(line)
        for _ in range(deaths[number]):
            await asyncio.sleep(chance.uniform(0, LONGEST_LIFE))
            await mortal.die()
            await mortal.be_born()
        await mortal.done()
    assert mortal.deaths == ROUNDS
    return await end_of(talker, mortal.database)


async def test_a_conversation_with_deaths_ends_like_one_without(tmp_path: Path) -> None:
    async with mortal_bot(tmp_path / "calm") as mortal:
        lines, calm = await converse(mortal, tmp_path)
    assert [name for name, *_ in calm.applications] == ["Japan"]
    assert calm.moves == TICKS
    async with mortal_bot(tmp_path / "wild") as mortal:
        assert await converse_dying(mortal, tmp_path, lines) == calm, f"FAULT_SEED={SEED}"


def numbers(shown: list[str]) -> Iterator[int]:
    return (int(words) for words in shown if words.isdigit())


async def test_every_update_has_its_effect_exactly_once(tmp_path: Path) -> None:
    """The handler counts, which is anything but idempotent: a lost or repeated effect shows for ever."""
    chance, sent = random.Random(SEED), 0
    async with mortal_bot(tmp_path / "small", "small") as mortal:
        person = mortal.sandbox.person("Ana", language="en")
        await person.start()
        for _ in range(ROUNDS):
            for _ in range(chance.randint(1, 6)):
                await person.say("/count")
                sent += 1
                await asyncio.sleep(chance.uniform(0, 0.01))
            await asyncio.sleep(chance.uniform(0, LONGEST_LIFE))
            await mortal.die()
            await mortal.be_born()
        await mortal.done()
        await person.say("/count")
        await mortal.done()
        sent += 1
        ((conversation,),) = await rows(mortal.database, "SELECT conversation FROM people")
        shown = list(numbers([screen.text for screen in person.messages if screen.from_bot]))
    assert json.loads(conversation)["extra"]["n"] == sent, f"FAULT_SEED={SEED}"
    assert set(shown) == set(range(1, sent + 1)), "everybody got a reply"
    assert shown == sorted(shown), "a reply may come twice, but in order"
