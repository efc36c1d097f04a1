"""Every screen about files: within Telegram's limits, whatever names and numbers there are; buttons within 64 bytes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.db.applications import Move, StoredApplication
from bot.i18n import Translator, Translators
from bot.services.applications.checklist import (
    LISTS,
    ApplicationView,
    ChecklistItem,
    ItemStatus,
    application_view,
    key_of,
)
from bot.services.applications.news import news_of, picture
from bot.services.interview.prefill import facts_of_type
from bot.services.uploads.file_rules import LONGEST_STATEMENT, MOST_FILES, MOST_WAITING, refusal
from bot.services.uploads.submissions import Handled, ItemRecord, Put, Statement, StoredFile
from bot.services.uploads.uploads import Attached, Unsorted
from handlers.screens.applications import card, checklist, news
from handlers.screens.screen import Screen
from handlers.screens.uploads import item_files, uploads
from handlers.uploads.callbacks import BUTTONS
from knowledge import Knowledge, assess
from knowledge.text import Language
from tests.handlers.test_limits import TYPES, check

NOW = datetime(2027, 3, 1, tzinfo=UTC)
CODE, SEQ = "abcdefgh", 2**36
LONG = "<b>&" + "W" * 300 + ".pdf"
KNOWN = {"citizenship": "foreign", "stay_days": 200, "duration_days": 200, "collects_research_data": True}


def view_of(knowledge: Knowledge, mobility_type: str, lang: Language) -> ApplicationView:
    facts = {"role": "lecturer", **KNOWN, **facts_of_type(mobility_type)}
    stored = StoredApplication(CODE, "W" * 60, facts, mobility_type, None, "eligible", NOW, NOW, ticks={})
    return application_view(stored, assess(knowledge, facts, lang=lang, today=date(2027, 3, 1)), is_open=True)


def longest(view: ApplicationView) -> list[ChecklistItem]:
    """The item of each list that has most to say."""
    by_length = sorted(view.items, key=lambda one: len(one.item.text) + len(one.item.note or ""))
    return list({one.list_name: one for one in by_length}.values())


def file(number: int, name: str | None = LONG) -> StoredFile:
    return StoredFile("f" * 90, f"u{number}", "document", name, "application/pdf", 2**24, NOW, SEQ + number, SEQ)


def record() -> ItemRecord:
    """As much as there can be of an item."""
    moves = [
        Move("documents", "cv", "submitted", to, 99, NOW + timedelta(days=day), "other: " + "<&" * 150)
        for day, to in enumerate(("submitted", "accepted", "returned", "waived") * 4)
    ]
    said = Statement("<&" * (LONGEST_STATEMENT // 2), NOW, withdrawn_at=None)
    files = tuple(file(number) for number in range(MOST_FILES))
    gone = tuple(replace(one, removed_at=NOW, removed_seq=SEQ) for one in files)
    return ItemRecord((*files, *gone), (said,) * 5, tuple(moves))


def screens(t: Translator, knowledge: Knowledge, view: ApplicationView, item: ChecklistItem) -> Iterator[Screen]:
    for status in ItemStatus:
        handled = Handled(view, replace(item, status=status), record())
        empty = replace(handled, record=ItemRecord())
        for one in (handled, empty):
            yield card.card_screen(t, knowledge, one, said=item_files.handed_in_text(t))
            yield item_files.files_screen(t, one, said=item_files.removed_text(t), removed_seq=SEQ)
            yield item_files.history_screen(t, one, day=datetime.date, own=1)
    yield item_files.send_it_screen(t, view, item)
    yield item_files.send_it_screen(t, view, item, replace=MOST_FILES)
    yield item_files.not_there_screen(t, view, item, trouble="<")
    files = tuple(file(number) for number in range(MOST_FILES))
    put = Put(view, item, files, files[:3], seq=SEQ, replaced=3, repeated=2, too_many=1)
    yield uploads.attached_screen(t, Attached(put, SEQ, "named", view.items[:9], waiting=30), asking=True)
    yield uploads.attached_screen(t, Attached(replace(put, new=()), SEQ, "expected"))


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("mobility_type", TYPES)
def test_screens_of_an_item_fit(
    knowledge: Knowledge, translators: Translators, mobility_type: str, lang: Language
) -> None:
    t, view = translators[lang], view_of(knowledge, mobility_type, lang)
    for item in longest(view):
        for screen in screens(t, knowledge, view, item):
            check(screen)
        if item.is_paper:
            continue
        assert "Upload" not in str(card.card_screen(t, knowledge, Handled(view, item, ItemRecord())).keyboard)


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("mobility_type", TYPES)
def test_screens_of_files_without_an_item_fit(
    knowledge: Knowledge, translators: Translators, mobility_type: str, lang: Language
) -> None:
    t, view = translators[lang], view_of(knowledge, mobility_type, lang)
    files = tuple(file(number) for number in range(MOST_WAITING))
    unsorted = Unsorted(files, SEQ, 29, (view,) * 9, is_repeated=True, is_full=True)
    for page in range(4):
        check(uploads.which_item_screen(t, unsorted, view, page=page, asking=True))
    check(uploads.which_application_screen(t, unsorted, asking=True))
    for draft in (True, False):
        check(uploads.no_application_screen(t, unsorted, draft=draft, asking=not draft))
    check(uploads.forgotten_screen(t, 30, asking=True))
    counts = dict.fromkeys((one.key for one in view.items), MOST_FILES)
    for page in range(4):
        check(checklist.checklist_screen(t, knowledge, view, page=page, files=counts, waiting=30))


@pytest.mark.parametrize("lang", ["id", "en"])
def test_news_fit_above_a_checklist(knowledge: Knowledge, translators: Translators, lang: Language) -> None:
    t = translators[lang]
    views = [view_of(knowledge, key, lang) for key in TYPES]
    for before in views:
        for after in views:
            found = news_of(replace(after, told=picture(before, lang)), lang)
            if found is None:
                continue
            said = news.news_text(t, knowledge, found)
            check(checklist.checklist_screen(t, knowledge, after, said=said))
            check(news.release_screen(t, knowledge, ((after, found),)))


@pytest.mark.parametrize("lang", ["id", "en"])
def test_refusals_name_what_works(translators: Translators, lang: str) -> None:
    t = translators[lang]
    for name, mime, size in (
        (LONG, "application/zip", 1),
        (None, None, 1),
        ("a.pdf", "text/plain", 1),
        ("a.pdf", "", 0),
    ):
        found = refusal("document", name, mime, size)
        assert found is not None
        check(Screen(uploads.refused_text(t, found, name)))
    check(Screen(uploads.wrong_kind_text(t)))


def test_buttons_fit_with_the_longest_key(knowledge: Knowledge) -> None:
    keys = [
        key_of(name, item.id)
        for kind in (*knowledge.types.values(), *knowledge.common.values())
        for name in LISTS.values()
        for item in getattr(kind, name)
    ]
    values = {"code": CODE, "key": max(keys, key=len), "batch": SEQ, "seq": SEQ, "page": 99, "replace": True}
    for kind in BUTTONS:
        packed = kind(**{name: values[name] for name in kind.model_fields}).pack()
        assert len(packed.encode()) <= 64, packed
