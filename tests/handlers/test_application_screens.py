"""Screens of applications, lists, privacy and fallback as values: they fit Telegram and a phone, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from bot.i18n import Translator, Translators
from bot.sandbox.formatting import parse_html
from bot.services.applications.applications import LONGEST_NAME
from bot.services.applications.checklist import LISTS, ApplicationView, ChecklistItem, ItemStatus
from bot.services.interview.prefill import facts_of_type
from bot.services.interview.steps import MISSING, Step
from bot.services.markup import length
from bot.services.people.privacy import Kept
from bot.services.uploads.submissions import Handled, ItemRecord
from handlers.applications.callbacks import ItemCard, Mark
from handlers.screens import fallback
from handlers.screens.applications import applications, card, checklist
from handlers.screens.interview import lists
from handlers.screens.people import privacy
from handlers.screens.screen import MOST_CHARACTERS, Screen
from knowledge import Knowledge, assess
from knowledge.interview import Goal, Interview
from knowledge.text import Language

TODAY = date(2027, 3, 1)
MOST_BYTES = 64
WIDEST_ROW = 4
PROFILES: tuple[dict[str, object], ...] = (
    {},
    {"citizenship": "foreign"},
    {"citizenship": "foreign", "stay_days": 400, "start_date": "2027-09-01", "needs_calling_visa": True},
    {"citizenship": "indonesian", "bears_credit": True, "gpa": 2.0, "start_date": "2027-04-01", "duration_days": 30},
)


def view_of(knowledge: Knowledge, key: str, facts: dict[str, object], lang: Language) -> ApplicationView:
    """An application with the longest name and code, and every status somewhere."""
    role = {} if key.startswith("student") else {"role": "lecturer"}
    answers = {**role, **facts_of_type(key), **facts}
    assessment = assess(knowledge, answers, lang=lang, today=TODAY)
    statuses = list(ItemStatus)
    items = [
        ChecklistItem(f"{letter}:{item.id}", item, statuses[at % len(statuses)], from_answers=False)
        for letter, name in LISTS.items()
        for at, item in enumerate(assessment[name])
    ]
    moment = datetime(2027, 3, 1, tzinfo=UTC)
    return ApplicationView(
        code="z" * 8,
        name="&" * LONGEST_NAME,
        mobility_type=key,
        programme=None,
        verdict=assessment.verdict,
        answers=answers,
        assessment=assessment,
        items=tuple(items),
        is_open=True,
        created_at=moment,
        updated_at=moment,
    )


def step_of(knowledge: Knowledge, view: ApplicationView, goal: Goal) -> Step:
    position = Interview(knowledge).position(view.answers, today=TODAY, goal=goal)
    return Step(
        question=position.question,
        current=MISSING,
        is_repeat=False,
        can_go_back=True,
        remaining=position.remaining,
        answered=len(position.answered),
        phase=position.phase,
        goal=goal,
        set_aside=(),
        position=position,
    )


def fits(screen: Screen) -> None:
    """Telegram takes it, and a phone shows it."""
    parse_html(screen.text)
    assert 0 < length(screen.text) <= MOST_CHARACTERS, screen.text
    for row in screen.keyboard.inline_keyboard if screen.keyboard else ():
        assert len(row) <= WIDEST_ROW
        for button in row:
            assert button.text
            assert len((button.callback_data or "").encode()) <= MOST_BYTES, button.callback_data


def everything(t: Translator, knowledge: Knowledge, view: ApplicationView) -> Iterator[Screen]:
    """Every screen about one application."""
    count = -(-len(view.items) // 1)
    for page in range(count + 1):
        yield checklist.checklist_screen(t, knowledge, view, page=page)
    for item in view.items:
        yield card.card_screen(t, knowledge, Handled(view, item, ItemRecord()))
    yield applications.overview_screen(t, knowledge, [view] * 12, draft=True, page=1)
    yield applications.kept_screen(t, knowledge, view, is_new=True)
    yield applications.kept_screen(t, knowledge, view, is_new=False)
    yield applications.rename_screen(t, view, trouble="<")
    yield applications.remove_screen(t, view)
    yield applications.unkept_screen(t, view)
    yield fallback.human_screen(t, knowledge, view.assessment["contacts"])
    for goal in (Goal.DOCUMENTS, Goal.IMMIGRATION, Goal.DEADLINES):
        step = step_of(knowledge, view, goal)
        yield lists.goal_screen(t, knowledge, view.assessment, step, application=view.code)
        yield lists.goal_screen(t, knowledge, view.assessment, step, page=9)


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("profile", PROFILES)
def test_every_screen_fits(
    knowledge: Knowledge, translators: Translators, lang: Language, profile: dict[str, object]
) -> None:
    for key in knowledge.types:
        view = view_of(knowledge, key, profile, lang)
        for screen in everything(translators[lang], knowledge, view):
            fits(screen)


@pytest.mark.parametrize("lang", ["id", "en"])
def test_screens_about_nobody_in_particular_fit(knowledge: Knowledge, translators: Translators, lang: str) -> None:
    t, kept = translators[lang], Kept(answers=31, applications=120, ticks=4000)
    for full in (False, True):
        screen = privacy.privacy_screen(t, kept, full=full)
        fits(screen)
        blocks = screen.text.split("\n\n")
        assert blocks[0].startswith("🔒 <b>")
        # Each begins with a picture, and with a heading where it is more than a line of its own.
        assert all(not block[0].isalnum() for block in blocks)
        assert all("</b>" in block.partition("\n")[0] for block in blocks if full)
    fits(privacy.erase_screen(t, kept, now=datetime(2100, 1, 1, tzinfo=UTC)))
    fits(privacy.erased_screen(t, was_there=True))
    fits(lists.situations_screen(t))
    fits(applications.overview_screen(t, knowledge, [], draft=False))
    fits(fallback.human_screen(t, knowledge, []))
    for text in (fallback.outdated_text(t), fallback.outdated_in_group_text(t), privacy.in_private_text(t)):
        assert length(text) <= 200


def test_the_longest_keys_fit_a_button(knowledge: Knowledge) -> None:
    files = [*knowledge.types.values(), *knowledge.common.values()]
    ids = {item.id for file in files for name in LISTS.values() for item in getattr(file, name)}
    for item in ids:
        assert ItemCard(code="z" * 8, key=f"d:{item}").pack()
        assert Mark(code="z" * 8, key=f"d:{item}", status="s").pack()


def test_every_item_can_be_reached_and_leads_back_to_its_page(knowledge: Knowledge, translators: Translators) -> None:
    t = translators["en"]
    view = view_of(knowledge, "student_outbound_international", {}, "en")
    seen: dict[str, int] = {}
    for page in range(len(view.items)):
        screen = checklist.checklist_screen(t, knowledge, view, page=page)
        assert screen.keyboard is not None
        for button in (one for row in screen.keyboard.inline_keyboard for one in row):
            if (button.callback_data or "").startswith("p4;"):
                seen.setdefault(ItemCard.unpack(button.callback_data or "").key, page)
    assert set(seen) == {item.key for item in view.items}
    for item in view.items:
        screen = card.card_screen(t, knowledge, Handled(view, item, ItemRecord()))
        assert screen.keyboard is not None
        back = screen.keyboard.inline_keyboard[-1][0].callback_data
        assert back == f"p3:{view.code}:{seen[item.key]}"
        for clause in item.item.clauses:
            assert knowledge.clauses[clause].en_text.partition("<")[0] in screen.text.replace("&amp;", "&")


def test_a_checklist_stands_in_the_order_of_a_journey(knowledge: Knowledge) -> None:
    view = view_of(knowledge, "student_outbound_international", {"programme": "accelerated_double_degree"}, "en")
    steps = [item.item.stage or item.item.list for item in checklist.ordered(view)]
    before, after = steps.index("conditions"), steps.index("return")
    assert steps.index("departure") < before < steps.index("immigration") < after
    assert len(steps) == len(view.items)
