"""What the parts of the packs say of each other: every reference resolves, every condition and text can be used."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cached_property
from math import isfinite
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from knowledge.json_values import either
from knowledge.loading.condition_syntax import ConditionError
from knowledge.loading.foundations import TYPE_FACTS, doubles, faults, order_faults
from knowledge.loading.item_schema import Contact, Deadline, Fee, Item, Lists, Variant
from knowledge.loading.schema import (
    AskedDates,
    Boundary,
    Clause,
    CommonFile,
    MobilityTypeFile,
    Office,
    OfficesFile,
    Parameter,
    Portal,
    Programme,
)
from knowledge.loading.yaml_reader import PackError, fault
from knowledge.pack import Knowledge
from knowledge.rules import LIST_NAMES, PLACEHOLDER, Rules
from knowledge.text import Text

PERIOD_UNITS = ("days", "weeks", "months")
TICKED = ("conditions", "documents", "immigration")
"""The lists whose items can be ticked."""
_BRACE = re.compile(r"[{}]")
Location = tuple[str | int, ...]
"""Keys and indices below a model or a file."""
Places = Mapping[int, tuple[Path, Location]]
Problem = tuple[Location, str]
"""Where below the model's own place, and what is wrong."""


def check(knowledge: Knowledge, places: Places, offices: Iterable[OfficesFile]) -> None:
    """Raises PackError for the first reference, condition or text that does not hold."""
    checker = Checker(knowledge)
    for model in (*offices, *_models(knowledge)):
        for location, problem in checker.problems(model):
            raise _fault(places, model, location, problem)
    for clause, location, problem in _of_clauses(knowledge):
        raise _fault(places, clause, location, problem)
    for common, name, item in doubles(knowledge):
        index = [one.id for one in getattr(common, name)].index(item)
        raise _fault(places, common, (name, index, "id"), f"'{item}' is also an item of a type; give one another id")
    for place, problem in (*faults(knowledge), *order_faults(knowledge)):
        raise PackError(f"{place}: {problem}")


def _fault(places: Places, model: BaseModel, location: Location, problem: str) -> PackError:
    path, own = places[id(model)]
    return fault(path, (*own, *location), problem)


def _models(knowledge: Knowledge) -> Iterator[BaseModel]:
    yield from knowledge.parameters.values()
    yield from knowledge.facts.values()
    yield from knowledge.programmes.values()
    yield from knowledge.boundaries.values()
    yield from knowledge.types.values()
    yield from knowledge.common.values()


def _of_clauses(knowledge: Knowledge) -> Iterator[tuple[Clause, Location, str]]:
    """Mobility types and programmes that clauses name."""
    for clause in knowledge.clauses.values():
        for field, names, known in (
            ("applies_to", clause.applies_to, knowledge.types),
            ("programme", clause.programme, knowledge.programmes),
        ):
            for name in names:
                if name not in known:
                    yield clause, (field,), f"unknown name '{name}'; declare it or correct it"


