"""The examples of the packs in the forms that questions are compared with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from knowledge.search.kernel import Likeness
from knowledge.search.postings import Floats, Ids, Postings
from knowledge.search.reader import Query
from knowledge.search.terms import Rarity
from knowledge.search.vectors import Vectors


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for each label, one number a label. None: there are no embeddings."""

    full: Floats | None
    """What the regression on all measures says."""
    lexical: Floats
    """What the regression without meaning says."""
    words: Floats
    letters: Floats
    """The most like example of each label, by measure."""
    documents: Floats
    """BM25 over the topics' own texts; 0 for labels that are no topics."""


@dataclass(frozen=True)
class Index:
    """Everything a question is compared with. Examples of a label stand together."""

    fingerprint: str
    """Of all texts and word lists it was built from."""
    owners: Ids
    """The label (by number) of each example."""
    word_rarity: Rarity
    letter_rarity: Rarity
    words: Postings
    letters: Postings
    documents: Postings
    """The topics' own texts by words, weighted as BM25 does."""
    flags: NDArray[np.float16]
    letter_odds: Floats
    """How much more each group of letters is Indonesian than English."""
    vectors: Vectors | None
    """None where it was built without embeddings."""
    full_weights: NDArray[np.float16] | None
    """What each example says about each label, all measures of likeness together; None without embeddings."""
    lexical_weights: NDArray[np.float16]
    """The same without the meaning."""

    @property
    def labels(self) -> int:
        """How many labels there are."""
        return int(self.lexical_weights.shape[1])

    def likeness(self, query: Query, meaning: Floats | None) -> Likeness:
        """How like the question is to each example; *meaning* is its vector, if there are embeddings."""
        return Likeness(
            words=self.words.scores(*self.word_rarity.vector(query.words)),
            letters=self.letters.scores(*self.letter_rarity.vector(query.letters)),
            flags=self._flags @ query.flags,
            meaning=None if meaning is None or self.vectors is None else self.vectors.likeness(meaning)[:, 0],
        )

    def evidence(self, query: Query, meaning: Floats | None) -> Evidence:
        """What speaks for each label."""
        likeness = self.likeness(query, meaning)
        lexical = likeness.lexical() @ self._lexical
        full = None
        if likeness.meaning is not None and self._full is not None:
            full = likeness.full() @ self._full
        terms = np.unique(query.words)
        documents = np.zeros(self.labels, np.float32)
        documents[: self.documents.texts] = self.documents.scores(terms, np.ones(len(terms), np.float32))
        return Evidence(
            full=full,
            lexical=lexical,
            words=self._best(likeness.words),
            letters=self._best(likeness.letters),
            documents=documents,
        )

    def _best(self, likeness: Floats) -> Floats:
        """For each label the likeness of its most like example."""
        return np.maximum.reduceat(likeness, self._first_examples)

    # What is kept small is unpacked once: doing it for every question would take longer than the answer.

    @cached_property
    def _first_examples(self) -> Ids:
        return np.flatnonzero(np.diff(self.owners, prepend=-1))

    @cached_property
    def _flags(self) -> Floats:
        return self.flags.astype(np.float32)

    @cached_property
    def _lexical(self) -> Floats:
        return self.lexical_weights.astype(np.float32)

    @cached_property
    def _full(self) -> Floats | None:
        return None if self.full_weights is None else self.full_weights.astype(np.float32)
