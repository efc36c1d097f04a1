"""The examples of the packs in the forms that questions are compared with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from knowledge.search.kernel import Likeness
from knowledge.search.postings import Floats, Ids, Postings
from knowledge.search.reader import Query
from knowledge.search.terms import Rarity
from knowledge.search.vectors import Vectors


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for each label, one number a label."""

    regression: Floats
    """What the examples together say, with the meaning where there are embeddings."""
    words: Floats
    letters: Floats
    """The most like example of each label, by measure."""
    documents: Floats
    """BM25 over the topics' own texts; 0 for labels that are no topics."""
    kind: Floats
    """How much the kind of question (how much, when, who …) speaks for each label, as log odds."""


@dataclass(frozen=True)
class Index:
    """Everything a question is compared with. Examples of a label stand together."""

    fingerprint: str
    """Of all texts and word lists it was built from."""
    label_names: str
    """What the labels are called, by number; one line each."""
    owners: Ids
    """The label (by number) of each example."""
    word_rarity: Rarity
    letter_rarity: Rarity
    words: Postings
    letters: Postings
    documents: Postings
    """The topics' own texts by words, weighted as BM25 does."""
    flags: Floats
    kind_odds: Floats
    """One row a label, one column a flag: how much more often its examples are of that kind of question (log odds)."""
    letter_odds: Floats
    """How much more each group of letters is Indonesian than English."""
    vectors: Vectors | None
    """None where it was built without embeddings."""
    full_weights: Floats | None
    """What each example says about each label, all measures of likeness together; None without embeddings."""
    lexical_weights: Floats
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
            flags=self.flags @ query.flags,
            meaning=None if meaning is None or self.vectors is None else self.vectors.likeness(meaning)[:, 0],
        )

    def evidence(self, query: Query, meaning: Floats | None) -> Evidence:
        """What speaks for each label."""
        likeness = self.likeness(query, meaning)
        return Evidence(
            regression=self._regression(likeness),
            words=self.nearest(likeness.words),
            letters=self.nearest(likeness.letters),
            documents=self.in_documents(query),
            kind=self.kind_odds @ np.sign(query.flags),
        )

    def _regression(self, likeness: Likeness) -> Floats:
        if likeness.meaning is None or self.full_weights is None:
            return likeness.lexical() @ self.lexical_weights
        return likeness.full() @ self.full_weights

    def in_documents(self, query: Query) -> Floats:
        """BM25 of each topic's own texts; 0 for labels that are no topics."""
        terms = np.unique(query.words)
        scores = np.zeros(self.labels, np.float32)
        scores[: self.documents.texts] = self.documents.scores(terms, np.ones(len(terms), np.float32))
        return scores

    def nearest(self, likeness: Floats) -> Floats:
        """For each label the likeness of its most like example."""
        return np.maximum.reduceat(likeness, self._first_examples)

    @cached_property
    def _first_examples(self) -> Ids:
        return np.flatnonzero(np.diff(self.owners, prepend=-1))
