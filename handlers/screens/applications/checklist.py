"""The checklist of an application, page by page, and the card of one item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from bot.i18n import Translator
from bot.services.applications.checklist import ApplicationView, ChecklistItem, ItemStatus
from bot.services.markup import progress_bar
from handlers.applications.callbacks import (
    Checklist,
    Continue,
    ItemCard,
    MyApplications,
    Remove,
    Rename,
)
from handlers.deadlines.callbacks import Deadlines, Sheet
from handlers.screens.announcements.result_words import result_lines
from handlers.screens.items import when_line
from handlers.screens.paging import Block, Page, page_of, page_row, pages
from handlers.screens.screen import (
    MOST_CHARACTERS,
    Row,
    Screen,
    arranged,
    bold,
    button,
    cited,
    esc,
    italic,
    lines,
    paragraphs,
    screen,
)
from handlers.screens.titles import list_title, stage_title
from handlers.uploads.callbacks import WhichItem
from knowledge import Knowledge
from knowledge.loading.item_schema import ListName, Stage

ON_THE_WAY: Final[tuple[ListName, ...]] = ("conditions", "immigration")
"""The lists that stand between the documents before the journey and those after it."""
AFTERWARDS: Final[tuple[Stage, ...]] = ("arrival", "during", "return")
"""The stages from the arrival on."""
MOST_ITEMS: Final = 7
MOST_RESULTS: Final = 2
"""Results of selections that stand above a checklist; /status has all."""
STATUS_MARKS: Final = {
    ItemStatus.TODO: "⬜",
    ItemStatus.HAVE: "✅",
    ItemStatus.SUBMITTED: "📨",
    ItemStatus.ACCEPTED: "🟢",
    ItemStatus.RETURNED: "↩️",
    ItemStatus.WAIVED: "➖",
}
"""The mark of each status; `status_name` says it in words."""


def checklist_screen(
    t: Translator,
    knowledge: Knowledge,
    view: ApplicationView,
    *,
    page: int = 0,
    said: str = "",
    files: Mapping[str, int] | None = None,
    waiting: int = 0,
) -> Screen:
    """One page of the checklist. `said` (HTML) is what to tell first; `files` how many each item has, by its key;
    `waiting` how many wait for their item to be named."""
    items = ordered(view)
    shown = _page(t, items, page)
    text = paragraphs(
        said,
        lines(
            f"📋 {bold(view.name)}",
            about(t, knowledge, view),
            progress(t, view),
            *result_lines(t, view.results[:MOST_RESULTS]),
        ),
        _numbered(_blocks(t, items, files or {})[shown.blocks.start : shown.blocks.stop]) or _empty(t),
        _legend(t, shown, items),
    )
    cards = [
        button(str(number), ItemCard(code=view.code, key=items[at].key)) for number, at in enumerate(shown.blocks, 1)
    ]
    return screen(
        text,
        [
            *arranged(cards),
            page_row(t, shown, lambda at: Checklist(code=view.code, page=at)),
            waiting_row(t, waiting),
            *_ways_on(t, view),
        ],
    )


def waiting_row(t: Translator, waiting: int) -> Row:
    """The way to files that wait for their item to be named."""
    if not waiting:
        return []
    label = t.ngettext("📎 {n} file waits: for which document?", "📎 {n} files wait: for which document?", waiting)
    return [button(label, WhichItem(batch=0))]


def ordered(view: ApplicationView) -> list[ChecklistItem]:
    """The items as they are shown: in the order of a journey. Within a step they stay as the knowledge has them."""
    return sorted(view.items, key=_step)


def about(t: Translator, knowledge: Knowledge, view: ApplicationView) -> str:
    """Mobility type and programme in plain words, as far as the name does not say it."""
    known = (knowledge.types.get(view.mobility_type or ""), knowledge.programmes.get(view.programme or ""))
    names = [t.text(one.name) for one in known if one is not None]
    return esc(" · ".join(name for name in names if name != view.name))


def progress(t: Translator, view: ApplicationView) -> str:
    """`▰▰▰▱▱▱▱▱▱▱ 3/12`; nothing where there is nothing to count."""
    if not view.total:
        return ""
    done = " 🎉 " + t.gettext("All done") if view.done == view.total else ""
    return f"{progress_bar(view.done, view.total)} {view.done}/{view.total}{done}"


def status_name(t: Translator, status: ItemStatus) -> str:
    """The status in words."""
    _ = t.gettext
    return {
        ItemStatus.TODO: _("Not yet"),
        ItemStatus.HAVE: _("You have it"),
        ItemStatus.SUBMITTED: _("Submitted"),
        ItemStatus.ACCEPTED: _("Accepted by the staff"),
        ItemStatus.RETURNED: _("Returned by the staff: please look at it again"),
        ItemStatus.WAIVED: _("Not needed: the staff waived it"),
    }[status]


def _step(item: ChecklistItem) -> int:
    if item.item.list in ON_THE_WAY:
        return 1 + ON_THE_WAY.index(item.item.list)
    return 1 + len(ON_THE_WAY) if item.item.stage in AFTERWARDS else 0


def _blocks(t: Translator, items: Sequence[ChecklistItem], files: Mapping[str, int]) -> list[Block]:
    return [
        Block(
            f"{STATUS_MARKS[one.status]} {esc(one.item.text)} {cited(one.item.clauses)}{_files(files.get(one.key, 0))}",
            esc(stage_of(t, one) or list_title(t, one.item.list)),
            when_line(t, one.item),
        )
        for one in items
    ]


def _files(count: int) -> str:
    return f" 📎{count}" if count else ""


def _numbered(blocks: Sequence[Block]) -> str:
    """The items of a page with the numbers of their buttons, close together below what they share."""
    numbered = [replace(block, text=f"{number}. {block.text}") for number, block in enumerate(blocks, 1)]
    shared = groupby(numbered, key=lambda block: (block.heading, block.under))
    merged = [Block("\n".join(block.text for block in group), *above) for above, group in shared]
    return pages(merged, most=len(merged), room=MOST_CHARACTERS)[0] if merged else ""


def stage_of(t: Translator, item: ChecklistItem) -> str:
    """When an item is needed, and with what."""
    stage = stage_title(t, item.item.stage) if item.item.stage else ""
    return " · ".join(part for part in (stage, item.item.group) if part)


def _page(t: Translator, items: Sequence[ChecklistItem], number: int) -> Page:
    return page_of(_blocks(t, items, {}), number, most=MOST_ITEMS)


def page_with(t: Translator, view: ApplicationView, key: str) -> int:
    """The page on which an item stands."""
    items = ordered(view)
    at = next((at for at, item in enumerate(items) if item.key == key), 0)
    count = _page(t, items, 0).count
    return next(number for number in range(count) if number == count - 1 or at in _page(t, items, number).blocks)


def _empty(t: Translator) -> str:
    return t.gettext("There is nothing to tick here yet: the POB lists no papers for your answers so far.")


def _legend(t: Translator, shown: Page, items: Sequence[ChecklistItem]) -> str:
    _ = t.gettext
    if not items:
        return ""
    page = _("Page {page} of {pages}.", page=shown.number + 1, pages=shown.count) + " " if shown.count > 1 else ""
    return italic(page + _("Press a number to see what it is about, to tick it or to send its file."))


def _ways_on(t: Translator, view: ApplicationView) -> list[Row]:
    _ = t.gettext
    return [
        [button(_("📅 Deadlines"), Deadlines(code=view.code)), button(_("🖨 To print"), Sheet(code=view.code))],
        [button(_("🎯 Result and questions"), Continue(code=view.code))],
        [button(_("✏️ Rename"), Rename(code=view.code)), button(_("🗑 Remove"), Remove(code=view.code))],
        [button(_("📁 My applications"), MyApplications())],
    ]
