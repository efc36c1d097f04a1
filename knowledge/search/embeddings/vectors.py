"""Vectors of known texts, eight bits a number, made ahead: embedding thousands takes minutes.

Kept by the content of the text and the name of the model: a changed text is embedded anew, never given an old vector.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from knowledge.search.arrays import Floats
from knowledge.search.embeddings.embedding import Embedder


@dataclass(frozen=True)
class Vectors:
    """One row a text, in the order of the texts."""

    model: str
    """Which embeddings made them."""
    keys: NDArray[np.uint64]
    rows: NDArray[np.int8]


NO_VECTORS = Vectors("", np.zeros(0, np.uint64), np.zeros((0, 0), np.int8))


def embedded(embedder: Embedder, texts: Sequence[str], known: Vectors = NO_VECTORS) -> Vectors:
    """The vectors of *texts*; those that are not among *known* are embedded now."""
    keys = [_key(embedder.name, text) for text in texts]
    places = {int(key): place for place, key in enumerate(known.keys)}
    rows = {key: known.rows[places[key]] for key in keys if key in places}
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in rows}
    if missing:
        rows.update(zip(missing, _rounded(embedder.embed(list(missing.values()))), strict=True))
    return Vectors(embedder.name, np.array(keys, np.uint64), np.stack([rows[key] for key in keys]))


def _rounded(rows: Floats) -> NDArray[np.int8]:
    largest = np.maximum(np.abs(rows).max(axis=1, keepdims=True), 1e-9)
    rounded: NDArray[np.int8] = np.rint(rows * (127 / largest)).astype(np.int8)
    return rounded


def _key(model: str, text: str) -> int:
    return int.from_bytes(blake2b(f"{model}\n{text}".encode(), digest_size=8).digest(), "big")
