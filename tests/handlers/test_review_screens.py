"""What staff and applicants read: always within Telegram's limits, in both languages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.i18n import Translators
from bot.services.applications.transitions import ItemStatus
from bot.services.markup import length
from bot.services.review.cards import Told, ToldItem
from bot.services.review.reasons import LONGEST_WORDS, REASONS, Reason
from handlers.screens.review.reasons import reason_label, reason_text
from handlers.screens.review.review import age
from handlers.screens.review.told import MOST_BUTTONS, told_screen
from handlers.screens.screen import MOST_CHARACTERS
from handlers.uploads.callbacks import Upload

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)


def told(*items: ToldItem) -> Told:
    return Told(1, "en", "abcd2345", "Japan <3", items)


@pytest.mark.parametrize("lang", ["id", "en"])
def test_forty_decisions_with_long_reasons_make_one_message(translators: Translators, lang: str) -> None:
    long = Reason("other", "<&>" * (LONGEST_WORDS // 3))
    items = [ToldItem(f"d:item_{number}", "A long name & more " * 8, ItemStatus.RETURNED, long) for number in range(40)]
    shown = told_screen(translators[lang], told(*items))
    assert length(shown.text) <= MOST_CHARACTERS
    assert shown.keyboard is not None
    assert len(shown.keyboard.inline_keyboard) == MOST_BUTTONS + 1
    assert "Japan &lt;3" in shown.text


def test_what_came_back_is_told_first(translators: Translators) -> None:
    shown = told_screen(
        translators["en"],
        told(
            ToldItem("d:cv", "CV", ItemStatus.ACCEPTED, None),
            ToldItem("c:insurance", "Insurance", ItemStatus.RETURNED, Reason("outdated")),
            ToldItem("d:loa", "LoA", ItemStatus.RETURNED, Reason("unreadable")),
        ),
    )
    assert shown.text.index("LoA") < shown.text.index("CV")
    assert shown.keyboard is not None
    data = [row[0].callback_data or "" for row in shown.keyboard.inline_keyboard]
    assert data[1] == Upload(code="abcd2345", key="d:loa", replace=True).pack()
    assert not data[0].startswith(Upload.__prefix__), "what is no paper has nothing to upload"


@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_reason_has_words(translators: Translators, lang: str) -> None:
    t = translators[lang]
    for codes in REASONS.values():
        for code in codes:
            assert reason_label(t, code)
            assert reason_text(t, Reason(code))


@pytest.mark.parametrize(
    ("passed", "said"),
    [
        (timedelta(seconds=-5), "less than a minute"),
        (timedelta(seconds=59), "less than a minute"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(hours=47), "47 hours"),
        (timedelta(days=2), "2 days"),
    ],
)
def test_ages_are_said_roughly(translators: Translators, passed: timedelta, said: str) -> None:
    assert age(translators["en"], NOW - passed, NOW) == said