class Checker:
    """Finds what is wrong inside one model of a pack."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        latest = {key: max(parameter.values) for key, parameter in knowledge.parameters.items()}
        self.vocabulary = Rules(knowledge, latest).vocabulary
        self._references: dict[str, tuple[str, Iterable[str]]] = {
            "clauses": ("clause", knowledge.clauses),
            "types": ("mobility type", knowledge.types),
            "programmes": ("programme", knowledge.programmes),
            "near": ("boundary", knowledge.boundaries),
        }
        self._checks: dict[str, Callable[[Any, Location], Iterator[Problem]]] = {
            **dict.fromkeys(("when", "met", "confirm", "required_when"), self._condition),
            **dict.fromkeys(("before", "after"), self._period),
            "from_": self._date_fact,
            "at": self._date_fact,
            "not_after": self._date_facts,
        }

    def problems(self, model: BaseModel) -> Iterator[Problem]:
        """Every problem of *model*, deepest values first read."""
        yield from self._walk(model, ())
        match model:
            case Lists():
                yield from self._lists(model)
            case Parameter():
                yield from self._amounts(model)
            case Programme():
                yield from self._programme(model)
            case Boundary():
                yield from self._boundary(model)
            case OfficesFile():
                yield from _twins("units", model.units)
                yield from _twins("portals", model.portals)
            case _:
                pass

    def _walk(self, value: Any, location: Location) -> Iterator[Problem]:
        if isinstance(value, Text):
            yield from self._text(value, location)
        elif isinstance(value, BaseModel):
            for name in type(value).model_fields:
                yield from self._field(value, name, (*location, name.rstrip("_")))
        elif isinstance(value, tuple):
            for index, part in enumerate(value):
                yield from self._walk(part, (*location, index))

    def _field(self, model: BaseModel, name: str, location: Location) -> Iterator[Problem]:
        value = getattr(model, name)
        if name in self._references:
            what, known = self._references[name]
            yield from self._known(what, value or (), known, location)
        elif name in self._checks:
            yield from self._checks[name](value, location)
        elif name == "amount" and isinstance(model, (Fee, Variant)):
            yield from self._money(value, location)
        elif name == "facts" and isinstance(model, AskedDates):
            yield from self._date_facts(value, location)
        elif name == "unit" and isinstance(model, Contact):
            yield from self._known("unit", (value,), self.knowledge.offices, location)
        else:
            yield from self._walk(value, location)

    def _condition(self, written: Any, location: Location) -> Iterator[Problem]:
        if written is None:
            return
        try:
            self.vocabulary.parse(written)
        except ConditionError as error:
            yield location, str(error)

    def _text(self, text: Text, location: Location) -> Iterator[Problem]:
        named = {lang: set(PLACEHOLDER.findall(text.get(lang))) for lang in ("id", "en")}
        for lang, names in named.items():
            yield from self._known("parameter", sorted(names), self.knowledge.parameters, (*location, lang))
            if _BRACE.search(PLACEHOLDER.sub("", text.get(lang))):
                yield (*location, lang), "a brace stands alone; write {PARAMETER} with the id of a parameter"
        if named["id"] != named["en"]:
            yield (
                location,
                f"the languages name different parameters ({sorted(named['id'] ^ named['en'])}); use the same in both",
            )

    def _period(
        self, parameter: str | None, location: Location, units: tuple[str, ...] = PERIOD_UNITS
    ) -> Iterator[Problem]:
        if parameter is None:
            return
        yield from self._known("parameter", (parameter,), self.knowledge.parameters, location)
        known = self.knowledge.parameters.get(parameter)
        if known is not None and known.unit not in units:
            yield location, f"parameter '{parameter}' is in {known.unit}; a period in {either(units)} is expected"

    def _money(self, amount: Any, location: Location) -> Iterator[Problem]:
        if isinstance(amount, str):
            yield from self._known("parameter", (amount,), self.knowledge.parameters, location)
            known = self.knowledge.parameters.get(amount)
            if known is not None and known.unit not in ("IDR", "USD"):
                yield location, f"parameter '{amount}' is in {known.unit}; an amount in IDR or USD is expected"
        elif amount not in (None, 0):
            yield location, f"{amount}: write the amount as a parameter and name its id here"

    def _date_fact(self, fact: str | None, location: Location) -> Iterator[Problem]:
        yield from self._date_facts(() if fact is None else (fact,), location)

    def _date_facts(self, facts: Iterable[str], location: Location) -> Iterator[Problem]:
        yield from self._known("date fact", facts, self._dates, location)

    @cached_property
    def _dates(self) -> list[str]:
        return [key for key, spec in self.knowledge.facts.items() if spec.kind == "date"]

    def _amounts(self, parameter: Parameter) -> Iterator[Problem]:
        in_force = self.knowledge.main.document.in_force
        if min(parameter.values) > in_force:
            yield ("values",), f"no value on {in_force}, when the procedure came into force; add the value of that day"
        for day, number in parameter.values.items():
            if not isfinite(number) or number < 0 or (parameter.unit in PERIOD_UNITS and number != int(number)):
                yield ("values", str(day)), f"{number:g} is no amount in {parameter.unit}; correct it"

    def _programme(self, programme: Programme) -> Iterator[Problem]:
        length = programme.length
        if length is not None:
            yield from self._period(length.at_least, ("length", "at_least"))
            yield from self._period(length.at_most, ("length", "at_most"))
            if length.at_least is None and length.at_most is None:
                yield ("length",), "neither 'at_least' nor 'at_most'; name the period"
        for mobility_type in programme.types:
            about = (item for item in programme.about if mobility_type in (item.types or programme.types))
            yield from _twins("about", about)

    def _boundary(self, boundary: Boundary) -> Iterator[Problem]:
        for index, end in enumerate(boundary.between):
            yield from self._period(end, ("between", index), ("days",))

    def _scope(self, written: Mapping[str, Any], location: Location) -> Iterator[Problem]:
        """Type and scope follow from role, home and host alone, so that they can be told for every combination."""
        for key, value in written.items():
            if key not in TYPE_FACTS:
                yield location, f"'{key}': only home, host and role decide type and scope; name these"
            for part in value if key in ("any", "all") else [value] if key == "not" else ():
                yield from self._scope(part, location)

    def _lists(self, lists: Lists) -> Iterator[Problem]:
        if isinstance(lists, MobilityTypeFile):
            yield from self._scope(lists.when, ("when",))
        if isinstance(lists, CommonFile):
            for index, reason in enumerate(lists.outside_scope):
                yield from self._scope(reason.when, ("outside_scope", index, "when"))
        for name in LIST_NAMES:
            seen: set[str] = set()
            items: tuple[Item, ...] = getattr(lists, name)
            for index, item in enumerate(items):
                if item.id in seen:
                    yield (name, index, "id"), f"'{item.id}' stands twice in {name}; give one another id"
                seen.add(item.id)
                if isinstance(lists, CommonFile) and not item.types:
                    yield (name, index), f"'{item.id}' has no 'types'; say for which mobility types it holds"
                if isinstance(item, Deadline):
                    yield from self._deadline(lists, item, (name, index))

    def _deadline(self, lists: Lists, deadline: Deadline, location: Location) -> Iterator[Problem]:
        if deadline.before is None and deadline.after is None:
            yield location, f"'{deadline.id}' has neither 'before' nor 'after'; name the period"
        known = [f"{name}.{item.id}" for name in TICKED for item in getattr(lists, name)]
        yield from self._known("item", deadline.settled_by, known, (*location, "settled_by"))

    def _known(self, what: str, names: Iterable[str], known: Iterable[str], location: Location) -> Iterator[Problem]:
        for name in names:
            if name not in known:
                close = get_close_matches(name, list(known), n=1)
                cure = f"did you mean '{close[0]}'?" if close else "declare it or correct the name"
                yield location, f"unknown {what} '{name}'; {cure}"


def _twins(name: str, models: Iterable[Item | Office | Portal]) -> Iterator[Problem]:
    """Models of a list that have the same key."""
    seen: set[str] = set()
    for index, model in enumerate(models):
        key = model.id if isinstance(model, Item) else model.key
        if key in seen:
            yield (name, index), f"'{key}' stands twice in {name}; give one another name"
        seen.add(key)
