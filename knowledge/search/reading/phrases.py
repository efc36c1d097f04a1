"""Phrases of one or more words found in a row of words, the longest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar

V = TypeVar("V")


class Phrases(Generic[V]):
    """What phrases stand for. Phrases never overlap: where one ends, the search goes on behind it."""

    def __init__(self, pairs: Iterable[tuple[Sequence[str], V]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], V]]] = {}
        for words, value in pairs:
            if words:
                self._by_first.setdefault(words[0], []).append((tuple(words), value))
        for candidates in self._by_first.values():
            candidates.sort(key=lambda pair: -len(pair[0]))

    def split(self, words: Sequence[str]) -> Iterator[tuple[str, V | None, int]]:
        """Each word that begins no phrase with None, each phrase's first word with its value; and how many words."""
        place = 0
        while place < len(words):
            length, value = self._at(words, place)
            yield words[place], value, length
            place += length

    def found(self, words: Sequence[str]) -> list[V]:
        """The values of the phrases in *words*, in their order."""
        return [value for _, value, _ in self.split(words) if value is not None]

    def _at(self, words: Sequence[str], place: int) -> tuple[int, V | None]:
        for phrase, value in self._by_first.get(words[place], ()):
            if tuple(words[place : place + len(phrase)]) == phrase:
                return len(phrase), value
        return 1, None
