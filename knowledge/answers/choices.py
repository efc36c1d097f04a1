"""Choices and yes-or-no answers as people type them: a label, a number, a synonym, `nggak`, `belum punya`."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Final

from knowledge.answers.words import FILLERS, NO_WORDS, PLAIN_WORDS, YES_WORDS, Words, find, without, word_set, words_of
from knowledge.vocabulary import Option

_COUNTING: Final = word_set("nomor no nomer pilihan opsi option number")
_GENERAL: Final = NO_WORDS | YES_WORDS | PLAIN_WORDS
_SURE_ENOUGH: Final = 0.8


def matching(text: str, options: Sequence[Option]) -> list[Option]:
    """The options that `text` may mean: one where it is clear, several where it is not, none where nothing fits.

    The value itself wins; then a whole label or synonym; then the position in the list; then the longest names that
    occur in the text. A text with a "no" in it is not searched for names: `bukan mahasiswa` means no student.
    """
    named = [option for option in options if text.strip() == option.value]
    if named:
        return named
    words = words_of(text)
    exact = [option for option in options if any(words == name for name in _names(option))]
    if exact:
        return exact
    said = without(words, FILLERS | _COUNTING)
    if len(said) == 1 and said[0].isdecimal() and len(said[0]) < 4:
        return list(options[int(said[0]) - 1 : int(said[0])]) if int(said[0]) else []
    return [] if NO_WORDS & {*words} else _contained(words, options)


def yes_or_no(text: str, options: Sequence[Option]) -> bool | None:
    """The answer to a yes-or-no question, or None; "no" outweighs "yes" (`ya, belum`, `tidak ada`)."""
    if "/" in text:
        return None
    words = words_of(text)
    found = matching(text, options)
    if len(found) == 1:
        return bool(found[0].value)
    said = without(words, FILLERS)
    negative = bool(NO_WORDS & {*words})
    if said and all(word in _GENERAL for word in said) and (negative or YES_WORDS & {*words}):
        return not negative
    named = _contained(without(words, NO_WORDS | YES_WORDS), options)
    return bool(named[0].value) != negative if len(named) == 1 else None


def closest(text: str, options: Sequence[Option]) -> Option | None:
    """The option whose label or synonym is spelt almost like `text`, or None."""
    names = {" ".join(name): option for option in options for name in _names(option)}
    close = get_close_matches(" ".join(words_of(text)), names, n=1, cutoff=_SURE_ENOUGH)
    return names[close[0]] if close else None


def _names(option: Option) -> list[Words]:
    value = str(option.value).replace("_", " ")
    return [words_of(name) for name in (value, option.label.id, option.label.en, *option.synonyms)]


def _contained(words: Words, options: Sequence[Option]) -> list[Option]:
    """The options named within the words; a name inside a longer one that also occurs does not count."""
    spans = [
        (at, at + len(name), option)
        for option in options
        for name in _names(option)
        if not _GENERAL.issuperset(name) and (at := find(name, words)) is not None
    ]
    kept = [
        option
        for start, end, option in spans
        if not any(low <= start and end <= high and high - low > end - start for low, high, _ in spans)
    ]
    return [option for option in options if option in kept]
