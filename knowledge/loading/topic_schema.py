"""A topic: one thing people ask about, its answer and the clauses it rests on."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from knowledge.loading.item_schema import ClauseIds, Key, Model
from knowledge.text import Text

LONGEST_TITLE = 60

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
    regulated: bool = True
    """False: the sources are silent on it, and the answer only says so. That is an honest no, however well put."""

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
