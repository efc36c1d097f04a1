"""Proofs over every combination of answer classes (contract §3): not samples.

A rule reads few facts, so each is examined over all combinations of the classes of its own facts; an interview is
examined at every point it can reach. Whatever fails is shown with an example profile.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations, product
from typing import get_args

from knowledge.assessment import duration_category, verdict
from knowledge.conditions import Condition, FactValue
from knowledge.interview import Goal, Interview
from knowledge.items import Status, Verdict
from knowledge.lengths import Length
from knowledge.loading.packs import Packs
from knowledge.openness import facts_read
from knowledge.pack import Knowledge
from knowledge.profile import Profile
from knowledge.proving.best_order import BestOrder
from knowledge.proving.rule_table import Axes, RuleTable
from knowledge.proving.walks import Walks
from knowledge.rules import Rules
from knowledge.scope import SCOPE_FACTS


@dataclass
class TypeReport:
    """The interview about one mobility type, in figures."""

    mobility_type: str
    walks: int
    points: int
    longest: int
    follow_ups: int
    mean: float
    best: float


@dataclass
class Report:
    """What was proved, and what failed."""

    types: list[TypeReport] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    classes: int = 0
    """Combinations of answer classes examined rule by rule."""
    claims: int = 0

    @property
    def holds(self) -> bool:
        """Whether every property holds."""
        return not self.failures

    def as_text(self) -> str:
        """The report as lines for a terminal."""
        head = f"{'mobility type':32}{'walks':>14}{'points':>8}{'longest':>9}{'mean':>8}{'best':>8}{'follow-ups':>12}"
        rows = [
            f"{one.mobility_type:32}{one.walks:>14,}{one.points:>8,}{one.longest:>9}{one.mean:>8.3f}{one.best:>8.3f}{one.follow_ups:>12}"
            for one in self.types
        ]
        count = len(self.types)
        mean, best = (sum(getattr(one, name) for one in self.types) / count for name in ("mean", "best"))
        walks, longest = sum(one.walks for one in self.types), max(one.longest for one in self.types)
        summary = [
            f"{walks:,} walks of the interview, {self.classes:,} classes of answers to rules, {self.claims:,} claims.",
            f"Questions before the result: {longest} at most, {mean:.3f} in the mean; the best possible order needs",
            f"{best:.3f}, ours is {mean / best - 1:+.2%}. Follow-ups are dates and possessions, each can be skipped.",
        ]
        outcome = [f"FAILED: {failure}" for failure in self.failures] or ["Everything holds."]
        return "\n".join([head, *rows, *summary, *outcome])


def prove(knowledge: Knowledge, *, today: date, bounds: bool = True, only: Collection[str] | None = None) -> Report:
    """Examines *knowledge* as it holds on *today*.

    Without *bounds* the best possible order is not worked out; *only* limits the rules to those of some mobility types.
    """
    report, rules = Report(), knowledge.rules(today)
    report.failures += _types_are_unique(knowledge, rules)
    interview = Interview(knowledge)
    for mobility_type in knowledge.types if only is None else only:
        report.types.append(_figures(interview, rules, mobility_type, bounds=bounds))
        report.failures += _useless_questions(interview, rules, mobility_type)
        report.failures += _labels_are_single(rules, mobility_type)
        fixed: Axes = {**_sides(rules, mobility_type), "programme": interview.programmes(mobility_type)}
        _examine(report, mobility_type, [RuleTable(rules, rule, fixed, today) for rule in rules.of_type(mobility_type)])
    for reason, condition in rules.outside_scope:
        sides = _values_of(_combinations(knowledge, condition))
        contacts = rules.outside_contacts[reason.id]
        _examine(report, reason.id, [RuleTable(rules, rule, sides, today) for rule in contacts])
    report.failures += _verdicts_are_single()
    report.failures += _questions_nobody_needs(interview, rules)
    return report


def _examine(report: Report, place: str, tables: Iterable[RuleTable]) -> None:
    for table in tables:
        report.failures += [f"{place}: {failure}" for failure in table.failures()]
        report.classes += table.size
        report.claims += 1


def _combinations(knowledge: Packs, condition: Condition) -> list[dict[str, FactValue]]:
    """The sides and roles for which *condition* holds."""
    every = (
        dict(zip(SCOPE_FACTS, values, strict=True))
        for values in product(*(knowledge.facts[fact].values for fact in SCOPE_FACTS))
    )
    return [facts for facts in every if condition.truth(Profile(knowledge, facts)) is True]


def _values_of(combinations: Iterable[Mapping[str, FactValue]]) -> dict[str, list[FactValue]]:
    found: dict[str, dict[FactValue, None]] = {fact: {} for fact in SCOPE_FACTS}
    for facts in combinations:
        for fact, value in facts.items():
            found[fact][value] = None
    return {fact: list(values) for fact, values in found.items()}


def _sides(rules: Rules, mobility_type: str) -> dict[str, list[FactValue]]:
    """The values that role, home and host may have in a mobility type that has a procedure."""
    outside = [condition for reason, condition in rules.outside_scope]
    found = _combinations(rules.knowledge, rules.of_type(mobility_type).when)
    profiles = [(facts, Profile(rules.knowledge, facts)) for facts in found]
    return _values_of(
        facts for facts, profile in profiles if not any(condition.truth(profile) is True for condition in outside)
    )


def _types_are_unique(knowledge: Knowledge, rules: Rules) -> Iterator[str]:
    """Exactly one mobility type or one reason why there is none, for every combination of role, home and host."""
    reached: set[str] = set()
    for values in product(*((*knowledge.facts[fact].values, None) for fact in SCOPE_FACTS)):
        example = {fact: value for fact, value in zip(SCOPE_FACTS, values, strict=True) if value is not None}
        profile = Profile(knowledge, example)
        types = [key for key, condition in rules.type_conditions if condition.truth(profile) is True]
        reasons = [reason for reason, condition in rules.outside_scope if condition.truth(profile) is True]
        found = len(types) + sum(not reason.keeps_type for reason in reasons)
        if found > 1 or len(reasons) > 1 or (found == 0 and len(example) == len(SCOPE_FACTS)):
            yield f"{example}: {len(types)} types and {len(reasons)} reasons outside the scope, one is expected"
        reached.update(types, (reason.id for reason in reasons))
    for name in (*knowledge.types, *(reason.id for reason in knowledge.outside_scope)):
        if name not in reached:
            yield f"{name}: nobody is of this kind; correct its 'when'"


def _questions_nobody_needs(interview: Interview, rules: Rules) -> Iterator[str]:
    """Facts that are asked although no rule of any mobility type reads them."""
    read = {*SCOPE_FACTS, "duration_days"}
    for mobility_type in interview.knowledge.types:
        read |= facts_read(rules, rules.of_type(mobility_type))
    for key, spec in interview.knowledge.facts.items():
        if spec.phase != "never" and key not in read:
            yield f"the question '{key}' is needed by no rule; remove it, or give it the phase never"


def _useless_questions(interview: Interview, rules: Rules, mobility_type: str) -> Iterator[str]:
    """Questions that are asked although no answer to them changes anything any more, whatever is asked for."""
    sides = next(iter(_combinations(rules.knowledge, rules.of_type(mobility_type).when)), {})
    for goal in Goal:
        walks = Walks(interview.course(rules, mobility_type, goal))
        walks.figures(walks.course.start)
        for point, fact in walks.useless():
            answers = {**sides, **dict(walks.paths[point])}
            yield f"{mobility_type}, {goal.value}: '{fact}' is asked after {answers} but changes nothing"


def _figures(interview: Interview, rules: Rules, mobility_type: str, *, bounds: bool) -> TypeReport:
    """The walks of the whole interview. That they can be counted proves that each of them ends."""
    walks = Walks(interview.course(rules, mobility_type, Goal.ALL))
    figures = walks.figures(walks.course.start)
    # The role decides the type and may matter again within it; it is asked once.
    asked = len(SCOPE_FACTS) - ("role" in walks.course.start.open)
    return TypeReport(
        mobility_type,
        walks=figures.walks,
        points=walks.points,
        longest=asked + figures.longest,
        follow_ups=interview.follow_ups(rules, mobility_type),
        mean=asked + figures.mean,
        best=asked + (BestOrder(walks.course).mean() if bounds else figures.mean),
    )


def _verdicts_are_single() -> Iterator[str]:
    """Every set of statuses gives exactly one of the verdicts."""
    statuses = get_args(Status)
    for size in range(len(statuses) + 1):
        for found in combinations(statuses, size):
            if verdict(found) not in get_args(Verdict):
                yield f"criteria with the statuses {found} have no verdict"


def _labels_are_single(rules: Rules, mobility_type: str) -> Iterator[str]:
    """Every length of an activity of staff, and every one of students up to the medium term, has a label."""
    longest = rules.knowledge.facts["duration_days"].range
    for days in range(1, int(longest[1] if longest else 0) + 1):
        profile = Profile(rules.knowledge, {"duration_days": days})
        named = not mobility_type.startswith("student") or not Length(days).is_over(rules.period("medium_term_limit"))
        if named and duration_category(rules.of_type(mobility_type), profile) is None:
            yield f"{mobility_type}, {days} days: no label"
