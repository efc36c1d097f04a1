"""Every screen for every kind of mobility, in both languages: within Telegram's limits and fit for a phone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from random import Random

import pytest
from aiogram.types import InlineKeyboardMarkup

from bot.i18n import Translator, Translators
from bot.sandbox.formatting import parse_html
from bot.services.interview.prefill import facts_of_type
from bot.services.interview.steps import MISSING, Step
from handlers.screens.applications.keeping import keep_rows
from handlers.screens.interview.changed import changed_text
from handlers.screens.interview.dates import wrong_order_text
from handlers.screens.interview.lists import goal_screen
from handlers.screens.interview.question import echo, question_screen, set_aside, why_screen
from handlers.screens.interview.result import result_screen
from handlers.screens.interview.sections import section_screen, sources_screen
from handlers.screens.screen import FITS_A_PHONE, MOST_CHARACTERS, Screen, language, paragraphs
from knowledge import Assessment, Knowledge, assess
from knowledge.conditions import FactValue
from knowledge.date_order import WrongOrder, wrong_orders
from knowledge.explain import changes
from knowledge.interview import Goal, Interview
from knowledge.interview.questions import Question
from knowledge.items import SHOWN_LISTS
from knowledge.profile import Profile
from knowledge.timeline import replan

TODAY = date(2027, 3, 1)
PROFILES_A_TYPE = 12
LONGEST_SEEN = FITS_A_PHONE + 250
"""What a page may have with its title, its advice and a word about what changed."""
MOST_ENTITIES = 100
LONGEST_LABEL = 50
"""More than this is cut off on every phone."""
DATES = ("2027-03-02", "2027-08-17", "2027-12-31")
OUT_OF_ORDER = tuple(
    WrongOrder(fact, date(2027, 12, 31), other, date(2027, 3, 2))
    for fact in ("departure_date", "arrival_date")
    for other in ("start_date", "return_date")
)
TYPES = [
    f"{who}_{direction}_{reach}"
    for who in ("staff", "student")
    for direction in ("outbound", "inbound")
    for reach in ("national", "international")
]


def check(screen: Screen, *, longest: int = MOST_CHARACTERS) -> None:
    """Telegram takes the screen, and it fits."""
    text, entities = parse_html(screen.text)
    assert text.strip()
    assert len(text.encode("utf-16-le")) // 2 <= min(longest, MOST_CHARACTERS), text
    assert len(entities) <= MOST_ENTITIES, text
    assert "{" not in text, "a placeholder was not filled in"
    if screen.keyboard is not None:
        check_keyboard(screen.keyboard)


def check_keyboard(keyboard: InlineKeyboardMarkup) -> None:
    rows = keyboard.inline_keyboard
    assert sum(map(len, rows)) <= 40
    assert all(1 <= len(row) <= 4 for row in rows)
    for row in rows:
        for button in row:
            assert 1 <= len(button.text) <= LONGEST_LABEL, button.text
            assert button.url or button.copy_text or 1 <= len((button.callback_data or "").encode()) <= 64


def profiles(knowledge: Knowledge, mobility_type: str) -> Iterator[dict[str, FactValue]]:
    """What may be known of people of this type: the least, and much of everything."""
    base: dict[str, FactValue] = {"role": "lecturer", **facts_of_type(mobility_type)}
    yield base
    random = Random(mobility_type)
    fitting = [key for key, one in knowledge.programmes.items() if mobility_type in one.types]
    for at in range(PROFILES_A_TYPE):
        profile = dict(base)
        if fitting:
            profile["programme"] = fitting[at % len(fitting)]
        for key, spec in knowledge.facts.items():
            if key in profile or random.random() < 0.25:
                continue
            if spec.kind == "date":
                profile[key] = random.choice(DATES)
            elif spec.range is not None:
                lowest, highest = spec.range
                profile[key] = random.choice([lowest, highest, *(n for n in (3, 61, 92) if lowest <= n <= highest)])
            else:
                profile[key] = random.choice(spec.values)
        yield profile


def step_for(interview: Interview, facts: Mapping[str, FactValue], goal: Goal = Goal.ALL) -> Step:
    position = interview.position(facts, today=TODAY, goal=goal)
    return Step(
        question=position.question,
        current=MISSING,
        is_repeat=False,
        can_go_back=True,
        remaining=position.remaining,
        answered=len(position.answered),
        phase=position.phase,
        goal=goal,
        set_aside=position.set_aside,
        position=position,
    )


@pytest.fixture(scope="module")
def interview(knowledge: Knowledge) -> Interview:
    return Interview(knowledge)


@pytest.fixture(params=["id", "en"])
def t(translators: Translators, request: pytest.FixtureRequest) -> Translator:
    return translators[request.param]


def check_lists(t: Translator, knowledge: Knowledge, assessment: Assessment) -> None:
    for name in SHOWN_LISTS:
        shown = 0
        for page in range(30):
            screen = section_screen(t, knowledge, assessment, name, number=page)
            check(screen, longest=LONGEST_SEEN)
            for at in range(3):
                check(sources_screen(t, knowledge, assessment, name, number=page, at=at), longest=LONGEST_SEEN)
            shown = page
            if not any(
                "s1:" in (b.callback_data or "") and f":{page + 1}" in (b.callback_data or "")
                for row in (screen.keyboard.inline_keyboard if screen.keyboard else [])
                for b in row
            ):
                break
        assert shown < 29


@pytest.mark.parametrize("mobility_type", TYPES)
def test_every_list_of_every_type_fits(
    t: Translator, knowledge: Knowledge, interview: Interview, mobility_type: str
) -> None:
    before: Assessment | None = None
    for facts in profiles(knowledge, mobility_type):
        assessment = assess(knowledge, facts, lang=language(t), today=TODAY)
        step = step_for(interview, facts)
        told = paragraphs(
            wrong_order_text(t, knowledge, wrong_orders(knowledge, facts)),
            changed_text(t, knowledge, changes(before, assessment)) if before else "",
        )
        late = replan(knowledge, facts, lang=language(t), today=TODAY)
        keep = keep_rows(t, assessment, None)
        for page in range(2):
            screen = result_screen(
                t, knowledge, assessment, step, facts=facts, number=page, said=told, keep=keep, replan=late
            )
            check(screen, longest=2 * FITS_A_PHONE)
        check_lists(t, knowledge, assessment)
        for goal in (Goal.DOCUMENTS, Goal.IMMIGRATION, Goal.DEADLINES):
            wanted = step_for(interview, facts, goal)
            check(goal_screen(t, knowledge, assessment, wanted, said=told), longest=2 * FITS_A_PHONE)
        before = assessment


def test_every_question_fits(t: Translator, knowledge: Knowledge, interview: Interview) -> None:
    rules = knowledge.rules(TODAY)
    for mobility_type in TYPES:
        facts: dict[str, FactValue] = {"role": "lecturer", **facts_of_type(mobility_type)}
        step = step_for(interview, facts)
        offered = interview.programmes(mobility_type)
        for key, spec in knowledge.facts.items():
            question = Question.about(spec, rules, Profile(knowledge, facts), offered if key == "programme" else None)
            aside = set_aside(t, knowledge, tuple(knowledge.facts))
            check(question_screen(t, knowledge, replace(step, question=question), said=aside), longest=LONGEST_SEEN)
            check(why_screen(t, knowledge, question), longest=LONGEST_SEEN)
            value: FactValue = spec.values[0] if spec.values else "2027-03-02" if spec.kind == "date" else 3
            again = replace(step, question=question, current=value, is_repeat=True, wrong_order=OUT_OF_ORDER)
            check(question_screen(t, knowledge, again, said=echo(t, spec, value)), longest=LONGEST_SEEN)


def test_what_is_outside_or_unclear_fits_too(t: Translator, knowledge: Knowledge, interview: Interview) -> None:
    places = ("unnes", "indonesia", "abroad")
    some: list[dict[str, FactValue]] = [{}, {"role": "student"}, {"home": "abroad"}]
    some += [
        {"role": role, "home": home, "host": host}
        for role in ("student", "education_staff")
        for home in places
        for host in places
    ]
    for facts in some:
        assessment = assess(knowledge, facts, lang=language(t), today=TODAY)
        check(result_screen(t, knowledge, assessment, step_for(interview, facts), facts=facts), longest=FITS_A_PHONE)
