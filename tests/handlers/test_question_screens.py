"""Every topic as it is shown in either language: well formed, and within the limits of Telegram and of a phone."""

from __future__ import annotations

import asyncio
import html
import re

import pytest
from aiogram.types import InlineKeyboardMarkup

from bot.i18n import Translator, Translators
from bot.services.markup import length
from bot.services.questions.search import QuestionSearch
from handlers.questions.callbacks import Topic, type_letters
from handlers.screens.questions.inline import category_articles, topic_articles
from handlers.screens.questions.questions import (
    answer_screen,
    group_answer_screen,
    rendered,
    sources_of_topic_screen,
    topic_screen,
    types_label,
    voted_text,
)
from handlers.screens.questions.unanswered import small_talk_screen
from handlers.screens.screen import FITS_A_PHONE, Screen, language
from knowledge import Knowledge
from knowledge.search.answering.answer import Answer, TopicAnswer
from knowledge.topics import topics
from tests.support.clock import TestClock

TODAY = TestClock().now().date()
TAG = re.compile(r"<(/?)(\w+)[^>]*>")


@pytest.fixture(params=["id", "en"])
def t(request: pytest.FixtureRequest, translators: Translators) -> Translator:
    return translators[request.param]


@pytest.fixture(scope="module")
def shown(knowledge: Knowledge) -> dict[str, list[TopicAnswer]]:
    """Every topic for everybody and for every type, by language."""

    async def all_of(lang: str) -> list[TopicAnswer]:
        search = QuestionSearch(knowledge)
        kinds = (None, *knowledge.types)
        found = [
            await search.topic(topic, lang="id" if lang == "id" else "en", known_type=kind, today=TODAY)
            for topic in topics()
            for kind in kinds
        ]
        return list({(part.topic, part.types): part for part in found if part is not None}.values())

    return {lang: asyncio.run(all_of(lang)) for lang in ("id", "en")}


def check(screen: Screen, *, longest: int = FITS_A_PHONE) -> None:
    assert 0 < length(screen.text) <= longest, screen.text
    open_tags: list[str] = []
    for closing, tag in TAG.findall(screen.text):
        if closing:
            assert open_tags.pop() == tag, screen.text
        else:
            open_tags.append(tag)
    assert not open_tags
    assert "**" not in screen.text
    check_buttons(screen.keyboard)


def check_buttons(keyboard: InlineKeyboardMarkup | None) -> None:
    for row in keyboard.inline_keyboard if keyboard else []:
        assert len(row) <= 8
        for button in row:
            assert button.text
            assert len((button.callback_data or "").encode()) <= 64
            payload = (button.url or "").partition("?start=")[2]
            assert len(payload) <= 64
            assert re.fullmatch(r"[A-Za-z0-9_-]*", payload)


def test_every_topic_and_its_sources_fit(
    t: Translator, knowledge: Knowledge, shown: dict[str, list[TopicAnswer]]
) -> None:
    for part in shown[t.lang]:
        check(topic_screen(t, knowledge, part, token="12345678"))
        back = Topic(topic=part.topic, lang="id", kind=type_letters(part.types[0] if part.types else None))
        for page in (0, 1, 99):
            check(sources_of_topic_screen(t, knowledge, part, back, page=page), longest=2 * FITS_A_PHONE)
        assert all(types_label(t, types) for types in part.other_types)


def test_two_answers_fit_into_one_message(
    t: Translator, knowledge: Knowledge, shown: dict[str, list[TopicAnswer]]
) -> None:
    longest = sorted(shown[t.lang], key=lambda part: -len(part.text))
    lang = language(t)
    answer = Answer("?", lang, "answer", 0.9, parts=(longest[0], longest[-1]))
    screen = answer_screen(t, knowledge, answer, token="12345678", personal=True)
    check(screen, longest=2 * FITS_A_PHONE)
    for part in answer.parts:
        assert f"<b>{html.escape(part.title, quote=False)}</b>" in screen.text
    assert screen.text.count("📖") >= 2
    group = group_answer_screen(t, knowledge, answer, "lintas_bot")
    check(group, longest=2 * FITS_A_PHONE)
    assert "/check" not in group.text


def test_every_article_fits(t: Translator, knowledge: Knowledge, shown: dict[str, list[TopicAnswer]]) -> None:
    articles = topic_articles(t, knowledge, shown[t.lang], "lintas_bot")
    for article in articles:
        assert len(article.id.encode()) <= 64
        check(Screen(article.input_message_content.message_text))  # type: ignore[union-attr]
        check_buttons(article.reply_markup)


async def test_every_category_fits(t: Translator, knowledge: Knowledge) -> None:
    search, lang = QuestionSearch(knowledge), "id" if t.lang == "id" else "en"
    groups = await search.groups("id" if lang == "id" else "en")
    listed = [(group, await search.in_group(group.group, "id" if lang == "id" else "en")) for group in groups]
    for article in category_articles(t, listed, "lintas_bot"):
        check(Screen(article.input_message_content.message_text))  # type: ignore[union-attr]
        check_buttons(article.reply_markup)


def test_small_talk_of_every_kind_has_a_reply(t: Translator) -> None:
    kinds = ("greeting", "thanks", "goodbye", "insult", "praise", "who_are_you", "nonsense", "yes_no", "help")
    replies = [small_talk_screen(t, kind) for kind in kinds]
    assert len({reply.text for reply in replies}) == len(kinds)
    for reply in (*replies, small_talk_screen(t, "of tomorrow"), small_talk_screen(t, None)):
        check(reply)
    assert all(len(voted_text(t, up=up)) <= 200 for up in (True, False))


def test_a_text_with_markup_in_it_stays_text() -> None:
    assert rendered("**a < b** & <i>") == "<b>a &lt; b</b> &amp; &lt;i&gt;"
    assert rendered("two ** alone") == "two ** alone"
