"""Fitting of a few weights by Newton's method: deterministic, NumPy only."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.search.arrays import Doubles

Marks = NDArray[np.bool_]

_ROUNDS = 60
_STEPS = 2000
_ENOUGH = 1e-6


def fit_choice(tables: Doubles, right: Marks, strength: float) -> Doubles:
    """Weights that make the right labels of each question probable (conditional logit).

    *tables*: question × label × signal. *right*: question × label, at least one a question.
    *strength* holds the weights back (L2). Several right labels share their probability (EM inside Newton).
    """
    scale = tables.reshape(-1, tables.shape[-1]).std(axis=0) + 1e-6
    scaled = tables / scale
    weights: Doubles = np.zeros(tables.shape[-1])
    loss = _loss(scaled, right, strength, weights)
    for _ in range(_ROUNDS):
        shares = _shares(scaled @ weights)
        wanted = _shares(np.where(right, scaled @ weights, -np.inf))
        means = np.einsum("ql,qls->qs", shares, scaled)
        slope = np.einsum("ql,qls->s", wanted - shares, scaled) - 2 * strength * weights
        bend = np.einsum("ql,qls,qlt->st", shares, scaled, scaled, optimize=True) - means.T @ means
        step = np.linalg.solve(bend + 2 * strength * np.eye(len(weights)), slope)
        # Far from the best weights a whole step may overshoot: it is halved until it helps.
        while (after := _loss(scaled, right, strength, weights + step)) > loss and np.abs(step).max() > _ENOUGH:
            step = step / 2
        if loss - after < _ENOUGH:
            break
        weights, loss = weights + step, after
    found: Doubles = weights / scale
    return found


def fit_calibration(odds: Sequence[float], right: Sequence[bool]) -> tuple[float, float]:
    """Slope and intercept that turn log odds into honest ones (Platt's method, with his smoothed targets)."""
    inputs = np.stack([np.array(odds), np.ones(len(odds))], axis=1)
    good = np.array(right, bool)
    targets = np.where(good, (good.sum() + 1) / (good.sum() + 2), 1 / ((~good).sum() + 2))
    weights = np.array([1.0, 0.0])
    # The curve of log(1 + e^x) bends by at most a quarter: with that bound a step can never overshoot.
    bend = inputs.T @ inputs / 4 + 1e-6 * np.eye(2)
    for _ in range(_STEPS):
        guesses = 1 / (1 + np.exp(-inputs @ weights))
        weights = weights + np.linalg.solve(bend, inputs.T @ (targets - guesses))
    return float(weights[0]), float(weights[1])


def _loss(tables: Doubles, right: Marks, strength: float, weights: Doubles) -> float:
    """How improbable the right labels are, with what holds the weights back."""
    probabilities = (_shares(tables @ weights) * right).sum(axis=1)
    return float(-np.log(probabilities + 1e-300).sum() + strength * (weights @ weights))


def _shares(utilities: Doubles) -> Doubles:
    powers = np.exp(utilities - utilities.max(axis=1, keepdims=True))
    shares: Doubles = powers / powers.sum(axis=1, keepdims=True)
    return shares
