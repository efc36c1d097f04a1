"""What changed in a checklist since its owner last heard of it: by other answers, or by new knowledge.

With every application a small picture of its checklist is kept: type, verdict, and of each item its duty and its words
in the language in which it was seen. What differs from it is news; it is told once, and then the picture is new.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from bot.services.applications.checklist import LISTS, ApplicationView, ChecklistItem, ItemStatus, key_of
from bot.services.visit import Lang
from knowledge import Knowledge
from knowledge.explain import Changes
from knowledge.items import AssessedItem
from knowledge.loading.item_schema import ListName

Told = dict[str, Any]
"""The picture: `lang`, `type`, `verdict`, `items` (key to duty and words)."""
NAMES: Final = frozenset(LISTS.values())


@dataclass(frozen=True)
class Gone:
    """An item that is no longer on the checklist."""

    list: ListName
    text: str
    """As it was last seen, perhaps in the other language."""
    is_kept: bool
    """Whether it has a tick or files, which come back if it does."""


@dataclass(frozen=True)
class Altered:
    """An item that is still there and asks for something else."""

    item: ChecklistItem
    now_required: bool | None
    """Whether it is now asked for, or now only in the case named; None where that is as before."""
    before: str | None
    """The words it had, where they are others now."""


@dataclass(frozen=True)
class ChecklistNews:
    """The difference between the checklist that was seen and the one there is."""

    mobility_type: tuple[str | None, str | None] | None
    """Before and after, where it changed."""
    verdict: tuple[str, str] | None
    appeared: tuple[ChecklistItem, ...]
    went: tuple[Gone, ...]
    altered: tuple[Altered, ...]

    def __bool__(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.mobility_type or self.verdict or self.appeared or self.went or self.altered)


def picture(view: ApplicationView, lang: Lang) -> Told:
    """The checklist as it is now, in a form that can be kept."""
    return {
        "lang": lang,
        "type": view.mobility_type,
        "verdict": view.verdict,
        "items": {one.key: _seen(one.item) for one in view.items},
    }


def news_of(view: ApplicationView, lang: Lang) -> ChecklistNews | None:
    """What is new in a checklist; None if it is as it was seen, or was never seen."""
    told = view.told
    if told is None:
        return None
    seen: dict[str, list[Any]] = told["items"]
    same_words = told["lang"] == lang
    found = ChecklistNews(
        mobility_type=(told["type"], view.mobility_type) if told["type"] != view.mobility_type else None,
        verdict=(told["verdict"], view.verdict) if told["verdict"] != view.verdict else None,
        appeared=tuple(one for one in view.items if one.key not in seen),
        went=tuple(
            Gone(LISTS[key[0]], words, key in view.kept) for key, (_, words) in seen.items() if view.item(key) is None
        ),
        altered=tuple(
            altered
            for one in view.items
            if one.key in seen and (altered := _altered(one, seen[one.key], same_words=same_words)) is not None
        ),
    )
    return found or None


def retold(told: Told | None, changes: Changes, lang: Lang) -> Told | None:
    """The picture after these changes were told elsewhere, such as above the result."""
    if told is None or told["lang"] != lang:
        return told
    items = dict(told["items"])
    for item in (*changes.appeared, *(after for _, after in changes.altered)):
        if item.list in NAMES:
            items[key_of(item.list, item.id)] = _seen(item)
    for item in changes.went:
        if item.list in NAMES:
            items.pop(key_of(item.list, item.id), None)
    kind = changes.mobility_type[1] if changes.mobility_type else told["type"]
    verdict = changes.verdict[1] if changes.verdict else told["verdict"]
    return {"lang": lang, "type": kind, "verdict": verdict, "items": items}


def release_of(knowledge: Knowledge) -> int:
    """A number that is another one when what the packs ask of people is."""
    from zlib import crc32

    parts = (knowledge.types, knowledge.common, knowledge.parameters, knowledge.programmes)
    number = 0
    for models in parts:
        for model in models.values():
            number = crc32(model.model_dump_json().encode(), number)
    return number


def _altered(one: ChecklistItem, seen: list[Any], *, same_words: bool) -> Altered | None:
    required, words = seen
    # What is accepted or waived is not asked for again, whatever its duty is now.
    duty = one.item.required if one.item.required != required and one.status is not ItemStatus.WAIVED else None
    before = words if same_words and words != one.item.text else None
    return None if duty is None and before is None else Altered(one, duty, before)


def _seen(item: AssessedItem) -> list[Any]:
    return [item.required, item.text]
