"""Long lists, shown a page at a time."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """Where one is in a long list."""

    number: int
    """Of the page, from 0."""
    count: int
    """Of pages; one even where there is nothing."""
    entries: range
    """Which entries of the list are on the page."""


def place(total: int, number: int, *, each: int) -> Place:
    """A page of `each` entries. An old button may ask for a page that has gone: the nearest one is meant."""
    count = max(1, -(-total // each))
    number = max(0, min(number, count - 1))
    return Place(number, count, range(number * each, min(total, (number + 1) * each)))
