"""Which of the two languages a short text is in: its little words first, then how its words are built."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

import numpy as np

from knowledge.search.arrays import Floats, Ids
from knowledge.search.reading.terms import TERMS
from knowledge.text import Language

_LITTLE_WORD: Final = 2.0
"""How much a word of the lists weighs, as log odds."""
_SURE: Final = 1.0
_STRONGEST: Final = 3.0
_BESIDE_LITTLE_WORDS: Final = 0.9
"""What the letters of a text can say at most: loan words would outvote the little words otherwise."""


def letter_odds(letters: Sequence[Ids], languages: Sequence[Language]) -> Floats:
    """For each group of letters how much more it is Indonesian than English (log odds), from known texts."""
    counts = {}
    for lang in ("id", "en"):
        own = [ids for ids, language in zip(letters, languages, strict=True) if language == lang]
        found = np.bincount(np.concatenate([np.zeros(0, np.int64), *own]), minlength=TERMS)
        counts[lang] = (found + 0.5) / (found.sum() + 0.5 * TERMS)
    odds: Floats = np.log(counts["id"] / counts["en"]).astype(np.float32)
    seen = np.zeros(TERMS, bool)
    seen[np.unique(np.concatenate([np.zeros(0, np.int64), *letters]))] = True
    return np.where(seen, odds, 0).astype(np.float32)


def recognise(
    words: Sequence[str], letters: Ids, little_words: Mapping[str, Collection[str]], odds: Floats
) -> Language | None:
    """The language of a text, or None where it does not show ("TOEFL 550", "LoA?")."""
    named = sum((word in little_words["id"]) - (word in little_words["en"]) for word in words)
    built = float(odds[letters].sum()) / 10 if len(letters) else 0.0
    most = _BESIDE_LITTLE_WORDS if named else _STRONGEST
    score = _LITTLE_WORD * named + max(-most, min(most, built))
    if abs(score) < _SURE:
        return None
    return "id" if score > 0 else "en"
