"""The lists of a result, page by page, and the clauses behind a page."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from aiogram.types import InlineKeyboardButton

from bot.i18n import Translator
from bot.services.interview.steps import Step
from handlers.callbacks import Change, FollowUp, Result, Section, Sources
from handlers.screens.items import item_text, when_line
from handlers.screens.paging import Block, Page, page_count, page_of, page_row
from handlers.screens.screen import Row, Screen, bold, button, cited, esc, italic, paragraphs, screen
from handlers.screens.titles import ICONS, list_title, stage_title
from knowledge import AssessedItem, Assessment, Knowledge
from knowledge.loading.item_schema import ListName

MOST_ITEMS = 7
ROOM = 1250
"""Characters of the items on a page; title, advice and the rest come on top."""
DATED: tuple[ListName, ...] = ("fees", "immigration")
"""Lists whose facts age: they carry the year and the advice to confirm them."""


def section_screen(
    t: Translator,
    knowledge: Knowledge,
    assessment: Assessment,
    name: ListName,
    *,
    number: int = 0,
    said: str = "",
    ways_on: Sequence[Row] | None = None,
) -> Screen:
    """One page of a list. `said` (HTML) comes first; `ways_on` are the last rows, else the way back to the result."""
    items = assessment[name]
    page = _page(t, knowledge, items, number)
    shown = [items[at] for at in page.blocks]
    title = f"{ICONS[name]} {bold(list_title(t, name))}{page_count(t, page)}"
    body = page.text or _nothing(t, assessment)
    text = paragraphs(title, said, _explained(t, name, shown), body, _advice(t, knowledge, name, shown))
    rows: list[Row] = [
        page_row(t, page, lambda at: Section(name=name, page=at)),
        *_ask_dates(t, knowledge, shown),
        *_portals(knowledge, shown),
        [button(t.gettext("📖 Sources"), Sources(name=name, page=page.number))] if shown else [],
        *([[button(t.gettext("‹ Result"), Result())]] if ways_on is None else ways_on),
    ]
    return screen(text, rows)


def follow_up(t: Translator, step: Step) -> list[Row]:
    """The way to the follow-up questions, where there are any."""
    if step.phase != "details":
        return []
    label = t.ngettext("📝 {n} follow-up question", "📝 {n} follow-up questions", step.remaining)
    return [[button(label, FollowUp(), style="primary")]]


def sources_screen(
    t: Translator,
    knowledge: Knowledge,
    assessment: Assessment,
    name: ListName,
    *,
    number: int = 0,
    at: int = 0,
    result: bool = True,
) -> Screen:
    """The clauses behind one page of a list, in one sentence each, under the name of their document. Criteria and
    deadlines are shown in pages of other sizes too, so for them it is all clauses of the list. `result`: the way back
    leads to the result too."""
    items = assessment[name]
    if name not in ("criteria", "deadlines"):
        items = tuple(items[index] for index in _page(t, knowledge, items, number).blocks)
    clauses = dict.fromkeys(clause for item in items for clause in item.clauses)
    page = page_of([_source(t, knowledge, clause) for clause in clauses], at)
    title = t.gettext("📖 Sources: {list}", list=bold(list_title(t, name)))
    text = paragraphs(
        f"{title}{page_count(t, page)}",
        page.text,
        italic(t.gettext("In our words; the wording of the document counts.")),
    )
    rows = [
        page_row(t, page, lambda other: Sources(name=name, page=number, at=other)),
        [button(t.gettext("‹ {list}", list=list_title(t, name)), Section(name=name, page=number))],
        [button(t.gettext("‹ Result"), Result())] if result else [],
    ]
    return screen(text, rows)


def _nothing(t: Translator, assessment: Assessment) -> str:
    if assessment.mobility_type is None:
        return t.gettext("Nothing in this list for you at the moment.")
    return t.gettext("The POB names nothing of this kind for your case.")


def _page(t: Translator, knowledge: Knowledge, items: Sequence[AssessedItem], number: int) -> Page:
    return page_of([_block(t, knowledge, item) for item in items], number, most=MOST_ITEMS, room=ROOM)


def _block(t: Translator, knowledge: Knowledge, item: AssessedItem) -> Block:
    """An item below its heading. Documents of one group often share their condition: it stands above them, once."""
    shared = item.list == "documents"
    text = item_text(t, knowledge, item, when=not shared)
    return Block(text, _heading(t, item), when_line(t, item) if shared else "")


def _heading(t: Translator, item: AssessedItem) -> str:
    stage = stage_title(t, item.stage) if item.stage else ""
    group = item.group or ""
    return esc(" · ".join(part for part in (stage, group) if part))


def _explained(t: Translator, name: ListName, shown: Sequence[AssessedItem]) -> str:
    """What the marks of this page mean, where they need it."""
    if name == "conditions":
        return italic(t.gettext("✅ done   ⬜ not yet   ❔ I do not know"))
    if name == "criteria":
        return ""
    if any(item.required is False for item in shown):
        return italic(t.gettext("• for you   ◦ only in the case named"))
    return ""


def _advice(t: Translator, knowledge: Knowledge, name: ListName, shown: Sequence[AssessedItem]) -> str:
    if name not in DATED:
        return ""
    packs = dict.fromkeys(knowledge.clause_packs[clause] for item in shown for clause in item.clauses)
    return "\n".join(f"⚠️ {italic(t.text(knowledge.packs[pack].advice))}" for pack in packs)


def _ask_dates(t: Translator, knowledge: Knowledge, shown: Sequence[AssessedItem]) -> list[Row]:
    """A button for each date from which a deadline of this page could be counted."""
    facts = dict.fromkeys(item.from_ for item in shown if item.from_ and item.date is None)
    return [
        [button(t.gettext("✏️ {fact}", fact=t.text(knowledge.facts[fact].short)), Change(fact=fact))] for fact in facts
    ]


def _portals(knowledge: Knowledge, shown: Sequence[AssessedItem]) -> list[Row]:
    cited_here = {clause for item in shown for clause in item.clauses}
    portals = [portal for portal in knowledge.portals.values() if cited_here & set(portal.clauses)]
    return [[InlineKeyboardButton(text=f"🔗 {urlsplit(portal.url).netloc}", url=portal.url)] for portal in portals]


def _source(t: Translator, knowledge: Knowledge, clause: str) -> Block:
    text = f"{cited([clause])}\n{esc(knowledge.clauses[clause].text(t.lang))}"
    return Block(text, esc(t.text(knowledge.document(clause).title)))
