"""What a question can be about: a topic, a family of questions outside the knowledge, or a kind of small talk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from knowledge.pack import Knowledge
from knowledge.search.outside import Outside
from knowledge.search.phrasings import PhrasingsByTopic
from knowledge.search.reading.reader import LANGUAGES
from knowledge.text import Language
from knowledge.topics import Topics

_MOST_CLAUSES = 4
"""So that a topic with a long list of clauses does not outweigh its own phrasings."""

LabelKind = Literal["topic", "family", "small_talk"]


@dataclass(frozen=True, slots=True)
class Label:
    """One thing a question can be about; `name` is the id of the topic, the family or the kind of small talk."""

    kind: LabelKind
    name: str


@dataclass(frozen=True, slots=True)
class Example:
    """A text that is known to be about a label."""

    text: str
    lang: Language
    label: Label


def examples(knowledge: Knowledge, topics: Topics, phrasings: PhrasingsByTopic, outside: Outside) -> Iterator[Example]:
    """Every example, those of a label together.

    Beside its phrasings a topic has as examples its title, and the clauses that no other topic rests on.
    """
    uses = Counter(clause for topic in topics.values() for clause in topic.every_clause)
    for topic in topics.values():
        label = Label("topic", topic.id)
        yield from (Example(text, lang, label) for lang, _, text in phrasings[topic.id].each())
        own = [clause for clause in topic.every_clause if uses[clause] == 1]
        for lang in LANGUAGES:
            yield Example(topic.title.get(lang), lang, label)
            yield from (Example(knowledge.clauses[clause].text(lang), lang, label) for clause in own[:_MOST_CLAUSES])
    for family in outside.families:
        yield from (Example(text, lang, Label("family", family.family)) for lang, text in family.questions.each())
    for talk in outside.small_talk:
        yield from (Example(text, lang, Label("small_talk", talk.kind)) for lang, text in talk.examples.each())
