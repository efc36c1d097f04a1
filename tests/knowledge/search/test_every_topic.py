"""Every topic, for every mobility type, in both languages: complete, from the packs only, short enough to send."""

from __future__ import annotations

import re

import pytest

from knowledge.search.answering.answer import TopicAnswer
from knowledge.search.answering.answerer import Answerer
from knowledge.text import Language
from knowledge.topics import topics
from tests.knowledge.profiles import KNOWLEDGE

LONGEST_MESSAGE = 4096
LONGEST_ON_A_PHONE = 2500
LONGEST_BUTTON = 60
TYPES: tuple[str | None, ...] = (None, *KNOWLEDGE.types)
_TYPED_AMOUNT = re.compile(r"Rp\s?\d|US\$\s?\d|\d{3}\.000")


def _answers(answerer: Answerer, lang: Language) -> list[TopicAnswer]:
    return [answerer.topic(key, lang=lang, known_type=known) for key in topics() for known in TYPES]


@pytest.mark.parametrize("lang", ["id", "en"])
def test_everything_that_is_referred_to_is_filled_in(answerer: Answerer, lang: Language) -> None:
    for one in _answers(answerer, lang):
        assert one.text.strip(), one.topic
        assert not re.search(r"[{}]", one.text), (one.topic, one.text)
        assert one.text.count("**") % 2 == 0, (one.topic, one.text)


@pytest.mark.parametrize("lang", ["id", "en"])
def test_answers_cite_clauses_that_exist(answerer: Answerer, lang: Language) -> None:
    for one in _answers(answerer, lang):
        assert one.clauses, one.topic
        assert set(one.clauses) <= set(topics()[one.topic].every_clause) & set(KNOWLEDGE.clauses)


@pytest.mark.parametrize("lang", ["id", "en"])
def test_answers_fit_a_phone(answerer: Answerer, lang: Language) -> None:
    for one in _answers(answerer, lang):
        assert len(one.text) <= LONGEST_ON_A_PHONE < LONGEST_MESSAGE, (one.topic, len(one.text))
        assert len(one.title) <= LONGEST_BUTTON
        assert [title.topic for title in one.related_titles] == list(one.related)


@pytest.mark.parametrize("known", KNOWLEDGE.types)
def test_a_variant_is_that_of_the_type(answerer: Answerer, known: str) -> None:
    for key, topic in topics().items():
        shown = answerer.topic(key, lang="id", known_type=known)
        variant = next((one for one in topic.variants if known in one.types), None)
        assert shown.types == (variant.types if variant else ())
        assert shown.clauses == (variant.clauses if variant else topic.every_clause)


def test_no_amount_is_typed_in_an_answer() -> None:
    for topic in topics().values():
        for answer in (topic.answer, *(variant.answer for variant in topic.variants)):
            assert not _TYPED_AMOUNT.search(answer.id + answer.en), topic.id


def test_there_are_enough_topics() -> None:
    aln = [topic for topic in topics().values() if topic.group == "aln"]

    assert len(topics()) - len(aln) >= 150
    assert len(aln) >= 12
