"""Which facts could still change a condition that is not settled."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.conditions import Condition, Constant, Lasts, Settled
from knowledge.item_schema import Deadline, Immigration
from knowledge.lengths import LengthUnit, Period
from knowledge.profile import FOLLOWS_START, Profile
from knowledge.rules import Rule, Rules

_LENGTH_FACTS = {"duration": ("duration_days",), "stay": ("duration_days", "stay_days")}


def open_facts_of(rule: Rule, rules: Rules, profile: Profile) -> frozenset[str]:
    """The facts that could still change the item of *rule*."""
    conditions = list(open_conditions(rule, profile))
    if not conditions:
        return frozenset()
    found = {fact for condition in conditions for fact in open_facts(condition, profile)}
    item = rule.item
    if isinstance(item, Deadline):
        found.update(facts_behind(item.from_, profile))
    if isinstance(item, Immigration):
        measures = {rules.boundaries[near].boundary.measure for near in item.near}
        found.update(
            fact for measure in measures if not profile.known(measure) for fact in facts_behind(measure, profile)
        )
    return frozenset(found)


def open_conditions(rule: Rule, profile: Profile) -> Iterator[Condition]:
    """The conditions of *rule* that may still decide something, given those that are settled."""
    if rule.programmes is not None and rule.programmes.truth(profile) is not True:
        if rule.programmes.truth(profile) is None:
            yield rule.programmes
        return
    if rule.when.truth(profile) is False:
        return
    yield rule.when
    if rule.met is not None:
        yield rule.met
        if rule.met.truth(profile) is not True and rule.confirm is not None:
            yield rule.confirm
    if rule.required_when is not None:
        yield rule.required_when
    for condition, _ in rule.variants:
        yield condition
        if condition.truth(profile) is True:
            break


def open_facts(condition: Condition, profile: Profile) -> frozenset[str]:
    """The facts that could still change *condition*; empty where it is settled."""

    def settled(leaf: Condition) -> Settled:
        truth = leaf.truth(profile)
        return None if truth is None or _calendar_may_turn(leaf, profile) else Constant(truth)

    return frozenset(fact for key in condition.assume(settled).keys for fact in facts_behind(key, profile))


def facts_behind(key: str, profile: Profile) -> Iterator[str]:
    """The facts that would settle a fact, date or measure that is not known."""
    if key in _LENGTH_FACTS:
        yield from _behind_length(key, profile)
    elif not profile.known(key):
        yield key
        if key in FOLLOWS_START:
            yield "start_date"
        elif key == "return_date":
            yield from _behind_return(profile)


def _behind_length(measure: str, profile: Profile) -> Iterator[str]:
    if profile.known(measure):
        yield "start_date"
        return
    yield from _LENGTH_FACTS[measure]
    if measure == "stay" and profile.known("arrival_date"):
        yield "return_date"


def _behind_return(profile: Profile) -> Iterator[str]:
    """A return date follows by default from the first day and the length; the one that lacks would settle it."""
    if profile.known("arrival_date"):
        yield from _LENGTH_FACTS["stay"]
    elif profile.known("stay"):
        yield "start_date"


def _calendar_may_turn(leaf: Condition, profile: Profile) -> bool:
    """Whether the first day, not known yet, decides if a number of days is over so many calendar months."""
    if not isinstance(leaf, Lasts):
        return False
    length = profile.length(leaf.measure)
    if length is None or length.first_day is not None:
        return False
    limits = (leaf.at_least, leaf.at_most, leaf.over, leaf.below)
    return any(_may_be(period, length.days) for period in limits if period is not None)


def _may_be(period: Period, days: int) -> bool:
    return period.unit is LengthUnit.MONTHS and period.shortest <= days <= period.longest
