"""Tells whether an index was made of the texts that are there now, without reading what only training reads."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from knowledge.pack import Knowledge
from knowledge.search import outside, phrasings
from knowledge.search.reading.lexicon import lexicon
from knowledge.search.reading.reader import documents
from knowledge.topics import Topics

FORMAT = "7"
"""Counted up where the same texts make another index."""


def fingerprint(knowledge: Knowledge, topics: Topics, taught: Iterable[Path] | None = None) -> str:
    """Changes when any text or word list that goes into the index changes.

    *taught*: the files of examples, which count as they are; those that come with Lintas if not given.
    """
    files = [path for folder in phrasings.folders() for path in sorted(folder.glob("*.yaml"))] + outside.files()
    lines = [FORMAT, repr(lexicon()), *documents(knowledge, topics)]
    lines += [path.read_text("utf-8") for path in (files if taught is None else taught)]
    return sha256("\n".join(lines).encode()).hexdigest()
