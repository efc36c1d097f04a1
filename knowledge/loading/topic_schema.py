"""A topic: one thing people ask about, its answer, the clauses it rests on and how people ask for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from knowledge.loading.item_schema import ClauseIds, Key, Model
from knowledge.text import Language, Text

LONGEST_TITLE = 60
FEWEST_PHRASINGS = 12

Group = Literal[
    "general",
    "programmes",
    "eligibility",
    "documents",
    "immigration",
    "deadlines",
    "money",
    "rights_duties",
    "procedure",
    "grading",
    "reporting",
    "contacts",
    "aln",
]

Phrasing = Annotated[str, Field(min_length=1)]


class Phrasings(Model):
    """The same question as different people type it, in each language."""

    id: tuple[Phrasing, ...] = Field(min_length=FEWEST_PHRASINGS)
    en: tuple[Phrasing, ...] = Field(min_length=FEWEST_PHRASINGS)

    def each(self) -> Iterator[tuple[Language, int, str]]:
        """Every phrasing with its language and its place in the list."""
        yield from (("id", index, text) for index, text in enumerate(self.id))
        yield from (("en", index, text) for index, text in enumerate(self.en))


class TopicVariant(Model):
    """What holds for some mobility types only; replaces answer and clauses where the asker's type is known."""

    types: tuple[str, ...] = Field(min_length=1)
    clauses: ClauseIds
    answer: Text


class Topic(Model):
    """A topic of a pack. `types` empty: it is not bound to a mobility type."""

    id: Key
    title: Text
    group: Group
    types: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    clauses: ClauseIds
    answer: Text
    variants: tuple[TopicVariant, ...] = ()
    related: tuple[str, ...] = ()
    phrasings: Phrasings

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        for lang in ("id", "en"):
            if len(self.title.get(lang)) > LONGEST_TITLE:
                raise ValueError(f"the title ({lang}) has {len(self.title.get(lang))} characters; {LONGEST_TITLE} fit")
        taken: set[str] = set()
        for variant in self.variants:
            if self.types and (strangers := set(variant.types) - set(self.types)):
                raise ValueError(f"a variant is for {min(strangers)}, which 'types' lacks; add it there or remove it")
            if twice := taken & set(variant.types):
                raise ValueError(f"two variants are for {min(twice)}; keep one")
            taken |= set(variant.types)
        return self

    @property
    def every_clause(self) -> tuple[str, ...]:
        """The clauses of the topic and of its variants, each once."""
        of_variants = (clause for variant in self.variants for clause in variant.clauses)
        return tuple(dict.fromkeys((*self.clauses, *of_variants)))
