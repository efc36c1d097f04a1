"""Tells whether an index was made of the texts that are there now, without reading what only training reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path

from knowledge.search import outside, phrasings
from knowledge.search.reading.lexicon import lexicon

FORMAT = "7"
"""Counted up where the same texts make another index."""


def fingerprint(documents: Sequence[str], taught: Iterable[Path] | None = None) -> str:
    """Changes when any text or word list that goes into the index changes.

    *documents*: the texts of the topics. *taught*: the files of examples, which count as they are; those that come with
    Lintas if not given.
    """
    files = [*phrasings.files(), *outside.files()] if taught is None else taught
    lines = [FORMAT, repr(lexicon()), *documents, *(path.read_text("utf-8") for path in files)]
    return sha256("\n".join(lines).encode()).hexdigest()
