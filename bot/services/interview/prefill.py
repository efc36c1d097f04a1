"""Deep links: what `https://t.me/<bot>?start=<payload>` asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from bot.services.visit import Json
from knowledge import Knowledge
from knowledge.interview import Goal

StartKind = Literal["home", "check", "application", "unknown"]

APPLICATION: Final = "app"
GOALS: Final = {
    "check": Goal.ALL,
    "visa": Goal.IMMIGRATION,
    "documents": Goal.DOCUMENTS,
    "deadlines": Goal.DEADLINES,
}


Fitting = Mapping[str, frozenset[Json]]
"""Of facts that are left open, the values that fit: an earlier answer that is none of them is asked again."""


@dataclass(frozen=True)
class Start:
    """What a link asks for: the greeting, or a check towards a goal with some facts known already."""

    kind: StartKind
    goal: Goal = Goal.ALL
    facts: dict[str, Json] = field(default_factory=dict)
    fitting: Fitting = field(default_factory=dict)
    code: str = ""
    """Of the application that a link leads back to."""


def application_link(bot: str, code: str) -> str:
    """The address that opens an application, for its owner; `bot` is the bot's user name."""
    return f"https://t.me/{bot}?start={APPLICATION}_{code}" if bot else ""


def from_start(payload: str, knowledge: Knowledge) -> Start:
    """Read the payload of a link. One that we do not know (an old poster) is "unknown": greet and say so."""
    payload = payload.strip()
    if not payload:
        return Start("home")
    if payload in GOALS:
        return Start("check", GOALS[payload])
    kind, _, key = payload.partition("_")
    if kind == "type" and key in knowledge.types:
        return Start("check", facts=facts_of_type(key), fitting=fitting([key], knowledge))
    if kind == "prog" and key in knowledge.programmes:
        types = knowledge.programmes[key].types
        return Start("check", facts=facts_of_programme(key, knowledge), fitting=fitting(types, knowledge))
    if kind == APPLICATION and key:
        return Start("application", code=key)
    return Start("unknown")


def facts_of_type(mobility_type: str) -> dict[str, Json]:
    """What follows from a mobility type. "staff" covers four roles, so the role of staff is still asked."""
    who, direction, reach = mobility_type.split("_")
    elsewhere = "abroad" if reach == "international" else "indonesia"
    home, host = ("unnes", elsewhere) if direction == "outbound" else (elsewhere, "unnes")
    return ({"role": "student"} if who == "student" else {}) | {"home": home, "host": host}


def facts_of_programme(key: str, knowledge: Knowledge) -> dict[str, Json]:
    """The programme, and what all mobility types in which it exists have in common."""
    of_types = [facts_of_type(mobility_type) for mobility_type in knowledge.programmes[key].types]
    common = {
        fact: value
        for fact, value in (of_types[0] if of_types else {}).items()
        if all(facts.get(fact) == value for facts in of_types)
    }
    return common | {"programme": key}


def fitting(mobility_types: Iterable[str], knowledge: Knowledge) -> Fitting:
    """The values that a person of one of these types may have: who they are, where they come from and go to."""
    found: dict[str, set[Json]] = {}
    for mobility_type in mobility_types:
        facts = facts_of_type(mobility_type)
        roles = {"student"} if "role" in facts else staff_roles(knowledge)
        for fact, values in (("role", roles), ("home", {facts["home"]}), ("host", {facts["host"]})):
            found.setdefault(fact, set()).update(values)
    return {fact: frozenset(values) for fact, values in found.items()}


def staff_roles(knowledge: Knowledge) -> frozenset[Json]:
    """The roles of everybody who is no student."""
    return frozenset(knowledge.facts["role"].values) - {"student"}
