"""Which kind of mobility a profile is, or why the procedure does not cover it, or which facts would tell."""

from __future__ import annotations

from typing import Final

from knowledge.items import Scope
from knowledge.openness import Openness
from knowledge.profile import Profile
from knowledge.rules import Rules

SCOPE_FACTS: Final = ("home", "host", "role")
"""The only facts that type and scope may depend on (`checks` holds the packs to it)."""


def scope_of(rules: Rules, profile: Profile) -> Scope:
    """The scope of *profile*; remembered, for there are few combinations."""
    key = tuple(profile.given.get(fact) for fact in SCOPE_FACTS)
    found = rules.scopes.get(key)
    if found is None:
        found = rules.scopes[key] = _work_out(rules, profile)
    return found


def _work_out(rules: Rules, profile: Profile) -> Scope:
    reason = next((reason for reason, condition in rules.outside_scope if profile.truth(condition) is True), None)
    key = next((key for key, condition in rules.type_conditions if profile.truth(condition) is True), None)
    if reason is not None and not reason.keeps_type:
        return Scope(None, reason, ())
    conditions = [condition for outside, condition in rules.outside_scope if key is None or outside.keeps_type]
    conditions += [condition for _, condition in rules.type_conditions if key is None]
    openness = Openness(rules, profile)
    found = frozenset().union(*(openness.of_condition(condition) for condition in conditions))
    return Scope(key, reason, tuple(fact for fact in openness.vocabulary if fact in found))
