"""The network of the embeddings (BERT): what each word is beside the others, and the mean of a text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from math import pi, sqrt
from typing import Any, Final

import numpy as np

from knowledge.search.arrays import Floats
from knowledge.search.embeddings.eight_bits import Matrix
from knowledge.search.embeddings.encoder_file import units_of
from knowledge.search.embeddings.model_file import Shape

_CUBIC: Final = 0.044715
"""Brings the formula with tanh within half a thousandth of GELU."""
Arrays = Mapping[str, Any]
"""The arrays of an encoder file, by name."""


class Norm:
    """Brings states to one size and place, then to learned ones (layer normalisation)."""

    def __init__(self, arrays: Arrays, name: str, epsilon: float) -> None:
        self._weights, self._biases, self._epsilon = arrays[f"{name}.w"], arrays[f"{name}.b"], epsilon

    def of(self, states: Floats) -> Floats:
        """Changes *states* and returns them."""
        states -= states.mean(axis=1, keepdims=True)
        spread = np.einsum("ij,ij->i", states, states) / states.shape[1]
        states /= np.sqrt(spread + self._epsilon)[:, None]
        states *= self._weights
        states += self._biases
        return states


class Layer:
    """Lets each word see the others of its text, then thinks about it."""

    def __init__(self, arrays: Arrays, name: str, shape: Shape) -> None:
        self._heads = shape.heads
        self._asked, self._seen, self._inner, self._outer = (
            _matrix(arrays, f"{name}.{step}") for step in ("qkv", "ao", "fi", "fo")
        )
        self._after_seeing, self._after_thinking = (Norm(arrays, f"{name}.{n}", shape.epsilon) for n in ("aln", "oln"))

    def of(self, states: Floats, texts: Sequence[slice]) -> Floats:
        """The next states. *texts*: which rows are of one text."""
        asked = self._asked.times(states)
        seen = np.concatenate([self._look(asked[rows]) for rows in texts])
        states = self._after_seeing.of(states + self._seen.times(seen))
        return self._after_thinking.of(states + self._outer.times(_gelu(self._inner.times(states))))

    def _look(self, asked: Floats) -> Floats:
        """What the words of one text see of each other."""
        rows = len(asked)
        queries, keys, values = asked.reshape(rows, 3, self._heads, -1).transpose(1, 2, 0, 3)
        shares: Floats = queries @ keys.transpose(0, 2, 1)
        shares /= sqrt(queries.shape[-1])
        shares -= shares.max(axis=-1, keepdims=True)
        np.exp(shares, out=shares)
        shares /= shares.sum(axis=-1, keepdims=True)
        seen: Floats = (shares @ values).transpose(1, 0, 2).reshape(rows, -1)
        return seen


class Network:
    """The tuned layers, one after the other."""

    def __init__(self, arrays: Arrays, shape: Shape) -> None:
        self._begin = Norm(arrays, "emb.ln", shape.epsilon)
        self._layers = [Layer(arrays, f"l{number}", shape) for number in range(shape.layers)]

    def vectors(self, states: Floats, lengths: Sequence[int]) -> Floats:
        """One vector of length 1 a text. *states*: the pieces of all texts; *lengths*: how many each has."""
        texts = [slice(start, end) for start, end in pairwise(accumulate(lengths, initial=0))]
        states = self._begin.of(states)
        for layer in self._layers:
            states = layer.of(states, texts)
        means = np.stack([states[rows].mean(axis=0) for rows in texts])
        means /= np.linalg.norm(means, axis=1, keepdims=True)
        return means


def _matrix(arrays: Arrays, name: str) -> Matrix:
    return Matrix(arrays[f"{name}.w"], arrays[units_of(f"{name}.w")], arrays[f"{name}.b"])


def _gelu(states: Floats) -> Floats:
    bent = states * states
    bent *= _CUBIC
    bent += 1
    bent *= states
    bent *= sqrt(2 / pi)
    np.tanh(bent, out=bent)
    bent += 1
    bent *= states
    bent /= 2
    return bent
