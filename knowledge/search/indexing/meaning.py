"""What a question means, and which labels that speaks for: by where each lies among the vectors, and its phrasings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from knowledge.search.arrays import Floats, Ids, first_places
from knowledge.search.embeddings.vectors import Vectors

SHARPNESS: Final = 20.0
"""By how much a cosine of 1 is more likely than one of 0, as log odds; the embeddings are tuned with it, too."""
_FAR: Final = -12.0
"""Log share below which all labels are equally out of the question."""


@dataclass(frozen=True)
class Meaning:
    """The phrasings of all labels as vectors, those of a label together."""

    vectors: Vectors
    owners: Ids
    """The label (by number) of each phrasing."""
    centre: Floats
    """What all phrasings have in common, which says nothing: it is taken off everything that is compared."""
    middles: Floats
    """One row a label, of length 1: where its phrasings lie on average."""
    lengths: Floats
    """Of the vectors as they are kept."""
    own_lengths: Floats
    """How long each is, made one of length 1, without the centre."""

    @classmethod
    def of(cls, vectors: Vectors, owners: Ids) -> Meaning:
        """The meaning of phrasings; *owners* has the label (by number) of each."""
        rows = vectors.rows.astype(np.float32)
        lengths = np.linalg.norm(rows, axis=1)
        rows /= lengths[:, None]
        centre = rows.mean(axis=0)
        rows -= centre
        middles = np.add.reduceat(unit(rows), first_places(owners))
        return cls(vectors, owners, centre, unit(middles), lengths, np.linalg.norm(rows, axis=1))

    def by_label(self, vector: Floats) -> Floats:
        """For each label the log of its share by how near the middle of its phrasings is to a question's vector."""
        return _log_shares(SHARPNESS * (self.middles @ unit(vector - self.centre)))

    def by_phrasing(self, vector: Floats) -> Floats:
        """The same by how many phrasings of the label are near, and how near."""
        # Where there are no embeddings, there is no vector, and what this brings may be missing.
        from knowledge.search.embeddings.eight_bits import products

        asked = unit(vector - self.centre)
        cosines = (products(self.vectors.rows, asked) / self.lengths - self.centre @ asked) / self.own_lengths
        near = np.add.reduceat(np.exp(SHARPNESS * (cosines - 1)), self._first_phrasings)
        return _log_shares(np.log(near))

    @cached_property
    def _first_phrasings(self) -> Ids:
        return first_places(self.owners)


def unit(rows: Floats) -> Floats:
    """The rows, each of length 1."""
    lengths: Floats = rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-9)
    return lengths


def _log_shares(odds: Floats) -> Floats:
    below: Floats = odds - odds.max()
    shares: Floats = np.maximum(below - np.log(np.exp(below).sum()), np.float32(_FAR))
    return shares
