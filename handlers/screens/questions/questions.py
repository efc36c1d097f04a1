"""Answers to free questions: the topic, its sources, what is near it, thumbs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.i18n import Translator
from bot.services.visit import Lang
from handlers.questions.callbacks import (
    AskHuman,
    Category,
    Clauses,
    Topic,
    Vote,
    type_letters,
)
from handlers.screens.paging import Block, page_count, page_of, page_row
from handlers.screens.screen import (
    Row,
    Screen,
    arranged,
    bold,
    button,
    cited,
    esc,
    italic,
    language,
    lines,
    paragraphs,
    screen,
)
from knowledge import Knowledge

if TYPE_CHECKING:
    from knowledge.search.answering.answer import Answer, TopicAnswer

MOST_RELATED: Final = 4
MOST_PERHAPS: Final = 2
"""What else may have been meant, where an answer is not quite sure."""
MOST_CLAUSES: Final = 6
"""Ids of clauses below an answer; all of them stand behind the button."""
DONE: Final = " ✓"
_STRONG: Final = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)


def rendered(text: str) -> str:
    """A text of a topic as HTML: what stands between two stars is bold."""
    return _STRONG.sub(r"<b>\1</b>", esc(text))


def topic_text(t: Translator, knowledge: Knowledge, part: TopicAnswer) -> str:
    """A topic's title, for whom it holds, its answer and where that stands."""
    for_whom = italic(t.gettext("For: {who}", who=types_label(t, part.types))) if part.types else ""
    return paragraphs(lines(bold(part.title), for_whom), rendered(part.text), source_lines(t, knowledge, part.clauses))


def source_lines(t: Translator, knowledge: Knowledge, clauses: Sequence[str]) -> str:
    """The clauses of an answer by document, the first of them by number."""
    by_document: dict[str, list[str]] = {}
    for clause in clauses:
        by_document.setdefault(t.text(knowledge.document(clause).short), []).append(clause)
    told = []
    for document, of_it in by_document.items():
        rest = f" +{len(of_it) - MOST_CLAUSES}" if len(of_it) > MOST_CLAUSES else ""
        told.append(f"📖 {italic(document)}: {cited(of_it[:MOST_CLAUSES])}{rest}")
    return lines(*told)


def answer_screen(t: Translator, knowledge: Knowledge, answer: Answer, *, token: str, personal: bool) -> Screen:
    """The answer to a question: one topic or two. `personal`: a check of the asker's own case is offered."""
    text = paragraphs(
        *(topic_text(t, knowledge, part) for part in answer.parts),
        t.gettext("🎯 For your own case: /check goes through it with you.") if personal else "",
    )
    each = MOST_RELATED // len(answer.parts)
    related = dict.fromkeys(one for part in answer.parts for one in part.related_titles[:each])
    shown = {part.topic for part in answer.parts}
    lang, perhaps = language(t), {one.topic: one.title for one in answer.suggestions[:MOST_PERHAPS]}
    near: list[Row] = [
        [button(f"❔ {title}", Topic(topic=topic, lang=lang, token=token))] for topic, title in perhaps.items()
    ]
    near += [
        [button(one.title, Topic(topic=one.topic, lang=lang))]
        for one in related
        if one.topic not in shown and one.topic not in perhaps
    ]
    first = answer.parts[0]
    variants = _variants(t, first, token) if len(answer.parts) == 1 else []
    sources = [_sources(t, part, token) for part in answer.parts]
    return screen(text, [*variants, *near, sources if len(sources) == 1 else [], thumbs(token, first.topic)])


def topic_screen(t: Translator, knowledge: Knowledge, part: TopicAnswer, *, token: str) -> Screen:
    """A topic that was picked by hand."""
    related: list[Row] = [
        [button(one.title, Topic(topic=one.topic, lang=language(t)))] for one in part.related_titles[:MOST_RELATED]
    ]
    more = button(t.gettext("🗂 More on this"), Category(group=part.group))
    rows = [*_variants(t, part, token), *related, [_sources(t, part, token), more], thumbs(token, part.topic)]
    return screen(topic_text(t, knowledge, part), rows)


