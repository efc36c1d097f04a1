"""Makes the index from topics, outside questions and small talk. Takes a minute or more: done ahead, by `train`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from knowledge.search.arrays import Floats, Ids, halves
from knowledge.search.embeddings.vectors import Vectors
from knowledge.search.indexing.index import Index
from knowledge.search.indexing.labels import Label
from knowledge.search.indexing.material import Material
from knowledge.search.indexing.meaning import Meaning
from knowledge.search.indexing.postings import Postings
from knowledge.search.indexing.profiles import profiles
from knowledge.search.indexing.regression import solved
from knowledge.search.reading.language import letter_odds
from knowledge.search.reading.terms import TERMS, Rarity, counted

_USUAL = 4.0
"""Among so many examples a label starts out as usual."""
_SATURATION, _LENGTH_WEIGHT = 1.2, 0.6
"""BM25: how soon a repeated word stops to count, and how much a long text is held back."""


def build(material: Material, vectors: Vectors | None) -> Index:
    """The index of *material*, with the *vectors* of its examples if there are embeddings."""
    reader, examples = material.reader, material.examples
    queries = [reader.read(example.text) for example in examples]
    words, letters = [query.words for query in queries], [query.letters for query in queries]
    word_rarity, letter_rarity = Rarity.among(words), Rarity.among(letters)
    weighted_words, weighted_letters = word_rarity.vectors(words), letter_rarity.vectors(letters)
    owners, labels = numbered([example.label for example in examples])
    flags = np.stack([query.flags for query in queries])
    kinds = np.array([flag.startswith("kind=") for flag in reader.recogniser.flags])
    return Index(
        fingerprint=material.fingerprint,
        labels=tuple(labels),
        typed=material.typed,
        word_rarity=word_rarity,
        letter_rarity=letter_rarity,
        words=profiles(weighted_words, owners, len(labels)),
        letters=profiles(weighted_letters, owners, len(labels)),
        documents=_documents([reader.read(text).words for text in material.documents]),
        kind_odds=_odds(np.sign(flags) * kinds, owners, len(labels)),
        letter_odds=letter_odds(letters, [example.lang for example in examples]),
        regression=solved(weighted_words, weighted_letters, flags, owners, len(labels)),
        meaning=None if vectors is None else Meaning.of(vectors, owners),
    )


def numbered(labels: Sequence[Label]) -> tuple[Ids, list[Label]]:
    """The number of each label, counted in the order in which they first appear, and the labels by number."""
    distinct = list(dict.fromkeys(labels))
    numbers = {label: number for number, label in enumerate(distinct)}
    return np.array([numbers[label] for label in labels], np.int64), distinct


def _odds(flags: Floats, owners: Ids, labels: int) -> Floats:
    """For each label how much more often than elsewhere its examples have a flag (log odds, held back by the usual)."""
    usual = flags.mean(axis=0) + 1e-4
    found = np.zeros((labels, flags.shape[1]))
    np.add.at(found, owners, flags)
    counts = np.bincount(owners, minlength=labels)[:, None]
    odds = np.log((found + _USUAL * usual) / (counts + _USUAL) / usual)
    return halves(np.where(flags.any(axis=0), odds, 0))


def _documents(texts: Sequence[Ids]) -> Postings:
    """The texts weighted so that adding up the weights of a question's words gives BM25."""
    rows, terms, counts = counted(texts)
    lengths = np.bincount(rows, counts, minlength=len(texts))
    found = np.bincount(terms, minlength=TERMS)[terms]
    rarity = np.log(1 + (len(texts) - found + 0.5) / (found + 0.5))
    held_back = _SATURATION * (1 - _LENGTH_WEIGHT + _LENGTH_WEIGHT * lengths / max(1.0, lengths.mean()))
    weights = rarity * counts * (_SATURATION + 1) / (counts + held_back[rows])
    return Postings.of(len(texts), TERMS, (rows, terms, weights.astype(np.float32)))
