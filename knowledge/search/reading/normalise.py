"""What people type, made comparable: slang, typing errors, inflection and synonyms resolved.

Only for finding: what is shown or stored is never changed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.search.reading.lexicon import Lexicon
from knowledge.search.reading.phrases import Phrases
from knowledge.search.reading.spelling import Speller
from knowledge.search.reading.stemming import Stemmer

_WORD = re.compile(r"[a-z0-9]+(?:[.,][0-9]+)*(?:'[a-z]{1,2}\b)?")
_MANY = re.compile(r"([a-z])\1{2,}")
_TWICE = re.compile(r"\b([a-z]{3,})2\b")
"""Doubling as in "syarat2"; "s2" is a degree."""
_ACCENTS = re.compile("[\u0300-\u036f]")
_AT_ONCE = 200
"""Texts whose words are counted together."""
LONGEST = 600
"""Characters of a question that are read; nobody asks longer, and pasted letters say nothing more behind it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as the search sees it."""

    words: tuple[str, ...]
    """In lower case, slang and typing errors resolved."""
    general: tuple[str, ...]
    """The words with the names of places replaced by what kind of place it is."""
    stems: tuple[str, ...]
    concepts: tuple[str, ...]

    @property
    def text(self) -> str:
        """The words as one line."""
        return " ".join(self.words)


class Normaliser:
    """Reads texts with the word lists and the vocabulary of the packs."""

    def __init__(self, lexicon: Lexicon, trusted: Iterable[str], typed: Iterable[str] = ()) -> None:
        """The vocabulary is that of *trusted* texts (answers, titles, clauses) and the words that are often *typed*."""
        self._slang = Phrases(
            (tokens(form), tuple(tokens(normal))) for normal, forms in lexicon.slang.items() for form in forms
        )
        self._fillers = frozenset(lexicon.fillers)
        self._places = Phrases((tokens(name), kind) for kind, names in lexicon.places.items() for name in names)
        self._counts = word_counts(trusted)
        known = {word for phrases in lexicon.concepts.values() for phrase in phrases for word in tokens(phrase)}
        known |= {word for words in lexicon.languages.values() for word in words} | set(lexicon.roots)
        known |= {word for normal in lexicon.slang for word in tokens(normal)} | set(lexicon.fillers)
        known |= {word for names in lexicon.places.values() for name in names for word in tokens(name)}
        self._counts.update(known)
        self._counts.update(typed)
        self._speller = Speller(self._counts)
        self._stemmer = Stemmer(lexicon.roots, self._counts)
        self._concepts = Phrases(
            (tuple(self._stemmer.stem(word) for word in tokens(phrase)), concept)
            for concept, phrases in lexicon.concepts.items()
            for phrase in phrases
        )

    def words(self, text: str) -> tuple[str, ...]:
        """The words of *text*, slang and typing errors resolved."""
        plain: list[str] = []
        for word, normal, _ in self._slang.split(tokens(text)):
            plain.extend((self._speller.read(word),) if normal is None else normal)
        return tuple(plain)

    def read(self, text: str) -> Reading:
        """*text* on every level the signals need."""
        words = self.words(text)
        general = tuple(word if kind is None else kind for word, kind, _ in self._places.split(words))
        stems = tuple(self._stemmer.stem(word) for word in general if word not in self._fillers)
        return Reading(words, general, stems, tuple(dict.fromkeys(self._concepts.found(stems))))

    def unknown(self, words: Sequence[str]) -> float:
        """The share of *words* that the packs and the word lists have never seen, 0 to 1."""
        return sum(word not in self._counts for word in words) / max(1, len(words))


def word_counts(texts: Iterable[str]) -> Counter[str]:
    """The words of *texts*. Many texts at a time are faster than one by one; all at once would take 40 megabytes."""
    known = list(texts)
    found: Counter[str] = Counter()
    for at in range(0, len(known), _AT_ONCE):
        found.update(tokens("\n".join(known[at : at + _AT_ONCE])))
    return found


def tokens(text: str) -> list[str]:
    """The bare words of *text*: lower case, no punctuation or emoji, no letter more than twice in a row."""
    plain = text.lower().replace("’", "'")
    if not plain.isascii():
        plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", plain))
    # "kakkk" is "kak": no word of either language has a letter three times in a row.
    return _WORD.findall(_TWICE.sub(r"\1", _MANY.sub(r"\1", plain)))
