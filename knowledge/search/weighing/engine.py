"""The search: a question in, the labels with their probabilities out."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock

import numpy as np

from knowledge.pack import Knowledge, KnowledgeError
from knowledge.search.arrays import Floats
from knowledge.search.embeddings.embedding import Embedder
from knowledge.search.indexing import index_file
from knowledge.search.indexing.fingerprint import fingerprint
from knowledge.search.indexing.index import Index
from knowledge.search.indexing.labels import Label
from knowledge.search.reading.entities import Entities
from knowledge.search.reading.language import recognise
from knowledge.search.reading.lexicon import lexicon
from knowledge.search.reading.normalise import LONGEST
from knowledge.search.reading.reader import Query, QueryReader, documents
from knowledge.search.weighing.model import TrainedModel, Weights
from knowledge.search.weighing.signals import Signals
from knowledge.text import Language
from knowledge.topics import Topics

_MOST = 20
"""Topics of a ranking; whatever stands behind them has no chance."""
_REMEMBERED = 256
"""Texts whose vectors are kept: what many ask alike, and what is looked at twice before it is answered."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A label and how probable it is that the question is about it."""

    label: Label
    probability: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """What a question may be about, the most probable first."""

    query: Query
    lang: Language | None
    """The language the question shows, if it shows one."""
    ranked: tuple[Ranked, ...]
    weights: Weights
    """Those it was made with."""

    @property
    def sure(self) -> Ranked | None:
        """The topic that is certain enough to be given, if one is."""
        first = self.ranked[0]
        enough = self.weights.confidence(first.probability) >= self.weights.answer_from
        return first if first.label.kind == "topic" and enough else None

    def topics(self) -> tuple[Ranked, ...]:
        """The topics only."""
        return tuple(one for one in self.ranked if one.label.kind == "topic")


class StaleIndex(KnowledgeError):
    """The search index cannot be used."""

    def __init__(self, file: str, why: str) -> None:
        super().__init__(f"the search index ({file}) is {why}; run: python -m knowledge train")


class Search:
    """Compares questions with everything the packs hold. Safe to use from several threads."""

    def __init__(self, knowledge: Knowledge, topics: Topics, index: Index, embedder: Embedder | None) -> None:
        self.index, self.embedder = index, embedder
        self._lexicon = lexicon()
        self.reader = QueryReader(knowledge, topics, self._lexicon, index.typed)
        self.signals = Signals(index.labels, topics)
        self._little_words = {lang: frozenset(words) for lang, words in self._lexicon.languages.items()}
        self._lock = Lock()
        self._vector = lru_cache(maxsize=_REMEMBERED)(lambda text: self._vectors([text])[0])

    @property
    def labels(self) -> Sequence[Label]:
        """What a question may be about, by number."""
        return self.index.labels

    @property
    def knows_meaning(self) -> bool:
        """Whether questions are compared by what they mean, not by their words alone."""
        return self.embedder is not None and self.index.meaning is not None

    def meaning(self, query: Query) -> Floats | None:
        """The vector of a question; None without embeddings."""
        return self._vector(query.reading.text)

    def meanings(self, queries: Sequence[Query]) -> Sequence[Floats | None]:
        """The vectors of many questions, together."""
        return self._vectors([query.reading.text for query in queries])

    def table(self, query: Query, meaning: Floats | None, known: Entities | None = None) -> Floats:
        """The signals of a question: one row a label. *known*: what is known of the asker."""
        entities = query.entities if known is None else query.entities.completed(known)
        return self.signals.table(query, self.index.evidence(query, meaning), entities)

    def language(self, query: Query) -> Language | None:
        """The language the question shows, if it shows one."""
        return recognise(query.reading.words, query.letters, self._little_words, self.index.letter_odds)

    def _vectors(self, texts: Sequence[str]) -> Sequence[Floats | None]:
        if self.embedder is None:
            return [None] * len(texts)
        with self._lock:
            return list(self.embedder.embed(texts))


def open_search(
    knowledge: Knowledge, topics: Topics, embedder: Embedder | None, path: Path = index_file.FILE
) -> Search:
    """The search with the index in *path*. One that was made of other texts serves until it is made anew, as long as it
    speaks of the same topics: making it takes minutes and gigabytes, which no bot has to spare.

    Raises:
        StaleIndex: there is no index, or it was made for other topics, word lists or embeddings.
    """
    index = index_file.load(path)
    if index is None:
        raise StaleIndex(path.name, "missing")
    if index.meaning is not None and embedder is not None and index.meaning.vectors.model != embedder.name:
        raise StaleIndex(path.name, "made with other embeddings")
    if [label.name for label in index.labels if label.kind == "topic"] != list(topics):
        raise StaleIndex(path.name, "made of other topics than the packs have")
    search = Search(knowledge, topics, index, embedder)
    if len(index.regression.flags) != len(search.reader.recogniser.flags):
        raise StaleIndex(path.name, "made with other word lists")
    if index.fingerprint != fingerprint(documents(knowledge, topics)):
        _log.warning("the search index was made of other texts than the packs have; run: python -m knowledge train")
    return search


class Ranker:
    """A search with its trained weights, ready for questions."""

    def __init__(self, search: Search, model: TrainedModel) -> None:
        self.search, self._model = search, model
        self._is_topic = np.array([label.kind == "topic" for label in search.labels])
        self.weights: Weights = model.full if search.knows_meaning else model.lexical

    def answering_always(self) -> Ranker:
        """The same without a threshold: for measuring what another threshold would do."""
        bold = Ranker(self.search, self._model)
        bold.weights = self.weights.model_copy(update={"answer_from": 0.0})
        return bold

    def rank(self, question: str, known: Entities | None = None) -> Ranking:
        """What *question* may be about. *known*: what is known of the asker and counts where the question is silent."""
        query = self.search.reader.read(question[:LONGEST])
        return self._ranking(query, self.weights, self.search.table(query, self.search.meaning(query), known))

    def rank_by_words(self, question: str, known: Entities | None = None) -> Ranking:
        """The same without the meaning, many times faster."""
        query = self.search.reader.read(question[:LONGEST])
        return self._ranking(query, self._model.lexical, self.search.table(query, None, known))

    def _ranking(self, query: Query, weights: Weights, table: Floats) -> Ranking:
        probabilities = weights.probabilities(table)
        order = np.argsort(-probabilities, kind="stable")
        order = order[: np.flatnonzero(self._is_topic[order])[:_MOST][-1] + 1]
        labels = self.search.labels
        return Ranking(
            query=query,
            lang=self.search.language(query),
            ranked=tuple(map(Ranked, (labels[place] for place in order), probabilities[order].tolist())),
            weights=weights,
        )
