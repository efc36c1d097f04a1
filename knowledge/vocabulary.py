"""The vocabulary of facts: what may be known about an applicant, and which JSON values are accepted.

A profile holds plain JSON values under the keys of the vocabulary. A key that is absent is unknown.
Everything else is refused with one line that names the key, the value and what is accepted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from math import isfinite
from typing import Any, Final, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, model_validator

from knowledge.json_values import InvalidFact, either, shown, what
from knowledge.text import Text

__all__ = [
    "DontKnow",
    "FactSpec",
    "FactValue",
    "Implausible",
    "InvalidFact",
    "Option",
    "Wording",
    "check_profile",
]

FactValue: TypeAlias = bool | int | float | str
Kind = Literal["choice", "bool", "number", "whole", "date"]
SpanUnit = Literal["day", "week", "month", "semester", "year"]
Phase = Literal["core", "details", "never"]

FIRST_DATE: Final = date(2000, 1, 1)
LAST_DATE: Final = date(2100, 12, 31)
_ISO_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Option(_Model):
    """An answer that is offered as a button.

    `synonyms` are further words, in either language and in lower case, that mean the same when typed.
    """

    value: FactValue
    label: Text
    hint: Text | None = None
    synonyms: tuple[str, ...] = ()


class DontKnow(_Model):
    """What "I don't know" is called where another wording is truer ("I have not taken it")."""

    label: Text
    synonyms: tuple[str, ...] = ()


class Wording(_Model):
    """Another wording of the question, used while `when` (a raw condition) is true."""

    when: dict[str, Any]
    question: Text
    why: Text | None = None


class Implausible(_Model):
    """A range of typed numbers that almost surely means something else, and what to say about it."""

    at_least: float | None = None
    at_most: float | None = None
    text: Text

    def covers(self, value: float) -> bool:
        """Whether `value` lies in the range; a bound that is not given does not limit it."""
        above = self.at_least is None or value >= self.at_least
        return above and (self.at_most is None or value <= self.at_most)


YES: Final = Option(value=True, label=Text(id="Ya", en="Yes"))
NO: Final = Option(value=False, label=Text(id="Tidak", en="No"))


class FactSpec(_Model):
    """One fact: how it is asked for, why, and what it may be.

    `range` is inclusive. `days_per` turns spans of time that people type (day, week, month, semester, year) into days.
    `names` are the words by which people call the fact ("ipk", "gpa"), `odds` rough weights of the
    answers, `implausible` typed numbers that are questioned although a profile may hold them, `not_after` the dates
    that a date should not lie after.
    """

    key: str
    kind: Kind
    range: tuple[int | float, int | float] | None = None
    unit: str | None = None
    phase: Phase
    question: Text
    short: Text
    why: Text
    clauses: tuple[str, ...] = Field(min_length=1)
    example: Text | None = None
    options: tuple[Option, ...] = ()
    asks_about: tuple[Wording, ...] = ()
    odds: dict[bool | str, float] = Field(default_factory=dict)
    names: tuple[str, ...] = ()
    days_per: dict[SpanUnit, int] = Field(default_factory=dict)
    dont_know: DontKnow | None = None
    year_needed: bool = False
    implausible: tuple[Implausible, ...] = ()
    not_after: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _is_consistent(self) -> FactSpec:
        numeric = self.kind in ("number", "whole")
        if numeric != (self.range is not None):
            raise ValueError(f"a fact of kind {self.kind} {'needs a' if numeric else 'has no'} range")
        if self.range is not None and self.range[0] >= self.range[1]:
            raise ValueError("the range must begin below its end")
        if self.not_after and self.kind != "date":
            raise ValueError(f"a fact of kind {self.kind} lies after no date; take 'not_after' away")
        values = [option.value for option in self.options]
        if len(set(map(repr, values))) != len(values):
            raise ValueError("two options have the same value")
        for value in values:
            self.check(value)
        strangers = [value for value in self.odds if value not in self.values]
        # A choice without options gets them later: the programmes are those of the packs.
        if strangers and (self.values or self.kind != "choice"):
            raise ValueError(f"odds name {strangers[0]!r}, which is not an answer")
        return self

    @property
    def offered(self) -> tuple[Option, ...]:
        """The answers to show as buttons: the fact's own options, else yes and no for a bool."""
        return self.options or ((YES, NO) if self.kind == "bool" else ())

    @property
    def values(self) -> tuple[FactValue, ...]:
        """Every value of a choice or bool; empty for other kinds, which have too many."""
        return tuple(option.value for option in self.offered) if self.kind in ("choice", "bool") else ()

    @property
    def accepted(self) -> str:
        """What a profile may hold, in plain English, as the error lines say it."""
        if self.range is not None:
            noun = "a whole number" if self.kind == "whole" else "a number"
            return f"{noun} from {self.range[0]:g} to {self.range[1]:g}"
        if self.kind == "date":
            return f"a date from {FIRST_DATE} to {LAST_DATE}, written YYYY-MM-DD,"
        if self.kind == "bool":
            return "true or false"
        return either(str(value) for value in self.values)

    def check(self, value: object) -> FactValue:
        """The value as a profile holds it, or InvalidFact.

        JSON does not tell 3 from 3.0, so a whole number may be written 3.0; it is kept as 3.
        """
        problem = _problem(self, value)
        if problem is not None or not isinstance(value, (bool, int, float, str)):
            hint = " (leave the key out if it is unknown)" if value is None else ""
            raise InvalidFact(self.key, f"{shown(value)} {problem}; {self.accepted} is accepted{hint}")
        return int(value) if self.kind == "whole" else value


def check_profile(specs: Mapping[str, FactSpec], profile: object) -> dict[str, FactValue]:
    """The facts of a profile, each checked; raises InvalidFact for the first that is not accepted."""
    if not isinstance(profile, Mapping):
        raise InvalidFact("profile", f"{shown(profile)} {what(profile)}; an object of facts is accepted")
    return {key: _spec(specs, key).check(value) for key, value in profile.items()}


def _spec(specs: Mapping[str, FactSpec], key: str) -> FactSpec:
    if key in specs:
        return specs[key]
    close = get_close_matches(key.lower(), specs, n=1)
    cure = f"did you mean {close[0]}?" if close else f"{either(specs)} is accepted"
    raise InvalidFact(key, f"unknown fact; {cure}")


def _problem(spec: FactSpec, value: object) -> str | None:
    """What is wrong with `value`, as the middle of the error line; None if it is accepted."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None if spec.kind == "bool" and isinstance(value, bool) else what(value)
    if isinstance(value, str):
        return _problem_of_text(spec, value)
    if spec.range is None:
        return what(value)
    if isinstance(value, float) and not isfinite(value):
        return "is not a finite number"
    if not spec.range[0] <= value <= spec.range[1]:
        return "is out of range"
    return "is not a whole number" if spec.kind == "whole" and value != int(value) else None


def _problem_of_text(spec: FactSpec, value: str) -> str | None:
    if spec.kind == "date":
        return _problem_of_date(value)
    if spec.kind != "choice":
        return what(value)
    if value in spec.values:
        return None
    close = get_close_matches(value.lower(), [str(known) for known in spec.values], n=1)
    return f"is not a known value (did you mean {close[0]}?)" if close else "is not a known value"


def _problem_of_date(value: str) -> str | None:
    if not _ISO_DATE.fullmatch(value):
        return "is not written as a date"
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return "is not a day of the calendar"
    return None if FIRST_DATE <= day <= LAST_DATE else "is out of range"
