"""The evidence for each label as rows of comparable numbers, which the model weighs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from knowledge.search.arrays import Floats
from knowledge.search.indexing.index import Evidence
from knowledge.search.indexing.labels import Label
from knowledge.search.reading.entities import STAFF, Entities
from knowledge.search.reading.reader import Query
from knowledge.topics import Topics

SIGNALS: Final = (
    "regression",
    "regression_root",
    "meaning",
    "meaning_share",
    "phrasings",
    "phrasings_share",
    "words",
    "letters",
    "documents",
    "kind_of_question",
    "role_agrees",
    "role_differs",
    "reach_differs",
    "is_outside",
    "is_small_talk",
    "long_if_small_talk",
    "unknown_words_if_outside",
)
"""The columns. Those about roles and types are 0 or 1 and concern topics, the last four whatever is no topic.

Left out, because they did not help on the development part: the direction and the programme that are named (the
regression sees them already), and the likeness in meaning to titles and answers.
"""
_BM25_SCALE: Final = 10.0
"""About the score of a topic that has every rarer word of a short question."""
_LONG: Final = 10
"""Words; small talk is seldom that long."""
_PLACE_OF: Final = {
    "role": (0, ("student", "staff")),
    "direction": (1, ("outbound", "inbound")),
    "reach": (2, ("national", "international")),
}
"""Where in the name of a mobility type (`student_outbound_international`) the part stands, and what it may be."""


class Signals:
    """Knows what each label is about, so that it can be compared with what a question names."""

    def __init__(self, labels: Sequence[Label], topics: Topics) -> None:
        types = [topics[label.name].types if label.kind == "topic" else () for label in labels]
        self._about = {
            (part, value): np.array([any(key.split("_")[place] == value for key in keys) for keys in types])
            for part, (place, values) in _PLACE_OF.items()
            for value in values
        }
        self._bound = np.array([bool(keys) for keys in types])
        self._outside = np.array([label.kind != "topic" for label in labels], np.float32)
        self._small_talk = np.array([label.kind == "small_talk" for label in labels], np.float32)

    def table(self, query: Query, evidence: Evidence, entities: Entities) -> Floats:
        """One row a label, one column a signal. *entities*: what the question names or is known of the asker."""
        unknown = np.zeros_like(self._outside)
        columns = {
            "regression": evidence.regression,
            "regression_root": np.sqrt(np.maximum(evidence.regression, 0)),
            "meaning": unknown if evidence.by_label is None else evidence.by_label,
            "meaning_share": unknown if evidence.by_label is None else np.exp(evidence.by_label),
            "phrasings": unknown if evidence.by_phrasing is None else evidence.by_phrasing,
            "phrasings_share": unknown if evidence.by_phrasing is None else np.exp(evidence.by_phrasing),
            "words": evidence.words,
            "letters": evidence.letters,
            "documents": evidence.documents / max(_BM25_SCALE, float(evidence.documents.max(initial=0))),
            "kind_of_question": evidence.kind * (1 - self._outside),
            "is_outside": self._outside,
            "is_small_talk": self._small_talk,
            "long_if_small_talk": self._small_talk * min(1.0, len(query.reading.words) / _LONG),
            "unknown_words_if_outside": self._outside * query.unknown,
            **self._agreement(entities),
        }
        table = np.stack([columns[name] for name in SIGNALS], axis=1).astype(np.float32)
        table[self._ruled_out(entities)] = table.min(axis=0)
        return table

    def _ruled_out(self, entities: Entities) -> NDArray[np.bool_]:
        """What holds only for those who go the other way: it is never told, however much speaks for it."""
        goes = "abroad" in entities["leaving"] and "in" not in entities["direction"]
        comes = "here" in entities["coming"] and "out" not in entities["direction"]
        outbound, inbound = self._about["direction", "outbound"], self._about["direction", "inbound"]
        return self._bound & ((goes & ~outbound) | (comes & ~inbound))

    def _agreement(self, entities: Entities) -> dict[str, Floats]:
        """Where what is named agrees with what a topic is about, and where it speaks against it."""
        roles = {"staff" if role in STAFF else role for role in entities["role"]}
        role, reach = self._named("role", roles), self._named("reach", entities["reach"])
        return {
            "role_agrees": role.astype(np.float32),
            "role_differs": (self._bound & ~role & bool(roles)).astype(np.float32),
            "reach_differs": (self._bound & ~reach & bool(entities["reach"])).astype(np.float32),
        }

    def _named(self, part: str, values: Collection[str]) -> NDArray[np.bool_]:
        """The labels that are about one of the values."""
        found = np.zeros(len(self._bound), bool)
        for value in values:
            found |= self._about[part, value]
        return found
