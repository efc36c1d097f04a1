"""What inline mode offers: topics, categories before anything is typed, and the messages that they become."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from aiogram.types import (
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)

from bot.i18n import Translator
from bot.services.markup import cut
from handlers.screens.questions.ask import ICONS
from handlers.screens.questions.questions import link, topic_text
from handlers.screens.screen import bold, esc, paragraphs
from knowledge import Knowledge

if TYPE_CHECKING:
    from knowledge.search.answering.answer import TopicAnswer, TopicTitle
    from knowledge.search.answering.browsing import GroupTitle

LONGEST_DESCRIPTION: Final = 110
"""Characters below a title that a phone shows."""
MOST_TITLES: Final = 10
"""Topics of a category that are named in its message."""


def topic_articles(
    t: Translator, knowledge: Knowledge, topics: Iterable[TopicAnswer], username: str
) -> list[InlineQueryResultArticle]:
    """One result for each topic; sent, it is the answer with its sources and a way to ask more."""
    return [
        _article(
            f"t:{one.topic}",
            one.title,
            _short(one.text),
            topic_text(t, knowledge, one),
            InlineKeyboardMarkup(
                inline_keyboard=[[link(t.gettext("💬 More about this"), username, f"topic_{one.topic}")]]
            ),
        )
        for one in topics
    ]


def category_articles(
    t: Translator, groups: Iterable[tuple[GroupTitle, Sequence[TopicTitle]]], username: str
) -> list[InlineQueryResultArticle]:
    """One result for each category; sent, it is a list of topics that are opened by a tap."""
    return [_category(t, group, topics, username) for group, topics in groups]


def nothing_found_button(t: Translator) -> InlineQueryResultsButton:
    """Above an empty list: the way to the private chat."""
    return InlineQueryResultsButton(text=t.gettext("Nothing found. Ask me in private"), start_parameter="ask")


def _category(
    t: Translator, group: GroupTitle, topics: Sequence[TopicTitle], username: str
) -> InlineQueryResultArticle:
    title = f"{ICONS.get(group.group, '•')} {group.title}"
    listed = "\n".join(
        f'• <a href="https://t.me/{username}?start=topic_{one.topic}">{esc(one.title)}</a>'
        for one in topics[:MOST_TITLES]
    )
    more = len(topics) - MOST_TITLES
    rest = t.ngettext("… and {n} more topic", "… and {n} more topics", more) if more > 0 else ""
    description = _short(" · ".join(one.title for one in topics))
    keyboard = [[link(t.gettext("🗂 All topics"), username, f"group_{group.group}")]]
    return _article(
        f"g:{group.group}",
        title,
        description,
        paragraphs(bold(title), listed, rest),
        InlineKeyboardMarkup(inline_keyboard=keyboard),
    )


def _article(
    key: str, title: str, description: str, text: str, keyboard: InlineKeyboardMarkup
) -> InlineQueryResultArticle:
    content = InputTextMessageContent(
        message_text=text, parse_mode="HTML", link_preview_options=LinkPreviewOptions(is_disabled=True)
    )
    return InlineQueryResultArticle(
        id=key, title=title, description=description, input_message_content=content, reply_markup=keyboard
    )


def _short(text: str) -> str:
    """The beginning of a text on one line, without marks."""
    return cut(" ".join(text.replace("**", "").split()), LONGEST_DESCRIPTION)
