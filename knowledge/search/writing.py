"""Topics written for one asker: the right variant, in one language, with everything filled in that it refers to."""

from __future__ import annotations

from knowledge.loading.references import References
from knowledge.loading.topic_schema import Topic, TopicVariant
from knowledge.search.answer import TopicAnswer, TopicTitle
from knowledge.search.entities import Entities
from knowledge.text import Language
from knowledge.topics import Topics

_OF_TYPES = ("role", "direction", "reach")
"""What must be named for a question to choose a variant."""


class TopicWriter:
    """Writes topics for one asker and question."""

    def __init__(
        self, references: References, topics: Topics, lang: Language, named: Entities, known_type: str | None
    ) -> None:
        """*named*: what the question names. *known_type*: the asker's mobility type."""
        self._references, self._topics, self._lang = references, topics, lang
        self._named, self._known_type = named, known_type

    def part(self, topic: Topic) -> TopicAnswer:
        """The topic's answer: the variant of the named or known type, or the overview."""
        variant = self._variant(topic)
        written = (variant or topic).answer
        related = (TopicTitle(key, self._topics[key].title.get(self._lang)) for key in topic.related)
        return TopicAnswer(
            topic=topic.id,
            title=topic.title.get(self._lang),
            text=self._references.fill(written, self._lang),
            clauses=variant.clauses if variant else topic.every_clause,
            types=variant.types if variant else (),
            related=topic.related,
            related_titles=tuple(related),
            group=topic.group,
            other_types=tuple(other.types for other in topic.variants if other is not variant),
        )

    def _variant(self, topic: Topic) -> TopicVariant | None:
        """The variant that the question names; where it names none, that of the asker's type."""
        possible = [variant for variant in topic.variants if any(self._named.fits(key) for key in variant.types)]
        if len(possible) == 1 and any(self._named[kind] for kind in _OF_TYPES):
            return possible[0]
        return next((variant for variant in possible if self._known_type in variant.types), None)
