"""What an index is made of: the texts of the packs, and what people type."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from knowledge.pack import Knowledge
from knowledge.search.embeddings.embedding import Embedder
from knowledge.search.embeddings.vectors import NO_VECTORS, Vectors, embedded
from knowledge.search.indexing.fingerprint import fingerprint
from knowledge.search.indexing.labels import examples
from knowledge.search.outside import Outside, outside
from knowledge.search.phrasings import PhrasingsByTopic, phrasings
from knowledge.search.reading.lexicon import lexicon
from knowledge.search.reading.normalise import word_counts
from knowledge.search.reading.reader import QueryReader, documents
from knowledge.topics import Topics, topics

_OFTEN: Final = 4
"""A word that is typed so many times is no slip."""


class Material:
    """The examples of all labels, and a reader that knows their words."""

    def __init__(self, knowledge: Knowledge, known: Topics, asked: PhrasingsByTopic, other: Outside) -> None:
        self.examples = tuple(examples(knowledge, known, asked, other))
        self.documents = documents(knowledge, known)
        self.typed = _often(example.text for example in self.examples)
        self.reader = QueryReader(knowledge, known, lexicon(), self.typed)
        self.fingerprint = fingerprint(self.documents)

    def vectors(self, embedder: Embedder, known: Vectors = NO_VECTORS) -> Vectors:
        """The vectors of the examples, those of unchanged texts taken over from *known*."""
        return embedded(embedder, [self.reader.read(one.text).reading.text for one in self.examples], known)


def default_material(knowledge: Knowledge) -> Material:
    """What comes with Lintas. Raises PackError where it is not usable."""
    return Material(knowledge, topics(), phrasings(), outside())


def _often(texts: Iterable[str]) -> tuple[str, ...]:
    """The words that are typed often, sorted."""
    return tuple(sorted(word for word, count in word_counts(texts).items() if count >= _OFTEN))
