"""Topics written for one asker: the right variant, in one language, with everything filled in that it refers to."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.loading.references import References
from knowledge.loading.topic_schema import Topic, TopicVariant
from knowledge.rules import Rules
from knowledge.search.answering.answer import TopicAnswer, TopicTitle
from knowledge.search.answering.applied import Said, applied
from knowledge.search.reading.entities import NOTHING_NAMED, Entities
from knowledge.text import Language
from knowledge.topics import Topics

_OF_TYPES = ("role", "direction", "reach")
"""What must be named for a question to choose a variant."""


class TopicWriter:
    """Writes topics for one asker and question."""

    def __init__(
        self,
        rules: Rules,
        topics: Topics,
        lang: Language,
        *,
        named: Entities = NOTHING_NAMED,
        known_type: str | None = None,
        figure: Said | None = None,
    ) -> None:
        """*named*: what the question names; *figure*: what it says of its asker. *known_type*: the asker's type."""
        self._rules, self._references, self._topics, self._lang = rules, References(rules), topics, lang
        self._named, self._known_type, self._figure = named, known_type, figure

    def part(self, topic: Topic) -> TopicAnswer:
        """The topic's answer: the variant of the named or known type, or the overview."""
        variant = self._variant(topic)
        written = (variant or topic).answer
        clauses = variant.clauses if variant else topic.every_clause
        text = self._references.fill(written, self._lang)
        related = (TopicTitle(key, self._topics[key].title.get(self._lang)) for key in topic.related)
        return TopicAnswer(
            topic=topic.id,
            title=topic.title.get(self._lang),
            text="\n".join((*self._applied(topic, variant, clauses), text)),
            clauses=clauses,
            types=variant.types if variant else (),
            related=topic.related,
            related_titles=tuple(related),
            group=topic.group,
            regulated=topic.regulated,
            other_types=tuple(other.types for other in topic.variants if other is not variant),
        )

    def _applied(self, topic: Topic, variant: TopicVariant | None, clauses: tuple[str, ...]) -> Iterator[str]:
        """One line, where the question gives a figure that the rules can be applied to."""
        if self._figure is not None:
            possible = [key for key in (variant or topic).types if self._named.fits(key)]
            types = [self._known_type] if self._known_type in possible else possible
            line = applied(self._rules, self._figure, clauses, (key for key in types if key), self._lang)
            if line is not None:
                yield line

    def _variant(self, topic: Topic) -> TopicVariant | None:
        """The variant that the question names; where it names none, that of the asker's type."""
        possible = [variant for variant in topic.variants if any(self._named.fits(key) for key in variant.types)]
        if len(possible) == 1 and any(self._named[kind] for kind in _OF_TYPES):
            return possible[0]
        return next((variant for variant in possible if self._known_type in variant.types), None)
