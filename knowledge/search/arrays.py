"""What the arrays of the search hold, by name."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Halves = NDArray[np.float16]
Doubles = NDArray[np.float64]
Ids = NDArray[np.int64]
"""Numbers of texts, terms or labels."""
Entries = tuple[Ids, Ids, Floats]
"""For each entry its text (or label), its term and its weight."""


def first_places(numbers: Ids) -> Ids:
    """Where each number first stands, in a row in which the same ones stand together."""
    return np.flatnonzero(np.diff(numbers, prepend=-1))


def distinct(numbers: Ids) -> Ids:
    """Each number once, in order. NumPy's own `unique` first imports all of its masked arrays."""
    ordered = np.sort(numbers)
    return ordered[first_places(ordered)]


def halves(values: Floats | Doubles) -> Floats:
    """Rounded as a file keeps them, in two bytes each, so that an index is the same before it is saved and after."""
    return values.astype(np.float16).astype(np.float32)
