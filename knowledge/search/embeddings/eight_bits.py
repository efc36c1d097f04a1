"""Weights of eight bits a number: a quarter of the memory of floats, and multiplied several times as fast."""

from __future__ import annotations

from typing import Final

import numkong
import numpy as np
from numpy.typing import NDArray

from knowledge.search.arrays import Floats

_MOST: Final = 127
"""The largest number of eight bits that has a negative."""
_FINER: Final = 2 * _MOST
"""How much finer the second digit is than the first: it tells what is left of half a unit."""
_TINY: Final = 1e-9
"""Keeps a row of nothing but zeros from being divided by zero."""


def rounded(weights: Floats) -> tuple[NDArray[np.int8], Floats]:
    """The weights in eight bits a number, and the unit of each row."""
    units = _units(weights)
    return np.rint(weights / units).astype(np.int8), units[:, 0]


class Matrix:
    """Weights and biases of one step of the network."""

    def __init__(self, weights: NDArray[np.int8], units: Floats, biases: Floats) -> None:
        """*weights* has a row for each number that comes out; *units* says what 1 stands for in each row."""
        self._packed = numkong.dots_pack(weights, "int8")
        self._units, self._biases = units, biases

    def times(self, states: Floats) -> Floats:
        """One row for each of *states*.

        A state is written in two digits of eight bits: a few of its numbers are so large that in one digit the others
        would all but vanish.
        """
        rows = len(states)
        units = _units(states)
        digits = np.empty((2 * rows, states.shape[1]), np.int8)
        left = states / units
        first = np.rint(left)
        digits[:rows] = first
        left -= first
        left *= _FINER
        digits[rows:] = np.rint(left, out=left)
        products = np.asarray(numkong.dots_packed(digits, self._packed)).astype(np.float32)
        found: Floats = products[rows:]
        found /= _FINER
        found += products[:rows]
        found *= units
        found *= self._units
        found += self._biases
        return found


def _units(rows: Floats) -> Floats:
    units: Floats = np.maximum(np.abs(rows).max(axis=1, keepdims=True), _TINY) / _MOST
    return units
