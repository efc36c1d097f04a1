"""The evidence for each label as rows of comparable numbers, which the model weighs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from knowledge.search.entities import STAFF, Entities
from knowledge.search.index import Evidence
from knowledge.search.labels import Label
from knowledge.search.postings import Floats
from knowledge.search.reader import Query
from knowledge.topics import Topics

SIGNALS: Final = (
    "regression",
    "lexical_regression",
    "meaning",
    "words",
    "letters",
    "documents",
    "role_agrees",
    "role_differs",
    "direction_agrees",
    "direction_differs",
    "reach_agrees",
    "reach_differs",
    "programme_agrees",
    "programme_differs",
    "no_type_fits",
    "is_family",
    "is_small_talk",
    "unknown_words_if_family",
    "length_if_small_talk",
)
_PLACES = {name: place for place, name in enumerate(SIGNALS)}
_PARTS = ("role", "direction", "reach")
_FEW_WORDS = 4
_BM25_SCALE = 10.0


class Signals:
    """Knows what each label is about, so that it can be compared with what a question names."""

    def __init__(self, labels: Sequence[Label], topics: Topics) -> None:
        self.labels = labels
        self._topics = [topics[label.name] if label.kind == "topic" else None for label in labels]
        self._types = [frozenset(topic.types) if topic else frozenset() for topic in self._topics]
        self._parts = {
            part: [frozenset(key.split("_")[place] for key in types) for types in self._types]
            for place, part in enumerate(_PARTS)
        }
        self._is_family = np.array([label.kind == "family" for label in labels], np.float32)
        self._is_small_talk = np.array([label.kind == "small_talk" for label in labels], np.float32)

    def table(self, query: Query, evidence: Evidence, entities: Entities | None = None) -> Floats:
        """One row a label, one column a signal. *entities*: what is named or known of the asker."""
        table = np.zeros((len(self.labels), len(SIGNALS)), np.float32)
        nothing = np.zeros(len(self.labels), np.float32)
        columns = {
            "regression": nothing if evidence.full is None else evidence.full,
            "lexical_regression": evidence.lexical,
            "meaning": nothing if evidence.meaning is None else evidence.meaning,
            "words": evidence.words,
            "letters": evidence.letters,
            "documents": evidence.documents / max(_BM25_SCALE, float(evidence.documents.max(initial=0))),
            "is_family": self._is_family,
            "is_small_talk": self._is_small_talk,
            "unknown_words_if_family": self._is_family * query.unknown,
            "length_if_small_talk": self._is_small_talk * min(3.0, len(query.reading.words) / _FEW_WORDS),
        }
        for name, column in (columns | self._agreement(entities or query.entities)).items():
            table[:, _PLACES[name]] = column
        return table

    def _agreement(self, entities: Entities) -> dict[str, Floats]:
        """Where what is named agrees with what a topic is about, and where it speaks against it."""
        columns: dict[str, Floats] = {}
        for part in _PARTS:
            named = _as_in_types(part, entities[part])
            columns[f"{part}_agrees"] = _marks(bool(named & parts) for parts in self._parts[part])
            columns[f"{part}_differs"] = _marks(
                bool(named and parts and not named & parts) for parts in self._parts[part]
            )
        programmes = entities["programme"]
        of_topics = [frozenset(topic.programmes) if topic else frozenset() for topic in self._topics]
        columns["programme_agrees"] = _marks(bool(programmes & own) for own in of_topics)
        columns["programme_differs"] = _marks(bool(programmes and own and not programmes & own) for own in of_topics)
        columns["no_type_fits"] = _marks(
            bool(types) and not any(entities.fits(key) for key in types) for types in self._types
        )
        return columns


def _as_in_types(part: str, named: frozenset[str]) -> frozenset[str]:
    """The named values as the names of mobility types say them."""
    if part == "role":
        return frozenset("staff" if role in STAFF else role for role in named)
    return frozenset(f"{value}bound" for value in named) if part == "direction" else named


def _marks(values: object) -> Floats:
    return np.array([float(value) for value in values], np.float32)  # type: ignore[attr-defined]
