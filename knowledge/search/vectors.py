"""Vectors of known texts, eight bits a number, made ahead: embedding thousands at every start would take minutes.

Kept by the content of the text and the name of the model: a changed text is embedded anew, never given an old vector.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Final

import numpy as np
from numpy.typing import NDArray

from knowledge.search.embedding import Embedder
from knowledge.search.postings import Floats

_AT_ONCE: Final = 1024
"""Rows worked out at a time."""


@dataclass(frozen=True)
class Vectors:
    """One row a text, in the order of the texts."""

    keys: NDArray[np.uint64]
    rows: NDArray[np.int8]

    @cached_property
    def _shape(self) -> tuple[Floats, Floats, Floats]:
        """What all texts have in common, which says nothing; the length of each row, and its length without that."""
        lengths = np.concatenate([_length(rows) for rows in self._blocks()])
        total = sum((rows / length).sum(axis=0) for rows, length in self._with(lengths))
        centre = np.asarray(total / len(self.rows), np.float32)
        return (
            centre,
            lengths,
            np.concatenate([_length(rows / length - centre) for rows, length in self._with(lengths)]),
        )

    @property
    def centred(self) -> Floats:
        """The rows without what they have in common, of length 1. Made anew each time: all at once they are large."""
        centre, lengths, own = self._shape
        return np.asarray((self.rows / lengths[:, None] - centre) / own[:, None], np.float32)

    def likeness(self, vectors: Floats) -> Floats:
        """The cosine of each text with a vector (or with each row of several), -1 to 1.

        Worked out from eight bits, some rows at a time: in full length they would be the largest numbers of the search.
        """
        centre, lengths, own = self._shape
        apart = np.atleast_2d(vectors) - centre
        asked = apart / _length(apart)[:, None]
        found = np.concatenate([rows @ asked.T for rows in self._blocks()])
        return np.asarray((found / lengths[:, None] - centre @ asked.T) / own[:, None], np.float32)

    def _blocks(self) -> Iterator[Floats]:
        for at in range(0, len(self.rows), _AT_ONCE):
            yield self.rows[at : at + _AT_ONCE].astype(np.float32)

    def _with(self, lengths: Floats) -> Iterator[tuple[Floats, Floats]]:
        """Blocks of rows, each with the lengths of its rows as a column."""
        for number, rows in enumerate(self._blocks()):
            yield rows, lengths[number * _AT_ONCE : number * _AT_ONCE + len(rows), None]


NO_VECTORS = Vectors(np.zeros(0, np.uint64), np.zeros((0, 0), np.int8))


def embedded(embedder: Embedder, texts: Sequence[str], known: Vectors = NO_VECTORS) -> Vectors:
    """The vectors of *texts*; those that are not among *known* are embedded now."""
    keys = [_key(embedder.name, text) for text in texts]
    places = {int(key): place for place, key in enumerate(known.keys)}
    rows = {key: known.rows[places[key]] for key in keys if key in places}
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in rows}
    if missing:
        rows.update(zip(missing, _rounded(embedder.embed(list(missing.values()))), strict=True))
    return Vectors(np.array(keys, np.uint64), np.stack([rows[key] for key in keys]))


def _length(rows: Floats) -> Floats:
    """How long each row is."""
    lengths: Floats = np.maximum(np.sqrt(np.einsum("ij,ij->i", rows, rows)), 1e-9)
    return lengths


def _rounded(rows: Floats) -> NDArray[np.int8]:
    largest = np.maximum(np.abs(rows).max(axis=1, keepdims=True), 1e-9)
    rounded: NDArray[np.int8] = np.rint(rows * (127 / largest)).astype(np.int8)
    return rounded


def _key(model: str, text: str) -> int:
    return int.from_bytes(blake2b(f"{model}\n{text}".encode(), digest_size=8).digest(), "big")
