"""Texts as weighted terms: words, pairs of words and concepts; or the letter groups inside words.

Terms are numbered by a fixed checksum, so the numbers are the same on every machine and in every run.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from zlib import crc32

import numpy as np

from knowledge.search.arrays import Entries, Floats, Ids
from knowledge.search.reading.normalise import Reading

TERMS = 1 << 16
"""Numbers there are; two of some ten thousand terms seldom share one."""
_LETTERS = (3, 4, 5)


def number(term: str) -> int:
    """The number of a term."""
    return crc32(term.encode()) % TERMS


class Terms:
    """Counts the terms of readings; remembers the letter groups of each word."""

    def __init__(self) -> None:
        self._letters: dict[str, Ids] = {}

    def words(self, reading: Reading) -> Ids:
        """Stems, neighbouring stems and concepts."""
        pairs = (f"{one} {other}" for one, other in pairwise(reading.stems))
        concepts = (f"={concept}" for concept in reading.concepts)
        return np.array([number(term) for term in (*reading.stems, *pairs, *concepts)], dtype=np.int64)

    def letters(self, reading: Reading) -> Ids:
        """Groups of three to five letters inside words, with the words' ends."""
        groups = [self._of_word(word) for word in reading.words]
        return np.concatenate(groups) if groups else np.zeros(0, np.int64)

    def _of_word(self, word: str) -> Ids:
        if word not in self._letters:
            framed = f" {word} "
            groups = (framed[i : i + n] for n in _LETTERS for i in range(len(framed) - n + 1))
            self._letters[word] = np.array([number("#" + group) for group in groups], dtype=np.int64)
        return self._letters[word]


class Rarity:
    """How much a term says: the rarer among the texts, the more (inverse document frequency)."""

    def __init__(self, weights: Floats) -> None:
        self.weights = weights

    @classmethod
    def among(cls, texts: Sequence[Ids]) -> Rarity:
        """The rarity of each term in *texts*."""
        _, terms, _ = counted(texts)
        found = np.bincount(terms, minlength=TERMS)
        return cls((np.log((1 + len(texts)) / (1 + found)) + 1).astype(np.float32))

    def vector(self, ids: Ids) -> tuple[Ids, Floats]:
        """The distinct terms with their weights, of length 1 together (TF-IDF)."""
        _, terms, weights = self.vectors([ids])
        return terms, weights

    def vectors(self, texts: Sequence[Ids]) -> Entries:
        """The same for many texts."""
        rows, terms, counts = counted(texts)
        weights = (1 + np.log(counts)) * self.weights[terms]
        lengths = np.sqrt(np.bincount(rows, weights * weights, minlength=len(texts)))
        return rows, terms, (weights / lengths[rows]).astype(np.float32)


def counted(texts: Sequence[Ids]) -> tuple[Ids, Ids, Ids]:
    """The distinct terms of each text: for each entry its text, its term and how often it stands there."""
    rows = np.repeat(np.arange(len(texts)), [len(ids) for ids in texts])
    terms = np.concatenate([np.zeros(0, np.int64), *texts])
    entries, counts = np.unique(rows * TERMS + terms, return_counts=True)
    return entries // TERMS, entries % TERMS, counts
