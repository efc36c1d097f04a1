"""Measured figures beside their targets, and how they are printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class Figure:
    """One line of a table. `limit` is the target: at least (`floor`) or at most so much; None: only to look at."""

    what: str
    value: float
    unit: str
    limit: float | None = None
    floor: bool = False

    @property
    def holds(self) -> bool | None:
        """Whether the target is met; None where there is none."""
        if self.limit is None:
            return None
        return self.value >= self.limit if self.floor else self.value <= self.limit

    def cells(self) -> tuple[str, str, str, str]:
        """What, measured, target, verdict."""
        target = "" if self.limit is None else f"{'≥' if self.floor else '≤'} {_written(self.limit)} {self.unit}"
        verdict = {None: "", True: "yes", False: "NO"}[self.holds]
        return self.what, f"{_written(self.value)} {self.unit}", target, verdict


def print_table(title: str, figures: Iterable[Figure]) -> None:
    """One table, aligned."""
    head = (title, "measured", "target", "met")
    rows = [head, *(figure.cells() for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    for number, row in enumerate(rows):
        what, measured, target, verdict = (cell.strip() for cell in row)
        print(f"{what:<{widths[0]}}  {measured:>{widths[1]}}  {target:>{widths[2]}}  {verdict}".rstrip())
        if number == 0:
            print("-" * (sum(widths) + 6))
    print(flush=True)


def middle(values: Sequence[float]) -> float:
    """The median; 0 of nothing."""
    return median(values) if values else 0.0


def percentile(values: Sequence[float], percent: int) -> float:
    """The value below which so many per cent lie; 0 of nothing."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)] if ordered else 0.0


def _written(value: float) -> str:
    if abs(value) >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.2f}"
