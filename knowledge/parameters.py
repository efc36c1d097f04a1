"""Amounts, limits and periods of the procedure: each stands once, with its clause and the day from which it holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from knowledge.lengths import LengthUnit, Period
from knowledge.text import Language

Unit = Literal["gpa", "ielts", "toefl", "semester", "sks", "percent", "days", "weeks", "months", "IDR", "USD", "count"]

_WORDS = {
    "id": {"days": ("hari", "hari"), "weeks": ("minggu", "minggu"), "months": ("bulan", "bulan")},
    "en": {"days": ("day", "days"), "weeks": ("week", "weeks"), "months": ("month", "months")},
}
_DECIMALS = {"gpa": 2, "ielts": 1}


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit, as it holds on one day."""

    number: float
    unit: Unit

    @property
    def period(self) -> Period | None:
        """The number as a period of time, or None where the unit is not one."""
        if self.unit in ("days", "weeks", "months"):
            return Period(int(self.number), LengthUnit(self.unit))
        return None

    def written(self, lang: Language) -> str:
        """The number with its unit as a reader of *lang* writes it: `3,25`, `Rp1.900.000`, `3 bulan`."""
        figure = f"{self.number:,.{_DECIMALS.get(self.unit, 0)}f}"
        if lang == "id":
            figure = figure.translate(str.maketrans(",.", ".,"))
        if self.unit in ("days", "weeks", "months"):
            one, many = _WORDS[lang][self.unit]
            return f"{figure} {one if self.number == 1 else many}"
        pattern = {"sks": "{} SKS", "percent": "{}%", "IDR": "Rp{}", "USD": "US$ {}"}.get(self.unit, "{}")
        return pattern.format(figure)
