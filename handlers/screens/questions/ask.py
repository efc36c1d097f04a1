"""How to ask, and the topics by category for whoever would rather look around."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from bot.i18n import Translator
from bot.services.paging import place
from handlers.callbacks import AskQuestion, Check, Home
from handlers.questions.callbacks import Browse, Category, Example, Topic
from handlers.screens.paging import page_count, page_row
from handlers.screens.screen import Row, Screen, arranged, button, choices, esc, language, lines, paragraphs, screen

if TYPE_CHECKING:
    from knowledge.search.answering.answer import TopicTitle
    from knowledge.search.answering.browsing import GroupTitle

ICONS: Final = {
    "general": "📘",
    "programmes": "🎓",
    "eligibility": "🎯",
    "documents": "📄",
    "immigration": "🛂",
    "deadlines": "📅",
    "money": "💰",
    "rights_duties": "⚖️",
    "procedure": "🧭",
    "grading": "📝",
    "reporting": "📮",
    "contacts": "🏢",
    "aln": "🌏",
}
"""A picture for each category, beside its name."""
ON_A_PAGE: Final = 8
"""Topics of a category that are shown at once."""


def examples(t: Translator) -> list[str]:
    """Questions to begin with."""
    _ = t.gettext
    return [
        _("How long must my passport be valid?"),
        _("What is the minimum GPA for an exchange abroad?"),
        _("What does the stay permit for one semester cost?"),
    ]


def ask_screen(t: Translator) -> Screen:
    """How to ask: in one's own words, from examples, by category."""
    _ = t.gettext
    in_full, labels = choices(examples(t))
    text = paragraphs(
        _("💬 <b>Just ask, in your own words</b>"),
        _(
            "Write as you would to a friend, in Indonesian or English. It helps to say who goes where: "
            "“visa for a foreign student at UNNES”. What is not in the rules I do not answer, and say so."
        ),
        lines(_("For example:"), in_full),
    )
    rows: list[Row] = [
        *([button(label, Example(number=number))] for number, label in enumerate(labels)),
        [button(_("🗂 Browse the topics"), Browse())],
        [button(_("🎯 Check my programme"), Check())],
        [button(_("‹ Start page"), Home())],
    ]
    return screen(text, rows)


def categories_screen(t: Translator, groups: Sequence[GroupTitle]) -> Screen:
    """The categories of topics."""
    _ = t.gettext
    text = paragraphs(_("🗂 <b>What is it about?</b>"), _("Choose a category, or just type your question."))
    buttons = arranged(
        button(f"{ICONS.get(each.group, '•')} {each.title} ({each.topics})", Category(group=each.group))
        for each in groups
    )
    return screen(text, [*buttons, [button(_("‹ How to ask"), AskQuestion())]])


def category_screen(t: Translator, group: GroupTitle, topics: Sequence[TopicTitle], number: int) -> Screen:
    """A page of the topics of a category."""
    _ = t.gettext
    page = place(len(topics), number, each=ON_A_PAGE)
    title = f"{ICONS.get(group.group, '•')} <b>{esc(group.title)}</b>{page_count(t, page)}"
    shown = [topics[at] for at in page.entries]
    rows: list[Row] = [
        *([button(each.title, Topic(topic=each.topic, lang=language(t)))] for each in shown),
        page_row(t, page, lambda at: Category(group=group.group, page=at)),
        [button(_("‹ All categories"), Browse())],
    ]
    return screen(paragraphs(title, _("Choose a topic:")), rows)
