"""Light stemming of Indonesian and English words, bound to known roots so that nothing is cut blindly."""

from __future__ import annotations

from collections.abc import Collection, Iterator

_PARTICLES = ("nya", "kah", "lah", "pun", "ku", "mu")
_SUFFIXES = ("kan", "an", "i")
# A prefix, and what may stand in place of it: the first sound of the root melts into the nasal ("menulis" - "tulis").
_PREFIXES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("memper", ("",)),
    ("diper", ("",)),
    ("keber", ("",)),
    ("meny", ("s",)),
    ("peny", ("s",)),
    ("meng", ("", "k")),
    ("peng", ("", "k")),
    ("mem", ("", "p")),
    ("pem", ("", "p")),
    ("men", ("", "t")),
    ("pen", ("", "t")),
    ("ber", ("", "r")),
    ("ter", ("",)),
    ("per", ("",)),
    ("me", ("",)),
    ("pe", ("",)),
    ("di", ("",)),
    ("ke", ("",)),
    ("se", ("",)),
    ("be", ("",)),
    ("ny", ("s",)),
    ("ng", ("", "k")),
    ("n", ("", "t")),
)
_SHORTEST_ROOT = 3
_SHORTEST_PLURAL = 4


class Stemmer:
    """Takes affixes off where a known root or word is left."""

    def __init__(self, roots: Collection[str], words: Collection[str]) -> None:
        self._roots = frozenset(roots)
        self._words = frozenset(words)
        self._known: dict[str, str] = {}

    def stem(self, word: str) -> str:
        """The root of *word*, or the word itself."""
        if word not in self._known:
            self._known[word] = self._indonesian(word) or self._english(word)
        return self._known[word]

    def _indonesian(self, word: str) -> str | None:
        if word in self._roots:
            return word
        return max((form for form in _stripped(word) if form in self._roots), key=len, default=None)

    def _english(self, word: str) -> str:
        if len(word) < _SHORTEST_PLURAL:
            return word
        for form in _uninflected(word):
            if form in self._words:
                return form
        if word.endswith("s") and not word.endswith(("ss", "us", "is")):
            return word[:-1]
        without = next((word.removesuffix(particle) for particle in _PARTICLES if word.endswith(particle)), word)
        return without if without in self._words else word


def _stripped(word: str) -> Iterator[str]:
    """Every form of *word* without a particle, a suffix, a prefix or several of them."""
    forms = [word, *(word.removesuffix(particle) for particle in _PARTICLES if word.endswith(particle))]
    forms += [form.removesuffix(suffix) for form in forms[:] for suffix in _SUFFIXES if form.endswith(suffix)]
    for form in forms:
        yield form
        for prefix, firsts in _PREFIXES:
            rest = form.removeprefix(prefix)
            if rest != form and len(rest) >= _SHORTEST_ROOT - 1:
                yield from (first + rest for first in firsts)


def _uninflected(word: str) -> Iterator[str]:
    """English words of which *word* may be an inflection."""
    if word.endswith("ies"):
        yield word[:-3] + "y"
    if word.endswith("es"):
        yield word[:-2]
    if word.endswith("s") and not word.endswith("ss"):
        yield word[:-1]
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _SHORTEST_ROOT:
            yield stem
            yield stem + "e"
            if stem[-1] == stem[-2]:
                yield stem[:-1]
