"""What the search says to a question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

from knowledge.loading.topic_schema import Group
from knowledge.text import Language

MOST_SUGGESTIONS: Final = 3
AnswerKind = Literal["answer", "suggest", "no", "smalltalk", "personal_check"]


@dataclass(frozen=True, slots=True)
class TopicTitle:
    """A topic as it stands on a button."""

    topic: str
    title: str


@dataclass(frozen=True, slots=True)
class TopicAnswer:
    """A topic's answer, in one language, for the mobility type that is known (if one is)."""

    topic: str
    title: str
    text: str
    clauses: tuple[str, ...]
    types: tuple[str, ...] = ()
    """The types whose variant this is; empty: the overview, or the topic has no variants."""
    related: tuple[str, ...] = ()
    related_titles: tuple[TopicTitle, ...] = ()
    """The related topics with their titles, in the same order."""
    group: Group = "general"
    """The category in which the topic is browsed."""
    other_types: tuple[tuple[str, ...], ...] = ()
    """The types of each variant that is not shown: `Answerer.topic(…, known_type=…)` gives it for one of them."""
    regulated: bool = True
    """False: the sources are silent on it, and the text says so."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A topic that may have been meant."""

    topic: str
    title: str
    clauses: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """As the contract prints it."""
        return {"topic": self.topic, "title": self.title, "clauses": list(self.clauses)}


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question, or an honest no."""

    question: str
    lang: Language
    kind: AnswerKind
    confidence: float
    """How often an answer like this is right, 0 to 1; also given where it was too low to answer."""
    parts: tuple[TopicAnswer, ...] = ()
    """One, or two where two things were asked."""
    suggestions: tuple[Suggestion, ...] = ()
    smalltalk: str | None = None
    """The kind of small talk (greeting, thanks …)."""
    personal: bool = False
    """Whether the question is about the asker's own case (or a child's): then a check of it is worth an offer."""

    @property
    def answered(self) -> bool:
        """Whether a topic answers the question. One that only says that the sources are silent does not."""
        return any(part.regulated for part in self.parts)

    @property
    def topics(self) -> tuple[str, ...]:
        """The ids of the topics that answer."""
        return tuple(part.topic for part in self.parts)

    @property
    def clauses(self) -> tuple[str, ...]:
        """The clauses the answer rests on, each once."""
        return tuple(dict.fromkeys(clause for part in self.parts for clause in part.clauses))

    @property
    def text(self) -> str | None:
        """The answer; two parts each under their title."""
        if not self.parts:
            return None
        if len(self.parts) == 1:
            return self.parts[0].text
        return "\n\n".join(f"**{part.title}**\n{part.text}" for part in self.parts)

    def as_dict(self) -> dict[str, Any]:
        """The JSON object of contract §2, with a few keys more."""
        silent = () if self.answered else self.parts
        near = (*(Suggestion(part.topic, part.title, part.clauses) for part in silent), *self.suggestions)
        return {
            "question": self.question,
            "lang": self.lang,
            "answered": self.answered,
            "topic": self.topics[0] if self.answered else None,
            "topics": list(self.topics) if self.answered else [],
            "clauses": list(self.clauses) if self.answered else [],
            "answer": self.text if self.answered else None,
            "remark": None if self.answered else self.text,
            "confidence": round(self.confidence, 3),
            "suggestions": [suggestion.as_dict() for suggestion in near[:MOST_SUGGESTIONS]],
            "kind": "no" if silent else self.kind,
            "smalltalk": self.smalltalk,
            "personal": self.personal,
        }
