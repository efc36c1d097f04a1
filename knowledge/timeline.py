"""The dates of a plan in order: what is due when, what is late, and when a plan that is late could start instead."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from knowledge.conditions import Covers
from knowledge.items import AssessedItem, Assessment
from knowledge.pack import Knowledge
from knowledge.profile import Profile
from knowledge.rendering import Renderer
from knowledge.rules import TypeRules
from knowledge.scope import scope_of
from knowledge.text import Language
from knowledge.vocabulary import FactValue
from knowledge.workdays import last_working_day

Timing = Literal["overdue", "soon", "later", "undated", "done", "behind"]
"""`overdue`: its day has passed and what it counts towards has not; `soon`: within a week; `behind`: it no longer
matters, because what it counts towards has passed too."""

SOON: Final = 7
"""Days until the last working day from which on a deadline is near."""
PLAN_DATES: Final = ("start_date", "departure_date", "arrival_date", "return_date")
"""The dates that move together when a plan is moved; the first three are those with which it begins."""
_MONTH_ENDS: Final = 4
"""A plan moved by some days moves its deadlines by at most so many days more than that, less one: a month before
28 February is 28 January, a month before 1 March is 1 February."""
_ORDER: Final[tuple[Timing, ...]] = ("overdue", "soon", "later", "undated", "done", "behind")


@dataclass(frozen=True, slots=True)
class Entry:
    """A deadline on its place in time."""

    item: AssessedItem
    timing: Timing
    days_left: int | None = None
    """Until the last working day; negative once that has passed."""
    anchor: date | None = None
    """The day of the applicant that it counts from."""

    @property
    def last_day(self) -> date | None:
        """The last day on which offices work and it is still in time."""
        return self.item.last_day


@dataclass(frozen=True, slots=True)
class Milestone:
    """A date of the applicant, with the duties that begin on it (the source gives them no number of days)."""

    fact: str
    day: date
    duties: tuple[AssessedItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Validity:
    """A paper that has to be valid until some day."""

    item: AssessedItem
    fact: str
    until: date
    """The first day that suffices."""
    given: date | None
    """Until when it is valid, if that is known."""


@dataclass(frozen=True, slots=True)
class Replan:
    """A plan that is too late as it stands, moved as little as possible so that nothing is overdue today."""

    fact: str
    """The date that what is late counts from, where it was given; else the first one with which the plan begins."""
    day: date
    """The earliest value of that date that works."""
    days: int
    """By how many days the plan moves."""
    late: tuple[AssessedItem, ...]
    """The deadlines that are overdue as it stands."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Everything with a date."""

    entries: tuple[Entry, ...] = ()
    """Overdue ones first, then by date; what is done or over comes last."""
    milestones: tuple[Milestone, ...] = ()
    validities: tuple[Validity, ...] = ()
    replan: Replan | None = None

    @property
    def next(self) -> Entry | None:
        """The one to look at first: overdue, or else next in time."""
        return next((one for one in self.entries if one.timing in ("overdue", "soon", "later")), None)


def timeline(
    knowledge: Knowledge,
    facts: Mapping[str, FactValue],
    assessment: Assessment,
    *,
    lang: Language,
    today: date,
    ticks: Mapping[str, bool] | None = None,
) -> Timeline:
    """The dates of *assessment*, which is that of *facts* on *today*. `ticks` says of items (`list.id`) whether they
    are there; what they settle is done too. Without a tick a condition that is met by the facts is there."""
    if assessment.mobility_type is None or assessment.outside_scope is not None:
        return Timeline()
    profile = Profile(knowledge, facts)
    done = settled(assessment, ticks or {})
    entries = [_entry(item, profile, today, is_done(item, done)) for item in assessment["deadlines"]]
    entries.sort(key=lambda one: (_ORDER.index(one.timing) if one.timing not in ("soon", "later") else 1, _day(one)))
    type_rules = knowledge.rules(today).of_type(assessment.mobility_type)
    return Timeline(
        entries=tuple(entries),
        milestones=_milestones(profile, assessment),
        validities=_validities(type_rules, profile, assessment),
        replan=replan(knowledge, facts, lang=lang, today=today, done=done),
    )


def is_done(item: AssessedItem, done: Collection[str]) -> bool:
    """Whether a deadline, or something that settles it, is among the items that are there (`list.id`)."""
    return f"deadlines.{item.id}" in done or any(other in done for other in item.settled_by)


def settled(assessment: Assessment, ticks: Mapping[str, bool]) -> set[str]:
    """The items (`list.id`) that are there, by a tick or by the facts."""
    met = {f"conditions.{item.id}" for item in assessment["conditions"] if item.status == "met"}
    return {item for item, is_there in ticks.items() if is_there} | (met - ticks.keys())


