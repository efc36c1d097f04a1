"""Likeness of a question to every example, and what the examples' labels say about it (kernel ridge regression).

The nearest example is a poor judge: phrasings of twin topics share most words. The regression weighs all examples
against each other, so what tells twins apart counts, and what they share cancels out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from knowledge.search.postings import Floats, Ids

LEXICAL = 0.15
"""Weight of the likeness in words and in letters beside that in meaning (chosen on the development part)."""
NAMED = 0.15
"""Weight of naming the same role, direction, programme …"""
_LEXICAL_ALONE = 0.5
_SMOOTHING = 0.1


@dataclass(frozen=True)
class Likeness:
    """How like a question is to each example, each measure about 0 to 1."""

    words: Floats
    letters: Floats
    flags: Floats
    meaning: Floats | None
    """None where there are no embeddings."""

    def lexical(self) -> Floats:
        """All but the meaning, as a kernel."""
        return np.exp(_LEXICAL_ALONE * (self.words + self.letters - 2) + NAMED * (self.flags - 1)).astype(np.float32)

    def full(self) -> Floats:
        """Everything, as a kernel; the same as `lexical` where there are no embeddings."""
        if self.meaning is None:
            return self.lexical()
        likeness = self.meaning - 1 + LEXICAL * (self.words + self.letters) + NAMED * self.flags
        kernel: Floats = np.exp(likeness).astype(np.float32)
        return kernel


def solve(kernel: Floats, owners: Ids, labels: int) -> Floats:
    """The regression of labels on examples: how much each example speaks for each label."""
    wanted = np.eye(labels, dtype=np.float32)[owners]
    kernel[np.diag_indices_from(kernel)] += _SMOOTHING
    return rounded(np.linalg.solve(kernel, wanted))


def rounded(weights: Floats) -> Floats:
    """*weights* with as many digits as the ranking needs (seven bits), so that a file of them is small."""
    mantissas, exponents = np.frexp(weights.astype(np.float16).astype(np.float32))
    kept: Floats = np.ldexp(np.rint(mantissas * 128) / 128, exponents).astype(np.float32)
    return kept
