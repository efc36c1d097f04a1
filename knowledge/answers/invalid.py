"""What is said to a person whose typed answer could not be taken: kindly, with what is accepted and an example."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from knowledge.answers.spelling import spell, spell_number
from knowledge.text import Text
from knowledge.vocabulary import FactSpec, FactValue, Option

_LONGEST_QUOTE: Final = 40
_MOST_LABELS: Final = 6


class Refusal(StrEnum):
    """Why an answer was not taken."""

    EMPTY = "empty"
    NOT_UNDERSTOOD = "not_understood"
    AMBIGUOUS = "ambiguous"
    OUT_OF_RANGE = "out_of_range"
    IMPLAUSIBLE = "implausible"
    NOT_WHOLE = "not_whole"
    NOT_A_DAY = "not_a_day"
    DAY_MISSING = "day_missing"
    YEAR_MISSING = "year_missing"


_PROBLEMS: Final = {
    Refusal.EMPTY: Text(id="Jawabannya masih kosong.", en="The answer is still empty."),
    Refusal.NOT_UNDERSTOOD: Text(
        id="Maaf, “{given}” belum saya pahami.", en="Sorry, I could not make sense of “{given}”."
    ),
    Refusal.AMBIGUOUS: Text(id="“{given}” bisa berarti beberapa hal.", en="“{given}” could mean several things."),
    Refusal.OUT_OF_RANGE: Text(
        id="“{given}” di luar nilai yang mungkin.", en="“{given}” is outside the possible values."
    ),
    Refusal.IMPLAUSIBLE: Text(id="{note}", en="{note}"),
    Refusal.NOT_WHOLE: Text(id="Di sini perlu bilangan bulat, tanpa koma.", en="A whole number is needed here."),
    Refusal.NOT_A_DAY: Text(
        id="Tanggal “{given}” tidak ada di kalender.", en="“{given}” is not a day of the calendar."
    ),
    Refusal.DAY_MISSING: Text(id="“{given}” belum tanggal yang lengkap.", en="“{given}” is not a full date yet."),
    Refusal.YEAR_MISSING: Text(id="Tahunnya belum ada.", en="The year is missing."),
}
_SUGGESTION: Final = Text(id="Maksud Anda {value}?", en="Did you mean {value}?")
_NUMBER: Final = Text(
    id="Tulis angka dari {low} sampai {high}, misalnya {example}.",
    en="Please write a number from {low} to {high}, for example {example}.",
)
_SPAN: Final = Text(
    id="Tulis lamanya, dari {low} sampai {high} hari, misalnya {example}.",
    en="Please write how long, from {low} to {high} days, for example {example}.",
)
_DATE: Final = Text(
    id="Tulis hari, bulan, dan tahun, misalnya {example}.",
    en="Please write the day, month and year, for example {example}.",
)
_CHOICES: Final = Text(id="Pilih salah satu: {labels}.", en="Please choose one: {labels}.")
_MANY_CHOICES: Final = Text(
    id="Tekan salah satu tombol, atau tulis namanya, misalnya “{example}”.",
    en="Please press one of the buttons or write its name, for example “{example}”.",
)
_DATE_EXAMPLE: Final = Text(id="12 Januari 2027", en="12 January 2027")


class InvalidAnswer(ValueError):
    """A typed answer that cannot be taken.

    `options` are the answers it was compared with, or those it may mean; `suggestion` is a value it may
    have been meant to be; `note` is said instead of the problem where the pack knows the mistake.
    """

    def __init__(
        self,
        code: Refusal,
        spec: FactSpec,
        given: str,
        *,
        options: Sequence[Option] = (),
        suggestion: FactValue | None = None,
        note: Text | None = None,
    ) -> None:
        super().__init__(f"{spec.key}: {code.value}")
        self.code = code
        self.spec = spec
        self.given = given
        self.options = tuple(options)
        self.suggestion = suggestion
        self.note = note

    def message(self, lang: str) -> str:
        """Two or three short sentences of plain text: what is wrong, perhaps what was meant, what is accepted."""
        note = self.note.get(lang) if self.note else ""
        sentences = [_PROBLEMS[self.code].get(lang).format(given=_quoted(self.given), note=note)]
        if self.suggestion is not None:
            meant = spell(self.spec, self.suggestion, lang, self.options)
            sentences.append(_SUGGESTION.get(lang).format(value=meant))
        if not self.note:
            sentences.append(self._accepted(lang))
        return " ".join(sentences)

    def _accepted(self, lang: str) -> str:
        spec = self.spec
        example = spec.example.get(lang) if spec.example else ""
        if spec.range is not None:
            low, high = (spell_number(bound, lang) for bound in spec.range)
            pattern = _SPAN if spec.days_per else _NUMBER
            return pattern.get(lang).format(low=low, high=high, example=example or high)
        if spec.kind == "date":
            return _DATE.get(lang).format(example=example or _DATE_EXAMPLE.get(lang))
        labels = [option.label.get(lang) for option in self.options or spec.offered]
        if len(labels) > _MOST_LABELS:
            return _MANY_CHOICES.get(lang).format(example=example or labels[0])
        return _CHOICES.get(lang).format(labels=" · ".join(labels))


def _quoted(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_QUOTE else f"{line[:_LONGEST_QUOTE]}…"
