"""The targets on the questions of the test part, which nothing is learned from.

A sample is asked, the same in every run: all of them take too long here; `python -m knowledge evaluate` asks them.
"""

from __future__ import annotations

import pytest

from knowledge.search.answering.answerer import Answerer
from knowledge.search.measuring.evaluation import Measures, ask_all, measure
from knowledge.search.outside import questions

_OF_INSIDE, _OF_OUTSIDE = 4, 2
"""Every how many-th question is asked."""


@pytest.fixture(scope="module")
def measured(answerer: Answerer) -> Measures:
    asked = questions("test")
    inside = [one for one in asked if one.clauses][::_OF_INSIDE]
    outside = [one for one in asked if not one.clauses][::_OF_OUTSIDE]
    return measure(ask_all(answerer, [*inside, *outside]))


def test_enough_questions_are_answered_rightly(measured: Measures) -> None:
    assert (measured.hit_1 or 0) >= 0.95
    assert (measured.hit_3 or 0) >= 0.98


def test_few_are_answered_wrongly_or_not_at_all(measured: Measures) -> None:
    one_question = 1 / measured.inside
    assert (measured.wrong or 0) <= 0.03 + one_question
    assert (measured.false_refusal or 0) <= 0.03 + one_question


def test_questions_outside_are_refused(measured: Measures) -> None:
    assert (measured.refusal or 0) >= 0.95
