"""Reads one typed answer by the kind of its fact: a choice, yes or no, a number, a span of time, a date."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Final

from knowledge.answers.choices import closest, matching, yes_or_no
from knowledge.answers.dates import read_date
from knowledge.answers.invalid import InvalidAnswer, Refusal
from knowledge.answers.numbers import days, single_number, tokens_of, with_numbers
from knowledge.answers.spelling import spell
from knowledge.answers.words import FILLERS, means_unknown, normal, spans_without, word_set, words_of
from knowledge.text import Text
from knowledge.vocabulary import FactSpec, FactValue, InvalidFact, Option

UNKNOWN: Final = None
"""The answer "I don't know": it is kept as such and never taken for a no."""

_LONGEST_ANSWER: Final = 200
_SCORE_WORDS: Final = FILLERS | word_set(
    "skor score nilai overall band poin points ya sudah dapat got sks persen percent credits"
)
_SPAN_WORDS: Final = FILLERS | word_set("selama lama sekitar kira for about around approximately total ya ~ ±")
_THOUSANDS: Final = {"id": re.compile(r"\d{1,3}\.\d{3}"), "en": re.compile(r"\d{1,3},\d{3}")}
_ROMAN: Final = re.compile(r"(?=[ivx])x{0,2}(?:ix|iv|v?i{0,3})")
_ROMAN_VALUES: Final = {"i": 1, "v": 5, "x": 10}
_SMALL_SCALE: Final = 10


@dataclass(frozen=True, slots=True)
class Reading:
    """A typed answer as it was read; `interpreted` if the person should be shown what was made of it."""

    spec: FactSpec
    value: FactValue | None
    interpreted: bool

    def echo(self, lang: str) -> str:
        """The value in words: `12 Januari 2027`, `90 hari`, `3,4`."""
        return spell(self.spec, self.value, lang)


@dataclass(frozen=True, slots=True)
class AnswerReader:
    """Reads one typed text as the answer to one fact; `today` is where relative dates count from."""

    spec: FactSpec
    text: str
    today: date
    lang: str
    options: tuple[Option, ...]

    def read(self) -> Reading:
        """The answer, or InvalidAnswer."""
        value = self._value()
        plain = {spell(self.spec, value, lang, self.options) for lang in ("id", "en")} | {str(value)}
        literal = (
            self.spec.kind == "bool" or value is UNKNOWN or normal(self.text) in {form.casefold() for form in plain}
        )
        return Reading(self.spec, value, interpreted=not literal)

    def _value(self) -> FactValue | None:
        if not self.text.strip():
            raise self._refused(Refusal.EMPTY)
        # ½ and ² become digits when characters are made uniform: 3½ would be read as 31 and 2.
        if len(self.text) > _LONGEST_ANSWER or any(unicodedata.category(character) == "No" for character in self.text):
            raise self._refused(Refusal.NOT_UNDERSTOOD)
        if self._is_unknown():
            return UNKNOWN
        match self.spec.kind:
            case "choice":
                return self._choice()
            case "bool":
                return self._bool()
            case "date":
                return self._date()
            case _:
                return self._number()

    def _is_unknown(self) -> bool:
        own = self.spec.dont_know
        phrases = (own.label.id, own.label.en, *own.synonyms) if own else ()
        return any(means_unknown(words, phrases) for words in (words_of(self.text), tuple(self._without_names())))

    def _choice(self) -> FactValue:
        found = matching(self.text, self.options)
        if len(found) > 1:
            raise self._refused(Refusal.AMBIGUOUS, options=found)
        if found:
            return found[0].value
        close = closest(self.text, self.options)
        raise self._refused(Refusal.NOT_UNDERSTOOD, suggestion=close.value if close else None)

    def _bool(self) -> bool:
        answer = yes_or_no(" ".join(self._without_names()) or self.text, self.options)
        if answer is None:
            raise self._refused(Refusal.NOT_UNDERSTOOD)
        return answer

    def _date(self) -> FactValue:
        found = read_date(" ".join(self._without_names()), self.today, year_needed=self.spec.year_needed)
        if not isinstance(found, date):
            raise self._refused(Refusal(found.value))
        return self._checked(found.isoformat())

    def _number(self) -> FactValue:
        found = self._counted(self._without_names())
        if found is None:
            raise self._refused(Refusal.NOT_UNDERSTOOD)
        if self.spec.kind == "whole" and found.denominator != 1:
            raise self._refused(Refusal.NOT_WHOLE)
        value = int(found) if found.denominator == 1 else float(found)
        for mistake in self.spec.implausible:
            if mistake.covers(value):
                raise self._refused(Refusal.IMPLAUSIBLE, note=mistake.text)
        return self._checked(value)

    def _counted(self, tokens: Sequence[str]) -> Fraction | None:
        """The number that the tokens say in the unit of the fact."""
        if self.spec.unit == "semester" and len(tokens) == 1 and _ROMAN.fullmatch(tokens[0]):
            return Fraction(_roman(tokens[0]))
        if self.spec.kind == "whole":
            apart = _THOUSANDS["id" if self.lang == "id" else "en"]
            tokens = [re.sub("[.,]", "", token) if apart.fullmatch(token) else token for token in tokens]
        if self.spec.days_per:
            return days(with_numbers([token for token in tokens if token not in _SPAN_WORDS]), self.spec.days_per)
        numbers = with_numbers([token for token in tokens if token not in _SCORE_WORDS])
        top = None if self.spec.range is None else self.spec.range[1]
        return single_number(numbers, out_of=top, percent=self.spec.unit == "percent")

    def _checked(self, value: FactValue) -> FactValue:
        try:
            return self.spec.check(value)
        except InvalidFact as problem:
            raise self._refused(Refusal.OUT_OF_RANGE, suggestion=self._with_a_comma(value)) from problem

    def _with_a_comma(self, value: FactValue) -> float | None:
        """The score that was meant where its comma was left out: 34 is 3.4, 325 is 3.25."""
        if self.spec.range is None or self.spec.range[1] > _SMALL_SCALE or not isinstance(value, int):
            return None
        top = self.spec.range[1]
        return next((value / tens for tens in (10, 100) if top / 2 <= value / tens <= top), None)

    def _without_names(self) -> list[str]:
        return spans_without(tokens_of(self.text), names_of(self.spec))

    def _refused(
        self,
        code: Refusal,
        *,
        options: Sequence[Option] | None = None,
        suggestion: FactValue | None = None,
        note: Text | None = None,
    ) -> InvalidAnswer:
        shown = self.options if options is None else options
        return InvalidAnswer(code, self.spec, self.text, options=shown, suggestion=suggestion, note=note)


def names_of(spec: FactSpec) -> tuple[tuple[str, ...], ...]:
    """The words by which people call the fact, in their usual forms."""
    return _in_usual_forms(spec.names)


@cache
def _in_usual_forms(names: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Every typed text is held against the names of every fact."""
    return tuple(tuple(tokens_of(name)) for name in names)


def _roman(numeral: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in numeral]
    return sum(
        -value if value < following else value for value, following in zip(values, [*values[1:], 0], strict=True)
    )
