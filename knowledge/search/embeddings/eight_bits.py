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
        """One row for each of *states*."""
        digits, units = _digits(states)
        found = _products(digits, self._packed)
        first, second = found[: len(states)], found[len(states) :]
        second /= _FINER
        first += second
        first *= units
        first *= self._units
        first += self._biases
        return first


def products(rows: NDArray[np.int8], vector: Floats) -> Floats:
    """The product of *vector* with each of *rows*."""
    digits, units = _digits(vector[None])
    found = _products(rows, numkong.dots_pack(digits, "int8"))
    result: Floats = (found[:, 0] + found[:, 1] / np.float32(_FINER)) * units[0]
    return result


def _products(rows: NDArray[np.int8], packed: numkong.PackedMatrix) -> Floats:
    return np.asarray(numkong.dots_packed(rows, packed)).astype(np.float32)


def _digits(states: Floats) -> tuple[NDArray[np.int8], Floats]:
    """The states in two digits of eight bits, the first of all before the second of all, and the unit of each.

    A few numbers of a state are so large that in one digit the others would all but vanish.
    """
    units = _units(states)
    left = states / units
    digits = np.empty((2 * len(states), states.shape[1]), np.int8)
    first = np.rint(left)
    digits[: len(states)] = first
    left -= first
    left *= _FINER
    digits[len(states) :] = np.rint(left, out=left)
    return digits, units


def _units(rows: Floats) -> Floats:
    units: Floats = np.maximum(np.abs(rows).max(axis=1, keepdims=True), _TINY) / _MOST
    return units