def group_answer_screen(t: Translator, knowledge: Knowledge, answer: Answer, username: str) -> Screen:
    """The answer in a group: nothing of the asker's, and buttons that work for whoever presses them."""
    text = paragraphs(*(topic_text(t, knowledge, part) for part in answer.parts))
    related = dict.fromkeys(one for part in answer.parts for one in part.related_titles[: MOST_RELATED // 2])
    return screen(text, [[link(one.title, username, f"topic_{one.topic}")] for one in related])


def sources_of_topic_screen(
    t: Translator, knowledge: Knowledge, part: TopicAnswer, back: Topic, *, page: int
) -> Screen:
    """The clauses behind a topic, in one sentence each."""
    shown = page_of([_clause(t, knowledge, clause) for clause in part.clauses], page)
    text = paragraphs(
        t.gettext("📖 Sources: {list}", list=bold(part.title)) + page_count(t, shown),
        shown.text,
        italic(t.gettext("In our words; the wording of the document counts.")),
    )

    def at(number: int) -> Clauses:
        return Clauses(topic=back.topic, lang=back.lang, kind=back.kind, token=back.token, page=number)

    return screen(text, [page_row(t, shown, at), [button(t.gettext("‹ Answer"), back)]])


def go_on_line(t: Translator) -> str:
    """Between the answer to a question and the question that was open before."""
    return t.gettext("↩️ Back to where we were:")


def types_label(t: Translator, types: Sequence[str]) -> str:
    """Kinds of mobility in a few words, with an arrow for the way."""
    _ = t.gettext
    split = [one.split("_") for one in types]
    who = {parts[0] for parts in split}
    whom = {"student": _("students"), "staff": _("staff")}[who.pop()] if len(who) == 1 else _("everybody")
    return f"{whom}: {_way(t, {parts[1] for parts in split}, {parts[2] for parts in split})}"


def thumbs(token: str, topic: str) -> Row:
    """Was this helpful?"""
    return [button(sign, Vote(token=token, topic=topic, up=up)) for sign, up in (("👍", True), ("👎", False))]


def voted(t: Translator, keyboard: InlineKeyboardMarkup, vote: Vote) -> InlineKeyboardMarkup:
    """The same buttons with the thumb that counts marked, and below a thumb down the way to a person."""
    rows = [
        [_marked(one, vote) for one in row]
        for row in keyboard.inline_keyboard
        if not any(one.callback_data == AskHuman().pack() for one in row)
    ]
    if not vote.up:
        rows.append([button(t.gettext("🙋 Ask a person"), AskHuman())])
    return InlineKeyboardMarkup(inline_keyboard=rows)


def voted_text(t: Translator, *, up: bool) -> str:
    """Said for a moment (at most 200 characters)."""
    if up:
        return t.gettext("Thank you, glad that helped!")
    return t.gettext("Thank you for saying so. We will look at it. A person can help you: /human")


def link(label: str, username: str, payload: str) -> InlineKeyboardButton:
    """A button that opens the bot in private with something to show; it works for everybody and everywhere."""
    return InlineKeyboardButton(text=label, url=f"https://t.me/{username}?start={payload}")


def _variants(t: Translator, part: TopicAnswer, token: str) -> list[Row]:
    """The other cases of a topic: each of them, or where one is shown, the way back to all."""
    lang: Lang = language(t)
    if part.types:
        if not part.other_types:
            return []
        return [[button(t.gettext("👥 All cases"), Topic(topic=part.topic, lang=lang, token=token))]]
    return arranged(
        button(
            f"👤 {types_label(t, types)}",
            Topic(topic=part.topic, lang=lang, kind=type_letters(types[0]), token=token),
        )
        for types in part.other_types
    )


def _sources(t: Translator, part: TopicAnswer, token: str) -> InlineKeyboardButton:
    kind = type_letters(part.types[0]) if part.types else ""
    return button(t.gettext("📖 Sources"), Clauses(topic=part.topic, lang=language(t), kind=kind, token=token))


def _clause(t: Translator, knowledge: Knowledge, clause: str) -> Block:
    text = f"{cited([clause])}\n{esc(knowledge.clauses[clause].text(language(t)))}"
    return Block(text, esc(t.text(knowledge.document(clause).title)))


def _way(t: Translator, ways: set[str], reaches: set[str]) -> str:
    _ = t.gettext
    if len(ways) > 1:
        both = {"international": _("to or from abroad"), "national": _("within Indonesia")}
        return both[next(iter(reaches))] if len(reaches) == 1 else _("all")
    if len(reaches) > 1:
        return {"outbound": _("from UNNES"), "inbound": _("to UNNES")}[next(iter(ways))]
    return {
        ("outbound", "international"): _("UNNES → abroad"),
        ("outbound", "national"): _("UNNES → in Indonesia"),
        ("inbound", "international"): _("abroad → UNNES"),
        ("inbound", "national"): _("in Indonesia → UNNES"),
    }[next(iter(ways)), next(iter(reaches))]


def _marked(one: InlineKeyboardButton, vote: Vote) -> InlineKeyboardButton:
    if one.callback_data is None or not one.callback_data.startswith(f"{Vote.__prefix__}:"):
        return one
    plain = one.text.removesuffix(DONE)
    return one.model_copy(update={"text": plain + DONE if one.callback_data == vote.pack() else plain})
