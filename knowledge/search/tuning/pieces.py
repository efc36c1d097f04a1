"""Cuts texts into the pieces that the model knows, as its own engine does: of all ways the one with the best score."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from struct import unpack_from
from typing import Final

import numpy as np

from knowledge.search.embeddings.model_file import Vocabulary

_SPACE: Final = "\u2581"
"""Stands for the space before a word."""
_UNKNOWN_COSTS: Final = 10.0
"""A letter that is in no piece scores so much less than the worst piece."""
_NEVER: Final = float("-inf")
_SPACES: Final = re.compile(" +")
PREFIX: Final = "query: "
"""What the model has before every question."""


class Pieces:
    """The vocabulary of a model file."""

    def __init__(self, file: bytes, vocabulary: Vocabulary) -> None:
        ends = np.frombuffer(file, np.uint32, vocabulary.pieces + 1, vocabulary.offsets_at) + vocabulary.text_at
        scores = np.frombuffer(file, np.float32, vocabulary.pieces, vocabulary.scores_at)
        self._places = vocabulary
        self._numbers: dict[bytes, int] = {}
        for number, (start, end) in enumerate(pairwise(ends)):
            self._numbers.setdefault(file[start:end], number)
        self._scores = [float(score) for score in scores]
        self._longest = int(np.diff(ends).max())
        self._unknown_score = min(self._scores) - _UNKNOWN_COSTS
        self._replaced = dict(_replacements(file, vocabulary))

    def numbers(self, text: str) -> list[int]:
        """The numbers of the pieces of a question, with its begin and end."""
        return [self._places.begin, *self._cut(self._letters(PREFIX + text)), self._places.end]

    def _letters(self, text: str) -> list[bytes]:
        plain = "".join(self._replaced.get(letter, letter) for letter in text)
        spaced = _SPACES.sub(_SPACE, " " + plain)
        return [letter.encode() for letter in spaced]

    def _cut(self, letters: list[bytes]) -> list[int]:
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
        return found[::-1]

    def _beginning(self, letters: list[bytes], start: int) -> Iterator[tuple[int, int, float]]:
        """The pieces that begin at a letter: where they end, their numbers and scores."""
        piece = b""
        for end in range(start + 1, len(letters) + 1):
            piece += letters[end - 1]
            if len(piece) > self._longest:
                break
            number = self._numbers.get(piece)
            if number is not None and number != self._places.unknown:
                yield end, number, self._scores[number]
        yield start + 1, self._places.unknown, self._unknown_score


def _replacements(file: bytes, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    at = vocabulary.replacements_at
    for _ in range(vocabulary.replaced):
        letter, count = unpack_from("<IB", file, at)
        yield chr(letter), "".join(map(chr, unpack_from(f"<{count}I", file, at + 5)))
        at += 5 + 4 * count
