"""Which facts could still change what is said about a profile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from knowledge.conditions import AllOf, AnyOf, Condition, Constant, Lasts, Not, Unless
from knowledge.lengths import LengthUnit, Period
from knowledge.loading.item_schema import Deadline, Immigration, ListName
from knowledge.profile import FOLLOWS_START, Profile
from knowledge.rules import Rule, Rules, TypeRules

_NONE: frozenset[str] = frozenset()
_TOLD_BY: dict[str, tuple[str, ...]] = {
    "duration": ("duration_days", "start_date"),
    "stay": ("duration_days", "stay_days", "start_date", "arrival_date", "return_date"),
    "return_date": ("duration_days", "stay_days", "start_date", "arrival_date", "return_date"),
    **{day: (day, "start_date") for day in FOLLOWS_START},
}
"""The facts that may have a say in a date or measure; any other is told by itself."""


class Openness:
    """The facts that are still open for one profile. Remembers what it has worked out."""

    def __init__(self, rules: Rules, profile: Profile) -> None:
        self._rules = rules
        self._profile = profile
        self._conditions: dict[int, frozenset[str]] = {}
        """By the identity of a condition."""
        self._seen: list[Condition] = []
        """Keeps the conditions alive, so that no other gets the identity of one that is remembered."""

    @property
    def vocabulary(self) -> Iterable[str]:
        """Every fact, in the order in which facts are named."""
        return self._rules.knowledge.facts

    def of_lists(self, type_rules: TypeRules, names: tuple[ListName, ...]) -> set[str]:
        """The facts that could still change an item of these lists."""
        programme = self._profile.value("programme")
        found: set[str] = set()
        for rule in type_rules.reading(names, programme):
            found |= self.of_rule(rule)
        if programme is None and not type_rules.programmes_matter.isdisjoint(names):
            found.add("programme")
        return found

    def of_rule(self, rule: Rule) -> Set[str]:
        """The facts that could still change the item of *rule*."""
        if rule.programmes is not None and self._profile.truth(rule.programmes) is not True:
            return self.of_condition(rule.programmes)
        gate = self.of_condition(rule.when)
        if not gate and self._profile.truth(rule.when) is False:
            return _NONE
        found = set(gate)
        if rule.met is not None:
            met = self.of_condition(rule.met)
            found |= met
            if rule.confirm is not None and (met or self._profile.truth(rule.met) is not True):
                found |= self.of_condition(rule.confirm)
        if rule.required_when is not None:
            found |= self.of_condition(rule.required_when)
        if rule.variants:
            found |= self.of_choices(condition for condition, _ in rule.variants)
        item = rule.item
        if isinstance(item, Deadline):
            found.update(self._behind(item.from_))
        elif isinstance(item, Immigration) and item.near:
            measures = {self._rules.boundaries[near].boundary.measure for near in item.near}
            found.update(*(self._behind(measure) for measure in measures if not self._is_settled(measure)))
        return found

    def of_choices(self, choices: Iterable[Condition]) -> Set[str]:
        """The facts that could still change which of *choices* is the first that is true."""
        found: set[str] = set()
        for choice in choices:
            open_facts = self.of_condition(choice)
            found |= open_facts
            if not open_facts and self._profile.truth(choice) is True:
                break
        return found

    def of_condition(self, condition: Condition) -> frozenset[str]:
        """The facts that could still change *condition*; empty where it is settled."""
        key = id(condition)
        found = self._conditions.get(key)
        if found is None:
            self._seen.append(condition)
            found = self._conditions[key] = self._work_out(condition)
        return found

    def _work_out(self, condition: Condition) -> frozenset[str]:
        if isinstance(condition, (AllOf, AnyOf)):
            return self._of_parts(condition.parts, decides=isinstance(condition, AnyOf))
        if isinstance(condition, (Not, Unless)):
            return self.of_condition(condition.part)
        if isinstance(condition, Constant):
            return _NONE
        if self._profile.truth(condition) is not None and not self._may_turn(condition):
            return _NONE
        return frozenset(fact for key in condition.keys for fact in self._behind(key))

    def _of_parts(self, parts: Iterable[Condition], *, decides: bool) -> frozenset[str]:
        """One part that is settled this way decides alone; otherwise every open part counts."""
        found: set[str] = set()
        for part in parts:
            open_facts = self.of_condition(part)
            if not open_facts and self._profile.truth(part) is decides:
                return _NONE
            found |= open_facts
        return frozenset(found)

    def _behind(self, key: str) -> Iterator[str]:
        """The facts that would settle, or help to settle, a fact, date or measure that is not known."""
        profile = self._profile
        if key == "duration":
            yield "start_date" if profile.known(key) else "duration_days"
        elif key == "stay":
            if not profile.known(key):
                yield from ("duration_days", "stay_days")
            if not self._is_settled(key):
                yield from self._unknown("return_date")
            yield from self._behind_arrival()
        elif key == "return_date" and not profile.known(key):
            yield key
            yield from self._unknown("duration_days", "start_date")
            if not profile.known("stay"):
                yield "stay_days"
            yield from self._behind_arrival()
        elif not profile.known(key):
            yield key
            if key in FOLLOWS_START:
                yield "start_date"

    def _behind_arrival(self) -> Iterator[str]:
        if not self._profile.known("arrival_date"):
            yield from ("arrival_date", "start_date")

    def _unknown(self, *facts: str) -> Iterator[str]:
        return (fact for fact in facts if not self._profile.known(fact))

    def _is_settled(self, measure: str) -> bool:
        """Whether a length is known for good: that of the stay by itself or by its dates, not only by the programme."""
        profile = self._profile
        if measure == "duration" or "stay_days" in profile.given:
            return profile.known(measure)
        return profile.known("arrival_date") and profile.known("return_date") and profile.known(measure)

    def _may_turn(self, leaf: Condition) -> bool:
        """Whether what is known of a length may still turn out otherwise, by its dates or by the calendar."""
        if not isinstance(leaf, Lasts):
            return False
        length = self._profile.length(leaf.measure)
        if length is None or not self._is_settled(leaf.measure):
            return True
        return length.first_day is None and any(
            _may_turn(period, length.days, is_over=name in ("over", "at_most"))
            for name in ("at_least", "at_most", "over", "below")
            if (period := getattr(leaf, name)) is not None
        )


def _may_turn(period: Period, days: int, *, is_over: bool) -> bool:
    """Whether so many days are over so many calendar months (or at least as long) on some first days only."""
    if period.unit is not LengthUnit.MONTHS:
        return False
    return period.shortest < days <= period.longest if is_over else period.shortest <= days < period.longest


def facts_read(rules: Rules, listed: Iterable[Rule]) -> frozenset[str]:
    """Every fact that may have a say in an item, whatever else is known."""
    keys: set[str] = set()
    for rule in listed:
        keys.update(*(condition.keys for condition in rule.conditions()))
        if isinstance(rule.item, Deadline):
            keys.add(rule.item.from_)
        elif isinstance(rule.item, Immigration):
            keys.update(rules.boundaries[near].boundary.measure for near in rule.item.near)
    return frozenset(fact for key in keys for fact in _TOLD_BY.get(key, (key,)))
