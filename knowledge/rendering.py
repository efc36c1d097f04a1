"""One rule and a profile in, one line of the assessment out, or nothing where the rule does not apply."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from knowledge.conditions import Truth
from knowledge.item_schema import Contact, Criterion, Deadline, Document, Fee, Immigration, Requirement, Variant
from knowledge.items import AssessedItem, Status
from knowledge.profile import Profile
from knowledge.rules import Rule, Rules
from knowledge.text import Language, Text
from knowledge.workdays import last_working_day


@dataclass(frozen=True, slots=True)
class Renderer:
    """Writes the items of one profile in one language; dates before `today` are marked as passed."""

    rules: Rules
    profile: Profile
    lang: Language
    today: date

    def item(self, rule: Rule) -> AssessedItem | None:
        """The item of *rule*. None where it does not apply, or where a fee may not apply."""
        applies = self._applies(rule)
        item = rule.item
        if applies is False or (applies is None and isinstance(item, Fee)):
            return None
        variant = next((variant for condition, variant in rule.variants if condition.truth(self.profile) is True), None)
        assessed = AssessedItem(
            list=rule.list,
            id=item.id,
            text=self.rules.written((variant and variant.text) or item.text, self.lang),
            clauses=(variant and variant.clauses) or item.clauses,
            note=self._written((variant and variant.note) or item.note),
            readings=item.readings,
        )
        match item:
            case Criterion():
                return replace(assessed, status=self._criterion_status(rule, item, applies))
            case Requirement():
                met = rule.met.truth(self.profile) if rule.met is not None and applies else None
                return replace(assessed, status=_status(met))
            case Fee():
                return self._fee(assessed, item, variant, rule.year)
            case _:
                return self._detailed(self._with_required(assessed, rule, applies), rule)

    def _detailed(self, assessed: AssessedItem, rule: Rule) -> AssessedItem:
        match rule.item:
            case Deadline() as item:
                return self._deadline(assessed, item)
            case Document() as item:
                return replace(assessed, stage=item.stage, group=self._written(item.group))
            case Immigration() as item:
                return self._immigration(assessed, item, rule.year)
            case Contact() as item:
                return replace(assessed, unit=item.unit)
            case _:
                return assessed

    def _applies(self, rule: Rule) -> Truth:
        """A rule for certain programmes counts only once the programme is known (contract §2, fine print)."""
        if rule.programmes is not None and rule.programmes.truth(self.profile) is not True:
            return False
        return rule.when.truth(self.profile)

    def _criterion_status(self, rule: Rule, item: Criterion, applies: Truth) -> Status:
        if applies is None:
            return "unknown"
        if item.decided_elsewhere or rule.met is None:
            return "decided_elsewhere"
        met = rule.met.truth(self.profile)
        if met is not True and rule.confirm is not None:
            confirm = rule.confirm.truth(self.profile)
            if confirm is not False:
                return "confirm" if confirm is True and met is False else "unknown"
        return _status(met)

    def _with_required(self, assessed: AssessedItem, rule: Rule, applies: Truth) -> AssessedItem:
        required = applies is True and (rule.required_when is None or rule.required_when.truth(self.profile) is True)
        return replace(assessed, required=required, when=None if required else self._written(rule.item.when_text))

    def _fee(self, assessed: AssessedItem, fee: Fee, variant: Variant | None, year: int) -> AssessedItem:
        amount = fee.amount
        if variant is not None and "amount" in variant.model_fields_set:
            amount = variant.amount
        return replace(
            assessed,
            amount=int(self.rules.amounts[amount].number) if isinstance(amount, str) else amount,
            currency=fee.currency,
            year=fee.year or year,
            borne_by=self._written((variant and variant.borne_by) or fee.borne_by),
        )

    def _deadline(self, assessed: AssessedItem, deadline: Deadline) -> AssessedItem:
        day = self.profile.day(deadline.from_)
        if day is not None and deadline.before is not None:
            day = self.rules.period(deadline.before).before(day)
        if day is not None and deadline.after is not None:
            day = self.rules.period(deadline.after).after(day)
        return replace(
            assessed,
            from_=deadline.from_,
            date=day,
            working_date=None if day is None else last_working_day(day),
            passed=None if day is None else day < self.today,
            missed=self._written(deadline.missed),
        )

    def _immigration(self, assessed: AssessedItem, item: Immigration, year: int) -> AssessedItem:
        """The step with its year and, near a threshold that the source leaves unclear (I32), the warning."""
        for near in item.near:
            rule = self.rules.boundaries[near]
            length = self.profile.length(rule.boundary.measure)
            if length is not None and rule.low <= length.days <= rule.high:
                warning = self.rules.written(rule.boundary.text, self.lang)
                return replace(assessed, boundary=True, text=f"{assessed.text} {warning}", year=year)
        return replace(assessed, year=year)

    def _written(self, text: Text | None) -> str | None:
        return None if text is None else self.rules.written(text, self.lang)


def _status(truth: Truth) -> Status:
    return "unknown" if truth is None else "met" if truth else "not_met"
