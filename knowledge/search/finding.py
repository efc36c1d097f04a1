"""Topics for what somebody is still typing (inline mode): words and beginnings of words, nothing slower."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from knowledge.loading.topic_schema import Topic
from knowledge.search.engine import Ranker
from knowledge.search.entities import Entities
from knowledge.search.normalise import tokens
from knowledge.text import Language
from knowledge.topics import Topics

_IN_TITLE: Final = 0.5
"""What a word of the title counts beside the probability, for each word that was typed."""
_LIKELY: Final = 0.02
"""A topic without any of the words in its title is found from this probability on."""


class Finder:
    """Ranks topics by their titles and by what the search makes of the words."""

    def __init__(self, ranker: Ranker, topics: Topics) -> None:
        self._ranker, self._topics = ranker, topics
        self._titles = {
            (key, lang): tuple(tokens(topic.title.get(lang))) for key, topic in topics.items() for lang in ("id", "en")
        }

    def find(self, typed: str, lang: Language, known: Entities | None = None) -> Sequence[Topic]:
        """The topics, the likeliest first; none where nothing was typed or nothing is like it."""
        ranking = self._ranker.rank_by_words(typed, known)
        words = ranking.query.reading.words
        if not words:
            return ()
        scores = {
            one.label.name: (self._in_title(words, one.label.name, lang), one.probability) for one in ranking.topics()
        }
        found = [key for key, (shared, probability) in scores.items() if shared or probability >= _LIKELY]
        found.sort(key=lambda key: -(_IN_TITLE * scores[key][0] + scores[key][1]))
        return [self._topics[key] for key in found]

    def _in_title(self, words: Sequence[str], topic: str, lang: Language) -> float:
        """The share of *words* that begin a word of the title."""
        title = self._titles[topic, lang]
        return sum(any(part.startswith(word) for part in title) for word in words) / len(words)
