"""Which items and topics rest on a clause, for every clause; and the clauses that nothing rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.loading.item_schema import Document
from knowledge.loading.schema import Clause
from knowledge.pack import Knowledge
from knowledge.rules import LIST_NAMES
from knowledge.topics import Topics, topics

USED_KINDS = frozenset(
    {"requirement", "document", "deadline", "fee", "immigration", "funding", "obligation", "right", "procedure"}
    | {"reporting", "grading", "programme", "contact"}
)
"""The kinds of clause that say what an applicant gets, needs or must do: each has to stand in a list."""


Citation = tuple[str, tuple[str, ...]]
"""What cites, and the clauses."""


@dataclass(frozen=True)
class ClauseUse:
    """A clause and what cites it: items as `list:place:id`, topics as `topic:id`."""

    clause: Clause
    items: tuple[str, ...]
    topics: tuple[str, ...]

    @property
    def cited_by(self) -> tuple[str, ...]:
        """Everything that rests on the clause."""
        return (*self.items, *self.topics)

    @property
    def lack(self) -> str | None:
        """What is missing, with the cure: an item for what somebody needs, a topic for what somebody may ask."""
        if self.clause.kind in USED_KINDS and not self.items:
            return "nobody cites this clause; add an item that rests on it"
        if self.clause.answers and not self.topics:
            return "no topic answers with this clause; add it to the clauses of a topic"
        return None

    @property
    def lacks(self) -> bool:
        """Whether something is missing."""
        return self.lack is not None


def coverage(knowledge: Knowledge, known_topics: Topics | None = None) -> list[ClauseUse]:
    """The use of every clause, in the order of the sources. *known_topics*: those of the packs if not given."""
    items: dict[str, list[str]] = {clause: [] for clause in knowledge.clauses}
    for clause, name in _citations(knowledge):
        items[clause].append(name)
    of_topics: dict[str, list[str]] = {clause: [] for clause in knowledge.clauses}
    for topic in (topics() if known_topics is None else known_topics).values():
        for clause in topic.every_clause if topic.regulated else ():
            of_topics[clause].append(f"topic:{topic.id}")
    return [ClauseUse(one, tuple(items[key]), tuple(of_topics[key])) for key, one in knowledge.clauses.items()]


def _citations(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """Every pair of a clause and what rests on it."""
    for name, clauses in (*_of_lists(knowledge), *_of_programmes(knowledge), *_of_the_rest(knowledge)):
        yield from ((clause, name) for clause in dict.fromkeys(clauses))


def _of_lists(knowledge: Knowledge) -> Iterator[Citation]:
    common = ((f"common.{pack}", file) for pack, file in knowledge.common.items())
    for place, lists in (*knowledge.types.items(), *common):
        for name in LIST_NAMES:
            for item in getattr(lists, name):
                variants = (clause for variant in item.variants for clause in variant.clauses or ())
                equivalent = item.equivalent if isinstance(item, Document) else None
                yield (
                    f"{name}:{place}:{item.id}",
                    (*item.clauses, *variants, *(equivalent.clauses if equivalent else ())),
                )


def _of_programmes(knowledge: Knowledge) -> Iterator[Citation]:
    for programme in knowledge.programmes.values():
        length = programme.length.clauses if programme.length else ()
        about = (clause for item in programme.about for clause in item.clauses)
        yield f"programme:{programme.key}", (*programme.clauses, *length, *about)


def _of_the_rest(knowledge: Knowledge) -> Iterator[Citation]:
    yield from ((f"type:{key}", file.clauses) for key, file in knowledge.types.items())
    for reason in knowledge.outside_scope:
        yield f"outside_scope:{reason.id}", reason.clauses
        yield from ((f"contacts:{reason.id}:{contact.id}", contact.clauses) for contact in reason.contacts)
    yield from ((f"office:{office.key}", office.clauses) for office in knowledge.offices.values())
    yield from ((f"portal:{portal.key}", portal.clauses) for portal in knowledge.portals.values())
    yield from ((f"boundary:{boundary.id}", boundary.clauses) for boundary in knowledge.boundaries.values())
