"""The search: a question in, the labels with their probabilities out."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import numpy as np

from knowledge.pack import Knowledge, KnowledgeError
from knowledge.search.arrays import Floats
from knowledge.search.embeddings.embedding import Embedder
from knowledge.search.embeddings.vectors import NO_VECTORS, Vectors, embedded
from knowledge.search.indexing import index_file
from knowledge.search.indexing.building import build, fingerprint, labels_of, numbered
from knowledge.search.indexing.index import Index
from knowledge.search.indexing.labels import Example, Label, examples
from knowledge.search.outside import Outside
from knowledge.search.reading.entities import Entities
from knowledge.search.reading.language import recognise
from knowledge.search.reading.lexicon import lexicon
from knowledge.search.reading.normalise import LONGEST
from knowledge.search.reading.reader import Query, QueryReader, documents
from knowledge.search.weighing.model import TrainedModel, Weights
from knowledge.search.weighing.signals import Signals
from knowledge.text import Language
from knowledge.topics import Topics

_MOST = 100
"""Labels of a ranking; whatever stands behind them has no chance."""
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

    def __init__(self, knowledge: Knowledge, topics: Topics, outside: Outside, embedder: Embedder | None) -> None:
        self._knowledge, self._topics, self._outside = knowledge, topics, outside
        self._lexicon = lexicon()
        known = self.examples
        self.reader = QueryReader(knowledge, topics, self._lexicon, (example.text for example in known))
        _, self.labels = numbered([example.label for example in known])
        self.signals = Signals(self.labels, topics)
        self.embedder = embedder
        self.fingerprint = fingerprint(known, documents(knowledge, topics), self._lexicon)
        self._lock = Lock()

    @property
    def examples(self) -> Sequence[Example]:
        """Every example, those of a label together. Gathered each time: a bot that answers does not need them."""
        return list(examples(self._knowledge, self._topics, self._outside))

    def open_index(self, path: Path = index_file.FILE) -> Index:
        """The index from its file. One that was made of other texts serves until it is made anew, as long as it speaks
        of the same topics: making it takes minutes and gigabytes, which no bot has to spare.

        Raises:
            StaleIndex: there is no index, or it speaks of other topics than the packs have.
        """
        kept = index_file.load(path)
        if kept is None:
            raise StaleIndex(path.name, "missing")
        if kept.meaning is not None and self.embedder is not None and kept.meaning.vectors.model != self.embedder.name:
            raise StaleIndex(path.name, "made with other embeddings")
        if kept.fingerprint != self.fingerprint:
            labels = labels_of(kept.label_names)
            if len(kept.regression.flags) != len(self.reader.recogniser.flags):
                raise StaleIndex(path.name, "made with other word lists")
            if _topics(labels) != _topics(self.labels):
                raise StaleIndex(path.name, "made of other topics than the packs have")
            _log.warning("the search index was made of other texts than the packs have; run: python -m knowledge train")
            self.labels, self.signals = labels, Signals(labels, self._topics)
        return kept

    def vectors(self, known: Vectors = NO_VECTORS) -> Vectors | None:
        """The vectors of the examples, those of unchanged texts taken over from *known*; None without embeddings."""
        if self.embedder is None:
            return None
        texts = [self.reader.read(example.text).reading.text for example in self.examples]
        return embedded(self.embedder, texts, known)

    def build_index(self, vectors: Vectors | None) -> Index:
        """The index made anew, with the *vectors* of the examples."""
        texts = documents(self._knowledge, self._topics)
        return build(self.reader, self.examples, texts, vectors, mark=self.fingerprint)

    def meaning(self, queries: Sequence[Query]) -> Sequence[Floats | None]:
        """The vector of each question; None without embeddings."""
        if self.embedder is None:
            return [None] * len(queries)
        with self._lock:
            return list(self.embedder.embed([query.reading.text for query in queries]))

    def table(self, index: Index, query: Query, meaning: Floats | None, known: Entities | None = None) -> Floats:
        """The signals of a question: one row a label. *known*: what is known of the asker."""
        entities = query.entities if known is None else query.entities.completed(known)
        return self.signals.table(query, index.evidence(query, meaning), entities)

    def language(self, index: Index, query: Query) -> Language | None:
        """The language the question shows, if it shows one."""
        return recognise(query.reading.words, query.letters, self._lexicon.languages, index.letter_odds)


class Ranker:
    """A search with its index and its trained weights, ready for questions."""

    def __init__(self, search: Search, index: Index, model: TrainedModel) -> None:
        self.search, self.index, self._model = search, index, model
        self.weights: Weights = (
            model.full if search.embedder is not None and index.meaning is not None else model.lexical
        )

    def answering_always(self) -> Ranker:
        """The same without a threshold: for measuring what another threshold would do."""
        bold = Ranker(self.search, self.index, self._model)
        bold.weights = self.weights.model_copy(update={"answer_from": 0.0})
        return bold

    def rank(self, question: str, known: Entities | None = None) -> Ranking:
        """What *question* may be about. *known*: what is known of the asker and counts where the question is silent."""
        query = self.search.reader.read(question[:LONGEST])
        [meaning] = self.search.meaning([query])
        return self._ranking(query, self.weights, self.search.table(self.index, query, meaning, known))

    def rank_by_words(self, question: str, known: Entities | None = None) -> Ranking:
        """The same without the meaning, many times faster."""
        query = self.search.reader.read(question[:LONGEST])
        return self._ranking(query, self._model.lexical, self.search.table(self.index, query, None, known))

    def _ranking(self, query: Query, weights: Weights, table: Floats) -> Ranking:
        probabilities = weights.probabilities(table)
        order = np.argsort(-probabilities, kind="stable")[:_MOST]
        return Ranking(
            query=query,
            lang=self.search.language(self.index, query),
            ranked=tuple(Ranked(self.search.labels[place], float(probabilities[place])) for place in order),
            weights=weights,
        )


def _topics(labels: Sequence[Label]) -> list[str]:
    return [label.name for label in labels if label.kind == "topic"]
