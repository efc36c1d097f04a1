"""A rule applied to what the question itself says: "my GPA is 3.1", "my passport has nine months left"."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from knowledge.conditions import FactValue
from knowledge.loading.item_schema import ListName
from knowledge.loading.yaml_reader import read_yaml
from knowledge.profile import Profile
from knowledge.rules import Rule, Rules
from knowledge.search.folders import DATA
from knowledge.text import Language, Text

_LISTS: Final[tuple[ListName, ...]] = ("criteria", "conditions")
_PASSPORT: Final = "passport_expiry"
_START: Final = date(2000, 1, 1)
"""Any day will do: how long a passport is still valid does not depend on which day it is."""
_GPA_WORDS: Final = frozenset(("ipk", "gpa", "cgpa", "ip", "cumulative", "kumulatif"))
_MONTHS: Final = {"bulan": 1, "month": 1, "months": 1, "tahun": 12, "year": 12, "years": 12}
_NUMBERS: Final = {
    word: number
    for words in (
        ["satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas"],
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"],
    )
    for number, word in enumerate(words, start=1)
}


@dataclass(frozen=True, slots=True)
class Said:
    """A figure of a question: the fact it gives, and how it was typed."""

    fact: str
    facts: Mapping[str, FactValue]
    typed: str


def said(words: Sequence[str]) -> Said | None:
    """The figure in *words* (slang resolved) that a rule may be applied to, if there is one."""
    has = frozenset(words)
    for place, word in enumerate(words):
        number = _number(word)
        behind = words[place + 1] if place + 1 < len(words) else ""
        before = words[place - 1] if place else ""
        if number is None:
            continue
        if behind in _MONTHS and any(known.startswith(("paspor", "passport")) for known in has):
            return _passport(int(number * _MONTHS[behind]), f"{word} {behind}")
        if not has.isdisjoint(_GPA_WORDS) and number <= 4:
            return Said("gpa", {"gpa": number}, word)
        if "toefl" in has and number >= 200:
            # Whoever names one test has no other to show.
            return Said("toefl_itp", {"toefl_itp": int(number), "ielts": 0}, word)
        if "ielts" in has and number <= 9:
            return Said("ielts", {"ielts": number, "toefl_itp": 0}, word)
        if "semester" in (before, behind) and number == int(number) and before not in _NUMBERS:
            return Said("semester", {"semester": int(number)}, word)
    return None


def applied(rules: Rules, what: Said, clauses: Collection[str], types: Iterable[str], lang: Language) -> str | None:
    """What the rules that rest on *clauses* say to the figure; None where none does, or types differ in it."""
    profile = Profile(rules.knowledge, what.facts)
    truths = {
        truth
        for key in types
        for rule in _touched(rules, key, clauses, what.fact)
        if rule.met is not None and (truth := rule.met.truth(profile)) is not None
    }
    if len(truths) != 1:
        return None
    name = ("passport_" if what.fact == _PASSPORT else "") + ("met" if truths.pop() else "not_met")
    label = rules.knowledge.facts[what.fact].short.get(lang)
    return _texts()[name].get(lang).format(what=label, value=what.typed)


def _touched(rules: Rules, mobility_type: str, clauses: Collection[str], fact: str) -> Iterator[Rule]:
    for name in _LISTS:
        for rule in rules.of_type(mobility_type).lists[name]:
            reads = rule.met is not None and rule.programmes is None and fact in rule.met.keys
            if reads and not set(rule.item.clauses).isdisjoint(clauses):
                yield rule


def _passport(months: int, typed: str) -> Said:
    year, month = divmod(_START.month - 1 + months, 12)
    expiry = date(_START.year + year, month + 1, 1)
    start = _START.isoformat()
    facts: dict[str, FactValue] = {_PASSPORT: expiry.isoformat(), "registration_date": start, "arrival_date": start}
    return Said(_PASSPORT, facts, typed)


def _number(word: str) -> float | None:
    if word in _NUMBERS:
        return _NUMBERS[word]
    try:
        return float(word.replace(",", "."))
    except ValueError:
        return None


@cache
def _texts() -> dict[str, Text]:
    return {name: Text.model_validate(text) for name, text in read_yaml(DATA / "applied.yaml").items()}
