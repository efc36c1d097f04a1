"""One rule and a profile in, one line of the assessment out, or nothing where the rule does not apply."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from knowledge.conditions import Truth
from knowledge.items import AssessedItem, Status
from knowledge.profile import Profile
from knowledge.rules import Rule, Rules
from knowledge.schema import Contact, Criterion, Deadline, Document, Fee, Immigration, Requirement, Variant
from knowledge.text import Language
from knowledge.workdays import last_working_day


def render(rule: Rule, rules: Rules, profile: Profile, lang: Language, today: date) -> AssessedItem | None:
    """The item of *rule* for *profile*. None where it does not apply, or where a fee may not apply."""
    applies = _applies(rule, profile)
    if applies is False or (applies is None and isinstance(rule.item, Fee)):
        return None
    item = rule.item
    variant = next((variant for condition, variant in rule.variants if condition.truth(profile) is True), None)
    text = (variant and variant.text) or item.text
    note = (variant and variant.note) or item.note
    assessed = AssessedItem(
        list=rule.list,
        id=item.id,
        text=rules.written(text, lang),
        clauses=(variant and variant.clauses) or item.clauses,
        note=note and rules.written(note, lang),
        readings=item.readings,
    )
    if isinstance(item, Criterion):
        return replace(assessed, status=_criterion_status(rule, item, applies, profile))
    if isinstance(item, Requirement):
        return replace(assessed, status=_status(None if applies is None else rule.met and rule.met.truth(profile)))
    if isinstance(item, Fee):
        return _fee(assessed, item, variant, rules, lang, rule.year)
    assessed = _with_required(assessed, rule, applies, rules, profile, lang)
    if isinstance(item, Deadline):
        return _deadline(assessed, item, rules, profile, lang, today)
    if isinstance(item, Document):
        return replace(assessed, stage=item.stage, group=item.group and rules.written(item.group, lang))
    if isinstance(item, Immigration):
        return _immigration(assessed, item, rules, profile, lang, rule.year)
    return replace(assessed, unit=item.unit) if isinstance(item, Contact) else assessed


def _applies(rule: Rule, profile: Profile) -> Truth:
    """A rule for certain programmes counts only once the programme is known (contract §2, fine print)."""
    if rule.programmes is not None and rule.programmes.truth(profile) is not True:
        return False
    return rule.when.truth(profile)


def _criterion_status(rule: Rule, item: Criterion, applies: Truth, profile: Profile) -> Status:
    if applies is None:
        return "unknown"
    if item.decided_elsewhere or rule.met is None:
        return "decided_elsewhere"
    met = rule.met.truth(profile)
    if met is not True and rule.confirm is not None:
        confirm = rule.confirm.truth(profile)
        if confirm is not False:
            return "confirm" if confirm is True and met is False else "unknown"
    return _status(met)


def _status(truth: Truth) -> Status:
    return "unknown" if truth is None else "met" if truth else "not_met"


def _with_required(assessed: AssessedItem, rule: Rule, applies: Truth, rules: Rules, profile: Profile, lang: Language) -> AssessedItem:
    required = applies is True and (rule.required_when is None or rule.required_when.truth(profile) is True)
    when = rule.item.when_text
    return replace(assessed, required=required, when=None if required or when is None else rules.written(when, lang))


def _fee(assessed: AssessedItem, fee: Fee, variant: Variant | None, rules: Rules, lang: Language, year: int) -> AssessedItem:
    amount = fee.amount
    if variant is not None and "amount" in variant.model_fields_set:
        amount = variant.amount
    borne_by = (variant and variant.borne_by) or fee.borne_by
    return replace(
        assessed,
        amount=int(rules.amounts[amount].number) if isinstance(amount, str) else amount,
        currency=fee.currency,
        year=fee.year or year,
        borne_by=borne_by and rules.written(borne_by, lang),
    )


def _deadline(assessed: AssessedItem, deadline: Deadline, rules: Rules, profile: Profile, lang: Language, today: date) -> AssessedItem:
    day = profile.day(deadline.from_)
    if day is not None and deadline.before is not None:
        day = rules.period(deadline.before).before(day)
    if day is not None and deadline.after is not None:
        day = rules.period(deadline.after).after(day)
    return replace(
        assessed,
        from_=deadline.from_,
        date=day,
        working_date=day and last_working_day(day),
        passed=day and day < today,
        missed=deadline.missed and rules.written(deadline.missed, lang),
    )


def _immigration(assessed: AssessedItem, item: Immigration, rules: Rules, profile: Profile, lang: Language, year: int) -> AssessedItem:
    """The step with its year and, near a threshold that the source leaves unclear (I32), the warning."""
    for near in item.near:
        rule = rules.boundaries[near]
        length = profile.length(rule.boundary.measure)
        if length is not None and rule.low <= length.days <= rule.high:
            warning = rules.written(rule.boundary.text, lang)
            return replace(assessed, boundary=True, text=f"{assessed.text} {warning}", year=year)
    return replace(assessed, year=year)
