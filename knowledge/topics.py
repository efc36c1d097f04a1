"""The topics of the packs, loaded when somebody asks: an assessment never pays for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from knowledge.loading.loader import PACK_FOLDERS, load
from knowledge.loading.pack_reader import PackReader
from knowledge.loading.references import References
from knowledge.loading.topic_schema import Topic
from knowledge.loading.yaml_reader import PackError, fault
from knowledge.pack import Knowledge

FOLDER = "topics"
Location = tuple[str | int, ...]
Topics = Mapping[str, Topic]
"""By id, in the order of the files."""


@cache
def topics() -> Topics:
    """The topics of the packs that come with Lintas. Raises PackError where one is not usable."""
    return load_topics(load(), PACK_FOLDERS)


def load_topics(knowledge: Knowledge, folders: Iterable[Path]) -> Topics:
    """The topics in the folder `topics` of each pack folder, checked against *knowledge*.

    Raises PackError with file, line, key and cure for the first that does not hold.
    """
    placed = [placed for folder in folders if (folder / FOLDER).is_dir() for placed in _read(folder)]
    found: dict[str, Topic] = {}
    for one in placed:
        if one.topic.id in found:
            raise one.fault(("id",), f"'{one.topic.id}' stands twice; give one of the topics another id")
        found[one.topic.id] = one.topic
    checker = TopicChecker(knowledge, found)
    for one in placed:
        for location, problem in checker.problems(one.topic):
            raise one.fault(location, problem)
    return found


@dataclass(frozen=True, slots=True)
class _Placed:
    """A topic with its place."""

    topic: Topic
    path: Path
    place: Location

    def fault(self, location: Location, problem: str) -> PackError:
        return fault(self.path, (*self.place, *location), problem)


def _read(folder: Path) -> Iterator[_Placed]:
    reader = PackReader(folder)
    for topic in reader.items(FOLDER, Topic):
        yield _Placed(topic, *reader.places[id(topic)])


class TopicChecker:
    """Finds what is wrong between a topic and the rest of the packs."""

    def __init__(self, knowledge: Knowledge, known: Topics) -> None:
        self._references = References(knowledge.rules(date.max))
        self._known = {
            "clauses": ("clause", knowledge.clauses),
            "types": ("mobility type", knowledge.types),
            "programmes": ("programme", knowledge.programmes),
            "related": ("topic", known),
        }

    def problems(self, topic: Topic) -> Iterator[tuple[Location, str]]:
        """Every problem of *topic* with where below it stands."""
        yield from self._names(topic, ("clauses", "types", "programmes", "related"), ())
        if topic.id in topic.related:
            yield ("related",), f"'{topic.id}' is related to itself; remove it"
        yield from self._answer(topic, ())
        for index, variant in enumerate(topic.variants):
            yield from self._names(variant, ("clauses", "types"), ("variants", index))
            yield from self._answer(variant, ("variants", index))

    def _names(self, owner: object, fields: Iterable[str], place: Location) -> Iterator[tuple[Location, str]]:
        for field in fields:
            what, known = self._known[field]
            for index, name in enumerate(getattr(owner, field)):
                if name not in known:
                    close = get_close_matches(name, list(known), n=1)
                    cure = f"did you mean '{close[0]}'?" if close else "declare it or correct the name"
                    yield (*place, field, index), f"unknown {what} '{name}'; {cure}"

    def _answer(self, owner: object, place: Location) -> Iterator[tuple[Location, str]]:
        for lang, problem in self._references.problems(owner.answer):  # type: ignore[attr-defined]
            yield (*place, "answer", lang), problem
