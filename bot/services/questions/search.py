"""The search at work: one thread of its own, so that the event loop never waits for it.

Index and weights are loaded when somebody asks first, or beforehand by `warm_up`: a bot that nobody asks anything pays
nothing for them. One thread answers in the order in which it was asked; one person has one update at a time, so nobody
can fill the queue.
"""

from __future__ import annotations

import asyncio
import ctypes
import gc
import logging
import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from time import perf_counter
from typing import TYPE_CHECKING, Final, TypeVar

from bot.services.questions.alike import LITTLE
from bot.services.turns import aside
from bot.services.visit import Lang
from knowledge import Knowledge

if TYPE_CHECKING:
    # These bring NumPy with them.
    from knowledge.search.answering.answer import Answer, Suggestion, TopicAnswer, TopicTitle
    from knowledge.search.answering.answerer import Answerer
    from knowledge.search.answering.browsing import GroupTitle
    from knowledge.search.reading.reader import Query
    from knowledge.search.weighing.engine import Ranker

log = logging.getLogger(__name__)

T = TypeVar("T")

FEW_WORDS: Final = 2
"""Words of a text that names something rather than asks."""
COUNTRY: Final = ("somecountry",)
"""What the search reads in place of the name of a country or city."""
THREADS: Final = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
"""What tells the libraries of numbers how many threads to make. Ours are small: more threads would only cost memory."""


@dataclass(frozen=True)
class Found:
    """What the search says to a question."""

    answer: Answer
    has_words: bool
    """Whether there is anything to look for in it."""


class Engine:
    """The loaded search; used in one thread."""

    def __init__(self, knowledge: Knowledge) -> None:
        from knowledge.search.answering.answerer import Answerer, default_ranker
        from knowledge.topics import topics

        known = topics()
        self.ranker: Ranker = default_ranker(knowledge, known)
        self.answerer: Answerer = Answerer(knowledge, self.ranker, known)

    def ask(
        self,
        question: str,
        *,
        otherwise: Lang,
        known_type: str | None = None,
        known_programme: str | None = None,
        today: date = date.max,
    ) -> Found:
        """The answer in the language of the question, in `otherwise` where it shows none."""
        query = self.ranker.search.reader.read(question[:600])
        lang = self._shown(query)
        answer = self.answerer.answer(
            question, lang=lang or otherwise, known_type=known_type, known_programme=known_programme, today=today
        )
        if answer.kind == "no" and not answer.suggestions and len(query.reading.words) <= FEW_WORDS:
            answer = replace(answer, suggestions=self._by_title(query.reading.words, answer.lang, known_type, today))
        return Found(answer, bool(query.reading.stems))

    def _by_title(
        self, words: Sequence[str], lang: Lang, known_type: str | None, today: date
    ) -> tuple[Suggestion, ...]:
        """Topics with one of the words in their title: a word alone says what it is about, but not what is asked."""
        from knowledge.search.answering.answer import MOST_SUGGESTIONS, Suggestion
        from knowledge.search.reading.normalise import tokens

        found = self.answerer.find(" ".join(words), lang=lang, known_type=known_type, today=today)
        near = [part for part in found if any(token in words for token in tokens(part.title))]
        return tuple(Suggestion(part.topic, part.title, part.clauses) for part in near[:MOST_SUGGESTIONS])

    def stems(self, text: str) -> tuple[str, ...]:
        """The stems of the words that say what a text is about; of all its words where none does."""
        reader = self.ranker.search.reader
        reading = reader.read(text).reading
        telling = " ".join(word for word in reading.words if word not in LITTLE)
        return reader.read(telling).reading.stems or reading.stems

    def language(self, text: str) -> Lang | None:
        """The language that a text shows, if it shows one."""
        return self._shown(self.ranker.search.reader.read(text[:600]))

    def _shown(self, query: Query) -> Lang | None:
        """The language, unless all there is of the text is a name or a word nobody knows: its letters say nothing."""
        if len(query.reading.words) == 1 and (query.unknown or query.reading.stems == COUNTRY):
            return None
        return self.ranker.search.language(query)


