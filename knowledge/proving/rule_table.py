"""One rule over every combination of the answer classes of its own facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import product
from typing import get_args

from knowledge.conditions import Covers, FactValue
from knowledge.interview.answer_classes import classes
from knowledge.interview.course import leaves
from knowledge.items import AssessedItem, Status
from knowledge.profile import Profile
from knowledge.rendering import Renderer
from knowledge.rules import PLACEHOLDER, Rule, Rules
from knowledge.scope import SCOPE_FACTS
from knowledge.text import Language

_LENGTHS = {"stay": "stay_days", "duration": "duration_days"}
_STATUSES = frozenset(get_args(Status))
_LANGUAGES: tuple[Language, ...] = ("id", "en")

Axes = Mapping[str, Sequence[FactValue]]
"""Values of facts; with nothing else a fact has all the values that make a difference."""


class RuleTable:
    """Examines what a rule says for every combination of its facts, each also unknown.

    *fixed* are the only values that some facts have where the rule counts: the sides and roles of its mobility type,
    and the programmes that fit it.
    """

    def __init__(self, rules: Rules, rule: Rule, fixed: Axes, today: date) -> None:
        self._rules, self._rule, self._today = rules, rule, today
        self._leaves = tuple(dict.fromkeys(leaf for condition in rule.conditions() for leaf in leaves(condition)))
        self._axes = self._values(fixed)
        self.size = 0
        """Combinations examined, once `failures` has run."""

    def failures(self) -> Iterator[str]:
        """What does not hold of the rule, each with an example profile."""
        name = f"{self._rule.list} '{self._rule.item.id}'"
        seen: set[object] = set()
        for values in product(*self._axes.values()):
            self.size += 1
            facts = {key: value for key, value in zip(self._axes, values, strict=True) if value is not None}
            profile = Profile(self._rules.knowledge, facts)
            for problem in self._problems(profile):
                yield f"{name} with {facts}: {problem}"
            item = self._item(profile, "en")
            if item is not None:
                seen |= {("variant", self._variant(profile)), ("required", item.required), item.status}
                seen.add(("applies", self._rule.when.truth(profile)))
        yield from (f"{name} {problem}" for problem in self._unreachable(seen))

    def _unreachable(self, seen: set[object]) -> Iterator[str]:
        """Parts of the rule that no combination reaches."""
        rule = self._rule
        if ("applies", True) not in seen:
            yield f"can never hold; correct its 'when' ({rule.item.when}) or its programmes"
            return
        for index, (_, variant) in enumerate(rule.variants):
            if ("variant", index) not in seen:
                yield f": variant {index} can never be used; correct its 'when' ({variant.when}) or the order"
        if rule.met is not None:
            statuses = ("met", "not_met") if rule.confirm is None else ("met",)
            yield from (f"can never be {status}; correct its 'met'" for status in statuses if status not in seen)
        if rule.confirm is not None and "confirm" not in seen:
            yield "can never be to confirm; correct its 'confirm'"
        if rule.required_when is not None and ("required", True) not in seen:
            yield "can never be required; correct its 'required_when'"

    def _problems(self, profile: Profile) -> Iterator[str]:
        for lang in _LANGUAGES:
            item = self._item(profile, lang)
            if item is None:
                continue
            texts = [text for text in (item.text, item.note, item.when, item.borne_by) if text is not None]
            if not all(texts) or any(PLACEHOLDER.search(text) for text in texts):
                yield f"a text is empty or unfilled in '{lang}'"
            if not item.clauses or any(clause not in self._rules.knowledge.clauses for clause in item.clauses):
                yield "the claim cites no clause that exists"
            if self._rule.list in ("criteria", "conditions") and item.status not in _STATUSES:
                yield f"the status is {item.status}"
            if item.required is False and item.when is None:
                yield "it is not required, and does not say when it is"

    def _item(self, profile: Profile, lang: Language) -> AssessedItem | None:
        return Renderer(self._rules, profile, lang, self._today).item(self._rule)

    def _variant(self, profile: Profile) -> int | None:
        found = (index for index, (condition, _) in enumerate(self._rule.variants) if condition.truth(profile) is True)
        return next(found, None)

    def _values(self, fixed: Axes) -> dict[str, list[FactValue | None]]:
        found: dict[str, list[FactValue | None]] = {}
        for leaf in self._leaves:
            if isinstance(leaf, Covers):
                found |= _around(leaf)
                continue
            for key in leaf.keys:
                fact = _LENGTHS.get(key, key)
                spec = self._rules.knowledge.facts[fact]
                found[fact] = [answer.value for answer in classes(self._rules, self._leaves, spec, fixed.get(fact))]
        for fact in SCOPE_FACTS:  # known, or there would be no mobility type
            if fact in found:
                found[fact].remove(None)
        return found


def _around(leaf: Covers) -> dict[str, list[FactValue | None]]:
    """An anchor, and expiry dates a day short of the period, on the day and a day over."""
    anchor = date(2027, 5, 31)
    exact = leaf.period.after(anchor)
    days: list[FactValue | None] = [(exact + timedelta(days=offset)).isoformat() for offset in (-1, 0, 1)]
    return {leaf.anchor: [anchor.isoformat(), None], leaf.fact: [*days, None]}
