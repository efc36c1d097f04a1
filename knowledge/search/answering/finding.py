"""Topics for what somebody is still typing (inline mode): words and beginnings of words, nothing slower."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from typing import Final

from knowledge.loading.topic_schema import Topic
from knowledge.search.reading.entities import Entities
from knowledge.search.reading.normalise import tokens
from knowledge.search.reading.reader import LANGUAGES
from knowledge.search.weighing.engine import Ranker
from knowledge.text import Language
from knowledge.topics import Topics

_IN_TITLE: Final = 0.5
"""What it counts beside the probability that all typed words begin words of the title."""
_LAST: Final = chr(0x10FFFF)
"""Sorts behind every letter."""
_LIKELY: Final = 0.02
"""A topic without any of the words in its title is found from this probability on."""


class Finder:
    """Ranks topics by their titles and by what the search makes of the words."""

    def __init__(self, ranker: Ranker, topics: Topics) -> None:
        self._ranker, self._topics = ranker, topics
        self._words: dict[Language, list[tuple[str, str]]] = {
            lang: sorted({(word, topic.id) for topic in topics.values() for word in tokens(topic.title.get(lang))})
            for lang in LANGUAGES
        }

    def find(self, typed: str, lang: Language, known: Entities | None = None) -> Sequence[Topic]:
        """The topics, the likeliest first; none where nothing was typed or nothing is like it."""
        ranking = self._ranker.rank_by_words(typed, known)
        words = ranking.query.reading.words
        if not words:
            return ()
        likely = {one.label.name: one.probability for one in ranking.topics()}
        shared = Counter(key for word in words for key in self._titled(word, lang))
        scores = {
            key: likely.get(key, 0.0) + _IN_TITLE * shared[key] / len(words)
            for key in (*likely, *shared)
            if shared[key] or likely[key] >= _LIKELY
        }
        return [self._topics[key] for key in sorted(scores, key=lambda key: -scores[key])]

    def _titled(self, typed: str, lang: Language) -> set[str]:
        """The topics with a word in their title that begins like this."""
        words = self._words[lang]
        begin, end = bisect_left(words, (typed, "")), bisect_left(words, (typed + _LAST, ""))
        return {topic for _, topic in words[begin:end]}
