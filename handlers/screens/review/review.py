"""The queue of a reviewer, and what can be chosen of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, get_args

from bot.i18n import Translator
from bot.services.markup import cut
from bot.services.review.cards import Claim, Queued
from bot.services.review.decisions import Undoable
from bot.services.review.filters import FilterKind, Filters
from bot.services.review.review import Queue
from handlers.review.callbacks import NextItem, OpenItem, Pipeline, ReviewFilter, ReviewQueue, UndoDecision
from handlers.screens.applications.checklist import STATUS_MARKS
from handlers.screens.paging import Block, page_of, page_row
from handlers.screens.screen import (
    Row,
    Screen,
    arranged,
    bold,
    button,
    choices,
    cited,
    esc,
    italic,
    lines,
    paragraphs,
    screen,
)
from handlers.screens.titles import ICONS, list_title, stage_title
from knowledge import Knowledge
from knowledge.loading.item_schema import ListName, Stage

SHOWN: Final = 6
"""Items on a page of the queue."""
MINUTE: Final = 60
"""Seconds."""
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR


def queue_screen(
    t: Translator,
    knowledge: Knowledge,
    queue: Queue,
    filters: Filters,
    *,
    now: datetime,
    undoable: Undoable | None = None,
    page: int = 0,
    said: str = "",
) -> Screen:
    """What waits, oldest first. `said` (HTML) is what to tell first."""
    _ = t.gettext
    shown = page_of([Block(_waiting(t, one, now)) for one in queue.items], page, most=SHOWN)
    numbered = [f"{number}. {_waiting(t, queue.items[at], now)}" for number, at in enumerate(shown.blocks, 1)]
    text = paragraphs(
        said,
        lines(_("🗂 <b>Review</b>"), filtered_line(t, knowledge, filters)),
        _count(t, queue, now) if queue.count else _empty(t, filters),
        _all_held(t) if queue.count and not any(one.is_free for one in queue.items) else "",
        *numbered,
    )
    cards = [button(str(number), OpenItem(item=queue.items[at].id)) for number, at in enumerate(shown.blocks, 1)]
    rows: list[Row] = [
        undo_row(t, undoable),
        [button(_("▶ Begin with the oldest"), NextItem(), style="primary")] if queue.count else [],
        *arranged(cards),
        page_row(t, shown, lambda at: ReviewQueue(page=at)),
        [button(_("✖ Show all"), ReviewFilter(by="*", value="*"))] if filters else [],
        [button(_("🔎 Filter"), ReviewFilter()), button(_("📊 Pipeline"), Pipeline())],
    ]
    return screen(text, rows)


def filters_screen(t: Translator, knowledge: Knowledge, filters: Filters) -> Screen:
    """What is chosen of the queue."""
    _ = t.gettext
    labels = {"t": _("Kind of mobility"), "p": _("Programme"), "s": _("Stage")}
    everything = _("all")
    chosen = {
        kind: "" if value is None else value_name(t, knowledge, kind, value) for kind, value in filters.chosen.items()
    }
    text = paragraphs(
        _("🔎 <b>What do you want to see?</b>"),
        "\n".join(f"{esc(labels[kind])}: {bold(name) if name else everything}" for kind, name in chosen.items()),
        italic(_("It stays like this until you change it.")),
    )
    rows: list[Row] = [
        *([button(label, ReviewFilter(by=kind))] for kind, label in labels.items()),  # type: ignore[arg-type]
        [button(_("✖ Show all"), ReviewFilter(by="*", value="*"))] if filters else [],
        [button(_("‹ Queue"), ReviewQueue())],
    ]
    return screen(text, rows)


def filter_screen(
    t: Translator, knowledge: Knowledge, kind: FilterKind, offered: Sequence[tuple[str, int]], chosen: str | None
) -> Screen:
    """What can be chosen of one kind, with how much of it waits."""
    _ = t.gettext
    titles = {"t": _("🔎 Which kind of mobility?"), "p": _("🔎 Which programme?"), "s": _("🔎 Which stage?")}
    in_full, labels = choices(
        [value_name(t, knowledge, kind, value) for value, _count in offered],
        [f" ({count})" + (" ✓" if value == chosen else "") for value, count in offered],
    )
    if not offered:
        in_full = _("Nothing waits at the moment, so there is nothing to choose from.")
    rows: list[Row] = [
        *(
            [button(label, ReviewFilter(by=kind, value=value))]
            for label, (value, _count) in zip(labels, offered, strict=True)
        ),
        [button(_("All"), ReviewFilter(by=kind, value="*"))] if chosen is not None else [],
        [button(_("‹ Filter"), ReviewFilter())],
    ]
    return screen(paragraphs(bold(titles[kind]), in_full), rows)


def value_name(t: Translator, knowledge: Knowledge, kind: FilterKind, value: str) -> str:
    """What can be chosen, in words; one that the knowledge does not have any more by its key."""
    if kind == "s":
        return stage_name(t, value)
    known = knowledge.types.get(value) if kind == "t" else knowledge.programmes.get(value)
    return t.text(known.name) if known else value


def stage_name(t: Translator, stage: str) -> str:
    """A stage of a document, or a list that has no stages."""
    if stage in _LISTS:
        return list_title(t, _LISTS[stage])
    return stage_title(t, _STAGES[stage]) if stage in _STAGES else stage


def undo_row(t: Translator, undoable: Undoable | None) -> Row:
    """Takes the last decision back, while that is possible."""
    if undoable is None:
        return []
    label = t.gettext("↶ Undo: {mark} {item}", mark=STATUS_MARKS[undoable.status], item=undoable.text)
    return [button(cut(label), UndoDecision(decision=undoable.decision_id))]


def age(t: Translator, since: datetime, now: datetime) -> str:
    """How long ago: `5 minutes`, `3 hours`, `12 days`."""
    seconds = max(0, int((now - since).total_seconds()))
    if seconds < MINUTE:
        return t.gettext("less than a minute")
    if seconds < HOUR:
        return t.ngettext("{n} minute", "{n} minutes", seconds // MINUTE)
    if seconds < 2 * DAY:
        return t.ngettext("{n} hour", "{n} hours", seconds // HOUR)
    return t.days(seconds // DAY)


def held_by(t: Translator, claim: Claim) -> str:
    """Who has an item before them (HTML)."""
    return bold(claim.name) if claim.name else t.gettext("a colleague")


def filtered_line(t: Translator, knowledge: Knowledge, filters: Filters) -> str:
    """What is chosen of the queue, where anything is left out (HTML)."""
    chosen = [value_name(t, knowledge, kind, value) for kind, value in filters.chosen.items() if value is not None]
    return t.gettext("🔎 Only: {what}", what=bold(" · ".join(chosen))) if chosen else ""


def _waiting(t: Translator, one: Queued, now: datetime) -> str:
    held = ""
    if one.claim is not None:
        held = t.gettext("🔒 yours") if one.claim.is_mine else f"🔒 {held_by(t, one.claim)}"
    about = " · ".join(part for part in (f"⏱ {age(t, one.since, now)}", esc(one.application), held) if part)
    return lines(f"{ICONS[one.line.list]} {bold(one.line.text)} {cited(one.line.clauses)}", about)


def _count(t: Translator, queue: Queue, now: datetime) -> str:
    oldest = age(t, queue.items[0].since, now)
    if queue.is_cut:
        return t.gettext("More than <b>{n} items</b> wait, the oldest for {age}.", n=t.number(queue.count), age=oldest)
    return t.ngettext(
        "<b>{n} item</b> waits, for {age}.", "<b>{n} items</b> wait, the oldest for {age}.", queue.count, age=oldest
    )


def _all_held(t: Translator) -> str:
    return t.gettext(
        "🔒 Colleagues are looking at everything here: try again in a few minutes, "
        "or open one by its number to take it over."
    )


def _empty(t: Translator, filters: Filters) -> str:
    if filters:
        return t.gettext("Nothing that fits waits. There may be more without the filter.")
    return t.gettext("🎉 <b>Nothing waits.</b> Everything that was handed in is looked at. Time for a cup of tea.")


_LISTS: Final[dict[str, ListName]] = {"conditions": "conditions", "immigration": "immigration"}
_STAGES: Final[dict[str, Stage]] = {stage: stage for stage in get_args(Stage)}
