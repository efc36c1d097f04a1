"""The rules of the packs compiled for a day: conditions parsed, amounts filled into the texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import cast, get_args

from knowledge.conditions import ALWAYS, Condition, FactValue, IsOneOf
from knowledge.items import AssessedItem, Scope
from knowledge.labels import Labels, labels_of
from knowledge.lengths import Period
from knowledge.loading.condition_syntax import ConditionError, Vocabulary
from knowledge.loading.item_schema import Deadline, Immigration, Item, ListName, Requirement, Variant, Written
from knowledge.loading.packs import Packs
from knowledge.loading.schema import Boundary, MobilityTypeFile, OutsideScope, Programme
from knowledge.parameters import Amount
from knowledge.text import Language, Text

LIST_NAMES: tuple[ListName, ...] = get_args(ListName)
PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, eq=False)
class Rule:
    """An item of a list with its conditions compiled."""

    list: ListName
    item: Item
    when: Condition
    required_when: Condition | None
    met: Condition | None
    confirm: Condition | None
    variants: tuple[tuple[Condition, Variant], ...]
    programmes: IsOneOf | None
    """Where given, the rule counts only once the programme is known to be one of these."""
    year: int
    """The year of the document the rule comes from."""

    @cached_property
    def is_fixed(self) -> bool:
        """Whether the item is the same for every profile of the mobility type."""
        near = self.item.near if isinstance(self.item, Immigration) else ()
        return not near and not isinstance(self.item, Deadline) and all(one is ALWAYS for one in self.conditions())

    @cached_property
    def reads(self) -> tuple[object, ...]:
        """What the rule asks of a profile; rules for which this is equal are settled by the same facts."""
        item = self.item
        conditions = (self.when, self.programmes, self.required_when, self.met, self.confirm)
        return (
            *map(id, (*conditions, *(condition for condition, _ in self.variants))),
            item.from_ if isinstance(item, Deadline) else None,
            item.near if isinstance(item, Immigration) else (),
        )

    def conditions(self) -> Iterator[Condition]:
        """Every condition of the rule."""
        yield self.when
        yield from (c for c in (self.programmes, self.required_when, self.met, self.confirm) if c is not None)
        yield from (condition for condition, _ in self.variants)


@dataclass(frozen=True, slots=True)
class BoundaryRule:
    """A boundary with its limits in days, both inclusive."""

    boundary: Boundary
    low: int
    high: int


@dataclass(frozen=True)
class TypeRules:
    """All rules of one mobility type, list by list."""

    file: MobilityTypeFile
    when: Condition
    lists: Mapping[ListName, tuple[Rule, ...]]
    ask_dates: tuple[frozenset[str], Condition] | None
    labels: Labels
    _of_programme: dict[object, Mapping[ListName, tuple[Rule, ...]]] = field(default_factory=dict, repr=False)
    _reading: dict[tuple[tuple[ListName, ...], object], tuple[Rule, ...]] = field(default_factory=dict, repr=False)

    def __iter__(self) -> Iterator[Rule]:
        return (rule for rules in self.lists.values() for rule in rules)

    def for_programme(self, programme: object) -> Mapping[ListName, tuple[Rule, ...]]:
        """The rules that count where the programme is this one; None is a programme that is not known."""
        if programme not in self._of_programme:
            self._of_programme[programme] = {
                name: tuple(rule for rule in rules if rule.programmes is None or programme in rule.programmes.values)
                for name, rules in self.lists.items()
            }
        return self._of_programme[programme]

    def reading(self, names: tuple[ListName, ...], programme: object) -> tuple[Rule, ...]:
        """Of the rules of these lists one for each way to ask something of a profile."""
        key = (names, programme)
        if key not in self._reading:
            rules = (rule for name in names for rule in self.for_programme(programme)[name] if not rule.is_fixed)
            self._reading[key] = tuple({rule.reads: rule for rule in rules}.values())
        return self._reading[key]

    @cached_property
    def programmes_matter(self) -> frozenset[ListName]:
        """The lists in which some rules are for certain programmes only."""
        return frozenset(name for name, rules in self.lists.items() if any(rule.programmes for rule in rules))


class Rules:
    """The compiled rules of one set of amounts in force. Raises ConditionError where a condition is wrong."""

    def __init__(self, knowledge: Packs, in_force: Mapping[str, date]) -> None:
        self.knowledge = knowledge
        self.amounts = {
            key: Amount(parameter.values[in_force[key]], parameter.unit)
            for key, parameter in knowledge.parameters.items()
        }
        self.vocabulary = Vocabulary(
            kinds={key: spec.kind for key, spec in knowledge.facts.items()},
            values=fact_values(knowledge),
            parameters=self.amounts,
        )
        self.scopes: dict[tuple[FactValue | None, ...], Scope] = {}
        """What `scope` has worked out."""
        self.shown: dict[tuple[object, ...], AssessedItem] = {}
        """What `rendering` has written: items by rule, language and what was found out about them."""
        self.fixed: dict[Language, dict[Rule, AssessedItem]] = {"id": {}, "en": {}}
        """The items of rules that say the same to everybody, as `rendering` has written them."""
        self._types: dict[str, TypeRules] = {}
        self._written: dict[tuple[int, Language], str] = {}

    def of_type(self, key: str) -> TypeRules:
        """The rules of a mobility type, compiled at first use."""
        if key not in self._types:
            self._types[key] = self._compile(self.knowledge.types[key])
        return self._types[key]

    @cached_property
    def type_conditions(self) -> tuple[tuple[str, Condition], ...]:
        """For each mobility type what makes it that type."""
        return tuple((key, self.vocabulary.parse(file.when)) for key, file in self.knowledge.types.items())

    @cached_property
    def outside_scope(self) -> tuple[tuple[OutsideScope, Condition], ...]:
        """Why a profile is not covered, each with its condition, in the order in which they are tried."""
        return tuple((reason, self.vocabulary.parse(reason.when)) for reason in self.knowledge.outside_scope)

    @cached_property
    def outside_contacts(self) -> Mapping[str, tuple[Rule, ...]]:
        """Whom to ask instead, for each reason why a profile is not covered."""
        return {
            reason.id: tuple(self.rule("contacts", contact) for contact in reason.contacts)
            for reason, _ in self.outside_scope
        }

    @cached_property
    def boundaries(self) -> Mapping[str, BoundaryRule]:
        """Lengths near an unclear threshold."""
        return {
            key: BoundaryRule(boundary, *(int(self.amounts[end].number) for end in boundary.between))
            for key, boundary in self.knowledge.boundaries.items()
        }

    def period(self, parameter: str) -> Period:
        """The period of a parameter whose unit is days, weeks or months."""
        period = self.amounts[parameter].period
        if period is None:
            raise ConditionError(f"parameter '{parameter}' is no period; its unit must be days, weeks or months")
        return period

    def written(self, text: Text, lang: Language) -> str:
        """*text* in *lang* with every {parameter} filled in."""
        key = (id(text), lang)
        if key not in self._written:
            self._written[key] = self.fill(text.get(lang), lang)
        return self._written[key]

    def fill(self, text: str, lang: Language) -> str:
        """*text* with every {parameter} written for a reader of *lang*."""
        return PLACEHOLDER.sub(lambda match: self.amounts[match[1]].written(lang), text)

    def _compile(self, file: MobilityTypeFile) -> TypeRules:
        knowledge = self.knowledge
        lists = {
            name: (
                *(self.rule(name, item) for item in getattr(file, name)),
                *(
                    self.rule(name, item, pack)
                    for pack, common in knowledge.common.items()
                    for item in getattr(common, name)
                    if file.type in item.types
                ),
            )
            for name in LIST_NAMES
        }
        programme: list[Rule] = []
        length: list[Rule] = []
        for kind in knowledge.programmes.values():
            if file.type in kind.types:
                programme += [
                    self._of_programme("programme", item, kind)
                    for item in kind.about
                    if file.type in (item.types or kind.types)
                ]
                length += self._length_rule(kind, file.type)
        lists["programme"] = (*programme, *lists["programme"])
        lists["conditions"] = (*lists["conditions"], *length)
        asked = file.ask_dates
        return TypeRules(
            file=file,
            when=self.vocabulary.parse(file.when),
            lists=lists,
            ask_dates=None if asked is None else (frozenset(asked.facts), self.vocabulary.parse(asked.when)),
            labels=labels_of(file.type, self.period),
        )

    def rule(self, name: ListName, item: Item, pack: str | None = None) -> Rule:
        """*item* compiled; *pack* is where it comes from, the main pack if not said."""
        parse = self.vocabulary.parse
        return Rule(
            list=name,
            item=item,
            when=parse(item.when),
            required_when=_optional(parse, item.required_when),
            met=_optional(parse, getattr(item, "met", None)),
            confirm=_optional(parse, getattr(item, "confirm", None)),
            variants=tuple((parse(variant.when), variant) for variant in item.variants),
            programmes=self._one_of(item.programmes) if item.programmes else None,
            year=(self.knowledge.packs[pack] if pack else self.knowledge.main).document.year,
        )

    def _one_of(self, programmes: tuple[str, ...]) -> IsOneOf:
        return cast("IsOneOf", self.vocabulary.known(IsOneOf("programme", frozenset(programmes))))

    def _of_programme(self, name: ListName, item: Item, kind: Programme) -> Rule:
        return self.rule(name, item.model_copy(update={"programmes": (kind.key,)}))

    def _length_rule(self, kind: Programme, mobility_type: str) -> Iterator[Rule]:
        """The condition that the programme lasts as long as the source says, where it says so."""
        length = kind.length
        if length is None or mobility_type not in (length.types or kind.types):
            return
        limits = {name: limit for name in ("at_least", "at_most") if (limit := getattr(length, name)) is not None}
        condition = Requirement(
            id="programme_length",
            clauses=length.clauses,
            text=length.text,
            note=length.note,
            readings=length.readings,
            met={"duration": limits},
        )
        yield self._of_programme("conditions", condition, kind)


def fact_values(knowledge: Packs) -> dict[str, frozenset[FactValue]]:
    """The values of every choice and bool fact."""
    return {key: frozenset(spec.values) for key, spec in knowledge.facts.items() if spec.kind in ("choice", "bool")}


def _optional(parse: Callable[[Written | None], Condition], written: Written | None) -> Condition | None:
    return None if written is None else parse(written)