def next_deadline(assessment: Assessment, done: Collection[str]) -> AssessedItem | None:
    """The first deadline ahead that is still open, where the items of `done` (`list.id`) are there."""
    ahead = [
        item
        for item in assessment["deadlines"]
        if item.date is not None and not item.passed and not is_done(item, done)
    ]
    return min(ahead, key=lambda item: item.last_day or date.max, default=None)


def replan(
    knowledge: Knowledge, facts: Mapping[str, FactValue], *, lang: Language, today: date, done: Collection[str] = ()
) -> Replan | None:
    """When a plan that has not begun and is already too late could begin at the earliest; None where nothing is late.
    All its dates move by the same number of days. A day earlier something would be overdue."""
    profile = Profile(knowledge, facts)
    named = next((fact for fact in PLAN_DATES[:3] if profile.day(fact) is not None), None)
    begins = profile.day(named) if named else None
    if named is None or begins is None or begins < today:
        return None
    first = late = _overdue(knowledge, facts, lang, today, done)
    days = 0
    while late:
        gap = max((today - item.date).days for item in late if item.date is not None)
        days += max(1, gap - _MONTH_ENDS)
        try:
            late = _overdue(knowledge, moved(facts, days), lang, today, done)
        except OverflowError:
            return None
    while days > 1 and not _overdue(knowledge, moved(facts, days - 1), lang, today, done):
        # A rule that came to apply no longer on the way may have let it go further than needed.
        days -= 1
    if not days:
        return None
    named = next((item.from_ for item in first if item.from_ in PLAN_DATES and item.from_ in facts), named)
    return Replan(named, (profile.day(named) or begins) + timedelta(days=days), days, first)


def moved(facts: Mapping[str, FactValue], days: int) -> dict[str, FactValue]:
    """The facts with the dates of the plan moved by some days."""
    return {
        fact: (date.fromisoformat(value) + timedelta(days=days)).isoformat()
        if fact in PLAN_DATES and isinstance(value, str)
        else value
        for fact, value in facts.items()
    }


def _overdue(
    knowledge: Knowledge, facts: Mapping[str, FactValue], lang: Language, today: date, done: Collection[str]
) -> tuple[AssessedItem, ...]:
    """What is certainly required, not done, and late."""
    rules = knowledge.rules(today)
    profile = Profile(knowledge, facts)
    scope = scope_of(rules, profile)
    if scope.mobility_type is None or scope.reason is not None:
        return ()
    of_type = rules.of_type(scope.mobility_type).for_programme(profile.value("programme"))
    items = Renderer(rules, profile, lang, today).items(of_type["deadlines"])
    return tuple(item for item in items if item.required and not is_done(item, done) and _is_late(item, profile, today))


def _is_late(item: AssessedItem, profile: Profile, today: date) -> bool:
    """Whether its day has passed and it still matters: what counts towards a day that is over no longer does; what
    counts from one may still be made up for."""
    anchor = profile.day(item.from_) if item.from_ else None
    return bool(item.passed and item.date and anchor and (anchor >= today or item.date > anchor))


def _entry(item: AssessedItem, profile: Profile, today: date, done: bool) -> Entry:
    anchor = profile.day(item.from_) if item.from_ else None
    if item.date is None or anchor is None:
        return Entry(item, "done" if done else "undated")
    left = ((item.working_date or last_working_day(item.date)) - today).days
    if done:
        timing: Timing = "done"
    elif item.passed:
        timing = "overdue" if _is_late(item, profile, today) else "behind"
    else:
        timing = "soon" if left <= SOON else "later"
    return Entry(item, timing, left, anchor)


def _day(entry: Entry) -> date:
    return entry.item.date or date.max


def _milestones(profile: Profile, assessment: Assessment) -> tuple[Milestone, ...]:
    found = [
        Milestone(fact, day, tuple(item for item in assessment["obligations"] if item.at == fact))
        for fact in PLAN_DATES
        if (day := profile.day(fact)) is not None
    ]
    # Departure and arrival that nobody gave are the start by default: they say nothing of their own.
    kept = [one for one in found if one.fact in profile.given or one.fact == "return_date" or one.duties]
    return tuple(sorted(kept, key=lambda one: one.day))


def _validities(type_rules: TypeRules, profile: Profile, assessment: Assessment) -> tuple[Validity, ...]:
    shown = {item.id: item for item in assessment["conditions"]}
    found = []
    for rule in type_rules.lists["conditions"]:
        if isinstance(rule.met, Covers) and rule.item.id in shown and (anchor := profile.day(rule.met.anchor)):
            until = rule.met.period.after(anchor)
            found.append(Validity(shown[rule.item.id], rule.met.fact, until, profile.day(rule.met.fact)))
    return tuple(found)
