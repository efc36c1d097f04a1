"""Typing errors: a word nobody knows is read as the nearest known one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import chain

import numpy as np

_SHORTEST = 5
"""Shorter words have too many neighbours to guess."""
_TWO_ERRORS_FROM = 9


class Speller:
    """Finds the known word that is one slip away (two in long words)."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = counts
        self._long = [word for word in counts if len(word) >= _SHORTEST - 1]
        # Rows of numbers: a dictionary of the same would take six megabytes.
        gaps = [list(map(hash, _gaps(word))) for word in self._long]
        found = np.fromiter(chain.from_iterable(gaps), np.int64)
        order = np.argsort(found, kind="stable")
        self._gaps = found[order]
        self._owners = np.repeat(np.arange(len(gaps)), [len(row) for row in gaps])[order].astype(np.int32)
        self._read: dict[str, str] = {}

    def read(self, word: str) -> str:
        """*word* where it is known, short or like no other; else the known word that was most likely meant."""
        if word in self._counts or len(word) < _SHORTEST or not word.isalpha():
            return word
        if word not in self._read:
            self._read[word] = self._nearest(word)
        return self._read[word]

    def _nearest(self, word: str) -> str:
        allowed = 2 if len(word) >= _TWO_ERRORS_FROM else 1
        gaps = set(_gaps(word))
        if allowed > 1:
            gaps |= {second for gap in list(gaps) for second in _gaps(gap)}
        near = (known for known in self._with_some(gaps) if known[0] == word[0])
        rated = sorted((distance(word, known), -self._counts[known], known) for known in near)
        return rated[0][2] if rated and rated[0][0] <= allowed else word

    def _with_some(self, gaps: Collection[str]) -> set[str]:
        """The known words that share one of *gaps*."""
        wanted = np.fromiter(map(hash, gaps), np.int64)
        begin, end = np.searchsorted(self._gaps, wanted), np.searchsorted(self._gaps, wanted, side="right")
        return {self._long[owner] for first, last in zip(begin, end, strict=True) for owner in self._owners[first:last]}


def _gaps(word: str) -> Iterator[str]:
    """The word, and the word without each of its letters."""
    yield word
    yield from (word[:place] + word[place + 1 :] for place in range(len(word)))


def distance(one: str, other: str) -> int:
    """How many letters must be added, dropped, changed or swapped with their neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        beyond, before, row = before, row, [i]
        for j, b in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, beyond[j - 2] + 1)
            row.append(cost)
    return row[-1]
