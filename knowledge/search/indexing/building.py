"""Makes the index from topics, outside questions and small talk. Takes a minute or more: done ahead, by `train`."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import cast

import numpy as np

from knowledge.search.arrays import Floats, Ids, halves
from knowledge.search.embeddings.vectors import Vectors
from knowledge.search.indexing.index import Index
from knowledge.search.indexing.labels import Example, Label, LabelKind
from knowledge.search.indexing.meaning import Meaning
from knowledge.search.indexing.postings import Postings
from knowledge.search.indexing.profiles import profiles
from knowledge.search.indexing.regression import solved
from knowledge.search.reading.language import letter_odds
from knowledge.search.reading.reader import QueryReader
from knowledge.search.reading.terms import TERMS, Rarity, counted

FORMAT = "6"
"""Counted up where the same texts make another index."""
_USUAL = 4.0
"""Among so many examples a label starts out as usual."""
_SATURATION, _LENGTH_WEIGHT = 1.2, 0.6
"""BM25: how soon a repeated word stops to count, and how much a long text is held back."""


def fingerprint(examples: Sequence[Example], texts: Sequence[str], lexicon: object) -> str:
    """Changes when any text or word list that goes into the index changes."""
    lines = [FORMAT, repr(lexicon), *texts]
    lines += [f"{example.label.kind}:{example.label.name}:{example.text}" for example in examples]
    return sha256("\n".join(lines).encode()).hexdigest()


def build(
    reader: QueryReader,
    examples: Sequence[Example],
    texts: Sequence[str],
    vectors: Vectors | None,
    *,
    mark: str,
) -> Index:
    """The index of *examples* (those of a label together) and of the topics' *texts*, with the fingerprint *mark*.

    *vectors*: those of the examples, if there are embeddings.
    """
    queries = [reader.read(example.text) for example in examples]
    words, letters = [query.words for query in queries], [query.letters for query in queries]
    word_rarity, letter_rarity = Rarity.among(words), Rarity.among(letters)
    weighted_words, weighted_letters = word_rarity.vectors(words), letter_rarity.vectors(letters)
    owners, labels = numbered([example.label for example in examples])
    flags = np.stack([query.flags for query in queries])
    kinds = np.array([flag.startswith("kind=") for flag in reader.recogniser.flags])
    return Index(
        fingerprint=mark,
        label_names=names_of(labels),
        word_rarity=word_rarity,
        letter_rarity=letter_rarity,
        words=profiles(weighted_words, owners, len(labels)),
        letters=profiles(weighted_letters, owners, len(labels)),
        documents=_documents([reader.read(text).words for text in texts]),
        kind_odds=_odds(np.sign(flags) * kinds, owners, len(labels)),
        letter_odds=letter_odds(letters, [example.lang for example in examples]),
        regression=solved(weighted_words, weighted_letters, flags, owners, len(labels)),
        meaning=None if vectors is None else Meaning.of(vectors, owners),
    )


def names_of(labels: Sequence[Label]) -> str:
    """The labels as the index keeps them: whether two indexes speak of the same ones is seen by comparing this."""
    return "\n".join(f"{label.kind}:{label.name}" for label in labels)


def labels_of(names: str) -> list[Label]:
    """The labels of which `names_of` gives the names."""
    pairs = (line.split(":", 1) for line in names.split("\n"))
    return [Label(cast(LabelKind, kind), name) for kind, name in pairs]


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
