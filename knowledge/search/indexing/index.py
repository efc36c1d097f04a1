"""The examples of the packs in the forms that questions are compared with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from knowledge.search.arrays import Floats, distinct
from knowledge.search.indexing.labels import Label
from knowledge.search.indexing.meaning import Meaning
from knowledge.search.indexing.postings import Postings
from knowledge.search.indexing.regression import Regression
from knowledge.search.reading.reader import Query
from knowledge.search.reading.terms import Rarity


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for each label, one number a label."""

    regression: Floats
    """What the examples together say by their words."""
    by_label: Floats | None
    by_phrasing: Floats | None
    """What the meaning says, as the log of each label's share; None where it is not known."""
    words: Floats
    letters: Floats
    """How like the question is to what the examples of each label have in common, by measure."""
    documents: Floats
    """BM25 over the topics' own texts; 0 for labels that are no topics."""
    kind: Floats
    """How much the kind of question (how much, when, who …) speaks for each label, as log odds."""


@dataclass(frozen=True)
class Index:
    """Everything a question is compared with."""

    fingerprint: str
    """Of all texts and word lists it was built from."""
    labels: tuple[Label, ...]
    """By number."""
    typed: tuple[str, ...]
    """Words that are often typed, and therefore no slips."""
    word_rarity: Rarity
    letter_rarity: Rarity
    words: Postings
    letters: Postings
    """The profiles of the labels."""
    documents: Postings
    """The topics' own texts by words, weighted as BM25 does."""
    kind_odds: Floats
    """One row a label, one column a flag: how much more often its examples are of that kind of question (log odds)."""
    letter_odds: Floats
    """How much more each group of letters is Indonesian than English."""
    regression: Regression
    """What the words of a question say about each label."""
    meaning: Meaning | None
    """None where it was built without embeddings."""

    def evidence(self, query: Query, vector: Floats | None) -> Evidence:
        """What speaks for each label; *vector* is that of the question, if there are embeddings."""
        words, letters = self.word_rarity.vector(query.words), self.letter_rarity.vector(query.letters)
        by_label = by_phrasing = None
        if vector is not None and self.meaning is not None:
            by_label, by_phrasing = self.meaning.by_label(vector), self.meaning.by_phrasing(vector)
        return Evidence(
            regression=self.regression.scores(words, letters, query.flags),
            by_label=by_label,
            by_phrasing=by_phrasing,
            words=self.words.scores(*words),
            letters=self.letters.scores(*letters),
            documents=self._in_documents(query),
            kind=self.kind_odds @ np.sign(query.flags),
        )

    def _in_documents(self, query: Query) -> Floats:
        """BM25 of each topic's own texts; 0 for labels that are no topics."""
        terms = distinct(query.words)
        scores = np.zeros(len(self.labels), np.float32)
        scores[: self.documents.texts] = self.documents.scores(terms, np.ones(len(terms), np.float32))
        return scores
