"""Typed answers: what a person writes on a phone, in Indonesian or English, turned into the value of a fact.

Whatever is not understood with certainty is refused with a helpful message rather than guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from knowledge.answers.invalid import InvalidAnswer, Refusal
from knowledge.answers.numbers import tokens_of
from knowledge.answers.reader import UNKNOWN, AnswerReader, Reading, names_of
from knowledge.answers.spelling import spell
from knowledge.answers.words import FILLERS, find
from knowledge.vocabulary import FactSpec, FactValue, Option

__all__ = [
    "UNKNOWN",
    "InvalidAnswer",
    "Reading",
    "Refusal",
    "names",
    "parse_answer",
    "read_answer",
    "recognise",
    "spell",
]

_TELLING: Final = frozenset(Refusal) - {Refusal.EMPTY, Refusal.NOT_UNDERSTOOD, Refusal.AMBIGUOUS}


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
    return AnswerReader(spec, text, today, lang, spec.offered if options is None else tuple(options)).read()


def names(spec: FactSpec, text: str) -> bool:
    """Whether the text names the fact, whatever else it says."""
    said = tokens_of(text)
    return any(find(name, said) is not None for name in names_of(spec))


def recognise(
    specs: Mapping[str, FactSpec], text: str, *, today: date, lang: str = "id"
) -> tuple[str, FactValue | None] | None:
    """The fact and value of a text that names its fact first (`TOEFL 480`), or None where it does not.

    Questions and choices are left alone: `program double degree itu apa` is no answer.
    Raises InvalidAnswer if the fact is named and its value is plainly one that is not accepted (`IPK 34`).
    """
    if text.rstrip().endswith("?"):
        return None
    said = [token for token in tokens_of(text) if token not in FILLERS]
    named = [
        (len(name), spec)
        for spec in specs.values()
        if spec.kind != "choice"
        for name in names_of(spec)
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
