"""What the examples of a label have in common: its usual terms, the more weight the more of its examples have them."""

from __future__ import annotations

from typing import Final

import numpy as np

from knowledge.search.arrays import Entries, Ids
from knowledge.search.indexing.postings import Postings
from knowledge.search.reading.terms import TERMS

_LEAST: Final = 0.01
"""Terms that weigh less in a profile, whose length is 1, are left out: half of all, and nobody misses them."""


def profiles(entries: Entries, owners: Ids, labels: int) -> Postings:
    """The profile of each label. *entries*: the weighted terms of the examples; *owners*: the label of each example."""
    texts, terms, weights = entries
    keys, places = np.unique(owners[texts] * TERMS + terms, return_inverse=True)
    sums = np.bincount(places, weights)
    own, ids = keys // TERMS, keys % TERMS
    lengths = np.sqrt(np.bincount(own, sums * sums, minlength=labels))
    shares = (sums / lengths[own]).astype(np.float32)
    kept = shares >= _LEAST
    return Postings.of(labels, TERMS, (own[kept], ids[kept], shares[kept]))
