"""A large system of linear equations, solved in the memory that it already takes (Cholesky, block by block).

NumPy's own way doubles the memory twice over and fell over with twenty thousand equations on two threads.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from knowledge.search.arrays import Doubles

_BLOCK: Final = 1024


def solve(matrix: Doubles, wanted: Doubles, block: int = _BLOCK) -> Doubles:
    """x of *matrix* · x = *wanted*. *matrix* is symmetric and positive definite, and is overwritten."""
    starts = range(0, len(matrix), block)
    inverses = [_reduce(matrix, start, block) for start in starts]
    found = wanted.copy()
    for start, inverse in zip(starts, inverses, strict=True):
        end = start + len(inverse)
        found[start:end] = inverse @ (found[start:end] - matrix[start:end, :start] @ found[:start])
    for start, inverse in zip(reversed(starts), reversed(inverses), strict=True):
        end = start + len(inverse)
        found[start:end] = inverse.T @ (found[start:end] - matrix[end:, start:end].T @ found[end:])
    return found


def _reduce(matrix: Doubles, start: int, block: int) -> Doubles:
    """Puts a column of blocks of the lower triangle in place of the matrix; gives the inverse of its first block."""
    end = min(start + block, len(matrix))
    inverse: Doubles = np.linalg.inv(np.linalg.cholesky(matrix[start:end, start:end]))
    matrix[end:, start:end] = matrix[end:, start:end] @ inverse.T
    for rows in _rows(end, len(matrix), block):
        matrix[rows, end : rows.stop] -= matrix[rows, start:end] @ matrix[end : rows.stop, start:end].T
    return inverse


def _rows(start: int, end: int, block: int) -> Sequence[slice]:
    return [slice(at, min(at + block, end)) for at in range(start, end, block)]
