"""What the arrays of the search hold, by name."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Halves = NDArray[np.float16]
Ids = NDArray[np.int64]
"""Numbers of texts, terms or labels."""


def first_places(numbers: Ids) -> Ids:
    """Where each number first stands, in a row in which the same ones stand together."""
    return np.flatnonzero(np.diff(numbers, prepend=-1))
