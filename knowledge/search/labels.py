"""What a question can be about: a topic, a family of questions outside the knowledge, or a kind of small talk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from knowledge.loading.topic_schema import Topic
from knowledge.search.outside import Outside
from knowledge.text import Language

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


def examples(topics: Iterable[Topic], outside: Outside) -> Iterator[Example]:
    """Every example, those of a label together."""
    for topic in topics:
        yield from (Example(text, lang, Label("topic", topic.id)) for lang, _, text in topic.phrasings.each())
    for family in outside.families:
        yield from (Example(text, lang, Label("family", family.family)) for lang, text in family.questions.each())
    for talk in outside.small_talk:
        yield from (Example(text, lang, Label("small_talk", talk.kind)) for lang, text in talk.examples.each())
