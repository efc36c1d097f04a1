"""Fact values as a reader writes them: `3,4` or `3.4`, `12 Januari 2027`, `90 hari`, the label of an option."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from knowledge.text import Text
from knowledge.vocabulary import FactSpec, FactValue, Option

_MONTHS: Final = {
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
    "en": "January February March April May June July August September October November December",
}
_DAYS: Final = Text(id="{} hari", en="{} days")
_ONE_DAY: Final = Text(id="1 hari", en="1 day")
_DONT_KNOW: Final = Text(id="Tidak tahu", en="I don't know")


def spell(spec: FactSpec, value: FactValue | None, lang: str, options: Sequence[Option] = ()) -> str:
    """The value in words of `lang`; None is "I don't know". `options` stand in for those of the fact."""
    if value is None:
        return (spec.dont_know.label if spec.dont_know else _DONT_KNOW).get(lang)
    if spec.kind in ("choice", "bool"):
        labels = {option.value: option.label.get(lang) for option in (*spec.offered, *options)}
        return labels.get(value, str(value))
    if spec.kind == "date":
        return spell_date(date.fromisoformat(str(value)), lang)
    if spec.unit == "days":
        return (_ONE_DAY if value == 1 else _DAYS).get(lang).format(value)
    return spell_number(float(value), lang) + ("%" if spec.unit == "percent" else "")


def spell_date(day: date, lang: str) -> str:
    """`12 Januari 2027` or `12 January 2027`."""
    month = _MONTHS["id" if lang == "id" else "en"].split()[day.month - 1]
    return f"{day.day} {month} {day.year}"


def spell_number(value: float, lang: str) -> str:
    """A number with as many decimals as it needs, at most four, after a comma in Indonesian."""
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if lang == "id" else text
