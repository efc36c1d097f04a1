"""What words, groups of letters and named values say about each label: ridge regression over all examples.

The nearest example is a poor judge: phrasings of twin topics share most words. The regression weighs all examples
against each other, so what tells twins apart counts, and what they share cancels out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from knowledge.search.arrays import Doubles, Entries, Floats, Ids, first_places, halves
from knowledge.search.indexing.linear import solve
from knowledge.search.indexing.postings import Postings
from knowledge.search.reading.terms import TERMS

_NAMED: Final = 0.3
"""What naming the same role, direction, programme … counts beside sharing all words (chosen on the dev part)."""
_ALWAYS: Final = 2.0
_SMOOTHING: Final = 0.5
_LEAST: Final = 0.02
"""What a term says less about a label is left out; a question has some eighty terms, and a sure label gets about 1."""
_AT_ONCE: Final = 1 << 15


@dataclass(frozen=True)
class Regression:
    """Adds up, label by label, what is found in a question."""

    words: Postings
    letters: Postings
    """By term, what it says about each label."""
    flags: Floats
    """One row a named value, one column a label."""
    always: Floats
    """Where every label begins."""

    def scores(self, words: tuple[Ids, Floats], letters: tuple[Ids, Floats], flags: Floats) -> Floats:
        """About 1 for a label that the question is surely about, about 0 for the others."""
        total: Floats = self.words.scores(*words) + self.letters.scores(*letters) + flags @ self.flags + self.always
        return total


def solved(words: Entries, letters: Entries, flags: Floats, owners: Ids, labels: int) -> Regression:
    """The regression of the labels on the examples; *flags* has one row an example."""
    # Solved example by example, which are far fewer than terms; then turned into what each term says.
    alike = _alike(words, letters, flags)
    alike[np.diag_indices_from(alike)] += _SMOOTHING
    says = solve(alike, np.eye(labels)[owners]).astype(np.float32)
    return Regression(
        words=Postings.of(labels, TERMS, _by_term(words, says)),
        letters=Postings.of(labels, TERMS, _by_term(letters, says)),
        flags=halves(_NAMED * flags.T @ says),
        always=halves(_ALWAYS * says.sum(axis=0)),
    )


def _alike(words: Entries, letters: Entries, flags: Floats) -> Doubles:
    """How much each example has in common with each other. Gigabytes, filled row by row: nothing else is as large."""
    alike = np.empty((len(flags), len(flags)))
    for row, (by_words, by_letters) in enumerate(zip(_shared(words, flags), _shared(letters, flags), strict=True)):
        alike[row] = by_words + by_letters + (_NAMED * (flags @ flags[row]) + _ALWAYS)
    return alike


def _shared(entries: Entries, flags: Floats) -> Iterator[Floats]:
    """For each example what all have in common with it, by the terms they share."""
    postings = Postings.of(len(flags), TERMS, entries)
    rows, terms, weights = entries
    for start, end in pairwise(np.searchsorted(rows, np.arange(len(flags) + 1))):
        yield postings.scores(terms[start:end], weights[start:end])


def _by_term(entries: Entries, says: Floats) -> Entries:
    """What the examples say, gathered by the terms they have: for each entry its label, its term and its weight."""
    rows, terms, weights = entries
    order = np.argsort(terms, kind="stable")
    rows, terms, weights = rows[order], terms[order], weights[order]
    found = list(_gathered(rows, terms, weights, says))
    return (
        np.concatenate([labels for labels, _, _ in found]),
        np.concatenate([ids for _, ids, _ in found]),
        np.concatenate([values for _, _, values in found]),
    )


def _gathered(rows: Ids, terms: Ids, weights: Floats, says: Floats) -> Iterator[Entries]:
    """Some terms at a time: all at once would be gigabytes."""
    for start, end in _parts(first_places(terms), len(terms)):
        ids, firsts = np.unique(terms[start:end], return_index=True)
        sums = np.add.reduceat(says[rows[start:end]] * weights[start:end, None], firsts)
        places, labels = np.nonzero(np.abs(sums) >= _LEAST)
        yield labels, ids[places], sums[places, labels]


def _parts(firsts: Ids, count: int) -> Iterator[tuple[int, int]]:
    """Where parts of about the same size begin and end; a term is never cut in two."""
    wanted = np.arange(0, count, _AT_ONCE)
    begin: Sequence[int] = np.unique(firsts[np.minimum(np.searchsorted(firsts, wanted), len(firsts) - 1)]).tolist()
    yield from zip(begin, [*begin[1:], count], strict=True)
