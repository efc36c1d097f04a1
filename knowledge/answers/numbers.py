"""Numbers and spans of time as people type them: `3,4`, `3.25/4`, `dua belas`, `1,5 bulan`, `one semester`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

from knowledge.answers.words import canonical, normal, numbered
from knowledge.vocabulary import SpanUnit

_TOKEN: Final = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[/%<>≤≥~±]|[.,](?=\d)|(?<![^\W\d_])[-−–](?=\d)")
_PLAIN: Final = re.compile(r"\d+(?:[.,]\d{1,2})?")
_DIGITS: Final = numbered(
    "nol kosong zero|satu one|dua two|tiga three|empat four|lima five|enam six|tujuh seven|delapan eight|sembilan nine"
)
_TENS: Final = {
    "seratus": 100,
    **numbered("sepuluh ten|sebelas eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen", 10),
    **{tens: 10 * at for tens, at in numbered("twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety", 2).items()},
}
_ORDINALS: Final = numbered(
    "pertama first|kedua second|ketiga third|keempat fourth|kelima fifth|keenam sixth|ketujuh seventh|"
    "kedelapan eighth|kesembilan ninth|kesepuluh tenth",
    start=1,
)
_HALF: Final = frozenset(("setengah", "half"))
_POINT: Final = frozenset(("koma", "point", "comma", "titik"))
_UNITS: Final[dict[SpanUnit, str]] = {
    "day": "hari day days d",
    "week": "minggu week weeks wk wks",
    "month": "bulan month months mo mos mth mths",
    "semester": "semester",
    "year": "tahun th year years yr yrs",
}
UNIT_OF: Final = {word: unit for unit, words in _UNITS.items() for word in words.split()}
ONE_UNIT: Final[dict[str, SpanUnit]] = {
    "sehari": "day",
    "seminggu": "week",
    "sepekan": "week",
    "sebulan": "month",
    "sesemester": "semester",
    "setahun": "year",
}
_JOINING: Final = frozenset(("dan", "and", "plus"))
_SUFFIXES: Final = frozenset(("st", "nd", "rd", "th", "ke"))
_MONTHS_IN_YEAR: Final = 12

Token = str | Fraction


def tokens_of(text: str) -> list[str]:
    """The numbers, words and telling signs of a text, in order; other punctuation is dropped."""
    return [canonical(token) for token in _TOKEN.findall(normal(text))]


def amount(token: str) -> Fraction | None:
    """A number of digits with at most two decimals, comma or point; `3.500` could be thousands and is none."""
    return Fraction(token.replace(",", ".")) if _PLAIN.fullmatch(token) else None


def with_numbers(tokens: Sequence[str]) -> list[Token]:
    """The tokens with numbers, in digits or in words, as fractions: `dua belas` is 12, `tiga koma lima` is 3.5."""
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        value = amount(tokens[at])
        if value is not None:
            found.append(value)
            at += 1
            continue
        in_words, after = _numeral(tokens, at)
        if in_words is None:
            found.append(tokens[at])
            at += 1
            continue
        decimals, after = _decimals(tokens, after)
        found.append(Fraction(f"{in_words}{decimals}"))
        at = after
    return found


def _numeral(tokens: Sequence[str], start: int) -> tuple[int | None, int]:
    """The number that begins at `start` in words, and where it ends; parts add up while they get smaller."""
    total, room, at = 0, 1000, start
    while at < len(tokens):
        value, width = _numeral_part(tokens, at)
        if value is None or value >= room:
            break
        total, at = total + value, at + width
        room = 100 if value >= 100 else 10 if value >= 20 else 0
    return (total, at) if at > start else (None, start)


def _numeral_part(tokens: Sequence[str], at: int) -> tuple[int | None, int]:
    word = tokens[at]
    if word not in _DIGITS:
        return _TENS.get(word, _ORDINALS.get(word)), 1
    digit = _DIGITS[word]
    following = tokens[at + 1] if at + 1 < len(tokens) else ""
    scaled = {"belas": 10 + digit, "puluh": 10 * digit, "ratus": 100 * digit, "hundred": 100 * digit}
    return (scaled[following], 2) if following in scaled else (digit, 1)


def _decimals(tokens: Sequence[str], at: int) -> tuple[str, int]:
    """The decimals spoken from `at` on (`koma dua lima` is `.25`), and where they end."""
    if at >= len(tokens) or tokens[at] not in _POINT:
        return "", at
    end = at + 1
    while end < len(tokens) and tokens[end] in _DIGITS:
        end += 1
    digits = "".join(str(_DIGITS[word]) for word in tokens[at + 1 : end])
    return (f".{digits}", end) if digits else ("", at)


def single_number(tokens: Sequence[Token], *, out_of: float | None = None, percent: bool = False) -> Fraction | None:
    """The one number that the tokens say, or None.

    `out_of` is the top of the scale, so that `3.25/4` is 3.25; with `percent` a part of a whole is
    allowed: `72/144` is 50.
    """
    said = [token for token in tokens if token not in _SUFFIXES]
    match said:
        case [Fraction() as value] | [Fraction() as value, "%"] if len(said) == 1 or percent:
            return value
        case ["-" | "−" | "–", Fraction() as value]:
            return -value
        case [Fraction() as value, "/" | "dari" | "of", Fraction() as whole] if whole:
            if percent:
                return value / whole * 100
            return value if whole == out_of else None
    return None


def days(tokens: Sequence[Token], days_per: Mapping[SpanUnit, int]) -> Fraction | None:
    """The span of time that the tokens say, in days, or None; a number alone counts days.

    Twelve months are a year, so that `12 bulan` and `1 tahun` are the same; half a year is six months.
    """
    spans = spans_of(tokens)
    if spans is None or not {unit for _, unit in spans} <= days_per.keys():
        return None
    years = Fraction(0)
    rest = Fraction(0)
    for count, unit in spans:
        if unit in ("year", "month"):
            years += count if unit == "year" else count / _MONTHS_IN_YEAR
        else:
            rest += count * days_per[unit]
    if not years:
        return rest
    whole_years = years // 1
    return rest + whole_years * days_per["year"] + (years - whole_years) * _MONTHS_IN_YEAR * days_per["month"]


def spans_of(tokens: Sequence[Token]) -> list[tuple[Fraction, SpanUnit]] | None:
    """The counted units, as in `1 bulan 2 minggu`, a number alone counting days; None where anything else is said."""
    spans: list[tuple[Fraction, SpanUnit]] = []
    count: Fraction | None = None
    for token in tokens:
        if isinstance(token, str) and token in ONE_UNIT:
            spans.append((Fraction(1), ONE_UNIT[token]))
        elif isinstance(token, str) and token in UNIT_OF and count is not None:
            spans.append((count, UNIT_OF[token]))
            count = None
        elif token not in _JOINING:
            count = _counted(count, token)
            if count is None:
                return None
    if count is None or spans:
        return spans if count is None and spans else None
    return [(count, "day")]


def _counted(count: Fraction | None, token: Token) -> Fraction | None:
    """The count after one more token: a number, `half` (added to what is there) or an article; None for another."""
    if token in _HALF:
        return (count or Fraction(0)) + Fraction(1, 2)
    if token in ("a", "an"):
        return count or Fraction(1)
    return token if isinstance(token, Fraction) and count is None else None
