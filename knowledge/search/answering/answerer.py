"""A question in, an answer with its clauses out; suggestions where it is not sure, and an honest no otherwise."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cached_property, lru_cache
from typing import Final, Literal

from knowledge.loading.topic_schema import Topic
from knowledge.pack import Knowledge
from knowledge.search.answering.answer import (
    MOST_SUGGESTIONS,
    Answer,
    AnswerKind,
    Suggestion,
    TopicAnswer,
    TopicTitle,
)
from knowledge.search.answering.applied import said
from knowledge.search.answering.browsing import GroupTitle, groups, in_group
from knowledge.search.answering.finding import Finder
from knowledge.search.answering.personal import is_personal
from knowledge.search.answering.two_parts import halves
from knowledge.search.answering.writing import TopicWriter
from knowledge.search.embeddings.embedding import default_embedder
from knowledge.search.outside import NONSENSE, PERSONAL_CHECK, small_talk
from knowledge.search.reading.entities import STAFF, Entities
from knowledge.search.reading.reader import Query
from knowledge.search.weighing.engine import Ranked, Ranker, Ranking, open_search
from knowledge.search.weighing.model import read_model
from knowledge.text import Language
from knowledge.topics import Topics, topics

MOST_FOUND: Final = 10
_KEPT: Final = 512
"""Topics that are kept as they were written, a few kilobytes each."""
_SURE: Final = 0.97
"""From this confidence on nothing else is suggested beside an answer."""
_TWO_THINGS: Final = re.compile(
    r"\b(?:dan|serta|sama|plus|and|also|juga|sekalian|trus|terus)\b|[&+?;,].+\w", re.IGNORECASE
)
_LONGEST_SMALL_TALK: Final = 8
"""Words. Whoever writes more wants something: what might be meant is suggested rather than a greeting sent back."""
_WORD_OR_TWO: Final = 3
"""Words of a text that is hardly more than a word: its likeness to small talk is mostly chance."""
_FEWEST_OF_A_QUESTION: Final = 2
"""A single word names a subject and asks nothing: what might be meant is suggested."""
_KEYWORDS, _SHORTEST_KEYWORD = 2, 3
"""Words and letters of what is hardly a question, but names its subject."""
_SECOND_FROM: Final = 0.15
_TOGETHER_FROM: Final = 0.8
"""Two topics are given where the question joins two things, the second is likely enough and hardly a third is."""


class Answerer:
    """Answers free questions. Made once; safe to use from several threads."""

    def __init__(self, knowledge: Knowledge, ranker: Ranker | None = None, known_topics: Topics | None = None) -> None:
        """Loads topics, index and weights (about a second). Raises PackError where they are not usable."""
        self._knowledge = knowledge
        self.topics = topics() if known_topics is None else known_topics
        self._ranker = ranker or default_ranker(knowledge, self.topics)
        self._finder = Finder(self._ranker, self.topics)
        # Whoever types gets ten topics at every letter, and most people type alike.
        self._written = lru_cache(maxsize=_KEPT)(self._write)

    def answer(
        self,
        question: str,
        *,
        lang: Language | Literal["auto"] = "auto",
        known_type: str | None = None,
        known_programme: str | None = None,
        today: date = date.max,
    ) -> Answer:
        """The answer to *question* in its own language, or in *lang*.

        *known_type* and *known_programme* are the asker's; what the question itself names comes first. Amounts are
        those in force on *today*, the latest if no day is given. Raises KnowledgeError for a day before the procedure.
        """
        ranking = self._ranker.rank(question, _known(known_type, known_programme))
        spoken: Language = lang if lang != "auto" else ranking.lang or "id"
        candidates = ranking.topics()
        confidence = self._ranker.weights.confidence(candidates[0].probability) if ranking.query.reading.words else 0.0
        kind, chosen = self._decided(question, ranking, confidence)
        named = self._named_by(ranking, spoken) if kind == "no" else ()
        query = ranking.query
        figure = said(query.reading.words)
        rules = self._knowledge.rules(today)
        writer = TopicWriter(rules, self.topics, spoken, named=query.entities, known_type=known_type, figure=figure)
        given = {one.label for one in chosen}
        offered = [one for one in candidates if one.label not in given] if kind != "smalltalk" else []
        first = ranking.ranked[0].label
        return Answer(
            question=question,
            lang=spoken,
            kind="suggest" if named else kind,
            confidence=confidence,
            parts=tuple(writer.part(self.topics[one.label.name]) for one in chosen),
            suggestions=named or self._suggestions(offered, confidence if chosen else 0.0, spoken),
            smalltalk=first.name if kind in ("smalltalk", PERSONAL_CHECK) else None,
            personal=kind == PERSONAL_CHECK or figure is not None or is_personal(query.reading.words),
        )

    def topic(
        self, topic_id: str, *, lang: Language, known_type: str | None = None, today: date = date.max
    ) -> TopicAnswer:
        """A topic that was picked by hand. Raises KeyError for an id that no topic has."""
        return self._written(topic_id, lang, known_type, today)

    def find(
        self,
        typed: str,
        *,
        lang: Language,
        known_type: str | None = None,
        most: int = MOST_FOUND,
        today: date = date.max,
    ) -> tuple[TopicAnswer, ...]:
        """Topics for what somebody is still typing, the likeliest first; the last word may be half a word.

        By words and letters alone, a few milliseconds. Nothing typed or nothing alike: ().
        """
        found = self._finder.find(typed, lang, _known(known_type, None))
        return tuple(self._written(topic.id, lang, known_type, today) for topic in found[:most])

    def groups(self, lang: Language) -> tuple[GroupTitle, ...]:
        """The categories that have topics, in the order of browsing."""
        return groups(self.topics, lang)

    def in_group(self, group: str, lang: Language, known_type: str | None = None) -> tuple[TopicTitle, ...]:
        """The topics of a category; those that hold for *known_type*, if one is given, stand first."""
        return in_group(self.topics, group, lang, known_type)

    def _write(self, topic_id: str, lang: Language, known_type: str | None, today: date) -> TopicAnswer:
        writer = TopicWriter(self._knowledge.rules(today), self.topics, lang, known_type=known_type)
        return writer.part(self.topics[topic_id])

    def _decided(self, question: str, ranking: Ranking, confidence: float) -> tuple[AnswerKind, Sequence[Ranked]]:
        """What to do, and the topics that answer."""
        first = ranking.ranked[0]
        if not ranking.query.reading.words:
            return "no", ()
        if first.label.kind == "small_talk" and self._is_small_talk(first.label.name, ranking.query):
            return ("personal_check" if first.label.name == PERSONAL_CHECK else "smalltalk"), ()
        fits = first.label.kind == "topic" and not self._is_elsewhere(self.topics[first.label.name], ranking.query)
        if (
            fits
            and len(ranking.query.reading.words) >= _FEWEST_OF_A_QUESTION
            and confidence >= self._ranker.weights.answer_from
        ):
            second = self._second_thing(question, ranking)
            return "answer", (first,) if second is None else (first, second)
        likely = first.label.kind == "topic" or ranking.topics()[0].probability >= self._ranker.weights.suggest_from
        return ("suggest" if likely else "no"), ()

    def _is_small_talk(self, kind: str, query: Query) -> bool:
        """Whether the likeness is more than chance: "next" is no farewell because "see you next time" is one."""
        words = frozenset(query.reading.words)
        strange = kind == NONSENSE and query.unknown > 0
        if strange or kind == PERSONAL_CHECK or len(words) > _WORD_OR_TWO:
            return len(query.reading.words) <= _LONGEST_SMALL_TALK
        return any(2 * len(words & saying) >= len(words | saying) for saying in self._sayings)

    @cached_property
    def _sayings(self) -> Sequence[frozenset[str]]:
        """The words of each example of small talk; read when somebody first says so little."""
        reader = self._ranker.search.reader
        return [frozenset(reader.read(text).reading.words) for talk in small_talk() for _, text in talk.examples.each()]

    @staticmethod
    def _is_elsewhere(topic: Topic, query: Query) -> bool:
        """Whether the question names a border that the topic never crosses, or the other way round: a rule for those
        who stay within the country is no answer to somebody who comes back from abroad, however alike the words."""
        named = query.entities.named.get("reach", frozenset())
        return (
            len(named) == 1 and bool(topic.types) and all(kind.rpartition("_")[2] not in named for kind in topic.types)
        )

    def _second_thing(self, question: str, ranking: Ranking) -> Ranked | None:
        """The other topic, where the question asks for two: surely about each in one half, or evenly about both."""
        first, second = ranking.topics()[:2]
        parts = halves(question)
        # "The difference between one and the other" is a single question.
        if parts is not None and "difference" not in ranking.query.reading.concepts:
            # By their words alone: embedding both halves would treble the time of an answer, and finds little more.
            found = [self._ranker.rank_by_words(part, ranking.query.entities).sure for part in parts]
            others = [one for one in found if one is not None and one.label != first.label]
            if len(others) == 1 and None not in found:
                return others[0]
        both = first.probability + second.probability >= _TOGETHER_FROM and second.probability >= _SECOND_FROM
        return second if both and _TWO_THINGS.search(question.strip(" ?!.")) else None

    def _named_by(self, ranking: Ranking, lang: Language) -> tuple[Suggestion, ...]:
        """For a mere keyword ("visa") the topics that have it in their titles."""
        words = ranking.query.reading.words
        if not 0 < len(words) <= _KEYWORDS or min(map(len, words)) < _SHORTEST_KEYWORD:
            return ()
        found = self._finder.find(" ".join(words), lang)
        titled = [topic for topic in found if all(word in topic.title.get(lang).lower() for word in words)]
        return tuple(
            Suggestion(topic.id, topic.title.get(lang), topic.every_clause) for topic in titled[:MOST_SUGGESTIONS]
        )

    def _suggestions(self, candidates: Sequence[Ranked], confidence: float, lang: Language) -> tuple[Suggestion, ...]:
        if confidence >= _SURE:
            return ()
        likely = [one for one in candidates if one.probability >= self._ranker.weights.suggest_from / 5]
        found = [self.topics[one.label.name] for one in likely[:MOST_SUGGESTIONS]]
        return tuple(Suggestion(topic.id, topic.title.get(lang), topic.every_clause) for topic in found)


def default_ranker(knowledge: Knowledge, known_topics: Topics) -> Ranker:
    """The search with the index and the weights that come with Lintas."""
    return Ranker(open_search(knowledge, known_topics, default_embedder()), read_model())


def _known(mobility_type: str | None, programme: str | None) -> Entities | None:
    """What is known of the asker, as a question would name it."""
    named: dict[str, frozenset[str]] = {}
    if mobility_type is not None:
        who, way, reach = mobility_type.split("_")
        roles = frozenset({"student"}) if who == "student" else STAFF
        named = {
            "role": roles,
            "direction": frozenset({way.removesuffix("bound")}),
            "reach": frozenset({reach}),
        }
    if programme is not None:
        named["programme"] = frozenset({programme})
    return Entities(named) if named else None
