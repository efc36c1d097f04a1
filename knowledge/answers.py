"""Typed answers: what a person writes on a phone, in Indonesian or English, turned into the value of a fact.

Whatever is not understood with certainty is refused with a helpful message rather than guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from knowledge.invalid_answer import InvalidAnswer, Refusal
from knowledge.spelling import spell
from knowledge.text import Text
from knowledge.typed_choices import closest, matching, yes_or_no
from knowledge.typed_dates import read_date
from knowledge.typed_numbers import days, single_number, tokens_of, with_numbers
from knowledge.typed_words import FILLERS, means_unknown, normal, spans_without, word_set, words_of
from knowledge.vocabulary import FactSpec, FactValue, InvalidFact, Option

__all__ = ["UNKNOWN", "InvalidAnswer", "Reading", "Refusal", "parse_answer", "read_answer", "recognise", "spell"]

UNKNOWN: Final = None
"""The answer "I don't know": it is kept as such and never taken for a no."""

_LONGEST_ANSWER: Final = 200
_SCORE_WORDS: Final = FILLERS | word_set(
    "skor score nilai overall band poin points ya sudah dapat got sks persen percent credits"
)
_SPAN_WORDS: Final = FILLERS | word_set("selama lama sekitar kira for about around approximately total ya")
_THOUSANDS: Final = {"id": re.compile(r"\d{1,3}\.\d{3}"), "en": re.compile(r"\d{1,3},\d{3}")}
_ROMAN: Final = re.compile(r"(?=[ivx])x{0,2}(?:ix|iv|v?i{0,3})")
_ROMAN_VALUES: Final = {"i": 1, "v": 5, "x": 10}
_SMALL_SCALE: Final = 10
_TELLING: Final = frozenset(Refusal) - {Refusal.EMPTY, Refusal.NOT_UNDERSTOOD, Refusal.AMBIGUOUS}


@dataclass(frozen=True, slots=True)
class Reading:
    """A typed answer as it was read; `interpreted` if the person should be shown what was made of it."""

    spec: FactSpec
    value: FactValue | None
    interpreted: bool

    def echo(self, lang: str) -> str:
        """The value in words: `12 Januari 2027`, `90 hari`, `3,4`."""
        return spell(self.spec, self.value, lang)


def parse_answer(
    spec: FactSpec, text: str, *, today: date, lang: str = "id", options: Sequence[Option] | None = None
) -> FactValue | None:
    """The value that `text` gives the fact, UNKNOWN for "I don't know"; see `read_answer`."""
    return read_answer(spec, text, today=today, lang=lang, options=options).value


def read_answer(
    spec: FactSpec, text: str, *, today: date, lang: str = "id", options: Sequence[Option] | None = None
) -> Reading:
    """How `text` answers the question for `spec`, whichever of the two languages it is in.

    `today` is the day from which `besok` and dates without a year count; `lang` only tells how thousands are
    parted (`1.000` or `1,000`); `options` are the buttons on the screen, if they are not those of the fact.
    Raises InvalidAnswer, whose `message` says kindly what is accepted.
    """
    return _Reader(spec, text, today, lang, spec.offered if options is None else tuple(options)).read()


def recognise(
    specs: Mapping[str, FactSpec], text: str, *, today: date, lang: str = "id"
) -> tuple[str, FactValue | None] | None:
    """The fact and value of a text that names its fact first (`TOEFL 480`), or None where it does not.

    Raises InvalidAnswer if the fact is named and its value is plainly one that is not accepted (`IPK 34`).
    """
    said = [token for token in tokens_of(text) if token not in FILLERS]
    named = [
        (len(name), spec)
        for spec in specs.values()
        for name in _names(spec)
        if len(name) < len(said) and tuple(said[: len(name)]) == name
    ]
    if not named:
        return None
    spec = max(named, key=lambda found: found[0])[1]
    try:
        return spec.key, parse_answer(spec, text, today=today, lang=lang)
    except InvalidAnswer as refusal:
        if refusal.code in _TELLING:
            raise
        return None


@dataclass(frozen=True, slots=True)
class _Reader:
    spec: FactSpec
    text: str
    today: date
    lang: str
    options: tuple[Option, ...]

    def read(self) -> Reading:
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
        return spans_without(tokens_of(self.text), _names(self.spec))

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


def _names(spec: FactSpec) -> list[tuple[str, ...]]:
    return [tuple(tokens_of(name)) for name in spec.names]


def _roman(numeral: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in numeral]
    return sum(
        -value if value < following else value for value, following in zip(values, [*values[1:], 0], strict=True)
    )
