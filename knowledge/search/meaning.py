"""What a question means, and which labels that speaks for: each label has a direction among the vectors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from knowledge.search.postings import Floats, Ids
from knowledge.search.vectors import Vectors

_SHARPNESS: Final = 20.0
"""By how much a cosine of 1 is more likely than one of 0, as log odds; the embeddings are tuned with the same."""
_FAR: Final = -12.0
"""Log share below which all labels are equally out of the question."""


@dataclass(frozen=True)
class Meaning:
    """The directions of the labels."""

    model: str
    """The embeddings they were made with; they say nothing about vectors of others."""
    centre: Floats
    """What all texts have in common, which says nothing."""
    directions: Floats
    """One column a label, of length 1: where its phrasings lie on average."""

    @classmethod
    def of(cls, vectors: Vectors, owners: Ids, labels: int) -> Meaning:
        """The directions of *labels* from the *vectors* of their phrasings."""
        found = unit(vectors.rows.astype(np.float32))
        centre = found.mean(axis=0)
        sums = np.zeros((labels, found.shape[1]), np.float32)
        np.add.at(sums, owners, unit(found - centre))
        return cls(vectors.model, centre, np.ascontiguousarray(unit(sums).T))

    def log_shares(self, vector: Floats) -> Floats:
        """For each label the log of its share, as far as the meaning of a question goes."""
        odds = _SHARPNESS * (unit(vector - self.centre) @ self.directions)
        shares: Floats = odds - np.log(np.exp(odds - odds.max()).sum()) - odds.max()
        return np.maximum(shares, _FAR)


def unit(rows: Floats) -> Floats:
    """The rows, each of length 1."""
    lengths: Floats = rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-9)
    return lengths