class QuestionSearch:
    """The search, to be awaited. `load` makes the engine; it is called once, in the thread."""

    def __init__(self, knowledge: Knowledge, load: Callable[[Knowledge], Engine] | None = None) -> None:
        self._knowledge = knowledge
        self._load = load or _engine_of
        self._engine: Engine | None = None
        self._thread: ThreadPoolExecutor | None = None

    @property
    def is_ready(self) -> bool:
        """Whether a question is answered at once; the first one takes about a second."""
        return self._engine is not None

    async def warm_up(self) -> None:
        """Load what is needed, before somebody asks. What goes wrong is logged: the first question will tell."""
        began = perf_counter()
        try:
            await self._run(lambda engine: engine.ask("?", otherwise="id"))
        except Exception:
            log.exception("free questions cannot be answered")
            return
        log.info("free questions are ready after %.1f s", perf_counter() - began)

    async def ask(
        self, question: str, *, otherwise: Lang, known_type: str | None, known_programme: str | None, today: date
    ) -> Found:
        """The answer in the language of the question, in `otherwise` where it shows none."""
        return await self._run(
            lambda engine: engine.ask(
                question, otherwise=otherwise, known_type=known_type, known_programme=known_programme, today=today
            )
        )

    async def stems(self, text: str) -> tuple[str, ...]:
        """The words by which alike questions are known."""
        return await self._run(lambda engine: engine.stems(text))

    async def topic(self, topic: str, *, lang: Lang, known_type: str | None = None, today: date) -> TopicAnswer | None:
        """A topic that was picked by hand; None if there is none of this id (any more)."""

        def write(engine: Engine) -> TopicAnswer | None:
            if topic not in engine.answerer.topics:
                return None
            return engine.answerer.topic(topic, lang=lang, known_type=known_type, today=today)

        return await self._run(write)

    async def find(
        self, typed: str, *, otherwise: Lang, most: int, today: date
    ) -> tuple[Lang, tuple[TopicAnswer, ...]]:
        """Topics for what somebody is still typing, with their language; nothing personal in them."""

        def look(engine: Engine) -> tuple[Lang, tuple[TopicAnswer, ...]]:
            lang = engine.language(typed) or otherwise
            return lang, engine.answerer.find(typed, lang=lang, most=most, today=today)

        return await self._run(look)

    async def groups(self, lang: Lang) -> tuple[GroupTitle, ...]:
        """The categories of topics, in the order of browsing."""
        return await self._run(lambda engine: engine.answerer.groups(lang))

    async def in_group(self, group: str, lang: Lang, known_type: str | None = None) -> tuple[TopicTitle, ...]:
        """The topics of a category, those of the person's type first; () for a category that does not exist."""
        return await self._run(lambda engine: engine.answerer.in_group(group, lang, known_type))

    def close(self) -> None:
        """End the thread. What is asked afterwards starts another one."""
        if self._thread is not None:
            self._thread.shutdown(wait=False, cancel_futures=True)
            self._thread = None

    async def _run(self, work: Callable[[Engine], T]) -> T:
        if self._thread is None:
            self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="questions")
        async with aside():
            return await asyncio.get_running_loop().run_in_executor(self._thread, self._do, work)

    def _do(self, work: Callable[[Engine], T]) -> T:
        if self._engine is None:
            self._engine = self._load(self._knowledge)
        return work(self._engine)


_ENGINES: Final[dict[int, tuple[Knowledge, Engine]]] = {}
"""One engine for each knowledge in a process: it changes nothing, and has a hundred megabytes."""


def _engine_of(knowledge: Knowledge) -> Engine:
    if id(knowledge) not in _ENGINES:
        for name in THREADS:
            os.environ.setdefault(name, "1")
        engine = Engine(knowledge)
        # The first question loads what the others share.
        engine.ask("?", otherwise="id")
        _give_back()
        _ENGINES[id(knowledge)] = knowledge, engine
    return _ENGINES[id(knowledge)][1]


def _give_back() -> None:
    """Return to the system what was needed for loading only."""
    gc.collect()
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
