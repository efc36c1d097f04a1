"""Conditions as they are written in a pack, turned into `knowledge.conditions`.

A mapping means: all of its entries. `{fact: value}`, `{fact: [values]}`, `{fact: {at_least: parameter}}`,
`{stay: {over: parameter}}`, `{passport_expiry: {covers: parameter, from: fact}}`, `{any: […]}`, `{all: […]}`,
`{not: {…}}`, `{unless: {…}}` (true as long as the part is not known to be true). Limits are ids of parameters, never
numbers, so that an amount stands in one place only (design §3.5).
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from knowledge.conditions import (
    ALWAYS,
    Condition,
    Covers,
    FactValue,
    IsOneOf,
    IsWithin,
    Lasts,
    Not,
    Unless,
    all_of,
    any_of,
)
from knowledge.lengths import Period
from knowledge.parameters import Amount

MEASURES = ("stay", "duration")
_COMPARISONS = ("at_least", "at_most", "over", "below", "exactly")


class ConditionError(ValueError):
    """A condition that is not in the vocabulary; the message names the part and the cure."""


@dataclass(frozen=True)
class Vocabulary:
    """What a condition may name: facts with their kind and values, and parameters with their amount in force."""

    kinds: Mapping[str, str]
    values: Mapping[str, frozenset[FactValue]]
    parameters: Mapping[str, Amount]
    _known: dict[Condition, Condition] = field(default_factory=dict, repr=False, compare=False)

    def known(self, condition: Condition) -> Condition:
        """The one object for all conditions that are equal to *condition*, so that each is evaluated once."""
        return self._known.setdefault(condition, condition)

    def parse(self, written: Mapping[str, Any] | None) -> Condition:
        """The condition of a mapping; None means always. Raises ConditionError."""
        if written is None:
            return ALWAYS
        if not isinstance(written, Mapping) or not written:
            raise ConditionError(
                f"condition {written!r}: a mapping such as {{gpa: {{at_least: PARAMETER}}}} is expected"
            )
        return self.known(all_of(self.known(self._entry(key, value)) for key, value in written.items()))

    def _entry(self, key: Any, value: Any) -> Condition:
        if not isinstance(key, str):
            raise ConditionError(f"'{key}' is no fact; write its name, in quotes where YAML reads it otherwise")
        if key in ("any", "all"):
            if not isinstance(value, list) or not value:
                raise ConditionError(f"'{key}': a list of conditions is expected")
            parts = [self.parse(part) for part in value]
            return any_of(parts) if key == "any" else all_of(parts)
        if key in ("not", "unless"):
            part = self.parse(value)
            return Not(part) if key == "not" else Unless(part)
        if key in MEASURES:
            return self._lasts(key, value)
        if key not in self.kinds:
            raise ConditionError(f"unknown fact '{key}'{_suggest(key, [*self.kinds, *MEASURES])}")
        if isinstance(value, Mapping):
            return self._covers(key, value) if "covers" in value else self._within(key, value)
        return self._one_of(key, value)

    def _one_of(self, key: str, value: Any) -> Condition:
        wanted = value if isinstance(value, list) else [value]
        allowed = self.values.get(key)
        if allowed is None:
            raise ConditionError(f"fact '{key}' is a {self.kinds[key]}: compare it with {{at_least: PARAMETER}}")
        if not wanted:
            raise ConditionError(f"fact '{key}': the list is empty; name at least one value")
        for one in wanted:
            known = isinstance(one, Hashable) and one in allowed
            if not known or isinstance(one, bool) != (self.kinds[key] == "bool"):
                raise ConditionError(
                    f"fact '{key}' has no value {one!r}{_suggest(str(one), [str(v) for v in allowed])}"
                )
        return IsOneOf(key, frozenset(wanted))

    def _within(self, key: str, limits: Mapping[str, Any]) -> Condition:
        if self.kinds[key] not in ("number", "whole"):
            raise ConditionError(
                f"fact '{key}' is a {self.kinds[key]}; limits go with numbers, lengths with 'stay' and 'duration'"
            )
        amounts = {name: self._amount(name, parameter).number for name, parameter in _comparisons(key, limits).items()}
        return IsWithin(key, **amounts)

    def _lasts(self, measure: str, limits: Any) -> Condition:
        periods = {name: self._period(name, parameter) for name, parameter in _comparisons(measure, limits).items()}
        return Lasts(measure, **periods)

    def _covers(self, key: str, written: Mapping[str, Any]) -> Condition:
        if set(written) != {"covers", "from"}:
            raise ConditionError(f"'{key}': 'covers' goes with 'from' and nothing else")
        for fact in (key, written["from"]):
            if not isinstance(fact, str) or self.kinds.get(fact) != "date":
                raise ConditionError(f"'{fact}' is no date fact")
        return Covers(key, written["from"], self._period("covers", written["covers"]))

    def _amount(self, name: str, parameter: Any) -> Amount:
        if not isinstance(parameter, str):
            raise ConditionError(f"'{name}: {parameter!r}': write the number as a parameter and name its id here")
        if parameter not in self.parameters:
            raise ConditionError(
                f"'{name}': unknown parameter '{parameter}'{_suggest(parameter, list(self.parameters))}"
            )
        return self.parameters[parameter]

    def _period(self, name: str, parameter: Any) -> Period:
        period = self._amount(name, parameter).period
        if period is None:
            raise ConditionError(
                f"'{name}': parameter '{parameter}' is no period; its unit must be days, weeks or months"
            )
        return period


def _comparisons(key: str, limits: Any) -> dict[str, Any]:
    if not isinstance(limits, Mapping) or not limits or not set(limits) <= set(_COMPARISONS):
        raise ConditionError(
            f"'{key}': one or more of {', '.join(_COMPARISONS)} are expected, each with a parameter id"
        )
    found = dict(limits)
    if "exactly" in found:
        found["at_least"] = found["at_most"] = found.pop("exactly")
    return found


def _suggest(given: str, known: list[str]) -> str:
    close = get_close_matches(given, known, n=1)
    return f"; did you mean '{close[0]}'?" if close else f"; known are: {', '.join(sorted(known))}"
