"""The checklist of an application, page by page, and the card of one item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from bot.i18n import Translator
from bot.services.checklist import SETTLED_BY_STAFF, ApplicationView, ChecklistItem, ItemStatus
from handlers.application_callbacks import (
    STATUS_LETTERS,
    Checklist,
    Continue,
    ItemCard,
    Mark,
    MyApplications,
    Remove,
    Rename,
    StatusLetter,
)
from handlers.deadline_callbacks import Deadlines, Sheet
from handlers.screens.items import when_line
from handlers.screens.screen import (
    MOST_CHARACTERS,
    Block,
    Page,
    Row,
    Screen,
    arranged,
    bold,
    button,
    cited,
    esc,
    italic,
    lines,
    page_of,
    pages,
    paragraphs,
    progress_bar,
    screen,
)
from handlers.screens.sections import page_row
from handlers.screens.titles import ICONS, list_title, stage_title
from knowledge import Knowledge
from knowledge.loading.item_schema import ListName, Stage

ON_THE_WAY: Final[tuple[ListName, ...]] = ("conditions", "immigration")
"""The lists that stand between the documents before the journey and those after it."""
AFTERWARDS: Final[tuple[Stage, ...]] = ("arrival", "during", "return")
"""The stages from the arrival on."""
MOST_ITEMS: Final = 7
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
    t: Translator, knowledge: Knowledge, view: ApplicationView, *, page: int = 0, said: str = ""
) -> Screen:
    """One page of the checklist. `said` (HTML) is what to tell first."""
    items = ordered(view)
    shown = _page(t, items, page)
    text = paragraphs(
        said,
        lines(f"📋 {bold(view.name)}", about(t, knowledge, view), progress(t, view)),
        _numbered(_blocks(t, items)[shown.blocks.start : shown.blocks.stop]) or _empty(t),
        _legend(t, shown, items),
    )
    cards = [
        button(str(number), ItemCard(code=view.code, key=items[at].key)) for number, at in enumerate(shown.blocks, 1)
    ]
    return screen(
        text, [*arranged(cards), page_row(t, shown, lambda at: Checklist(code=view.code, page=at)), *_ways_on(t, view)]
    )


def card_screen(t: Translator, knowledge: Knowledge, view: ApplicationView, item: ChecklistItem) -> Screen:
    """One item: what, when, how far, on which clause it rests."""
    _ = t.gettext
    heading = " · ".join(part for part in (list_title(t, item.item.list), _stage(t, item)) if part)
    text = paragraphs(
        progress(t, view),
        lines(
            f"{ICONS[item.item.list]} {esc(heading)}",
            bold(item.item.text),
            when_line(t, item.item),
            italic(item.item.note) if item.item.note else "",
        ),
        lines(f"{STATUS_MARKS[item.status]} {status_name(t, item.status)}", _why(t, item)),
        _sources(t, knowledge, item),
    )
    return screen(text, [*_status_rows(t, view, item), _card_ways(t, view, item)])


def settled_text(t: Translator) -> str:
    """An old button would undo what staff decided (at most 200 characters)."""
    return t.gettext("The staff has already settled this one.")


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


def _blocks(t: Translator, items: Sequence[ChecklistItem]) -> list[Block]:
    return [
        Block(
            f"{STATUS_MARKS[one.status]} {esc(one.item.text)} {cited(one.item.clauses)}",
            esc(_stage(t, one) or list_title(t, one.item.list)),
            when_line(t, one.item),
        )
        for one in items
    ]


def _numbered(blocks: Sequence[Block]) -> str:
    """The items of a page with the numbers of their buttons, close together below what they share."""
    numbered = [replace(block, text=f"{number}. {block.text}") for number, block in enumerate(blocks, 1)]
    shared = groupby(numbered, key=lambda block: (block.heading, block.under))
    merged = [Block("\n".join(block.text for block in group), *above) for above, group in shared]
    return pages(merged, most=len(merged), room=MOST_CHARACTERS)[0] if merged else ""


def _stage(t: Translator, item: ChecklistItem) -> str:
    stage = stage_title(t, item.item.stage) if item.item.stage else ""
    return " · ".join(part for part in (stage, item.item.group) if part)


def _page(t: Translator, items: Sequence[ChecklistItem], number: int) -> Page:
    return page_of(_blocks(t, items), number, most=MOST_ITEMS)


def _page_with(t: Translator, view: ApplicationView, key: str) -> int:
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
    return italic(page + _("Press a number to see what it is about or to tick it."))


def _ways_on(t: Translator, view: ApplicationView) -> list[Row]:
    _ = t.gettext
    return [
        [button(_("📅 Deadlines"), Deadlines(code=view.code)), button(_("🖨 To print"), Sheet(code=view.code))],
        [button(_("🎯 Result and questions"), Continue(code=view.code))],
        [button(_("✏️ Rename"), Rename(code=view.code)), button(_("🗑 Remove"), Remove(code=view.code))],
        [button(_("📁 My applications"), MyApplications())],
    ]


def _why(t: Translator, item: ChecklistItem) -> str:
    _ = t.gettext
    if item.from_answers:
        return _("By your answers this is in order.")
    if item.status is ItemStatus.TODO and item.item.status == "not_met":
        return _("By your answers this is not in order yet. You can still put it right.")
    return ""


def _sources(t: Translator, knowledge: Knowledge, item: ChecklistItem) -> str:
    """Each clause in one sentence, with the name of its document."""
    found = [(clause, knowledge.clauses[clause]) for clause in item.item.clauses]
    said = [
        f"{cited([clause])} {esc(stated.text(t.lang))}\n{italic(t.text(knowledge.document(clause).title))}"
        for clause, stated in found
    ]
    return "\n".join([t.gettext("<b>📖 Source</b>"), *said])


def _status_rows(t: Translator, view: ApplicationView, item: ChecklistItem) -> list[Row]:
    _ = t.gettext
    if item.status in SETTLED_BY_STAFF:
        return []
    labels: dict[StatusLetter, str] = {"h": _("✅ I have it"), "s": _("📨 Submitted"), "t": _("⬜ Not yet")}
    # All three stay where they are: a second tap in the same place must not say something else.
    return arranged(
        button(
            f"{label} ✓" if STATUS_LETTERS[letter] is item.status else label,
            Mark(code=view.code, key=item.key, status=letter),
        )
        for letter, label in labels.items()
    )


def _card_ways(t: Translator, view: ApplicationView, item: ChecklistItem) -> Row:
    items = ordered(view)
    at = next(at for at, one in enumerate(items) if one.key == item.key)
    back = button(t.gettext("‹ Checklist"), Checklist(code=view.code, page=_page_with(t, view, item.key)))
    if at + 1 == len(items):
        return [back]
    return [back, button(t.gettext("Next ›"), ItemCard(code=view.code, key=items[at + 1].key))]
