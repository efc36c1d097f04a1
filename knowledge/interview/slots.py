"""What an interview still has to find out, rule by rule.

A slot is a rule reduced to its conditions; as answers come in, its settled parts are folded away. Two rules with equal
conditions make one slot: for the choice of the next question it does not matter what they say, only what they ask.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from knowledge.conditions import (
    ALWAYS,
    NEVER,
    NOT_KNOWN,
    Condition,
    Constant,
    Settled,
    Truth,
    all_of,
)
from knowledge.labels import Labels
from knowledge.rules import Rule


@dataclass(frozen=True, slots=True)
class Outcome:
    """A slot that is settled: the truth of what was left of it, and whether it refuses the applicant."""

    truths: tuple[Truth, ...]
    refuses: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """The open conditions of a rule: `gate` decides whether it applies at all; `strict`, whether unknown means no."""

    gate: Condition
    parts: tuple[Condition, ...]
    """met and confirm of a criterion, met of a condition, required_when of a document."""
    choices: tuple[Condition, ...] = ()
    """The conditions of variants, first true wins."""
    decides: bool = False
    """A criterion: where it is not met, nothing more is asked."""
    strict: bool = False

    @property
    def keys(self) -> frozenset[str]:
        """The facts and measures that are still open."""
        return frozenset().union(*(condition.keys for condition in self.conditions))

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Every condition of the slot."""
        return (self.gate, *self.parts, *self.choices)

    def assume(self, settled: Callable[[Condition], Settled]) -> Slot | Outcome:
        """This slot after an answer: smaller, or an outcome once nothing in it is open."""
        gate = self.gate.assume(settled)
        if gate == NEVER or (self.strict and gate == NOT_KNOWN):
            return Outcome(())
        choices = _first_true(tuple(choice.assume(settled) for choice in self.choices))
        # A rule of which it will never be known whether it applies has no status that further answers could change.
        parts = () if gate == NOT_KNOWN else _without_overruled(tuple(part.assume(settled) for part in self.parts))
        slot = Slot(gate, parts, choices, self.decides, self.strict)
        return slot if slot.keys else slot.outcome()

    def outcome(self) -> Outcome:
        """The result of a slot with nothing open."""
        truths = tuple(condition.settled for condition in self.conditions if isinstance(condition, Constant))
        refuses = (
            self.decides and self.gate == ALWAYS and bool(self.parts) and all(part == NEVER for part in self.parts)
        )
        return Outcome(truths, refuses)


def slot_of(rule: Rule) -> Slot:
    """The slot of a rule before any answer."""
    gate = rule.when
    strict = rule.list == "fees"
    if rule.programmes is not None:
        gate, strict = all_of((rule.programmes, rule.when)), True
    parts = tuple(condition for condition in (rule.met, rule.confirm, rule.required_when) if condition is not None)
    return Slot(
        gate, parts, tuple(condition for condition, _ in rule.variants), decides=rule.list == "criteria", strict=strict
    )


def slot_of_labels(labels: Labels) -> Slot:
    """The slot of the label short, medium or long."""
    return Slot(ALWAYS, (), tuple(condition for _, condition in labels))


def _without_overruled(parts: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """A criterion that is met needs no look at whether it would be to confirm."""
    return parts[:1] if parts and parts[0] == ALWAYS else parts


def _first_true(choices: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """The choices up to the first that is true; false and unknowable ones before it keep their place in the outcome."""
    for index, choice in enumerate(choices):
        if choice == ALWAYS:
            return choices[: index + 1]
    return choices
