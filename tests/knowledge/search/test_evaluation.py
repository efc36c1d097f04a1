"""The measures, the curve, the chart and the table of `evaluate`; and that the project's own questions are sound."""

from __future__ import annotations

from collections import Counter

import pytest

from knowledge.search.answering.answer import Answer, AnswerKind, Suggestion, TopicAnswer
from knowledge.search.measuring.chart import precision_against_coverage
from knowledge.search.measuring.evaluation import Evaluation, Judged, curve, measure, table
from knowledge.search.outside import Part, Question, outside, questions
from knowledge.search.phrasings import phrasings
from knowledge.search.reading.normalise import tokens
from tests.knowledge.profiles import KNOWLEDGE


def _judged(
    wanted: tuple[str, ...], given: tuple[str, ...] | None, suggested: tuple[str, ...] = (), confidence: float = 0.9
) -> Judged:
    kind: AnswerKind = "no" if given is None else "answer"
    parts = () if given is None else (TopicAnswer("t", "T", "…", given),)
    suggestions = (Suggestion("s", "S", suggested),) if suggested else ()
    question = Question(id="q", lang="en", style="formal", asker="staff", question="?", clauses=wanted)
    return Judged(question, Answer("?", "en", kind, confidence, parts, suggestions))


RIGHT = _judged(("a", "b"), ("b",), confidence=0.95)
WRONG = _judged(("a",), ("c",), ("a",), confidence=0.7)
REFUSED = _judged(("a",), None, ("c",), confidence=0.3)
OUTSIDE_REFUSED = _judged((), None, confidence=0.1)
OUTSIDE_ANSWERED = _judged((), ("a",), confidence=0.8)


def test_the_measures_count_what_their_names_say() -> None:
    one = measure([RIGHT, RIGHT, WRONG, REFUSED, OUTSIDE_REFUSED, OUTSIDE_ANSWERED])

    assert (one.inside, one.outside) == (4, 2)
    assert (one.hit_1, one.hit_3) == (0.5, 0.75)
    assert one.precision == pytest.approx(2 / 3)
    assert (one.wrong, one.false_refusal, one.refusal) == (0.25, 0.25, 0.5)


def test_groups_without_questions_have_no_shares() -> None:
    assert measure([OUTSIDE_REFUSED]).hit_1 is None
    assert measure([RIGHT]).refusal is None
    assert "-" in table([("nothing", measure([]))])


def test_the_curve_goes_from_careful_to_bold() -> None:
    points = curve([RIGHT, OUTSIDE_ANSWERED, WRONG])

    assert points == [(0.5, 1.0), (0.5, 0.5), (1.0, pytest.approx(1 / 3))]


def test_the_chart_is_a_png() -> None:
    picture = precision_against_coverage([(0.2, 1.0), (0.9, 0.97), (1.0, 0.9)])

    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert picture.endswith(b"IEND\xaeB`\x82")


def test_mistakes_and_confusions_name_the_question() -> None:
    evaluation = Evaluation([RIGHT, WRONG, OUTSIDE_ANSWERED])

    assert len(list(evaluation.mistakes())) == 2
    assert next(iter(evaluation.confusions())).startswith("2 × t, such as")
    assert [name for name, _ in evaluation.groups()] == ["all", "language id", "language en", "style formal"]
    assert evaluation.language_recognised() == 1.0


def test_there_are_enough_questions_of_every_sort() -> None:
    everything = [*questions("dev"), *questions("test")]

    assert sum(bool(one.clauses) for one in everything) >= 400
    assert sum(not one.clauses for one in everything) >= 120
    assert {clause for one in everything for clause in one.clauses} <= set(KNOWLEDGE.clauses)
    assert {one.lang for one in everything} == {"id", "en"}
    assert {"freshman", "foreign_student", "lecturer", "parent", "staff"} <= {one.asker for one in everything}


def test_no_question_stands_twice_or_in_both_parts() -> None:
    parts: tuple[Part, ...] = ("dev", "test")
    texts = Counter(one.question.casefold() for part in parts for one in questions(part))
    ids = Counter(one.id for part in parts for one in questions(part))

    assert [text for text, count in texts.items() if count > 1] == []
    assert [one for one, count in ids.items() if count > 1] == []


def test_what_is_measured_with_was_never_taught() -> None:
    taught = {tuple(tokens(text)) for asked in phrasings().values() for _, _, text in asked.each()}
    taught |= {tuple(tokens(text)) for family in outside().families for _, text in family.questions.each()}
    taught |= {tuple(tokens(text)) for talk in outside().small_talk for _, text in talk.examples.each()}

    assert [one.id for one in questions("test") if tuple(tokens(one.question)) in taught] == []


def test_there_is_enough_to_refuse() -> None:
    families = outside().families
    asked = [text for family in families for _, text in family.questions.each()]
    near = [text for family in families if family.near for _, text in family.questions.each()]

    assert len(set(asked)) >= 600
    assert len(near) * 2 >= len(asked)
    assert all(family.questions.id and family.questions.en for family in families)
