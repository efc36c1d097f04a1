"""One rule and a profile in, one line of the assessment out, or nothing where the rule does not apply.

What a rule says about a profile is found out first; the line that follows from it is written once and shared, for
many profiles get the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any, Final, NamedTuple

from knowledge.conditions import ALWAYS, Truth
from knowledge.items import AssessedItem, EquivalentPaper, Status
from knowledge.loading.item_schema import Contact, Deadline, Document, Equivalent, Fee, Immigration, Obligation, Variant
from knowledge.profile import Profile
from knowledge.rules import LIST_NAMES, Rule, Rules
from knowledge.text import Language, Text
from knowledge.workdays import last_working_day


class Finding(NamedTuple):
    """What a rule that applies says about a profile, apart from dates."""

    variant: int | None = None
    """The number of the variant that is in force."""
    mark: Status | bool | None = None
    """The status of a criterion or condition; whether anything else but a fee is required."""
    near: str | None = None
    """The boundary in which the profile lies (I32)."""


_FIXED: Final = dict.fromkeys(LIST_NAMES, Finding(mark=True)) | {
    "criteria": Finding(mark="decided_elsewhere"),
    "fees": Finding(),
}
"""What a rule without conditions says, by its list."""


@dataclass(frozen=True, slots=True)
class Renderer:
    """Writes the items of one profile in one language; dates before `today` are marked as passed."""

    rules: Rules
    profile: Profile
    lang: Language
    today: date

    def items(self, rules: Iterable[Rule]) -> tuple[AssessedItem, ...]:
        """The items of those of *rules* that apply."""
        fixed = self.rules.fixed[self.lang]
        return tuple([item for rule in rules if (item := fixed.get(rule) or self.item(rule)) is not None])

    def item(self, rule: Rule) -> AssessedItem | None:
        """The item of *rule*. None where it does not apply, or where a fee may not apply."""
        if rule.is_fixed:
            found = self.rules.fixed[self.lang][rule] = _Writer(self.rules, self.lang).item(rule, _FIXED[rule.list])
            return found
        finding = self._find(rule)
        if finding is None:
            return None
        key = (rule, self.lang, finding)
        item = self.rules.shown.get(key)
        if item is None:
            item = self.rules.shown[key] = _Writer(self.rules, self.lang).item(rule, finding)
        return self._dated(item, rule.item) if isinstance(rule.item, Deadline) else item

    def _find(self, rule: Rule) -> Finding | None:
        """What the rule says; None where it does not apply."""
        applies = self._applies(rule)
        if applies is False or (applies is None and rule.list == "fees"):
            return None
        variant = None
        if rule.variants:
            truth = self.profile.truth
            variant = next((n for n, (condition, _) in enumerate(rule.variants) if truth(condition) is True), None)
        near = self._near(rule.item.near) if isinstance(rule.item, Immigration) else None
        return Finding(variant, self._mark(rule, applies), near)

    def _applies(self, rule: Rule) -> Truth:
        """A rule for certain programmes counts only once the programme is known (contract §2, fine print)."""
        if rule.programmes is not None and self.profile.truth(rule.programmes) is not True:
            return False
        return True if rule.when is ALWAYS else self.profile.truth(rule.when)

    def _mark(self, rule: Rule, applies: Truth) -> Status | bool | None:
        if rule.list == "criteria":
            return self._criterion_status(rule, applies)
        if rule.list == "conditions":
            return _status(self.profile.truth(rule.met) if rule.met is not None and applies else None)
        if rule.list == "fees":
            return None
        return applies is True and (rule.required_when is None or self.profile.truth(rule.required_when) is True)

    def _criterion_status(self, rule: Rule, applies: Truth) -> Status:
        if applies is None:
            return "unknown"
        if rule.met is None:
            return "decided_elsewhere"
        met = self.profile.truth(rule.met)
        if met is not True and rule.confirm is not None:
            confirm = self.profile.truth(rule.confirm)
            if confirm is not False:
                return "confirm" if confirm is True and met is False else "unknown"
        return _status(met)

    def _near(self, boundaries: Iterable[str]) -> str | None:
        """The first boundary in which the profile lies: a length near a threshold that the source leaves unclear."""
        for key in boundaries:
            rule = self.rules.boundaries[key]
            length = self.profile.length(rule.boundary.measure)
            if length is not None and rule.low <= length.days <= rule.high:
                return key
        return None

    def _dated(self, item: AssessedItem, deadline: Deadline) -> AssessedItem:
        day = self.profile.day(deadline.from_)
        if day is None:
            return item
        if deadline.before is not None:
            day = self.rules.period(deadline.before).before(day)
        if deadline.after is not None:
            day = self.rules.period(deadline.after).after(day)
        return _with_date(item, day, day < self.today)


@lru_cache(maxsize=4096)
def _with_date(item: AssessedItem, day: date, passed: bool) -> AssessedItem:
    return replace(item, date=day, working_date=last_working_day(day), passed=passed)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes down what was found."""

    rules: Rules
    lang: Language

    def item(self, rule: Rule, finding: Finding) -> AssessedItem:
        """The item, without the dates of a deadline."""
        item, variant = rule.item, None if finding.variant is None else rule.variants[finding.variant][1]
        return AssessedItem(
            list=rule.list,
            id=item.id,
            text=self._text((variant and variant.text) or item.text, finding),
            clauses=(variant and variant.clauses) or item.clauses,
            note=self._written((variant and variant.note) or item.note),
            readings=item.readings,
            boundary=finding.near is not None,
            **self._mark(rule, finding.mark),
            **self._details(rule, variant),
        )

    def _text(self, text: Text, finding: Finding) -> str:
        written = self.rules.written(text, self.lang)
        if finding.near is None:
            return written
        warning = self.rules.boundaries[finding.near].boundary.text
        return f"{written} {self.rules.written(warning, self.lang)}"

    def _mark(self, rule: Rule, mark: Status | bool | None) -> dict[str, Any]:
        if not isinstance(mark, bool):
            return {"status": mark}
        return {"required": mark, "when": None if mark else self._written(rule.item.when_text)}

    def _details(self, rule: Rule, variant: Variant | None) -> dict[str, Any]:
        """What only items of this list have."""
        match rule.item:
            case Deadline() as item:
                return {"from_": item.from_, "missed": self._written(item.missed), "settled_by": item.settled_by}
            case Obligation() as item:
                return {"at": item.at}
            case Document() as item:
                return {
                    "stage": item.stage,
                    "group": self._written(item.group),
                    "equivalent": self._equivalent(item.equivalent),
                }
            case Immigration():
                return {"year": rule.year}
            case Contact() as item:
                return {"unit": item.unit}
            case Fee() as item:
                return self._fee(item, variant, rule.year)
            case _:
                return {}

    def _equivalent(self, paper: Equivalent | None) -> EquivalentPaper | None:
        return None if paper is None else EquivalentPaper(self.rules.written(paper.text, self.lang), paper.clauses)

    def _fee(self, fee: Fee, variant: Variant | None, year: int) -> dict[str, Any]:
        amount = fee.amount
        if variant is not None and "amount" in variant.model_fields_set:
            amount = variant.amount
        return {
            "amount": int(self.rules.amounts[amount].number) if isinstance(amount, str) else amount,
            "currency": fee.currency,
            "year": fee.year or year,
            "borne_by": self._written((variant and variant.borne_by) or fee.borne_by),
        }

    def _written(self, text: Text | None) -> str | None:
        return None if text is None else self.rules.written(text, self.lang)


def _status(truth: Truth) -> Status:
    return "unknown" if truth is None else "met" if truth else "not_met"
