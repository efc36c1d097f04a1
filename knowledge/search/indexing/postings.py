"""Weighted terms of many short texts, compared with a question by touching only the texts that share some."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.search.arrays import Entries, Floats, Halves, Ids


@dataclass(frozen=True)
class Postings:
    """For each term the texts that have it. Texts and terms are numbers, of texts no more than 65,536."""

    texts: int
    starts: NDArray[np.int32]
    """Where the entries of each term begin, and as last number where they end."""
    owners: NDArray[np.uint16]
    weights: Halves

    @classmethod
    def of(cls, texts: int, terms: int, entries: Entries) -> Postings:
        """From entries: for each its text, its term and its weight."""
        owners, ids, weights = entries
        order = np.argsort(ids, kind="stable")
        starts = np.searchsorted(ids[order], np.arange(terms + 1))
        return cls(texts, starts.astype(np.int32), owners[order].astype(np.uint16), weights[order].astype(np.float16))

    def scores(self, ids: Ids, weights: Floats) -> Floats:
        """For each text the sum of the products of the weights of the terms it shares with the question."""
        first = self.starts[ids]
        counts = self.starts[ids + 1] - first
        ends = np.cumsum(counts)
        if not len(ends) or not ends[-1]:
            return np.zeros(self.texts, np.float32)
        places = np.arange(ends[-1]) + np.repeat(first - ends + counts, counts)
        products = self.weights[places] * np.repeat(weights, counts)
        return np.bincount(self.owners[places], products, minlength=self.texts).astype(np.float32)
