"""What the search learns to refuse, and small talk it answers in kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

from pydantic import Field

from knowledge.loading.item_schema import Key, Model
from knowledge.loading.pack_reader import PackReader
from knowledge.search.folders import DATA
from knowledge.text import Language

_FAMILIES: Final = "negatives"
_SMALL_TALK: Final = "smalltalk"
PERSONAL_CHECK = "personal_check"
"""The kind of small talk that asks about the asker's own case with nothing to hold on to."""
NONSENSE = "nonsense"
"""The kind of small talk that says nothing at all, known by words which nobody knows."""


class Lines(Model):
    """What people type, in each language."""

    id: tuple[str, ...] = ()
    en: tuple[str, ...] = ()

    def each(self) -> Iterator[tuple[Language, str]]:
        """Every line with its language."""
        yield from (("id", text) for text in self.id)
        yield from (("en", text) for text in self.en)


class Family(Model):
    """Questions outside the knowledge that are alike; `near`: they sound like ours."""

    family: Key
    near: bool
    questions: Lines


class SmallTalk(Model):
    """Greetings, thanks, insults and their like."""

    kind: Key
    examples: Lines


@dataclass(frozen=True)
class Outside:
    """Everything that is no question for a topic."""

    families: tuple[Family, ...] = ()
    small_talk: tuple[SmallTalk, ...] = ()


@cache
def outside() -> Outside:
    """What comes with Lintas. Raises PackError where a file is not usable."""
    return Outside(families=tuple(PackReader(DATA).items(_FAMILIES, Family)), small_talk=small_talk())


@cache
def small_talk() -> tuple[SmallTalk, ...]:
    """The small talk alone. Raises PackError where the file is not usable."""
    return tuple(PackReader(DATA).items(_SMALL_TALK, SmallTalk))


def files() -> list[Path]:
    """The files in which all this stands."""
    return [*sorted((DATA / _FAMILIES).glob("*.yaml")), DATA / f"{_SMALL_TALK}.yaml"]


class Question(Model):
    """A labelled question. `clauses`: a right answer cites at least one; none: it is outside the knowledge."""

    id: str
    lang: Language
    style: str
    asker: str
    question: str = Field(min_length=1)
    clauses: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    near: bool | None = None


Part = Literal["dev", "test"]


def questions(part: Part) -> tuple[Question, ...]:
    """The labelled questions of a part. Raises PackError where the file is not usable."""
    return tuple(PackReader(DATA).items(f"questions_{part}", Question))
