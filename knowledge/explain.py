"""What changed between two assessments, item by item, for the person who changed an answer."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.items import AssessedItem, Assessment, Verdict
from knowledge.loading.item_schema import ListName


@dataclass(frozen=True)
class Changes:
    """The difference between two assessments of the same person."""

    mobility_type: tuple[str | None, str | None] | None
    """Before and after, where it changed."""
    verdict: tuple[Verdict, Verdict] | None
    appeared: tuple[AssessedItem, ...]
    went: tuple[AssessedItem, ...]
    altered: tuple[tuple[AssessedItem, AssessedItem], ...]
    """Items whose status, duty, date or amount changed, before and after."""

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return bool(self.mobility_type or self.verdict or self.appeared or self.went or self.altered)


def changes(before: Assessment, after: Assessment) -> Changes:
    """What is different in *after*."""
    old, new = _by_key(before), _by_key(after)
    return Changes(
        mobility_type=(before.mobility_type, after.mobility_type)
        if before.mobility_type != after.mobility_type
        else None,
        verdict=(before.verdict, after.verdict) if before.verdict != after.verdict else None,
        appeared=tuple(item for key, item in new.items() if key not in old),
        went=tuple(item for key, item in old.items() if key not in new),
        altered=tuple((old[key], item) for key, item in new.items() if key in old and _differ(old[key], item)),
    )


def _by_key(assessment: Assessment) -> dict[tuple[ListName, str], AssessedItem]:
    return {(item.list, item.id): item for item in assessment}


def _differ(before: AssessedItem, after: AssessedItem) -> bool:
    return any(
        getattr(before, name) != getattr(after, name)
        for name in ("status", "required", "date", "amount", "boundary", "borne_by")
    )
