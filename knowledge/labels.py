"""The label short, medium or long (I.C.1; I10–I12): a description, no duty hangs on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from knowledge.conditions import Condition, IsOneOf, Lasts, Unless, all_of
from knowledge.lengths import Period

DurationCategory = Literal["short", "medium", "long"]
Labels = tuple[tuple[DurationCategory, Condition], ...]
"""The labels of a mobility type with what makes them true; the first that is true counts."""


def labels_of(mobility_type: str, period: Callable[[str], Period]) -> Labels:
    """The labels of a mobility type; *period* gives the period of a parameter.

    Staff have one for every length. Students have none between the medium term and a semester, beyond two semesters,
    and in a degree programme.
    """
    short, medium = period("short_term_limit"), period("medium_term_limit")
    if not mobility_type.startswith("student"):
        return (
            ("short", Lasts("duration", at_most=short)),
            ("medium", Lasts("duration", at_most=medium)),
            ("long", Lasts("duration", over=medium)),
        )
    no_degree = Unless(IsOneOf("leads_to_degree", frozenset((True,))))
    semesters = Lasts("duration", at_least=period("semester_length"), at_most=period("two_semesters_length"))
    return (
        ("short", all_of((no_degree, Lasts("duration", at_most=short)))),
        ("medium", all_of((no_degree, Lasts("duration", at_most=medium)))),
        ("long", all_of((no_degree, semesters))),
    )
