"""What the parts of the packs say of each other: every reference resolves, every condition and text can be used."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from knowledge.condition_syntax import ConditionError
from knowledge.item_schema import Contact, Deadline, Item, Lists
from knowledge.pack import Knowledge
from knowledge.rules import LIST_NAMES, PLACEHOLDER, Rules
from knowledge.schema import CommonFile
from knowledge.text import Text
from knowledge.yaml_reader import PackError, fault

Location = tuple[str | int, ...]
"""Keys and indices below a model or a file."""
Places = Mapping[int, tuple[Path, Location]]
Problem = tuple[Location, str]
"""Where below the model's own place, and what is wrong."""


def check(knowledge: Knowledge, places: Places) -> None:
    """Raises PackError for the first reference, condition or text that does not hold."""
    checker = Checker(knowledge)
    for model in _models(knowledge):
        for location, problem in checker.problems(model):
            path, own = places[id(model)]
            raise fault(path, (*own, *location), problem)
    _check_amounts(knowledge)


def _models(knowledge: Knowledge) -> Iterator[BaseModel]:
    yield from knowledge.parameters.values()
    yield from knowledge.programmes.values()
    yield from knowledge.boundaries.values()
    yield from knowledge.types.values()
    yield from knowledge.common.values()


def _check_amounts(knowledge: Knowledge) -> None:
    for parameter in knowledge.parameters.values():
        if min(parameter.values) > knowledge.main.document.in_force:
            raise PackError(
                f"parameters: '{parameter.id}' has no value on {knowledge.main.document.in_force}, when the procedure "
                "came into force; add the value of that day"
            )


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
            "between": ("parameter", knowledge.parameters),
        }
        self._checks: dict[str, Callable[[Any, Location], Iterator[Problem]]] = {
            **dict.fromkeys(("when", "met", "confirm", "required_when"), self._condition),
            **dict.fromkeys(("before", "after"), self._period),
            "amount": self._money,
            "from_": self._date_fact,
        }

    def problems(self, model: BaseModel) -> Iterator[Problem]:
        """Every problem of *model*, deepest values first read."""
        yield from self._walk(model, ())
        if isinstance(model, Lists):
            yield from self._lists(model)

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
        if named["id"] != named["en"]:
            yield (
                location,
                f"the languages name different parameters ({sorted(named['id'] ^ named['en'])}); use the same in both",
            )

    def _period(self, parameter: str | None, location: Location) -> Iterator[Problem]:
        if parameter is None:
            return
        yield from self._known("parameter", (parameter,), self.knowledge.parameters, location)
        known = self.knowledge.parameters.get(parameter)
        if known is not None and known.unit not in ("days", "weeks", "months"):
            yield location, f"parameter '{parameter}' is in {known.unit}; a period in days, weeks or months is expected"

    def _money(self, amount: Any, location: Location) -> Iterator[Problem]:
        if isinstance(amount, str):
            yield from self._known("parameter", (amount,), self.knowledge.parameters, location)
            known = self.knowledge.parameters.get(amount)
            if known is not None and known.unit not in ("IDR", "USD"):
                yield location, f"parameter '{amount}' is in {known.unit}; an amount in IDR or USD is expected"
        elif amount not in (None, 0):
            yield location, f"{amount}: write the amount as a parameter and name its id here"

    def _date_fact(self, fact: str, location: Location) -> Iterator[Problem]:
        dates = [key for key, spec in self.knowledge.facts.items() if spec.kind == "date"]
        yield from self._known("date fact", (fact,), dates, location)

    def _lists(self, lists: Lists) -> Iterator[Problem]:
        for name in LIST_NAMES:
            seen: set[str] = set()
            items: tuple[Item, ...] = getattr(lists, name)
            for index, item in enumerate(items):
                if item.id in seen:
                    yield (name, index, "id"), f"'{item.id}' stands twice in {name}; give one another id"
                seen.add(item.id)
                if isinstance(lists, CommonFile) and not item.types:
                    yield (name, index), f"'{item.id}' has no 'types'; say for which mobility types it holds"
                if isinstance(item, Deadline) and item.before is None and item.after is None:
                    yield (name, index), f"'{item.id}' has neither 'before' nor 'after'; name the period"

    def _known(self, what: str, names: Iterable[str], known: Iterable[str], location: Location) -> Iterator[Problem]:
        for name in names:
            if name not in known:
                close = get_close_matches(name, list(known), n=1)
                cure = f"did you mean '{close[0]}'?" if close else "declare it or correct the name"
                yield location, f"unknown {what} '{name}'; {cure}"
