"""What the engine itself builds upon: facts, periods and orders that it names, and keys that must be unique."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from pydantic import BaseModel

from knowledge.loading.item_schema import Item, ListName
from knowledge.loading.packs import Packs
from knowledge.loading.schema import MobilityTypeFile
from knowledge.rules import LIST_NAMES

FACTS: Final = {
    **dict.fromkeys(("home", "host", "role", "programme"), "choice"),
    **dict.fromkeys(("bears_credit", "leads_to_degree"), "bool"),
    **dict.fromkeys(("duration_days", "stay_days"), "whole"),
    **dict.fromkeys(("start_date", "arrival_date", "departure_date", "return_date"), "date"),
}
"""The facts that the engine counts with, and their kinds."""

PERIODS: Final = ("short_term_limit", "medium_term_limit", "semester_length", "two_semesters_length")
"""The parameters behind the labels of length."""

TYPE_FACTS: Final = frozenset({"home", "host", "role", "any", "all", "not"})
"""What the condition of a mobility type or of a reason outside the scope may name."""

_ANEW: Final = "make the file anew with python -m knowledge order"
Fault = tuple[str, str]
"""A file or key, and what is wrong there."""


def faults(knowledge: Packs) -> Iterator[Fault]:
    """What is missing or stands twice, as seen from the packs as a whole."""
    for key, kind in FACTS.items():
        spec = knowledge.facts.get(key)
        if spec is None or spec.kind != kind:
            yield "facts.yaml", f"the fact '{key}' of kind {kind} is needed; add it"
    for period in PERIODS:
        parameter = knowledge.parameters.get(period)
        if parameter is None or parameter.unit not in ("days", "weeks", "months"):
            yield "parameters", f"the parameter '{period}' is needed, a period in days, weeks or months; add it"
    if not knowledge.types:
        yield "types", "there is no mobility type; add a file for each"
    if "other" not in knowledge.programmes:
        yield "programmes", "the programme 'other' is needed for those that have no name; add it"


def order_faults(knowledge: Packs) -> Iterator[Fault]:
    """Names in order.yaml that are not known, or stand twice."""
    for mobility_type, order in knowledge.order.items():
        if mobility_type not in knowledge.types:
            yield "order.yaml", f"unknown mobility type '{mobility_type}'; {_ANEW}"
        for fact, count in Counter(order).items():
            if count > 1 or fact not in knowledge.facts or knowledge.facts[fact].phase != "core":
                yield "order.yaml", f"{mobility_type}: '{fact}' stands twice or is no fact to ask; {_ANEW}"


def doubles(knowledge: Packs) -> Iterator[tuple[BaseModel, ListName, str]]:
    """Items of common.yaml that have the id of another item of the same list and mobility type."""
    for file in knowledge.types.values():
        for name in LIST_NAMES:
            seen = {item.id for item in getattr(file, name)}
            for common in knowledge.common.values():
                for item in _items(common, name, file):
                    if item.id in seen:
                        yield common, name, item.id
                    seen.add(item.id)


def _items(common: BaseModel, name: ListName, file: MobilityTypeFile) -> Iterable[Item]:
    return (item for item in getattr(common, name) if file.type in item.types)
