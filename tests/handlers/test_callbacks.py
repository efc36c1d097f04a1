"""What buttons carry fits into them, and comes out as it went in."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages
from typing import get_args

import pytest
from aiogram.filters.callback_data import CallbackData

import handlers
from bot.services.review.cards import VERSION
from bot.services.review.pipeline import BUCKETS
from bot.services.review.reasons import REASONS
from handlers.callbacks import Answer, Back, Change, Check, DontKnow, FactJson, Section, Sources, Why
from handlers.review.callbacks import Decide, OpenItem, Pipeline, RemindAll, ReviewFilter, UndoDecision
from knowledge import Knowledge
from knowledge.interview import Goal
from knowledge.loading.item_schema import ListName

MOST_BYTES = 64
LAST_PAGE = 999


def kinds() -> list[type[CallbackData]]:
    """Everything that a button of ours can mean: the classes of the modules called `…callbacks`."""
    found = walk_packages(handlers.__path__, "handlers.")
    names = [module.name for module in found if module.name.endswith("callbacks")]
    return [
        kind
        for module in [import_module(name) for name in names]
        for _, kind in inspect.getmembers(module, inspect.isclass)
        if issubclass(kind, CallbackData) and kind is not CallbackData and kind.__module__ == module.__name__
    ]


def answers(knowledge: Knowledge) -> Iterator[tuple[str, FactJson]]:
    """Answers that a button may carry, the longest of each fact among them."""
    for key, spec in knowledge.facts.items():
        for option in spec.offered:
            yield key, option.value
        if spec.kind == "date":
            yield key, "2027-12-31"
        if spec.range is not None:
            yield key, int(spec.range[1])
            if spec.kind == "number":
                yield key, 3.25
    for programme in knowledge.programmes:
        yield "programme", programme


def test_every_answer_fits_a_button_and_is_read_back_as_it_was(knowledge: Knowledge) -> None:
    for fact, value in answers(knowledge):
        packed = Answer.of(fact, value).pack()
        assert len(packed.encode()) <= MOST_BYTES
        read = Answer.unpack(packed).read(knowledge)
        assert read == value
        assert type(read) is type(value) or knowledge.facts[fact].kind == "number"


@pytest.mark.parametrize(
    ("fact", "value"), [("gpa", "much"), ("semester", "2.5"), ("no_such_fact", "t"), ("gpa", "nan")]
)
def test_an_answer_no_button_of_ours_carries_is_handed_on_to_be_refused(
    knowledge: Knowledge, fact: str, value: str
) -> None:
    Answer(fact=fact, value=value).read(knowledge)


def test_the_longest_of_the_other_buttons_fit(knowledge: Knowledge) -> None:
    for fact in knowledge.facts:
        for kind in (DontKnow, Back, Why, Change):
            assert len(kind(fact=fact).pack().encode()) <= MOST_BYTES
    for name in get_args(ListName):
        assert len(Sources(name=name, page=LAST_PAGE, at=LAST_PAGE).pack().encode()) <= MOST_BYTES
        assert len(Section(name=name, page=LAST_PAGE).pack().encode()) <= MOST_BYTES
    for goal in Goal:
        assert Check.unpack(Check(goal=goal).pack()).goal is goal


def test_every_meaning_has_a_versioned_prefix_of_its_own() -> None:
    prefixes = [kind.__prefix__ for kind in kinds()]
    assert len(set(prefixes)) == len(prefixes)
    assert all(len(prefix) == 2 and prefix[0].isalpha() and prefix[1].isdigit() for prefix in prefixes)


def test_the_longest_buttons_of_a_review_fit(knowledge: Knowledge) -> None:
    most = 2**53
    kinds_of_mobility = list(knowledge.types)
    longest: list[CallbackData] = [
        OpenItem(item=2**40, over=most),
        *(
            Decide(item=2**40, version="f" * VERSION, decision="r", reason=reason)
            for status in REASONS
            for reason in REASONS[status]
        ),
        UndoDecision(decision=most),
        *(ReviewFilter(by="p", value=programme) for programme in knowledge.programmes),
        *(ReviewFilter(by="t", value=kind) for kind in kinds_of_mobility),
        *(
            one
            for kind in kinds_of_mobility
            for bucket in BUCKETS
            for one in (
                Pipeline(mobility=kind, bucket=bucket, page=LAST_PAGE),
                RemindAll(mobility=kind, bucket=bucket, asked=99_999_999),
            )
        ),
    ]
    for button in longest:
        assert len(button.pack().encode()) <= MOST_BYTES, button
