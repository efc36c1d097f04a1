"""A search over a handful of topics, built in a moment, with embeddings that are only hashed words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from zlib import crc32

import numpy as np

from knowledge.search.arrays import Floats
from knowledge.search.embeddings.embedding import Embedder
from knowledge.search.indexing.building import build
from knowledge.search.indexing.index import Index
from knowledge.search.indexing.material import Material
from knowledge.search.outside import Outside, Question, outside, questions
from knowledge.search.phrasings import PhrasingsByTopic, phrasings
from knowledge.search.weighing.engine import Search
from knowledge.topics import Topics, topics
from tests.knowledge.profiles import KNOWLEDGE

SOME = ("gpa_minimum", "passport_student", "joint_degree_what", "dormitory", "permit_fee", "what_is_aln")


class HashedWords:
    """Texts that share words lie close together. Counts what it embeds."""

    name = "hashed words"

    def __init__(self) -> None:
        self.embedded: list[str] = []

    def embed(self, texts: Sequence[str]) -> Floats:
        self.embedded += texts
        rows = np.zeros((len(texts), 64), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in text.split():
                row[crc32(word.encode()) % 64] += 1
        lengths = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
        unit: Floats = (rows / lengths).astype(np.float32)
        return unit


def some_topics(names: Iterable[str] = SOME) -> Topics:
    return {name: topics()[name] for name in names}


def small_material(known: Topics | None = None, asked: PhrasingsByTopic | None = None) -> Material:
    everything = outside()
    few = Outside(families=everything.families[:3], small_talk=everything.small_talk[:2])
    return Material(KNOWLEDGE, some_topics() if known is None else known, phrasings() if asked is None else asked, few)


def small_index(embedder: Embedder | None, material: Material | None = None) -> Index:
    """An index, made at once."""
    material = material or small_material()
    return build(material, None if embedder is None else material.vectors(embedder))


def small_search(embedder: Embedder | None, index: Index | None = None) -> Search:
    return Search(KNOWLEDGE, some_topics(), small_index(embedder) if index is None else index, embedder)


def some_questions() -> list[Question]:
    """Development questions about the few topics, and some about nothing."""
    clauses = {clause for topic in some_topics().values() for clause in topic.every_clause}
    about = [one for one in questions("dev") if clauses.intersection(one.clauses)]
    return [*about, *[one for one in questions("dev") if not one.clauses][:15]]
