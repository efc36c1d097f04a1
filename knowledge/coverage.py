"""Which items rest on a clause, for every clause; and the clauses that nothing rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.pack import Knowledge
from knowledge.rules import LIST_NAMES
from knowledge.schema import Clause

USED_KINDS = frozenset(
    "requirement document deadline fee immigration funding obligation right procedure reporting grading programme contact".split()
)
"""The kinds of clause that say what an applicant gets, needs or must do: each has to stand in a list."""


@dataclass(frozen=True)
class ClauseUse:
    """A clause and what cites it, as `list:place:id`."""

    clause: Clause
    cited_by: tuple[str, ...]

    @property
    def lacks(self) -> bool:
        """Whether somebody may ask for this clause, or needs it, and nothing cites it."""
        return not self.cited_by and (self.clause.answers or self.clause.kind in USED_KINDS)


def coverage(knowledge: Knowledge) -> list[ClauseUse]:
    """The use of every clause, in the order of the sources."""
    uses: dict[str, list[str]] = {clause: [] for clause in knowledge.clauses}
    for clause, name in _citations(knowledge):
        uses[clause].append(name)
    return [ClauseUse(clause, tuple(uses[key])) for key, clause in knowledge.clauses.items()]


def _citations(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """Every pair of a clause and what rests on it."""
    for place, lists in (*knowledge.types.items(), *((f"common.{pack}", file) for pack, file in knowledge.common.items())):
        for name in LIST_NAMES:
            for item in getattr(lists, name):
                variants = (clause for variant in item.variants for clause in variant.clauses or ())
                yield from ((clause, f"{name}:{place}:{item.id}") for clause in {*item.clauses, *variants})
    for key, type_file in knowledge.types.items():
        yield from ((clause, f"type:{key}") for clause in type_file.clauses)
    for reason in knowledge.outside_scope:
        yield from ((clause, f"outside_scope:{reason.id}") for clause in reason.clauses)
        yield from ((clause, f"contacts:{reason.id}:{contact.id}") for contact in reason.contacts for clause in contact.clauses)
    for programme in knowledge.programmes.values():
        length = programme.length.clauses if programme.length else ()
        for clause in {*programme.clauses, *length, *(clause for item in programme.about for clause in item.clauses)}:
            yield clause, f"programme:{programme.key}"
    for parameter in knowledge.parameters.values():
        yield from ((clause, f"parameter:{parameter.id}") for clause in parameter.clauses)
    for boundary in knowledge.boundaries.values():
        yield from ((clause, f"boundary:{boundary.id}") for clause in boundary.clauses)
    for office in knowledge.offices.values():
        yield from ((clause, f"office:{office.key}") for clause in office.clauses)
    for portal in knowledge.portals.values():
        yield from ((clause, f"portal:{portal.key}") for clause in portal.clauses)
    for spec in knowledge.facts.values():
        yield from ((clause, f"question:{spec.key}") for clause in spec.clauses)
