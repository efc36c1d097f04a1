"""An audience as it is put together on a phone: groups of conditions. Whoever fulfils all of a group is in, and one
group is enough. Each condition names values, or, turned round, everybody but these.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.db.audience import EVERYONE, And, Audience, Everyone, Is, Not, Or


@dataclass(frozen=True)
class Condition:
    """One condition of a group."""

    field: str
    values: tuple[str | int, ...]
    but: bool = False
    """Everybody but these."""


Group = tuple[Condition, ...]
Groups = tuple[Group, ...]


def groups_of(audience: Audience) -> Groups:
    """The groups of an expression; one empty group is everybody.

    Raises:
        ValueError: it was not made of groups.
    """
    if isinstance(audience, Everyone):
        return ((),)
    parts = audience.parts if isinstance(audience, Or) else (audience,)
    return tuple(_group(part) for part in parts)


def audience_of(groups: Sequence[Group]) -> Audience:
    """The expression of groups. What is not finished, a condition without values or a group without conditions, says
    nothing: an "or" that was only begun must not let everybody in. Nothing at all is everybody."""
    made = [tuple(condition for condition in group if condition.values) for group in groups]
    parts = [And(tuple(_leaf(condition) for condition in group)) for group in made if group]
    if not parts:
        return EVERYONE
    return parts[0] if len(parts) == 1 else Or(tuple(parts))


def condition_in(group: Group, field: str) -> Condition:
    """The condition about a field; one without values if there is none."""
    return next((one for one in group if one.field == field), Condition(field, ()))


def toggled(groups: Groups, at: int, field: str, value: str | int) -> Groups:
    """With a value put into the condition about a field of group `at`, or taken out."""
    condition = condition_in(_at(groups, at), field)
    there = value in condition.values
    values = tuple(one for one in condition.values if one != value) if there else (*condition.values, value)
    return with_condition(groups, at, replace(condition, values=values))


def with_condition(groups: Groups, at: int, condition: Condition) -> Groups:
    """With this condition in place of the one about the same field; without it if it has no values."""
    old = _at(groups, at)
    others = tuple(one for one in old if one.field != condition.field)
    place = next((number for number, one in enumerate(old) if one.field == condition.field), len(others))
    new = (*others[:place], condition, *others[place:]) if condition.values else others
    return (*groups[:at], new, *groups[at + 1 :])


def turned(groups: Groups, at: int, field: str) -> Groups:
    """With a condition turned round."""
    condition = condition_in(_at(groups, at), field)
    return with_condition(groups, at, replace(condition, but=not condition.but))


def _at(groups: Groups, at: int) -> Group:
    return groups[at] if at < len(groups) else ()


def _group(audience: Audience) -> Group:
    parts = audience.parts if isinstance(audience, And) else (audience,)
    return tuple(_condition(part) for part in parts)


def _condition(audience: Audience) -> Condition:
    match audience:
        case Is(field, values):
            return Condition(field, values)
        case Not(Is(field, values)):
            return Condition(field, values, but=True)
    raise ValueError("no groups of conditions")


def _leaf(condition: Condition) -> Audience:
    leaf = Is(condition.field, condition.values)
    return Not(leaf) if condition.but else leaf
