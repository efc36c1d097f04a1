"""How people ask for each topic. The search learns from it; a bot that answers needs only the index made of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Final

from pydantic import Field

from knowledge.loading.item_schema import Key, Model
from knowledge.loading.loader import PACK_FOLDERS
from knowledge.loading.pack_reader import PackReader
from knowledge.loading.yaml_reader import PackError, fault
from knowledge.text import Language
from knowledge.topics import Topics, topics

FOLDER: Final = "phrasings"
FEWEST: Final = 12
"""Phrasings that a topic must have in each language."""
_WORDS: Final = re.compile(r"\w+")

Phrasing = Annotated[str, Field(min_length=1)]


class Phrasings(Model):
    """The question that a topic answers as different people type it, in each language."""

    topic: Key
    id: tuple[Phrasing, ...] = Field(min_length=FEWEST)
    en: tuple[Phrasing, ...] = Field(min_length=FEWEST)

    def each(self) -> Iterator[tuple[Language, int, str]]:
        """Every phrasing with its language and its place in the list."""
        yield from (("id", index, text) for index, text in enumerate(self.id))
        yield from (("en", index, text) for index, text in enumerate(self.en))


PhrasingsByTopic = Mapping[str, Phrasings]


@cache
def phrasings() -> PhrasingsByTopic:
    """Those of the topics that come with Lintas. Raises PackError where some are not usable."""
    return load_phrasings(topics(), PACK_FOLDERS)


def files() -> list[Path]:
    """The files in which they stand."""
    return sorted(path for folder in PACK_FOLDERS for path in (folder / FOLDER).glob("*.yaml"))


def load_phrasings(known: Topics, folders: Iterable[Path]) -> PhrasingsByTopic:
    """The phrasings in the folder `phrasings` of each pack folder, for each of the *known* topics.

    Raises PackError with file, line, key and cure for the first that does not hold.
    """
    found: dict[str, Phrasings] = {}
    taken: dict[str, str] = {}
    for folder in folders:
        reader = PackReader(folder)
        for one in reader.items(FOLDER, Phrasings) if (folder / FOLDER).is_dir() else ():
            path, place = reader.places[id(one)]
            for location, problem in _problems(one, known, found, taken):
                raise fault(path, (*place, *location), problem)
            found[one.topic] = one
    if missing := [topic for topic in known if topic not in found]:
        raise PackError(f"{FOLDER}: the topic '{missing[0]}' has none; write at least {FEWEST} in each language")
    return found


def _problems(
    one: Phrasings, known: Topics, found: PhrasingsByTopic, taken: dict[str, str]
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """What is wrong, with where. The same question cannot mean two things; twice in one topic it teaches nothing."""
    if one.topic not in known:
        yield ("topic",), f"unknown topic '{one.topic}'; declare it in the folder topics or correct the name"
    if one.topic in found:
        yield ("topic",), f"'{one.topic}' stands twice; put its phrasings together"
    for lang, index, text in one.each():
        key = " ".join(_WORDS.findall(text.casefold()))
        if not key:
            yield (lang, index), f"{text!r} has no words; write a question"
        if key in taken:
            yield (lang, index), f"{text!r} is already a phrasing of '{taken[key]}'; word one of them otherwise"
        taken[key] = one.topic
