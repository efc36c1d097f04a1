"""From a profile to what the procedure says about it: type, verdict, criteria, documents, visa, deadlines, fees."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from knowledge.item_schema import ListName
from knowledge.items import SHOWN_LISTS, AssessedItem, Assessment, DurationCategory, Status, Verdict
from knowledge.openness import open_facts, open_facts_of
from knowledge.pack import Knowledge
from knowledge.profile import Profile
from knowledge.rendering import Renderer
from knowledge.rules import Rules, TypeRules
from knowledge.schema import OutsideScope
from knowledge.text import Language
from knowledge.vocabulary import check_profile


def assess(knowledge: Knowledge, facts: Mapping[str, object], *, lang: Language, today: date) -> Assessment:
    """The assessment of *facts* (contract §1) with the amounts in force on *today*.

    Raises InvalidFact for a fact that is not accepted, KnowledgeError for a day before the procedure was in force.
    """
    return assess_profile(
        knowledge.rules(today), Profile(knowledge, check_profile(knowledge.facts, facts)), lang=lang, today=today
    )


def assess_profile(rules: Rules, profile: Profile, *, lang: Language, today: date) -> Assessment:
    """The assessment of facts that have been checked already."""
    reason, key = outside_reason(rules, profile), type_of(rules, profile)
    renderer = Renderer(rules, profile, lang, today)
    if reason is not None:
        return _outside(renderer, reason, key if reason.keeps_type else None)
    if key is None:
        return Assessment(None, None, None, "undetermined", undecided_type(rules, profile), {})
    type_rules = rules.of_type(key)
    items: dict[ListName, tuple[AssessedItem, ...]] = {}
    for name in SHOWN_LISTS:
        rendered = (renderer.item(rule) for rule in type_rules.lists[name])
        items[name] = tuple(item for item in rendered if item is not None)
    return Assessment(
        mobility_type=key,
        outside_scope=None,
        duration_category=duration_category(rules, profile),
        verdict=verdict(item.status for item in items["criteria"]),
        missing=missing(rules, type_rules, profile),
        items=items,
    )


def type_of(rules: Rules, profile: Profile) -> str | None:
    """The mobility type: direction by the home institution, national or international by the other one (I2)."""
    return next((key for key, condition in rules.type_conditions if condition.truth(profile) is True), None)


def outside_reason(rules: Rules, profile: Profile) -> OutsideScope | None:
    """Why the procedure does not cover the profile, if it does not."""
    return next((reason for reason, condition in rules.outside_scope if condition.truth(profile) is True), None)


def undecided_type(rules: Rules, profile: Profile) -> tuple[str, ...]:
    """The facts that decide type and scope and are not known yet; none once one of both is certain."""
    reason, key = outside_reason(rules, profile), type_of(rules, profile)
    if reason is not None and not reason.keeps_type:
        return ()
    reasons = [condition for outside, condition in rules.outside_scope if key is None or outside.keeps_type]
    conditions = [*reasons, *(condition for _, condition in rules.type_conditions if key is None)]
    found = {fact for condition in conditions for fact in open_facts(condition, profile)}
    return tuple(fact for fact in rules.knowledge.facts if fact in found)


def verdict(statuses: Iterable[Status | None]) -> Verdict:
    """The verdict that the statuses of the criteria give, first that fits (contract §2)."""
    found = set(statuses)
    if "not_met" in found:
        return "not_eligible"
    if "unknown" in found:
        return "undetermined"
    if "confirm" in found:
        return "to_confirm"
    return "eligible" if "met" in found else "decided_elsewhere"


def missing(rules: Rules, type_rules: TypeRules, profile: Profile) -> tuple[str, ...]:
    """The facts that are unknown and could still change something, in the order of the vocabulary."""
    found: set[str] = set()
    for rule in type_rules:
        if rule.list in SHOWN_LISTS:
            found |= open_facts_of(rule, rules, profile)
    if not profile.known("duration"):
        found.add("duration_days")
    return tuple(key for key in rules.knowledge.facts if key in found)


def duration_category(rules: Rules, profile: Profile) -> DurationCategory | None:
    """The label short, medium or long (I.C.1; I10–I12): a description, no duty hangs on it.

    A degree programme has none; nor have students between the medium term and a semester, or beyond two semesters.
    """
    length = profile.length("duration")
    if length is None or profile.value("leads_to_degree") is True:
        return None
    if not length.is_over(rules.period("short_term_limit")):
        return "short"
    if not length.is_over(rules.period("medium_term_limit")):
        return "medium"
    if profile.value("role") != "student":
        return "long"
    semester, two_semesters = rules.period("semester_length"), rules.period("two_semesters_length")
    return "long" if length.is_at_least(semester) and not length.is_over(two_semesters) else None


def _outside(renderer: Renderer, reason: OutsideScope, key: str | None) -> Assessment:
    rules = renderer.rules
    contacts = (renderer.item(rules.rule("contacts", contact)) for contact in reason.contacts)
    return Assessment(
        mobility_type=key,
        outside_scope=rules.written(reason.text, renderer.lang),
        duration_category=None,
        verdict="decided_elsewhere" if key else "undetermined",
        missing=(),
        items={"contacts": tuple(contact for contact in contacts if contact is not None)},
        outside_reason=reason.id,
        outside_clauses=reason.clauses,
    )
