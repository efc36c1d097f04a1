"""Vectors of known texts, eight bits a number, made ahead: embedding thousands at every start would take minutes.

Kept by the content of the text and the name of the model: a changed text is embedded anew, never given an old vector.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from knowledge.search.embedding import Embedder
from knowledge.search.postings import Floats


@dataclass(frozen=True)
class Vectors:
    """One row a text, in the order of the texts."""

    keys: NDArray[np.uint64]
    rows: NDArray[np.int8]

    @cached_property
    def _centred(self) -> tuple[Floats, Floats]:
        """The rows without what all texts have in common, of length 1; and that, which says nothing.

        Worked out in place: these are the largest numbers of the search, and copies of them would stay in memory.
        """
        rows = self.rows.astype(np.float32)
        _shorten(rows)
        centre: Floats = rows.mean(axis=0)
        rows -= centre
        _shorten(rows)
        return rows, centre

    @property
    def centred(self) -> Floats:
        """The rows without what they have in common, of length 1."""
        return self._centred[0]

    def likeness(self, vectors: Floats) -> Floats:
        """The cosine of each text with a vector (or with each row of several), -1 to 1."""
        rows, centre = self._centred
        asked = np.atleast_2d(vectors) - centre
        _shorten(asked)
        cosines: Floats = rows @ asked.T
        return cosines


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


def _shorten(rows: Floats) -> None:
    """Makes every row 1 long."""
    lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows))
    rows /= np.maximum(lengths, 1e-9)[:, None]


def _rounded(rows: Floats) -> NDArray[np.int8]:
    largest = np.maximum(np.abs(rows).max(axis=1, keepdims=True), 1e-9)
    rounded: NDArray[np.int8] = np.rint(rows * (127 / largest)).astype(np.int8)
    return rounded


def _key(model: str, text: str) -> int:
    return int.from_bytes(blake2b(f"{model}\n{text}".encode(), digest_size=8).digest(), "big")
