"""A question taken apart: its words, its weighted terms, what it names, and its meaning as a vector."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import get_args

import numpy as np

from knowledge.loading.references import REFERENCE
from knowledge.loading.topic_schema import Topic
from knowledge.pack import Knowledge
from knowledge.search.arrays import Floats, Ids
from knowledge.search.reading.entities import Entities, Recogniser
from knowledge.search.reading.lexicon import Lexicon
from knowledge.search.reading.normalise import Normaliser, Reading
from knowledge.search.reading.terms import Terms
from knowledge.text import Language
from knowledge.topics import Topics

LANGUAGES: tuple[Language, ...] = get_args(Language)


@dataclass(frozen=True, slots=True)
class Query:
    """A text on every level the signals need."""

    reading: Reading
    words: Ids
    letters: Ids
    entities: Entities
    flags: Floats
    """One half for each value that is named (so that four of them weigh as much as a whole likeness)."""
    unknown: float
    """The share of words that neither packs nor word lists have, 0 to 1."""


class QueryReader:
    """Takes texts apart, with the vocabulary of the packs."""

    def __init__(self, knowledge: Knowledge, topics: Topics, lexicon: Lexicon, typed: Iterable[str]) -> None:
        """*typed*: words that are often typed, and therefore no slips."""
        self.normaliser = Normaliser(lexicon, _well_written(knowledge, topics), typed)
        self.recogniser = Recogniser(knowledge, lexicon, self.normaliser)
        self._terms = Terms()
        self._flag_places = {flag: place for place, flag in enumerate(self.recogniser.flags)}

    def read(self, text: str) -> Query:
        """*text* taken apart."""
        reading = self.normaliser.read(text)
        entities = self.recogniser.read(reading)
        return Query(
            reading=reading,
            words=self._terms.words(reading),
            letters=self._terms.letters(reading),
            entities=entities,
            flags=self._flags(entities),
            unknown=self.normaliser.unknown(reading.words),
        )

    def _flags(self, entities: Entities) -> Floats:
        row = np.zeros(len(self._flag_places), np.float32)
        row[[self._flag_places[flag] for flag in entities.flags()]] = 0.5
        return row


def documents(knowledge: Knowledge, topics: Topics) -> list[str]:
    """For each topic its texts in both languages as one: title (counted twice), answers and the clauses it rests on."""
    return [
        " . ".join(
            (
                *(topic.title.get(lang) for lang in LANGUAGES for _ in range(2)),
                *_answers(topic),
                *(knowledge.clauses[clause].text(lang) for clause in topic.every_clause for lang in LANGUAGES),
            )
        )
        for topic in topics.values()
    ]


def _answers(topic: Topic) -> Iterator[str]:
    """The words of the answers themselves; what they refer to changes with amounts and is left out."""
    for text in (topic.answer, *(variant.answer for variant in topic.variants)):
        yield from (REFERENCE.sub(" ", text.get(lang)) for lang in LANGUAGES)


def _well_written(knowledge: Knowledge, topics: Topics) -> Iterator[str]:
    for topic in topics.values():
        yield from (topic.title.get(lang) for lang in LANGUAGES)
        yield from _answers(topic)
    yield from (clause.text(lang) for clause in knowledge.clauses.values() for lang in LANGUAGES)
