"""Who an announcement is for: an expression over people and their applications, and the condition it becomes.

    {"all": true}                                     everybody who has written to the bot
    {"is": "type", "of": ["student_outbound_…", …]}   a leaf: any of these values
    {"and": […]}, {"or": […]}, {"not": …}

Leaves about applications that stand together in one `and` speak of the same application: "type is X and verdict is
eligible" does not find somebody who is eligible with another plan. `not` speaks of the person: whoever has no such
application.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Table,
    and_,
    any_,
    bindparam,
    exists,
    false,
    func,
    not_,
    or_,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY

from bot.db.models import ApplicationRow, PersonRow, ResultRow
from bot.db.url import Dialect

PEOPLE: Table = PersonRow.__table__  # type: ignore[assignment]
APPLICATIONS: Table = ApplicationRow.__table__  # type: ignore[assignment]
RESULTS: Table = ResultRow.__table__  # type: ignore[assignment]

OF_PEOPLE: Final = ("language", "people", "has_application")
OF_APPLICATIONS: Final = (
    "type",
    "role",
    "direction",
    "reach",
    "programme",
    "verdict",
    "round",
    "result",
    "application",
)
WORKED_OUT: Final = ("stage", "missing", "status")
"""Leaves that no column answers: a service replaces them by the codes of the applications they hold for."""


class InvalidAudience(ValueError):
    """What was read is no expression."""


@dataclass(frozen=True)
class Everyone:
    """Everybody who has written to the bot."""


@dataclass(frozen=True)
class Is:
    """A person, or one of their applications, has any of these values."""

    field: str
    values: tuple[str | int, ...]


@dataclass(frozen=True)
class And:
    """All of them."""

    parts: tuple[Audience, ...]


@dataclass(frozen=True)
class Or:
    """At least one of them."""

    parts: tuple[Audience, ...]


@dataclass(frozen=True)
class Not:
    """Whoever is not among these."""

    part: Audience


Audience = Everyone | Is | And | Or | Not
EVERYONE: Final = Everyone()


def as_json(audience: Audience) -> dict[str, Any]:
    """The expression as it is kept."""
    match audience:
        case Everyone():
            return {"all": True}
        case Is(field, values):
            return {"is": field, "of": list(values)}
        case And(parts):
            return {"and": [as_json(part) for part in parts]}
        case Or(parts):
            return {"or": [as_json(part) for part in parts]}
        case Not(part):
            return {"not": as_json(part)}


def from_json(stored: Mapping[str, Any]) -> Audience:
    """Read what `as_json` wrote.

    Raises:
        InvalidAudience: it is something else.
    """
    match dict(stored):
        case {"all": True}:
            return EVERYONE
        case {"is": str(field), "of": list(values)} if field in (*OF_PEOPLE, *OF_APPLICATIONS, *WORKED_OUT):
            return Is(field, tuple(values))
        case {"and": list(parts)}:
            return And(tuple(from_json(part) for part in parts))
        case {"or": list(parts)}:
            return Or(tuple(from_json(part) for part in parts))
        case {"not": dict(part)}:
            return Not(from_json(part))
    raise InvalidAudience(f"no audience: {stored!r}")


def leaves(audience: Audience) -> list[Is]:
    """Every leaf of the expression."""
    match audience:
        case Is():
            return [audience]
        case And(parts) | Or(parts):
            return [leaf for part in parts for leaf in leaves(part)]
        case Not(part):
            return leaves(part)
        case Everyone():
            return []


def replaced(audience: Audience, by: Callable[[Is], Audience]) -> Audience:
    """The same expression with each leaf replaced."""
    match audience:
        case Is():
            return by(audience)
        case And(parts):
            return And(tuple(replaced(part, by) for part in parts))
        case Or(parts):
            return Or(tuple(replaced(part, by) for part in parts))
        case Not(part):
            return Not(replaced(part, by))
        case Everyone():
            return audience


def condition(audience: Audience, dialect: Dialect) -> ColumnElement[bool]:
    """The condition on a row of `people`.

    Raises:
        InvalidAudience: a leaf that has to be worked out before.
    """
    match audience:
        case Everyone():
            return true()
        case Is():
            return condition(And((audience,)), dialect)
        case And(parts):
            own = [part for part in parts if isinstance(part, Is) and part.field not in OF_PEOPLE]
            others = [_of_person(part, dialect) for part in parts if part not in own]
            return and_(true(), *others, *([_some_application(own, dialect)] if own else []))
        case Or(parts):
            return or_(false(), *(condition(part, dialect) for part in parts))
        case Not(part):
            return not_(condition(part, dialect))


def _of_person(audience: Audience, dialect: Dialect) -> ColumnElement[bool]:
    match audience:
        case Is("language", values):
            return PEOPLE.c.language.in_(values)
        case Is("people", values):
            return _among(PEOPLE.c.id, values, dialect)
        case Is("has_application", values):
            has = exists().where(APPLICATIONS.c.person_id == PEOPLE.c.id)
            return or_(false(), *(has if value == "yes" else not_(has) for value in values))
        case _:
            return condition(audience, dialect)


def _some_application(leaves_: Sequence[Is], dialect: Dialect) -> ColumnElement[bool]:
    return exists().where(
        APPLICATIONS.c.person_id == PEOPLE.c.id, *(_of_application(leaf, dialect) for leaf in leaves_)
    )


def _of_application(leaf: Is, dialect: Dialect) -> ColumnElement[bool]:
    kind = APPLICATIONS.c.mobility_type
    match leaf.field:
        case "type":
            return kind.in_(leaf.values)
        case "role":
            return or_(false(), *(kind.like(f"{value}\\_%", escape="\\") for value in leaf.values))
        case "direction":
            return or_(false(), *(kind.like(f"%\\_{value}\\_%", escape="\\") for value in leaf.values))
        case "reach":
            return or_(false(), *(kind.like(f"%\\_{value}", escape="\\") for value in leaf.values))
        case "programme" | "verdict":
            return APPLICATIONS.c[leaf.field].in_(leaf.values)
        case "application":
            return _among(APPLICATIONS.c.code, leaf.values, dialect)
        case "round" | "result":
            column = RESULTS.c.round_id if leaf.field == "round" else RESULTS.c.result
            return exists().where(RESULTS.c.application_id == APPLICATIONS.c.id, column.in_(leaf.values))
    raise InvalidAudience(f"{leaf.field} has to be worked out first")


def _among(column: ColumnElement[Any], values: Sequence[str | int], dialect: Dialect) -> ColumnElement[bool]:
    """Whether a column has one of many values; a statement takes far fewer parameters than people may be listed."""
    if dialect == "postgresql":
        return column == any_(bindparam(None, list(values), type_=ARRAY(column.type)))
    return column.in_(select(func.json_each(json.dumps(values)).table_valued("value").c.value))
