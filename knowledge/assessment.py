"""From a profile to what the procedure says about it: type, verdict, criteria, documents, visa, deadlines, fees."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from knowledge.items import SHOWN_LISTS, Assessment, Status, Verdict
from knowledge.labels import DurationCategory
from knowledge.loading.schema import OutsideScope
from knowledge.openness import Openness
from knowledge.pack import Knowledge
from knowledge.profile import Profile
from knowledge.rendering import Renderer
from knowledge.rules import Rules, TypeRules
from knowledge.scope import scope_of
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
    scope = scope_of(rules, profile)
    renderer = Renderer(rules, profile, lang, today)
    if scope.reason is not None:
        return _outside(renderer, scope.reason, scope.mobility_type)
    if scope.mobility_type is None:
        return Assessment(None, None, None, "undetermined", scope.undecided, {})
    type_rules = rules.of_type(scope.mobility_type)
    lists = type_rules.for_programme(profile.value("programme"))
    items = {name: renderer.items(lists[name]) for name in SHOWN_LISTS}
    return Assessment(
        mobility_type=scope.mobility_type,
        outside_scope=None,
        duration_category=duration_category(type_rules, profile),
        verdict=verdict(item.status for item in items["criteria"]),
        missing=missing(type_rules, Openness(rules, profile)),
        items=items,
    )


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


def missing(type_rules: TypeRules, openness: Openness) -> tuple[str, ...]:
    """The facts that are unknown and could still change something, in the order of the vocabulary."""
    found = set(openness.of_choices(condition for _, condition in type_rules.labels))
    found |= openness.of_lists(type_rules, SHOWN_LISTS)
    return tuple(key for key in openness.vocabulary if key in found)


def duration_category(type_rules: TypeRules, profile: Profile) -> DurationCategory | None:
    """The label of the programme's length, where it has one."""
    return next((label for label, condition in type_rules.labels if profile.truth(condition) is True), None)


def _outside(renderer: Renderer, reason: OutsideScope, key: str | None) -> Assessment:
    rules = renderer.rules
    return Assessment(
        mobility_type=key,
        outside_scope=rules.written(reason.text, renderer.lang),
        duration_category=None,
        verdict="decided_elsewhere" if key else "undetermined",
        missing=(),
        items={"contacts": renderer.items(rules.outside_contacts[reason.id])},
        outside_reason=reason.id,
        outside_clauses=reason.clauses,
    )
